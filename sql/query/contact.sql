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
