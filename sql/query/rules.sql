-- Versions of the dispatch rules: drafted, tried, published, brought back.

-- name: rules_set_get
-- run: staff ctl
-- in: id i64
-- out: id i64, base i64, state i32, note text(800), author_id u64, publisher_id u64, created_at i64, valid_from i64?, valid_to i64?, n_rules i64
-- rows: one
-- reads: 1200
SELECT s.id, s.base, s.state, s.note, s.author_id, s.publisher_id, s.created_at, s.valid_from, s.valid_to,
    (SELECT COUNT(*) FROM rule_set_rule r WHERE r.set_id = s.id) AS n_rules
FROM rule_set s WHERE s.id = :id;

-- name: rules_sets
-- run: staff ctl
-- out: id i64, base i64, state i32, note text(800), author_id u64, publisher_id u64, created_at i64, valid_from i64?, valid_to i64?
-- rows: many<=50
-- reads: 52
SELECT id, base, state, note, author_id, publisher_id, created_at, valid_from, valid_to FROM rule_set ORDER BY id DESC LIMIT 50;

-- name: rules_set_put
-- run: staff ctl
-- in: id i64, base i64, note text(800), author_id u64, created_at i64
-- rows: change
-- reads: 3
INSERT INTO rule_set (id, base, note, author_id, created_at) VALUES (:id, :base, :note, :author_id, :created_at);

-- name: rules_set_next
-- run: staff ctl
-- out: id i64
-- rows: one
-- reads: 3
SELECT COALESCE(MAX(id), 0) + 1 AS id FROM rule_set;

-- A whole set; 0 is what was seeded.
-- name: rules_copy
-- run: staff ctl
-- in: set_id i64, from_set i64
-- rows: change
-- reads: 4000
INSERT INTO rule_set_rule (set_id, id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note)
SELECT :set_id, id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note
FROM rule_set_rule WHERE set_id = :from_set AND :from_set > 0;

-- name: rules_copy_seeds
-- run: staff ctl
-- in: set_id i64
-- rows: change
-- reads: 4000
INSERT INTO rule_set_rule (set_id, id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note)
SELECT :set_id, id, category_prefix, area_prefix, lead_kind, COALESCE(lead_ref, ''), response_level, working_days, copy_district, co_refs, note
FROM dispatch_rule WHERE valid_to = 99991231;

-- name: rules_page
-- run: staff ctl
-- in: set_id i64, category text(6), after i64
-- out: id i64, category_prefix text(6), area_prefix text(12), lead_kind i32, lead_ref text(240), response_level i32, working_days bool, copy_district bool, co_refs text(1200), note text(800)
-- rows: many<=1001
-- reads: 1300
SELECT id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note
FROM rule_set_rule WHERE set_id = :set_id AND id > :after AND category_prefix LIKE CONCAT(:category, '%') ORDER BY id LIMIT 1001;

-- name: rules_page_seeds
-- run: staff ctl
-- in: category text(6), after i64
-- out: id i64, category_prefix text(6), area_prefix text(12), lead_kind i32, lead_ref text(240), response_level i32, working_days bool, copy_district bool, co_refs text(1200), note text(800)
-- rows: many<=1001
-- reads: 1300
SELECT id, category_prefix, area_prefix, lead_kind, COALESCE(lead_ref, '') AS lead_ref, response_level, working_days, copy_district, co_refs, note
FROM dispatch_rule WHERE id > :after AND valid_to = 99991231 AND category_prefix LIKE CONCAT(:category, '%') ORDER BY id LIMIT 1001;

-- A number is never given to another rule, in whatever set.
-- name: rules_next_id
-- run: staff ctl
-- out: id i64
-- rows: one
-- reads: 20000
SELECT GREATEST((SELECT COALESCE(MAX(id), 0) FROM rule_set_rule), (SELECT COALESCE(MAX(id), 0) FROM dispatch_rule)) + 1 AS id;

-- name: rules_put
-- run: staff ctl
-- in: set_id i64, id i64, category_prefix text(6), area_prefix text(12), lead_kind i32, lead_ref text(240), response_level i32, working_days bool, copy_district bool, co_refs text(1200), note text(800)
-- rows: change
-- reads: 4
INSERT INTO rule_set_rule (set_id, id, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note)
VALUES (:set_id, :id, :category_prefix, :area_prefix, :lead_kind, :lead_ref, :response_level, :working_days, :copy_district, :co_refs, :note)
ON DUPLICATE KEY UPDATE category_prefix = :category_prefix, area_prefix = :area_prefix, lead_kind = :lead_kind, lead_ref = :lead_ref,
    response_level = :response_level, working_days = :working_days, copy_district = :copy_district, co_refs = :co_refs, note = :note;

-- name: rules_remove
-- run: staff ctl
-- in: set_id i64, id i64
-- rows: change
-- reads: 3
DELETE FROM rule_set_rule WHERE set_id = :set_id AND id = :id;

-- name: rules_drop
-- run: staff ctl
-- in: id i64
-- rows: change
-- reads: 3
UPDATE rule_set SET state = 4 WHERE id = :id AND state = 1;

-- Locks what publishing is about, so that two at once come one after the other.
-- name: rules_lock
-- run: staff ctl
-- out: id i64
-- rows: many<=50
-- reads: 60
SELECT id FROM rule_set WHERE state = 2 ORDER BY id LIMIT 50 FOR UPDATE;

-- name: rules_retire
-- run: staff ctl
-- in: at i64
-- rows: change
-- reads: 60
UPDATE rule_set SET state = 3, valid_to = :at WHERE state = 2;

-- name: rules_publish
-- run: staff ctl
-- in: id i64, publisher_id u64, at i64
-- rows: change
-- reads: 3
UPDATE rule_set SET state = 2, publisher_id = :publisher_id, valid_from = :at WHERE id = :id AND state = 1;

-- Processes look at this stamp to see that reference data changed.
-- name: rules_stamp
-- run: staff ctl
-- in: at i64, n_rows i64
-- rows: change
-- reads: 3
INSERT INTO seed_state (name, checksum, loaded_at, n_rows) VALUES ('rule_set', REPEAT('0', 32), :at, :n_rows)
ON DUPLICATE KEY UPDATE loaded_at = :at, n_rows = :n_rows;

-- Past demands for the dry run: newest first.
-- name: rules_past
-- run: staff ctl
-- in: before u64, since u64
-- out: id u64, ticket_no text(16), category_code text(6), area_code text(12), reported_unit text(24)
-- rows: many<=1000
-- reads: 1010
SELECT id, ticket_no, category_code, area_code, reported_unit FROM ticket WHERE id < :before AND id > :since ORDER BY id DESC LIMIT 1000;
