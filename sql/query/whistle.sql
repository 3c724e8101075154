-- 吹哨报到 [T 16, 33].

-- name: whistle_insert
-- run: staff ctl
-- in: assignment_id u64, ticket_id u64, round i32, caller text(24), called text(24), called_at i64, report_by i64, due_at i64, next_at i64, is_demo bool
-- rows: change
-- reads: 2
INSERT INTO whistle (assignment_id, ticket_id, round, caller, called, called_at, report_by, due_at, next_at, is_demo)
VALUES (:assignment_id, :ticket_id, :round, :caller, :called, :called_at, :report_by, :due_at, :next_at, :is_demo);

-- name: whistle_of_ticket
-- run: staff worker ctl
-- in: ticket_id u64
-- out: assignment_id u64, round i32, caller text(24), called text(24), state i32, called_at i64, report_by i64, due_at i64, reported_at i64?, stage_at i64?, delivered_at i64?, step i32, is_open bool, now i64
-- rows: many<=60
-- reads: 130
SELECT w.assignment_id, w.round, w.caller, w.called, a.state, w.called_at, w.report_by, w.due_at, w.reported_at, w.stage_at, w.delivered_at, w.step,
    IF(w.is_open = 1 AND a.state <= 2, 1, 0) AS is_open, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM whistle w JOIN assignment a ON a.id = w.assignment_id WHERE w.ticket_id = :ticket_id ORDER BY w.assignment_id LIMIT 60;

-- name: whistle_reported
-- run: staff ctl
-- in: assignment_id u64, at i64
-- rows: change
-- reads: 3
UPDATE whistle SET reported_at = COALESCE(reported_at, :at), next_at = NULL WHERE assignment_id = :assignment_id;

-- Delivering reports as well; a stage report leaves it open.
-- name: whistle_delivered
-- run: staff ctl
-- in: assignment_id u64, at i64, stage bool
-- rows: change
-- reads: 3
UPDATE whistle SET reported_at = COALESCE(reported_at, :at), next_at = NULL, stage_at = IF(:stage = 1, :at, stage_at),
    delivered_at = IF(:stage = 1, delivered_at, :at), is_open = IF(:stage = 1, is_open, 0)
WHERE assignment_id = :assignment_id;

-- name: whistle_due
-- run: worker ctl
-- in: now i64
-- out: assignment_id u64, ticket_no text(16), round i32, called text(24), report_by i64, reported_at i64?, step i32, is_open bool, ticket_round i32, ticket_state i32
-- rows: many<=100
-- reads: 320
SELECT w.assignment_id, t.ticket_no, w.round, w.called, w.report_by, w.reported_at, w.step, IF(w.is_open = 1 AND a.state <= 2, 1, 0) AS is_open,
    t.round AS ticket_round, t.state AS ticket_state
FROM whistle w JOIN ticket t ON t.id = w.ticket_id JOIN assignment a ON a.id = w.assignment_id
WHERE w.next_at <= :now ORDER BY w.next_at, w.assignment_id LIMIT 100;

-- name: whistle_step
-- run: worker ctl
-- in: assignment_id u64, old_step i32, step i32, next_at i64?
-- rows: change
-- reads: 3
UPDATE whistle SET step = :step, next_at = :next_at, is_open = IF(:next_at IS NULL AND :step = :old_step, 0, is_open)
WHERE assignment_id = :assignment_id AND step = :old_step;

-- name: whistle_of_caller
-- run: staff ctl
-- in: caller text(24), open bool, before u64
-- out: assignment_id u64, ticket_id u64, ticket_no text(16), title text(400)?, category_code text(6), area_code text(12), caller text(24), called text(24), round i32, state i32, called_at i64, report_by i64, due_at i64, reported_at i64?, stage_at i64?, delivered_at i64?, step i32, now i64
-- rows: many<=51
-- reads: 220
SELECT w.assignment_id, w.ticket_id, t.ticket_no, x.title, t.category_code, t.area_code, w.caller, w.called, w.round, a.state, w.called_at, w.report_by,
    w.due_at, w.reported_at, w.stage_at, w.delivered_at, w.step, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM whistle w JOIN assignment a ON a.id = w.assignment_id JOIN ticket t ON t.id = w.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = t.id
WHERE w.caller = :caller AND w.is_open = :open AND w.assignment_id < :before ORDER BY w.assignment_id DESC LIMIT 51;

-- name: whistle_of_called
-- run: staff ctl
-- in: called text(24), open bool, before u64
-- out: assignment_id u64, ticket_id u64, ticket_no text(16), title text(400)?, category_code text(6), area_code text(12), caller text(24), called text(24), round i32, state i32, called_at i64, report_by i64, due_at i64, reported_at i64?, stage_at i64?, delivered_at i64?, step i32, now i64
-- rows: many<=51
-- reads: 220
SELECT w.assignment_id, w.ticket_id, t.ticket_no, x.title, t.category_code, t.area_code, w.caller, w.called, w.round, a.state, w.called_at, w.report_by,
    w.due_at, w.reported_at, w.stage_at, w.delivered_at, w.step, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM whistle w JOIN assignment a ON a.id = w.assignment_id JOIN ticket t ON t.id = w.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = t.id
WHERE w.called = :called AND w.is_open = :open AND w.assignment_id < :before ORDER BY w.assignment_id DESC LIMIT 51;

-- Both sides [T 33]; the range is bounded by the caller of the job.
-- name: whistle_scores
-- run: worker ctl
-- in: from i64, to i64
-- out: unit_code text(24), called i64, was_called i64, came i64, came_in_time i64, delivered i64, delivered_in_time i64, report_minutes i64
-- rows: many<=2000
-- reads: job
SELECT s.unit_code, CAST(SUM(s.called) AS SIGNED) AS called, CAST(SUM(s.was_called) AS SIGNED) AS was_called, CAST(SUM(s.came) AS SIGNED) AS came,
    CAST(SUM(s.came_in_time) AS SIGNED) AS came_in_time, CAST(SUM(s.delivered) AS SIGNED) AS delivered,
    CAST(SUM(s.delivered_in_time) AS SIGNED) AS delivered_in_time, CAST(SUM(s.report_minutes) AS SIGNED) AS report_minutes
FROM (SELECT caller AS unit_code, 1 AS called, 0 AS was_called, 0 AS came, 0 AS came_in_time, 0 AS delivered, 0 AS delivered_in_time, 0 AS report_minutes
        FROM whistle WHERE called_at >= :from AND called_at < :to
      UNION ALL
      SELECT called, 0, 1, reported_at IS NOT NULL, COALESCE(reported_at <= report_by, 0), delivered_at IS NOT NULL,
        COALESCE(delivered_at <= due_at, 0), COALESCE((reported_at - called_at) DIV 60000000, 0)
        FROM whistle WHERE called_at >= :from AND called_at < :to) s
GROUP BY s.unit_code ORDER BY s.unit_code LIMIT 2000;
