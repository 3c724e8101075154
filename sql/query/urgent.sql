-- 平战结合: modes by version; the current one of each is what counts.

-- name: ref_urgent
-- run: citizen staff open worker ctl
-- in: now i64
-- out: id u64, version i32, name text(240), reason text(1200), categories text(600), areas text(600), level i32, starts_at i64, ends_at i64, notice_zh text(2000), notice_en text(4000)
-- rows: many<=50
-- reads: 60
SELECT id, version, name, reason, categories, areas, level, starts_at, ends_at, notice_zh, notice_en
FROM public_urgent_mode WHERE ends_at > :now ORDER BY ends_at, id LIMIT 50;

-- name: urgent_insert
-- run: staff ctl
-- in: id u64, version i32, name text(240), reason text(1200), categories text(600), areas text(600), level i32, raise_open i32, starts_at i64, ends_at i64, notice_zh text(2000), notice_en text(4000), staff_id u64, at i64
-- rows: change
-- reads: 4
INSERT INTO urgent_mode (id, version, name, reason, categories, areas, level, raise_open, starts_at, ends_at, notice_zh, notice_en, staff_id, changed_at)
VALUES (:id, :version, :name, :reason, :categories, :areas, :level, :raise_open, :starts_at, :ends_at, :notice_zh, :notice_en, :staff_id, :at);

-- name: urgent_supersede
-- run: staff ctl
-- in: id u64, version i32
-- rows: change
-- reads: 3
UPDATE urgent_mode SET current = 0 WHERE id = :id AND version = :version AND current = 1;

-- Those that are over come after the others.
-- name: urgent_list
-- run: staff ctl
-- in: ends_after i64
-- out: id u64, version i32, name text(240), reason text(1200), categories text(600), areas text(600), level i32, raise_open i32, starts_at i64, ends_at i64, notice_zh text(2000), notice_en text(4000), staff_id u64, changed_at i64
-- rows: many<=100
-- reads: 230
SELECT id, version, name, reason, categories, areas, level, raise_open, starts_at, ends_at, notice_zh, notice_en, staff_id, changed_at
FROM urgent_mode WHERE current = 1 AND ends_at > :ends_after ORDER BY ends_at DESC, id DESC LIMIT 100;

-- name: urgent_versions
-- run: staff ctl
-- in: id u64
-- out: id u64, version i32, name text(240), reason text(1200), categories text(600), areas text(600), level i32, raise_open i32, starts_at i64, ends_at i64, notice_zh text(2000), notice_en text(4000), staff_id u64, changed_at i64
-- rows: many<=100
-- reads: 110
SELECT id, version, name, reason, categories, areas, level, raise_open, starts_at, ends_at, notice_zh, notice_en, staff_id, changed_at
FROM urgent_mode WHERE id = :id ORDER BY version DESC LIMIT 100;

-- Every process looks at the newest load and the sum of rows, and reads anew when they changed.
-- name: urgent_touch
-- run: staff ctl
-- in: at i64
-- rows: change
-- reads: 4
INSERT INTO seed_state (name, checksum, loaded_at, n_rows) VALUES ('urgent modes', REPEAT(CHAR(0), 32), :at, 1)
ON DUPLICATE KEY UPDATE loaded_at = :at, n_rows = n_rows + 1;

-- ---- what runs already -------------------------------------------------------------------------------------------------

-- name: urgent_to_raise
-- run: worker ctl
-- in: now i64
-- out: id u64, version i32, raised_upto u64
-- rows: one
-- reads: job
SELECT id, version, raised_upto FROM urgent_mode WHERE current = 1 AND ends_at > :now AND starts_at <= :now AND raise_open = 1 ORDER BY id LIMIT 1;

-- name: urgent_open_tickets
-- run: worker ctl
-- in: after u64
-- out: id u64, ticket_no text(16), category_code text(6), area_code text(12), response_level i32
-- rows: many<=100
-- reads: job
SELECT id, ticket_no, category_code, area_code, response_level FROM ticket WHERE id > :after AND state IN (1, 2, 3) ORDER BY id LIMIT 100;

-- name: urgent_raised
-- run: worker ctl
-- in: id u64, version i32, upto u64, raise_open i32
-- rows: change
-- reads: 3
UPDATE urgent_mode SET raised_upto = :upto, raise_open = :raise_open WHERE id = :id AND version = :version;

-- name: assignment_fast
-- run: citizen staff worker ctl
-- in: ticket_id u64
-- rows: change
-- reads: 40
UPDATE assignment SET lane = 0 WHERE ticket_id = :ticket_id AND state <= 2;

-- Whose lead owes something, oldest first, by the rows of the wall: what a mode would raise.
-- name: urgent_open_leads
-- run: staff ctl
-- in: kind i32, since_at i64, after_id u64
-- out: assignment_id u64, since_at i64, category_code text(6), area_code text(12), response_level i32
-- rows: many<=1000
-- reads: 2600
SELECT w.assignment_id, w.since_at, t.category_code, t.area_code, t.response_level
FROM wall_item w FORCE INDEX (by_city) JOIN ticket t ON t.id = w.ticket_id
WHERE w.is_lead = 1 AND w.kind = :kind AND w.since_at >= :since_at AND (w.since_at > :since_at OR w.assignment_id > :after_id)
ORDER BY w.since_at, w.assignment_id LIMIT 1000;
