-- Who must do what by when. A filing writes up to six rows, in statements of three, two and one.

-- name: assignment_insert_1
-- run: citizen staff worker ctl
-- in: id u64, ticket_id u64, round i32, role i32, unit_code text(24), state i32, rule_id i64?, started_at i64, due_at i64?, next_at i64?, is_demo bool
-- rows: later
-- reads: 2
INSERT INTO assignment (id, ticket_id, round, role, unit_code, state, rule_id, started_at, due_at, next_at, is_demo)
VALUES (:id, :ticket_id, :round, :role, :unit_code, :state, :rule_id, :started_at, :due_at, :next_at, :is_demo);

-- name: assignment_insert_2
-- run: citizen staff worker ctl
-- in: ticket_id u64, round i32, state i32, rule_id i64?, started_at i64, is_demo bool, id u64, role i32, unit_code text(24), due_at i64?, next_at i64?, id2 u64, role2 i32, unit_code2 text(24), due_at2 i64?, next_at2 i64?
-- rows: later
-- reads: 4
INSERT INTO assignment (id, ticket_id, round, role, unit_code, state, rule_id, started_at, due_at, next_at, is_demo)
VALUES (:id, :ticket_id, :round, :role, :unit_code, :state, :rule_id, :started_at, :due_at, :next_at, :is_demo),
    (:id2, :ticket_id, :round, :role2, :unit_code2, :state, :rule_id, :started_at, :due_at2, :next_at2, :is_demo);

-- name: assignment_insert_3
-- run: citizen staff worker ctl
-- in: ticket_id u64, round i32, state i32, rule_id i64?, started_at i64, is_demo bool, id u64, role i32, unit_code text(24), due_at i64?, next_at i64?, id2 u64, role2 i32, unit_code2 text(24), due_at2 i64?, next_at2 i64?, id3 u64, role3 i32, unit_code3 text(24), due_at3 i64?, next_at3 i64?
-- rows: later
-- reads: 6
INSERT INTO assignment (id, ticket_id, round, role, unit_code, state, rule_id, started_at, due_at, next_at, is_demo)
VALUES (:id, :ticket_id, :round, :role, :unit_code, :state, :rule_id, :started_at, :due_at, :next_at, :is_demo),
    (:id2, :ticket_id, :round, :role2, :unit_code2, :state, :rule_id, :started_at, :due_at2, :next_at2, :is_demo),
    (:id3, :ticket_id, :round, :role3, :unit_code3, :state, :rule_id, :started_at, :due_at3, :next_at3, :is_demo);

-- name: assignment_advance
-- run: citizen staff worker ctl
-- in: id u64, version i32, state i32, due_at i64?, next_at i64?, warned i32, signed_at i64?, contacted_at i64?, done_at i64?
-- rows: change
-- reads: 2
UPDATE assignment SET version = version + 1, state = :state, due_at = :due_at, next_at = :next_at, warned = :warned,
    signed_at = COALESCE(signed_at, :signed_at), contacted_at = COALESCE(contacted_at, :contacted_at), done_at = :done_at
WHERE id = :id AND version = :version;

-- Those of a ticket that still run end with it, or with the round.
-- name: assignment_end_all
-- run: citizen staff worker ctl
-- in: ticket_id u64
-- rows: change
-- reads: 40
UPDATE assignment SET version = version + 1, state = 5, next_at = NULL WHERE ticket_id = :ticket_id AND state <= 4;

-- name: assignment_of_ticket
-- run: citizen staff worker ctl
-- in: ticket_id u64, round i32
-- out: id u64, role i32, unit_code text(24), state i32, version i32, started_at i64, due_at i64?, signed_at i64?, done_at i64?, warned i32
-- rows: many<=40
-- reads: 42
SELECT id, role, unit_code, state, version, started_at, due_at, signed_at, done_at, warned
FROM assignment WHERE ticket_id = :ticket_id AND round = :round ORDER BY role, id LIMIT 40;

-- All rounds, for scope and for the pages of the staff.
-- name: assignment_all
-- run: staff worker ctl
-- in: ticket_id u64
-- out: id u64, round i32, role i32, unit_code text(24), state i32, version i32, rule_id i64?, started_at i64, due_at i64?, signed_at i64?, contacted_at i64?, done_at i64?, warned i32, paused_at i64?
-- rows: many<=80
-- reads: 82
SELECT id, round, role, unit_code, state, version, rule_id, started_at, due_at, signed_at, contacted_at, done_at, warned, paused_at
FROM assignment WHERE ticket_id = :ticket_id ORDER BY round, role, id LIMIT 80;

-- name: assignment_pause
-- run: staff worker ctl
-- in: id u64, version i32, at i64, reason i32
-- rows: change
-- reads: 2
UPDATE assignment SET version = version + 1, paused_at = :at, pause_reason = :reason, next_at = NULL
WHERE id = :id AND version = :version AND paused_at IS NULL;

