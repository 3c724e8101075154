-- The wall of supervisors and the counts of worklists: kept by the worker, read by index.

-- name: wall_marked
-- run: worker ctl
-- out: id u64, state i32
-- rows: many<=1000
-- reads: 1005
SELECT id, state FROM ticket FORCE INDEX (by_unwalled) WHERE unwalled = 1 ORDER BY id LIMIT 1000;

-- After a load of past demands: those that nothing is owed for, and that never stood on the wall, have nothing to be looked at.
-- name: wall_skip
-- run: worker ctl
-- in: upto u64
-- rows: change
-- reads: 5010
UPDATE ticket FORCE INDEX (by_unwalled) SET unwalled = 0 WHERE unwalled = 1 AND id <= :upto AND state > 3
    AND NOT EXISTS (SELECT 1 FROM wall_item w WHERE w.ticket_id = ticket.id)
    AND NOT EXISTS (SELECT 1 FROM wall_look l WHERE l.ticket_id = ticket.id);

-- Locked, so that an act waits the moment that this takes and marks it anew.
-- name: wall_ticket
-- run: worker ctl
-- in: id u64
-- out: ticket_no text(16), state i32, round i32, district_code text(6), lead_id u64?
-- rows: one
-- reads: 3
SELECT ticket_no, state, round, district_code, lead_id FROM ticket WHERE id = :id FOR UPDATE;

-- name: wall_assignments
-- run: worker ctl
-- in: ticket_id u64, round i32
-- out: id u64, role i32, unit_code text(24), state i32, started_at i64, due_at i64?, contacted_at i64?, paused_at i64?
-- rows: many<=60
-- reads: 62
SELECT id, role, unit_code, state, started_at, due_at, contacted_at, paused_at FROM assignment
WHERE ticket_id = :ticket_id AND round = :round ORDER BY role, id LIMIT 60;

-- name: wall_events
-- run: worker ctl
-- in: ticket_id u64
-- out: last_at i64, bounced i64
-- rows: one
-- reads: 1010
SELECT CAST(COALESCE(MAX(at), 0) AS SIGNED) AS last_at, CAST(COALESCE(SUM(code = 27), 0) AS SIGNED) AS bounced FROM event WHERE ticket_id = :ticket_id;

-- name: wall_supervised
-- run: worker ctl
-- in: ticket_id u64
-- out: n_open i64, n_bounced i64, n_reopened i64
-- rows: one
-- reads: 110
SELECT CAST(COALESCE(SUM(state IN (1, 3)), 0) AS SIGNED) AS n_open, CAST(COALESCE(SUM(ground = 2), 0) AS SIGNED) AS n_bounced,
    CAST(COALESCE(SUM(ground = 3), 0) AS SIGNED) AS n_reopened FROM supervision WHERE ticket_id = :ticket_id;

-- name: wall_items_of
-- run: worker ctl
-- in: ticket_id u64
-- out: assignment_id u64, kind i32, unit_code text(24), district_code text(6), since_at i64
-- rows: many<=400
-- reads: 810
SELECT assignment_id, kind, unit_code, district_code, since_at FROM wall_item WHERE ticket_id = :ticket_id ORDER BY assignment_id, kind LIMIT 400;

-- name: wall_item_put
-- run: worker ctl
-- in: kind i32, assignment_id u64, ticket_id u64, unit_code text(24), district_code text(6), since_at i64
-- rows: later
-- reads: 6
INSERT INTO wall_item (kind, assignment_id, ticket_id, unit_code, district_code, since_at)
VALUES (:kind, :assignment_id, :ticket_id, :unit_code, :district_code, :since_at) ON DUPLICATE KEY UPDATE since_at = :since_at;

-- name: wall_item_drop
-- run: worker ctl
-- in: assignment_id u64, kind i32
-- rows: change
-- reads: 3
DELETE FROM wall_item WHERE assignment_id = :assignment_id AND kind = :kind;

-- name: wall_count_add
-- run: worker ctl
-- in: dim i32, code text(24), kind i32, by i32
-- rows: later
-- reads: 4
INSERT INTO wall_count (dim, code, kind, n) VALUES (:dim, :code, :kind, :by) ON DUPLICATE KEY UPDATE n = n + :by;

