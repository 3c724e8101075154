-- Clocks of a demand: what its events tell, and what is stored.

-- name: clock_events
-- run: staff worker ctl
-- in: ticket_id u64, after i32
-- out: seq i32, at i64, code i32, unit_code text(24), params text(4000)
-- rows: many<=200
-- reads: 202
SELECT seq, at, code, unit_code, params FROM event WHERE ticket_id = :ticket_id AND seq > :after ORDER BY seq LIMIT 200;

-- name: clock_stored
-- run: staff worker ctl
-- in: ticket_id u64
-- out: promise_at i64?, round i32, state i32, lead_id u64?
-- rows: one
-- reads: 2
SELECT promise_at, round, state, lead_id FROM ticket WHERE id = :ticket_id;

-- name: clock_assignments
-- run: staff worker ctl
-- in: ticket_id u64
-- out: id u64, round i32, role i32, unit_code text(24), state i32, started_at i64, due_at i64?
-- rows: many<=100
-- reads: 102
SELECT id, round, role, unit_code, state, started_at, due_at FROM assignment WHERE ticket_id = :ticket_id ORDER BY round, role, id LIMIT 100;
