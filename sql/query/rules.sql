-- Versions of the dispatch rules. Set 0 is what was seeded (dispatch_rule); whoever changes anything holds rules_lock first.

-- name: rule_set_in_force
-- run: citizen staff worker ctl
-- out: id i64
-- rows: one
-- reads: 4
SELECT CAST(COALESCE(MAX(id), 0) AS SIGNED) AS id FROM rule_set WHERE state = 2;

-- name: ref_set_rules
-- run: citizen staff worker ctl
-- in: set_id i64, after i64
-- out: id i64, category_prefix text(6), area_prefix text(12), lead_kind i32, lead_ref text(240), response_level i32, working_days bool, copy_district bool, co_refs text(1200)
-- rows: many<=1000
-- reads: 1010
SELECT id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs
FROM rule_set_rule WHERE set_id = :set_id AND id > :after ORDER BY id LIMIT 1000;

-- name: rules_of_set
-- run: staff ctl
-- in: set_id i64, after i64
-- out: id i64, category_prefix text(6), area_prefix text(12), lead_kind i32, lead_ref text(240), response_level i32, working_days bool, copy_district bool, co_refs text(1200), note text(800)
-- rows: many<=1000
-- reads: 1010
SELECT id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note
FROM rule_set_rule WHERE set_id = :set_id AND id > :after ORDER BY id LIMIT 1000;

-- name: rules_of_seeds
-- run: staff ctl
-- in: after i64
-- out: id i64, category_prefix text(6), area_prefix text(12), lead_kind i32, lead_ref text(240), response_level i32, working_days bool, copy_district bool, co_refs text(1200), note text(800)
-- rows: many<=1000
-- reads: 1200
SELECT id, category_prefix, area_prefix, lead_kind, COALESCE(lead_ref, '') AS lead_ref, response_level, working_days, copy_district, co_refs, note
FROM dispatch_rule WHERE id > :after AND valid_to = 99991231 ORDER BY id LIMIT 1000;

-- One change at a time: whoever comes second waits here. The row counts nothing, so that no process reads anew.
-- name: rules_lock
-- run: staff ctl
-- rows: change
-- reads: 4
INSERT INTO seed_state (name, checksum, loaded_at, n_rows) VALUES ('rule sets', REPEAT(CHAR(0), 32), 0, 0)
ON DUPLICATE KEY UPDATE name = name;

-- Every process looks at the newest load and the sum of rows, and reads anew when they changed.
-- name: rules_touch
-- run: staff ctl
-- in: at i64
-- rows: change
-- reads: 4
INSERT INTO seed_state (name, checksum, loaded_at, n_rows) VALUES ('rule sets', REPEAT(CHAR(0), 32), :at, 1)
ON DUPLICATE KEY UPDATE loaded_at = :at, n_rows = n_rows + 1;

-- name: rule_set_one
-- run: staff ctl
-- in: id i64
-- out: id i64, base i64, state i32, note text(800), author_id u64, author text(240), publisher_id u64, publisher text(240), created_at i64, valid_from i64, valid_to i64
-- rows: one
-- reads: 8
SELECT r.id, r.base, r.state, r.note, r.author_id, COALESCE(a.name, '') AS author, r.publisher_id, COALESCE(p.name, '') AS publisher,
       r.created_at, COALESCE(r.valid_from, 0) AS valid_from, COALESCE(r.valid_to, 0) AS valid_to
FROM rule_set r LEFT JOIN staff a ON a.id = r.author_id LEFT JOIN staff p ON p.id = r.publisher_id WHERE r.id = :id;

-- name: rule_set_list
-- run: staff ctl
-- out: id i64, base i64, state i32, note text(800), author_id u64, author text(240), publisher_id u64, publisher text(240), created_at i64, valid_from i64, valid_to i64
-- rows: many<=50
-- reads: 160
SELECT r.id, r.base, r.state, r.note, r.author_id, COALESCE(a.name, '') AS author, r.publisher_id, COALESCE(p.name, '') AS publisher,
       r.created_at, COALESCE(r.valid_from, 0) AS valid_from, COALESCE(r.valid_to, 0) AS valid_to
