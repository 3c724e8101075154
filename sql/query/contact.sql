-- Personal data, encrypted. owner_kind 1 = ticket, 2 = account.

-- name: contact_insert
-- run: citizen staff worker ctl
-- in: owner_kind i32, owner_id u64, key_id i32, name_ct blob(300)?, phone_ct blob(120)?, phone_bidx blob(16)?, account_bidx blob(16)?, org_ct blob(400)?, phone_verified_at i64?, updated_at i64
-- rows: change
-- reads: 3
INSERT INTO contact (owner_kind, owner_id, key_id, name_ct, phone_ct, phone_bidx, account_bidx, org_ct, phone_verified_at, updated_at)
VALUES (:owner_kind, :owner_id, :key_id, :name_ct, :phone_ct, :phone_bidx, :account_bidx, :org_ct, :phone_verified_at, :updated_at);

-- That of a demand: no phone can be taken twice, so nobody waits for the reply.
-- name: contact_add
-- run: citizen staff worker ctl
-- in: owner_kind i32, owner_id u64, key_id i32, name_ct blob(300)?, phone_ct blob(120)?, phone_bidx blob(16)?, org_ct blob(400)?, phone_verified_at i64?, updated_at i64
-- rows: later
-- reads: 3
INSERT INTO contact (owner_kind, owner_id, key_id, name_ct, phone_ct, phone_bidx, org_ct, phone_verified_at, updated_at)
VALUES (:owner_kind, :owner_id, :key_id, :name_ct, :phone_ct, :phone_bidx, :org_ct, :phone_verified_at, :updated_at);

-- name: contact_get
-- run: citizen staff worker ctl
-- in: owner_kind i32, owner_id u64
-- out: key_id i32, name_ct blob(300)?, phone_ct blob(120)?, org_ct blob(400)?, phone_verified_at i64?
-- rows: one
-- reads: 2
SELECT key_id, name_ct, phone_ct, org_ct, phone_verified_at FROM contact WHERE owner_kind = :owner_kind AND owner_id = :owner_id;

-- name: contact_set_name
-- run: citizen
-- in: owner_kind i32, owner_id u64, key_id i32, name_ct blob(300)?, phone_ct blob(120)?, org_ct blob(400)?, updated_at i64
-- rows: change
-- reads: 2
UPDATE contact SET key_id = :key_id, name_ct = :name_ct, phone_ct = :phone_ct, org_ct = :org_ct, updated_at = :updated_at
WHERE owner_kind = :owner_kind AND owner_id = :owner_id;

-- name: contact_delete
-- run: citizen ctl
-- in: owner_kind i32, owner_id u64
-- rows: change
-- reads: 3
DELETE FROM contact WHERE owner_kind = :owner_kind AND owner_id = :owner_id;

-- name: contact_account_by_phone
-- run: citizen
-- in: account_bidx blob(16)
-- out: account_id u64
-- rows: one
-- reads: 2
SELECT owner_id AS account_id FROM contact WHERE account_bidx = :account_bidx;

-- A caller at the desk: the demands that carry this telephone, newest first.
-- name: caller_demands
-- run: staff ctl
-- in: phone_bidx blob(16)
-- out: id u64, key_id i32, name_ct blob(300)?, ticket_no text(16), kind i32, state i32, category_code text(6), area_code text(12), reported_unit text(24), created_at i64, promise_at i64?, title text(400)?, unit_code text(24)?, now i64
-- rows: many<=21
-- reads: 110
SELECT t.id, c.key_id, c.name_ct, t.ticket_no, t.kind, t.state, t.category_code, t.area_code, t.reported_unit, t.created_at, t.promise_at,
    x.title, a.unit_code, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM contact c JOIN ticket t ON t.id = c.owner_id
LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN assignment a ON a.id = t.lead_id
WHERE c.phone_bidx = :phone_bidx AND c.owner_kind = 1 ORDER BY c.owner_id DESC LIMIT 21;

-- The newest of a place are looked at, whatever became of them, so that what is over costs little.
-- name: desk_near
-- run: staff ctl
-- in: category text(6), street text(9), since i64
-- out: id u64, ticket_no text(16), kind i32, state i32, category_code text(6), area_code text(12), created_at i64, promise_at i64?, title text(400)?, unit_code text(24)?, now i64
-- rows: many<=40
-- reads: 210
SELECT t.id, t.ticket_no, t.kind, t.state, t.category_code, t.area_code, t.created_at, t.promise_at, x.title, a.unit_code,
    CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM (SELECT id FROM ticket WHERE category_code = :category AND street_code = :street ORDER BY id DESC LIMIT 40) n
JOIN ticket t ON t.id = n.id
LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN assignment a ON a.id = t.lead_id
WHERE t.state < 6 AND t.reported_unit = '' AND t.created_at > :since ORDER BY t.id DESC LIMIT 40;
