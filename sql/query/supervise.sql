-- 督办: who must account for a demand, and by when.

-- name: supervision_insert
-- run: staff worker ctl
-- in: id u64, ticket_id u64, round i32, unit_code text(24), by_unit text(24), district_code text(6), level i32, ground i32, once_key u64, staff_id u64, created_at i64, due_at i64, is_demo bool
-- rows: change
-- reads: 4
INSERT INTO supervision (id, ticket_id, round, unit_code, by_unit, district_code, level, ground, once_key, staff_id, created_at, due_at, next_at, is_demo)
VALUES (:id, :ticket_id, :round, :unit_code, :by_unit, :district_code, :level, :ground, :once_key, :staff_id, :created_at, :due_at, :due_at, :is_demo);

-- name: supervision_exists
-- run: staff worker ctl
-- in: ticket_id u64, round i32, ground i32
-- out: n i64, n_open i64
-- rows: one
-- reads: 60
SELECT COUNT(*) AS n, CAST(COALESCE(SUM(state IN (1, 3)), 0) AS SIGNED) AS n_open FROM supervision
WHERE ticket_id = :ticket_id AND round = :round AND ground = :ground;

-- name: supervision_of_unit
-- run: staff ctl
-- in: unit_code text(24), state i32, after_due i64, after_id u64
-- out: id u64, ticket_id u64, ticket_no text(16), title text(400)?, unit_code text(24), by_unit text(24), district_code text(6), level i32, ground i32, state i32, created_at i64, due_at i64, answered_at i64?, staff_id u64, area_code text(12), category_code text(6), reported_unit text(24)
-- rows: many<=51
-- reads: 230
SELECT s.id, s.ticket_id, t.ticket_no, x.title, s.unit_code, s.by_unit, s.district_code, s.level, s.ground, s.state, s.created_at, s.due_at,
    s.answered_at, s.staff_id, t.area_code, t.category_code, t.reported_unit
FROM supervision s FORCE INDEX (by_unit) JOIN ticket t ON t.id = s.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = s.ticket_id
WHERE s.unit_code = :unit_code AND s.state = :state AND s.due_at >= :after_due AND (s.due_at > :after_due OR s.id > :after_id)
ORDER BY s.due_at, s.id LIMIT 51;

-- name: supervision_all
-- run: staff ctl
-- in: state i32, after_due i64, after_id u64
-- out: id u64, ticket_id u64, ticket_no text(16), title text(400)?, unit_code text(24), by_unit text(24), district_code text(6), level i32, ground i32, state i32, created_at i64, due_at i64, answered_at i64?, staff_id u64, area_code text(12), category_code text(6), reported_unit text(24)
-- rows: many<=51
-- reads: 230
SELECT s.id, s.ticket_id, t.ticket_no, x.title, s.unit_code, s.by_unit, s.district_code, s.level, s.ground, s.state, s.created_at, s.due_at,
    s.answered_at, s.staff_id, t.area_code, t.category_code, t.reported_unit
FROM supervision s FORCE INDEX (by_state) JOIN ticket t ON t.id = s.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = s.ticket_id
WHERE s.state = :state AND s.due_at >= :after_due AND (s.due_at > :after_due OR s.id > :after_id)
ORDER BY s.due_at, s.id LIMIT 51;

-- name: supervision_answer
-- run: staff ctl
-- in: ticket_id u64, unit_code text(24), at i64
-- rows: change
-- reads: 60
UPDATE supervision SET state = 2, answered_at = :at, next_at = NULL WHERE ticket_id = :ticket_id AND unit_code = :unit_code AND state IN (1, 3);

-- name: supervision_due
-- run: worker ctl
-- in: now i64
-- out: id u64, ticket_id u64, ticket_no text(16), ticket_state i32, unit_code text(24), by_unit text(24)
-- rows: many<=50
-- reads: 110
SELECT s.id, s.ticket_id, t.ticket_no, t.state AS ticket_state, s.unit_code, s.by_unit
FROM supervision s JOIN ticket t ON t.id = s.ticket_id WHERE s.next_at <= :now ORDER BY s.next_at, s.id LIMIT 50;

-- Overdue, or ended with the demand.
-- name: supervision_settle
-- run: worker ctl
-- in: id u64, state i32
-- rows: change
-- reads: 3
UPDATE supervision SET state = :state, next_at = NULL WHERE id = :id AND state = 1;
