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

-- Open work of one unit in the order of worklists: what filters and scopes are asked about, and no more. The due time is a range of
-- the index in each lane; as many rows are looked at as :rows says. What is shown of those that are wanted comes by worklist_rows.
-- name: worklist_scan
-- run: staff ctl
-- in: unit_code text(24), lane i32, due i64, id u64, due_from i64, due_to i64, rows i32
-- out: id u64, lane i32, due_key i64, role i32, state i32, paused bool, ticket_state i32, category_code text(6), area_code text(12), reported_unit text(24), now i64
-- rows: many<=600
-- reads: 1210
SELECT a.id, a.lane, a.due_key, a.role, a.state, a.paused_at IS NOT NULL AS paused, t.state AS ticket_state, t.category_code, t.area_code, t.reported_unit,
    CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM assignment a FORCE INDEX (by_open) STRAIGHT_JOIN ticket t ON t.id = a.ticket_id
WHERE a.unit_code = :unit_code AND a.is_open = 1 AND a.lane IN (0, 1) AND a.due_key >= :due_from AND a.due_key <= :due_to
    AND (a.lane > :lane OR (a.lane = :lane AND (a.due_key > :due OR (a.due_key = :due AND a.id > :id))))
ORDER BY a.lane, a.due_key, a.id LIMIT :rows;

-- A page of the worklist by its keys; in no order.
-- name: worklist_rows
-- run: staff ctl
-- in: i0 u64, i1 u64, i2 u64, i3 u64, i4 u64, i5 u64, i6 u64, i7 u64, i8 u64, i9 u64, i10 u64, i11 u64, i12 u64, i13 u64, i14 u64, i15 u64, i16 u64, i17 u64, i18 u64, i19 u64, i20 u64, i21 u64, i22 u64, i23 u64, i24 u64, i25 u64, i26 u64, i27 u64, i28 u64, i29 u64, i30 u64, i31 u64, i32 u64, i33 u64, i34 u64, i35 u64, i36 u64, i37 u64, i38 u64, i39 u64, i40 u64, i41 u64, i42 u64, i43 u64, i44 u64, i45 u64, i46 u64, i47 u64, i48 u64, i49 u64
-- out: id u64, ticket_id u64, ticket_no text(16), title text(400)?, kind i32, ticket_state i32, ticket_round i32, response_level i32, urge_count i32, promise_at i64?, ticket_version i32, category_code text(6), area_code text(12), lead_unit text(24)?, unit_code text(24), role i32, state i32, started_at i64, due_at i64?, lane i32, warned i32, paused_at i64?, now i64
-- rows: many<=50
-- reads: 210
SELECT a.id, a.ticket_id, t.ticket_no, x.title, t.kind, t.state AS ticket_state, t.round AS ticket_round, t.response_level, t.urge_count, t.promise_at,
    t.version AS ticket_version, t.category_code, t.area_code, l.unit_code AS lead_unit, a.unit_code, a.role, a.state, a.started_at, a.due_at, a.lane,
    a.warned, a.paused_at, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM assignment a STRAIGHT_JOIN ticket t ON t.id = a.ticket_id LEFT JOIN ticket_text x ON x.ticket_id = t.id LEFT JOIN assignment l ON l.id = t.lead_id
WHERE a.id IN (:i0, :i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10, :i11, :i12, :i13, :i14, :i15, :i16, :i17, :i18, :i19,
    :i20, :i21, :i22, :i23, :i24, :i25, :i26, :i27, :i28, :i29, :i30, :i31, :i32, :i33, :i34, :i35, :i36, :i37, :i38, :i39,
    :i40, :i41, :i42, :i43, :i44, :i45, :i46, :i47, :i48, :i49) LIMIT 50;
