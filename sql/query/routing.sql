-- 退单/异议: what units sent back, and what the arbiter made of it [T 12].

-- name: return_insert
-- run: staff ctl
-- in: id u64, ticket_id u64, round i32, n i32, unit_code text(24), ground i32, suggested_unit text(24), asked_by u64, asked_at i64, is_demo bool
-- rows: change
-- reads: 2
INSERT INTO unit_return (id, ticket_id, round, n, unit_code, ground, suggested_unit, asked_by, asked_at, is_demo)
VALUES (:id, :ticket_id, :round, :n, :unit_code, :ground, :suggested_unit, :asked_by, :asked_at, :is_demo);

-- name: return_of_ticket
-- run: staff worker ctl
-- in: ticket_id u64, round i32
-- out: id u64, n i32, unit_code text(24), ground i32, suggested_unit text(24), state i32, asked_at i64, decided_at i64?
-- rows: many<=50
-- reads: 52
SELECT id, n, unit_code, ground, suggested_unit, state, asked_at, decided_at FROM unit_return
WHERE ticket_id = :ticket_id AND round = :round ORDER BY id LIMIT 50;

-- name: return_decide
-- run: staff ctl
-- in: id u64, state i32, by u64, at i64
-- rows: change
-- reads: 3
UPDATE unit_return SET state = :state, decided_by = :by, decided_at = :at WHERE id = :id AND state = 1;

-- The demand went on otherwise.
-- name: return_lapse
-- run: citizen staff worker ctl
-- in: ticket_id u64, at i64
-- rows: change
-- reads: 60
UPDATE unit_return SET state = 4, decided_at = :at WHERE ticket_id = :ticket_id AND state = 1;

-- name: return_page
-- run: staff ctl
-- in: state i32, after u64
-- out: id u64, ticket_id u64, ticket_no text(16), title text(400)?, category_code text(6), area_code text(12), unit_code text(24), suggested_unit text(24), ground i32, state i32, n i32, asked_at i64, decided_at i64?, due_at i64?, reported_unit text(24)
-- rows: many<=51
-- reads: 260
SELECT r.id, r.ticket_id, t.ticket_no, x.title, t.category_code, t.area_code, r.unit_code, r.suggested_unit, r.ground, r.state, r.n,
    r.asked_at, r.decided_at, a.due_at, t.reported_unit
FROM unit_return r JOIN ticket t ON t.id = r.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN assignment a ON a.id = t.lead_id
WHERE r.state = :state AND r.id > :after ORDER BY r.id LIMIT 51;

-- name: return_page_of_unit
-- run: staff ctl
-- in: unit_code text(24), state i32, after u64
-- out: id u64, ticket_id u64, ticket_no text(16), title text(400)?, category_code text(6), area_code text(12), unit_code text(24), suggested_unit text(24), ground i32, state i32, n i32, asked_at i64, decided_at i64?, due_at i64?, reported_unit text(24)
-- rows: many<=51
-- reads: 260
SELECT r.id, r.ticket_id, t.ticket_no, x.title, t.category_code, t.area_code, r.unit_code, r.suggested_unit, r.ground, r.state, r.n,
    r.asked_at, r.decided_at, a.due_at, t.reported_unit
FROM unit_return r JOIN ticket t ON t.id = r.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN assignment a ON a.id = t.lead_id
WHERE r.unit_code = :unit_code AND r.state = :state AND r.id > :after ORDER BY r.id LIMIT 51;

-- ---- extensions that a unit manager decides ---------------------------------------------------------------------------------

-- name: extension_insert
-- run: staff ctl
-- in: id u64, ticket_id u64, unit_code text(24), until_at i64, reason text(4000), reason_lang i32, asked_by u64, asked_at i64
-- rows: change
-- reads: 2
INSERT INTO extension_ask (id, ticket_id, unit_code, until_at, reason, reason_lang, asked_by, asked_at)
VALUES (:id, :ticket_id, :unit_code, :until_at, :reason, :reason_lang, :asked_by, :asked_at);

-- name: extension_open
-- run: staff ctl
-- in: ticket_id u64
-- out: id u64, unit_code text(24), until_at i64, reason text(4000), reason_lang i32, asked_by u64, asked_at i64
-- rows: one
-- reads: 3
SELECT id, unit_code, until_at, reason, reason_lang, asked_by, asked_at FROM extension_ask WHERE ticket_id = :ticket_id AND state = 1 ORDER BY id LIMIT 1;

-- name: extension_decide
-- run: staff ctl
-- in: id u64, state i32, by u64, at i64
-- rows: change
-- reads: 3
UPDATE extension_ask SET state = :state, decided_by = :by, decided_at = :at WHERE id = :id AND state = 1;

-- name: extension_lapse
-- run: citizen staff worker ctl
-- in: ticket_id u64, at i64
-- rows: change
-- reads: 20
UPDATE extension_ask SET state = 4, decided_at = :at WHERE ticket_id = :ticket_id AND state = 1;

-- name: extension_page
-- run: staff ctl
-- in: unit_code text(24)
-- out: id u64, ticket_id u64, ticket_no text(16), title text(400)?, unit_code text(24), reason text(4000), asked_by u64, asked_at i64, until_at i64, due_at i64?
-- rows: many<=50
-- reads: 260
SELECT e.id, e.ticket_id, t.ticket_no, x.title, e.unit_code, e.reason, e.asked_by, e.asked_at, e.until_at, a.due_at
FROM extension_ask e JOIN ticket t ON t.id = e.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN assignment a ON a.id = t.lead_id
WHERE e.unit_code = :unit_code AND e.state = 1 ORDER BY e.id LIMIT 50;
