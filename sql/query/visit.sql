-- Call-backs: one for each round that was replied to [T 23].

-- name: visit_invite
-- run: worker ctl
-- in: ticket_id u64, round i32, kind i32, unit_code text(24), district_code text(6), lane i32, due_at i64, call_at i64, is_demo bool
-- rows: change
-- reads: 6
INSERT IGNORE INTO visit (ticket_id, round, state, kind, unit_code, district_code, lane, due_at, call_at, is_demo)
VALUES (:ticket_id, :round, 1, :kind, :unit_code, :district_code, :lane, :due_at, :call_at, :is_demo);

-- Answered, by whatever way.
-- name: visit_answered
-- run: citizen staff worker ctl
-- in: ticket_id u64, round i32, at i64
-- rows: change
-- reads: 3
UPDATE visit SET state = 3, ended_at = :at, lease_until = 0 WHERE ticket_id = :ticket_id AND round = :round AND state <> 3;

-- The demand closed, or opened again, while nobody had answered.
-- name: visit_lapse
-- run: citizen staff worker ctl
-- in: ticket_id u64, round i32, at i64
-- rows: change
-- reads: 3
UPDATE visit SET state = 5, ended_at = :at, lease_until = 0 WHERE ticket_id = :ticket_id AND round = :round AND state IN (1, 2);

-- Invited long enough ago.
-- name: visit_due
-- run: worker ctl
-- in: now i64
-- out: ticket_id u64, round i32, ticket_round i32, ticket_state i32
-- rows: many<=100
-- reads: 210
SELECT v.ticket_id, v.round, t.round AS ticket_round, t.state AS ticket_state FROM visit v JOIN ticket t ON t.id = v.ticket_id
WHERE v.state = 1 AND v.call_at <= :now ORDER BY v.call_at LIMIT 100;

-- name: visit_to_list
-- run: worker ctl
-- in: ticket_id u64, round i32
-- rows: change
-- reads: 3
UPDATE visit SET state = 2 WHERE ticket_id = :ticket_id AND round = :round AND state = 1;

-- Nobody can be called: no telephone.
-- name: visit_no_phone
-- run: worker ctl
-- in: ticket_id u64, round i32, again_at i64
-- rows: change
-- reads: 3
UPDATE visit SET call_at = :again_at WHERE ticket_id = :ticket_id AND round = :round AND state = 1;

-- The phone list, one lane at a time.
-- name: visit_queue
-- run: staff ctl
-- in: lane i32, call_at i64, after_id u64, now i64
-- out: ticket_id u64, round i32, ticket_no text(16), title text(400)?, unit_code text(24), category_code text(6), district_code text(6), state i32, attempts i32, lane i32, due_at i64, call_at i64, lease_until i64, visitor_id u64
-- rows: many<=51
-- reads: 400
SELECT v.ticket_id, v.round, t.ticket_no, x.title, v.unit_code, t.category_code, v.district_code, v.state, v.attempts, v.lane, v.due_at, v.call_at,
    v.lease_until, v.visitor_id
FROM visit v FORCE INDEX (by_queue) JOIN ticket t ON t.id = v.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = v.ticket_id
WHERE v.state = 2 AND v.lane = :lane AND v.call_at >= :call_at AND (v.call_at > :call_at OR v.ticket_id > :after_id) AND v.call_at <= :now
    AND v.lease_until <= :now
ORDER BY v.call_at, v.ticket_id LIMIT 51;

-- name: visit_held
-- run: staff ctl
-- in: visitor u64, now i64
-- out: ticket_id u64, round i32, ticket_no text(16), title text(400)?, unit_code text(24), category_code text(6), district_code text(6), state i32, attempts i32, lane i32, due_at i64, call_at i64, lease_until i64, visitor_id u64
-- rows: many<=20
-- reads: 90
SELECT v.ticket_id, v.round, t.ticket_no, x.title, v.unit_code, t.category_code, v.district_code, v.state, v.attempts, v.lane, v.due_at, v.call_at,
    v.lease_until, v.visitor_id
FROM visit v FORCE INDEX (by_visitor) JOIN ticket t ON t.id = v.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = v.ticket_id
WHERE v.visitor_id = :visitor AND v.state = 2 AND v.lease_until > :now ORDER BY v.lease_until LIMIT 20;

-- Of the round that is asked about now.
-- name: visit_of
-- run: staff worker ctl
-- in: ticket_no text(16)
-- out: ticket_id u64, round i32, title text(400)?, unit_code text(24), category_code text(6), area_code text(12), district_code text(6), state i32, attempts i32, lane i32, due_at i64, call_at i64, lease_until i64, visitor_id u64, created_at i64, replied_at i64?, lang i32, response_level i32, no_reply bool
-- rows: one
-- reads: 6
SELECT v.ticket_id, v.round, x.title, v.unit_code, t.category_code, t.area_code, v.district_code, v.state, v.attempts, v.lane, v.due_at, v.call_at,
    v.lease_until, v.visitor_id, t.created_at, t.replied_at, t.lang, t.response_level, t.no_reply
FROM ticket t JOIN visit v ON v.ticket_id = t.id AND v.round = t.round LEFT JOIN ticket_text x ON x.ticket_id = t.id
WHERE t.ticket_no = :ticket_no;

-- name: visit_reply
-- run: staff ctl
-- in: ticket_id u64
-- out: words text(8000)?
-- rows: one
-- reads: 510
SELECT words FROM event WHERE ticket_id = :ticket_id AND code = 12 ORDER BY seq DESC LIMIT 1;

-- name: visit_claim
-- run: staff ctl
-- in: ticket_id u64, round i32, visitor u64, until i64, now i64
-- rows: change
-- reads: 3
UPDATE visit SET lease_until = :until, visitor_id = :visitor
WHERE ticket_id = :ticket_id AND round = :round AND state = 2 AND (lease_until <= :now OR visitor_id = :visitor);

-- name: visit_release
-- run: staff ctl
-- in: ticket_id u64, round i32, visitor u64
-- rows: change
-- reads: 3
UPDATE visit SET lease_until = 0 WHERE ticket_id = :ticket_id AND round = :round AND state = 2 AND visitor_id = :visitor;

-- name: visit_attempted
-- run: staff ctl
-- in: ticket_id u64, round i32, attempts i32, state i32, call_at i64, ended_at i64?
-- rows: change
-- reads: 3
UPDATE visit SET attempts = attempts + 1, state = :state, call_at = :call_at, lease_until = 0, ended_at = :ended_at
WHERE ticket_id = :ticket_id AND round = :round AND state = 2 AND attempts = :attempts;

-- name: visit_counts
-- run: worker ctl
-- out: invited i64, listed i64, oldest i64
-- rows: one
-- reads: job
SELECT (SELECT COUNT(*) FROM visit WHERE state = 1) AS invited, (SELECT COUNT(*) FROM visit WHERE state = 2) AS listed,
    CAST(COALESCE((SELECT MIN(call_at) FROM visit WHERE state = 2), 0) AS SIGNED) AS oldest;