FROM rule_set r LEFT JOIN staff a ON a.id = r.author_id LEFT JOIN staff p ON p.id = r.publisher_id ORDER BY r.id DESC LIMIT 50;

-- name: rule_set_last
-- run: staff ctl
-- out: id i64
-- rows: one
-- reads: 3
SELECT CAST(COALESCE(MAX(id), 0) AS SIGNED) AS id FROM rule_set;

-- name: rule_set_insert
-- run: staff ctl
-- in: id i64, base i64, note text(800), author_id u64, at i64
-- rows: change
-- reads: 4
INSERT INTO rule_set (id, base, state, note, author_id, created_at) VALUES (:id, :base, 1, :note, :author_id, :at);

-- name: rule_set_copy
-- run: staff ctl
-- in: set_id i64, from_id i64
-- rows: change
-- reads: 5000
INSERT INTO rule_set_rule (set_id, id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note)
SELECT :set_id, id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note
FROM rule_set_rule WHERE set_id = :from_id;

-- name: rule_set_copy_seeds
-- run: staff ctl
-- in: set_id i64
-- rows: change
-- reads: 5000
INSERT INTO rule_set_rule (set_id, id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note)
SELECT :set_id, id, category_prefix, area_prefix, lead_kind, COALESCE(lead_ref, ''), response_level, working_days, copy_district, co_refs, note
FROM dispatch_rule WHERE valid_to = 99991231;

-- name: rule_set_past
-- run: staff ctl
-- in: id i64, at i64
-- rows: change
-- reads: 3
UPDATE rule_set SET state = 3, valid_to = :at WHERE id = :id AND state = 2;

-- name: rule_set_publish
-- run: staff ctl
-- in: id i64, staff_id u64, at i64
-- rows: change=1
-- reads: 3
UPDATE rule_set SET state = 2, publisher_id = :staff_id, valid_from = :at WHERE id = :id AND state = 1;

-- name: rule_set_drop
-- run: staff ctl
-- in: id i64
-- rows: change=1
-- reads: 3
UPDATE rule_set SET state = 4 WHERE id = :id AND state = 1;

-- name: rule_last_in
-- run: staff ctl
-- in: set_id i64, low i64, high i64
-- out: id i64
-- rows: one
-- reads: 4
SELECT CAST(COALESCE(MAX(id), 0) AS SIGNED) AS id FROM rule_set_rule WHERE set_id = :set_id AND id BETWEEN :low AND :high;

-- name: rule_put
-- run: staff ctl
-- in: set_id i64, id i64, category_prefix text(6), area_prefix text(12), lead_kind i32, lead_ref text(240), response_level i32, working_days bool, copy_district bool, co_refs text(1200), note text(800)
-- rows: change
-- reads: 4
INSERT INTO rule_set_rule (set_id, id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note)
VALUES (:set_id, :id, :category_prefix, :area_prefix, :lead_kind, :lead_ref, :response_level, :working_days, :copy_district, :co_refs, :note)
ON DUPLICATE KEY UPDATE category_prefix = :category_prefix, area_prefix = :area_prefix, lead_kind = :lead_kind, lead_ref = :lead_ref,
    response_level = :response_level, working_days = :working_days, copy_district = :copy_district, co_refs = :co_refs, note = :note;

-- name: rule_remove
-- run: staff ctl
-- in: set_id i64, id i64
-- rows: change=1
-- reads: 3
DELETE FROM rule_set_rule WHERE set_id = :set_id AND id = :id;

-- The dry run: newest first, one bounded batch after the other.
-- name: rule_try_tickets
-- run: staff ctl
-- in: before u64, floor u64
-- out: id u64, no text(16), category_code text(6), area_code text(12), reported_unit text(24)
-- rows: many<=1000
-- reads: 1010
SELECT id, ticket_no AS no, category_code, area_code, reported_unit FROM ticket WHERE id < :before AND id >= :floor ORDER BY id DESC LIMIT 1000;
