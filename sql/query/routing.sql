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
FROM unit_return r FORCE INDEX (by_unit) JOIN ticket t ON t.id = r.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = t.id
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
-- in: unit_code text(24), after u64
-- out: id u64, ticket_id u64, ticket_no text(16), title text(400)?, unit_code text(24), reason text(4000), asked_by u64, asked_at i64, until_at i64, due_at i64?
-- rows: many<=51
-- reads: 260
SELECT e.id, e.ticket_id, t.ticket_no, x.title, e.unit_code, e.reason, e.asked_by, e.asked_at, e.until_at, a.due_at
FROM extension_ask e JOIN ticket t ON t.id = e.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN assignment a ON a.id = t.lead_id
WHERE e.unit_code = :unit_code AND e.state = 1 AND e.id > :after ORDER BY e.id LIMIT 51;

-- ---- the same matter [T 11 (3)] ---------------------------------------------------------------------------------------------

-- name: ticket_link_put
-- run: staff ctl
-- in: ticket_id u64, other_id u64, at i64
-- rows: change
-- reads: 3
INSERT IGNORE INTO ticket_link (ticket_id, other_id, at) VALUES (:ticket_id, :other_id, :at);

-- name: ticket_set_same
-- run: staff ctl
-- in: id u64, same_as u64
-- rows: change
-- reads: 4
UPDATE ticket SET same_as = :same_as WHERE id = :id;

-- name: ticket_set_area
-- run: staff ctl
-- in: id u64, area_code text(12), district_code text(6)
-- rows: change
-- reads: 4
UPDATE ticket SET area_code = :area_code, district_code = :district_code WHERE id = :id;

-- Rows come with the filing of a secret informer alone.
-- name: ticket_set_reported
-- run: citizen staff ctl
-- in: id u64, unit_code text(24)
-- rows: change
-- reads: 4
UPDATE ticket SET reported_unit = :unit_code WHERE id = :id;

-- Those that were merged into a demand.
-- name: ticket_merged
-- run: citizen staff worker ctl
-- in: merged_into u64
-- out: id u64
-- rows: many<=60
-- reads: 62
SELECT id FROM ticket WHERE merged_into = :merged_into ORDER BY id LIMIT 60;

-- What the filers of merged demands may know of the main one.
-- name: ticket_main
-- run: citizen staff worker ctl
-- in: id u64
-- out: ticket_no text(16), state i32, round i32, promise_at i64?, replied_at i64?, closed_at i64?, lead_unit text(24)?, lead_due_at i64?, chain_seq i32
-- rows: one
-- reads: 4
SELECT t.ticket_no, t.state, t.round, t.promise_at, t.replied_at, t.closed_at, a.unit_code AS lead_unit, a.due_at AS lead_due_at, t.chain_seq
FROM ticket t LEFT JOIN assignment a ON a.id = t.lead_id WHERE t.id = :id;

-- Never what its filer did or wrote; words of units in replies, extensions and pauses alone.
-- name: ticket_main_events
-- run: citizen staff worker ctl
-- in: ticket_id u64, upto i32
-- out: seq i32, at i64, code i32, wording i32, unit_code text(24), params text(4000), words text(8000)?, words_lang i32?
-- rows: many<=500
-- reads: 510
SELECT seq, at, code, wording, unit_code, params, IF(code IN (9, 12, 41), words, NULL) AS words, IF(code IN (9, 12, 41), words_lang, NULL) AS words_lang
FROM event WHERE ticket_id = :ticket_id AND seq <= :upto AND public = 1 AND (actor_kind IN (2, 3, 4) OR code IN (2, 3, 20, 42))
    AND code NOT IN (6, 7, 13, 14, 46, 47, 48, 52)
ORDER BY seq LIMIT 500;

-- Working days or not, and since when: the event that started the clock of the lead.
-- name: event_clock_start
-- run: citizen staff worker ctl
-- in: ticket_id u64
-- out: params text(4000)
-- rows: one
-- reads: 510
SELECT params FROM event WHERE ticket_id = :ticket_id AND code IN (2, 20, 23) ORDER BY seq DESC LIMIT 1;