-- name: wall_done
-- run: worker ctl
-- in: id u64
-- rows: later
-- reads: 3
UPDATE ticket SET unwalled = 0 WHERE id = :id;

-- name: wall_look_put
-- run: worker ctl
-- in: ticket_id u64, look_at i64
-- rows: later
-- reads: 5
INSERT INTO wall_look (ticket_id, look_at) VALUES (:ticket_id, :look_at) ON DUPLICATE KEY UPDATE look_at = :look_at;

-- name: wall_look_drop
-- run: worker ctl
-- in: ticket_id u64
-- rows: later
-- reads: 3
DELETE FROM wall_look WHERE ticket_id = :ticket_id;

-- name: wall_look_due
-- run: worker ctl
-- in: now i64
-- out: id u64
-- rows: many<=100
-- reads: 110
SELECT ticket_id AS id FROM wall_look WHERE look_at <= :now ORDER BY look_at, ticket_id LIMIT 100;

-- ---- counting anew at night ---------------------------------------------------------------------------------------------

-- name: wall_wrong
-- run: worker ctl
-- out: n i64
-- rows: one
-- reads: job
SELECT COUNT(*) AS n FROM (SELECT u.code, u.kind, SUM(u.items) AS wrong FROM (
        SELECT unit_code AS code, kind, 1 AS items FROM wall_item
        UNION ALL SELECT code, kind, -n AS items FROM wall_count WHERE dim = 1) u
    GROUP BY u.code, u.kind HAVING wrong <> 0) z;

-- name: wall_count_zero
-- run: worker ctl
-- rows: change
-- reads: job
UPDATE wall_count SET n = 0 WHERE n <> 0;

-- name: wall_count_units
-- run: worker ctl
-- rows: change
-- reads: job
INSERT INTO wall_count (dim, code, kind, n) SELECT 1, unit_code, kind, COUNT(*) FROM wall_item GROUP BY unit_code, kind
ON DUPLICATE KEY UPDATE n = VALUES(n);

-- name: wall_count_areas
-- run: worker ctl
-- rows: change
-- reads: job
INSERT INTO wall_count (dim, code, kind, n) SELECT 2, district_code, kind, COUNT(*) FROM wall_item WHERE district_code > '' GROUP BY district_code, kind
ON DUPLICATE KEY UPDATE n = VALUES(n);

-- name: wall_count_city
-- run: worker ctl
-- rows: change
-- reads: job
INSERT INTO wall_count (dim, code, kind, n) SELECT 0, '', kind, COUNT(*) FROM wall_item WHERE district_code > '' GROUP BY kind
ON DUPLICATE KEY UPDATE n = VALUES(n);

-- ---- reading ------------------------------------------------------------------------------------------------------------

-- name: wall_of
-- run: staff worker ctl
-- in: dim i32, code text(24)
-- out: kind i32, n i32
-- rows: many<=20
-- reads: 22
SELECT kind, n FROM wall_count WHERE dim = :dim AND code = :code ORDER BY kind LIMIT 20;

-- name: wall_areas
-- run: staff ctl
-- out: code text(24), kind i32, n i32
-- rows: many<=600
-- reads: 610
SELECT code, kind, n FROM wall_count WHERE dim = 2 ORDER BY code, kind LIMIT 600;

-- The units with most of a kind, with all their numbers; the caller puts them in order.
-- name: wall_units_top
-- run: staff ctl
-- in: kind i32
-- out: code text(24), kind i32, n i32
-- rows: many<=600
-- reads: 720
SELECT b.code, b.kind, b.n FROM (SELECT code FROM wall_count FORCE INDEX (by_n) WHERE dim = 1 AND kind = :kind AND n > 0
        ORDER BY n DESC, code DESC LIMIT 50) a
    STRAIGHT_JOIN wall_count b ON b.dim = 1 AND b.code = a.code LIMIT 600;