-- By the citizen as well: a message ends the wait for it.
-- name: assignment_resume
-- run: citizen staff worker ctl
-- in: id u64, version i32, due_at i64?, next_at i64?
-- rows: change
-- reads: 2
UPDATE assignment SET version = version + 1, paused_at = NULL, pause_reason = 0, due_at = :due_at, next_at = :next_at
WHERE id = :id AND version = :version AND paused_at IS NOT NULL;

-- The lead of a return that was accepted.
-- name: assignment_returned
-- run: staff ctl
-- in: id u64, at i64
-- rows: change
-- reads: 2
UPDATE assignment SET version = version + 1, state = 4, done_at = :at, next_at = NULL WHERE id = :id;

-- What the clocks must look at now.
-- name: assignment_due
-- run: worker ctl
-- in: now i64
-- out: id u64, ticket_id u64, ticket_no text(16), role i32, unit_code text(24), state i32, version i32, started_at i64, due_at i64?, warned i32, ticket_state i32, ticket_lead u64?
-- rows: many<=100
-- reads: 320
SELECT a.id, a.ticket_id, t.ticket_no, a.role, a.unit_code, a.state, a.version, a.started_at, a.due_at, a.warned, t.state AS ticket_state, t.lead_id AS ticket_lead
FROM assignment a JOIN ticket t ON t.id = a.ticket_id
WHERE a.next_at <= :now ORDER BY a.next_at, a.id LIMIT 100;

-- name: assignment_worklist
-- run: ctl
-- in: unit_code text(24)
-- out: ticket_id u64, ticket_no text(16), title text(400)?, category_code text(6), area_code text(12), ticket_state i32, role i32, state i32, due_at i64?, version i32
-- rows: many<=100
-- reads: job
SELECT a.ticket_id, t.ticket_no, x.title, t.category_code, t.area_code, t.state AS ticket_state, a.role, a.state, a.due_at, t.version
FROM assignment a JOIN ticket t ON t.id = a.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = t.id
WHERE a.unit_code = :unit_code AND a.state IN (1, 2) ORDER BY a.due_at, a.id LIMIT 100;

-- Open work of one unit in the order of worklists; filters look at a bounded window, so that no backlog makes it slow.
-- name: worklist_page
-- run: staff ctl
-- in: unit_code text(24), lane i32, due i64, id u64, role i32, state i32, due_from i64, due_to i64, paused i32
-- out: id u64, ticket_id u64, ticket_no text(16), title text(400)?, kind i32, ticket_state i32, ticket_round i32, response_level i32, urge_count i32, promise_at i64?, ticket_version i32, category_code text(6), area_code text(12), reported_unit text(24), lead_unit text(24)?, unit_code text(24), role i32, state i32, started_at i64, due_at i64?, due_key i64, lane i32, warned i32, paused_at i64?, now i64
-- rows: many<=200
-- reads: 1300
SELECT a.id, a.ticket_id, t.ticket_no, x.title, t.kind, t.state AS ticket_state, t.round AS ticket_round, t.response_level, t.urge_count, t.promise_at,
    t.version AS ticket_version, t.category_code, t.area_code, t.reported_unit, l.unit_code AS lead_unit, a.unit_code, a.role, a.state, a.started_at,
    a.due_at, a.due_key, a.lane, a.warned, a.paused_at, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM (SELECT id, ticket_id, unit_code, role, state, started_at, due_at, due_key, lane, warned, paused_at FROM assignment FORCE INDEX (by_open)
      WHERE unit_code = :unit_code AND is_open = 1
        AND (lane > :lane OR (lane = :lane AND (due_key > :due OR (due_key = :due AND id > :id))))
      ORDER BY lane, due_key, id LIMIT 200) a
JOIN ticket t ON t.id = a.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = t.id LEFT JOIN assignment l ON l.id = t.lead_id
WHERE (:role = 0 OR a.role = :role) AND (:state = 0 OR a.state = :state) AND a.due_key >= :due_from AND a.due_key <= :due_to
    AND (:paused = 0 OR a.paused_at IS NOT NULL)
ORDER BY a.lane, a.due_key, a.id LIMIT 200;

-- Where the window of the page above ends: the next one begins there.
-- name: worklist_window
-- run: staff ctl
-- in: unit_code text(24), lane i32, due i64, id u64
-- out: lane i32, due_key i64, id u64
-- rows: one
-- reads: 410
SELECT lane, due_key, id FROM (SELECT lane, due_key, id FROM assignment FORCE INDEX (by_open)
    WHERE unit_code = :unit_code AND is_open = 1 AND (lane > :lane OR (lane = :lane AND (due_key > :due OR (due_key = :due AND id > :id))))
    ORDER BY lane, due_key, id LIMIT 200) w ORDER BY lane DESC, due_key DESC, id DESC LIMIT 1;