-- name: wall_list_city
-- run: staff ctl
-- in: kind i32, since_at i64, after_id u64
-- out: ticket_id u64, assignment_id u64, ticket_no text(16), title text(400)?, category_code text(6), area_code text(12), unit_code text(24), state i32, role i32, round i32, reported_unit text(24), since_at i64, due_at i64?
-- rows: many<=51
-- reads: 260
SELECT w.ticket_id, w.assignment_id, t.ticket_no, x.title, t.category_code, t.area_code, w.unit_code, t.state, a.role, t.round, t.reported_unit, w.since_at, a.due_at
FROM wall_item w FORCE INDEX (by_city) JOIN ticket t ON t.id = w.ticket_id JOIN assignment a ON a.id = w.assignment_id
LEFT JOIN ticket_text x ON x.ticket_id = w.ticket_id
WHERE w.is_lead = 1 AND w.kind = :kind AND w.since_at >= :since_at AND (w.since_at > :since_at OR w.assignment_id > :after_id)
ORDER BY w.since_at, w.assignment_id LIMIT 51;

-- name: wall_list_unit
-- run: staff ctl
-- in: kind i32, unit_code text(24), since_at i64, after_id u64
-- out: ticket_id u64, assignment_id u64, ticket_no text(16), title text(400)?, category_code text(6), area_code text(12), unit_code text(24), state i32, role i32, round i32, reported_unit text(24), since_at i64, due_at i64?
-- rows: many<=51
-- reads: 300
SELECT w.ticket_id, w.assignment_id, t.ticket_no, x.title, t.category_code, t.area_code, w.unit_code, t.state, a.role, t.round, t.reported_unit, w.since_at, a.due_at
FROM wall_item w FORCE INDEX (by_unit) JOIN ticket t ON t.id = w.ticket_id JOIN assignment a ON a.id = w.assignment_id
LEFT JOIN ticket_text x ON x.ticket_id = w.ticket_id
WHERE w.unit_code = :unit_code AND w.kind = :kind AND w.since_at >= :since_at AND (w.since_at > :since_at OR w.assignment_id > :after_id)
ORDER BY w.since_at, w.assignment_id LIMIT 51;

-- name: wall_list_area
-- run: staff ctl
-- in: kind i32, district_code text(6), since_at i64, after_id u64
-- out: ticket_id u64, assignment_id u64, ticket_no text(16), title text(400)?, category_code text(6), area_code text(12), unit_code text(24), state i32, role i32, round i32, reported_unit text(24), since_at i64, due_at i64?
-- rows: many<=51
-- reads: 300
SELECT w.ticket_id, w.assignment_id, t.ticket_no, x.title, t.category_code, t.area_code, w.unit_code, t.state, a.role, t.round, t.reported_unit, w.since_at, a.due_at
FROM wall_item w FORCE INDEX (by_area) JOIN ticket t ON t.id = w.ticket_id JOIN assignment a ON a.id = w.assignment_id
LEFT JOIN ticket_text x ON x.ticket_id = w.ticket_id
WHERE w.district_code = :district_code AND w.kind = :kind AND w.since_at >= :since_at AND (w.since_at > :since_at OR w.assignment_id > :after_id)
ORDER BY w.since_at, w.assignment_id LIMIT 51;

-- The units with most of a kind, this number alone: for readers of some units.
-- name: wall_units_kind
-- run: staff ctl
-- in: kind i32
-- out: code text(24), n i32
-- rows: many<=2000
-- reads: 2010
SELECT code, n FROM wall_count FORCE INDEX (by_n) WHERE dim = 1 AND kind = :kind AND n > 0 ORDER BY n DESC, code DESC LIMIT 2000;

-- How far the worker is behind: demands that moved and are not counted yet, at most 1000 (what = 0), and since when time has changed
-- one that was not looked at again (what = 1).
-- name: wall_behind
-- run: staff ctl
-- out: what i32, at i64
-- rows: many<=1001
-- reads: 1005
(SELECT 0 AS what, 0 AS at FROM ticket FORCE INDEX (by_unwalled) WHERE unwalled = 1 LIMIT 1000)
UNION ALL (SELECT 1, look_at FROM wall_look WHERE look_at <= UNIX_TIMESTAMP(NOW(6)) * 1000000 ORDER BY look_at LIMIT 1)
LIMIT 1001;
