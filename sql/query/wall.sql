-- The wall of supervisors and the counts of worklists: kept by the worker, read by index.

-- name: wall_marked
-- run: worker ctl
-- out: id u64, state i32, local_day i32
-- rows: many<=1000
-- reads: 1005
SELECT id, state, local_day FROM ticket FORCE INDEX (by_unwalled) WHERE unwalled = 1 ORDER BY id LIMIT 1000;

-- How many demands were filed between two ids, counted up to a limit.
-- name: wall_filed
-- run: worker ctl
-- in: from u64, upto u64, limit i64
-- out: n i64
-- rows: one
-- reads: 405
SELECT COUNT(*) AS n FROM (SELECT id FROM ticket WHERE id >= :from AND id < :upto LIMIT :limit) x;

-- After a load of past demands: those that nothing is owed for, and that never stood on the wall, have nothing to be looked at. Of the
-- days that are marked beside it alone (with commas), so that none loses its mark whose day is not.
-- name: wall_skip
-- run: worker ctl
-- in: upto u64, days text(10000)
-- rows: change
-- reads: 5010
UPDATE ticket FORCE INDEX (by_unwalled) SET unwalled = 0 WHERE unwalled = 1 AND id <= :upto AND state > 3 AND FIND_IN_SET(local_day, :days)
    AND NOT EXISTS (SELECT 1 FROM wall_item w WHERE w.ticket_id = ticket.id)
    AND NOT EXISTS (SELECT 1 FROM wall_look l WHERE l.ticket_id = ticket.id);

-- Looking: each statement takes a few demands or rows as a list in JSON, so that a rush costs statements for fifties, not for each.
-- What locks does so by key however few rows there are: a scan would wait for a filing that is under way.
-- Locked, so that an act waits the moment that this takes and marks it anew; what an act holds stays marked until the next time.
-- name: wall_tickets
-- run: worker ctl
-- in: ids text(1100)
-- out: id u64, ticket_no text(16), state i32, round i32, district_code text(6), lead_id u64?, local_day i32, unwalled bool, version i32, created_at i64
-- rows: many<=50
-- reads: 160
SELECT t.id, t.ticket_no, t.state, t.round, t.district_code, t.lead_id, t.local_day, t.unwalled, t.version, t.created_at
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN ticket t FORCE INDEX (PRIMARY) ON t.id = j.id
LIMIT 50 FOR UPDATE SKIP LOCKED;

-- name: wall_assignments
-- run: worker ctl
-- in: ids text(1100)
-- out: id u64, ticket_id u64, role i32, unit_code text(24), state i32, started_at i64, due_at i64?, contacted_at i64?, paused_at i64?
-- rows: many<=1200
-- reads: 1300
SELECT a.id, a.ticket_id, a.role, a.unit_code, a.state, a.started_at, a.due_at, a.contacted_at, a.paused_at
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN ticket t ON t.id = j.id
STRAIGHT_JOIN assignment a ON a.ticket_id = t.id AND a.round = t.round LIMIT 1200;

-- name: wall_events
-- run: worker ctl
-- in: ids text(1100)
-- out: ticket_id u64, last_at i64, bounced i64
-- rows: many<=50
-- reads: 1010
SELECT e.ticket_id, CAST(MAX(e.at) AS SIGNED) AS last_at, CAST(SUM(e.code = 27) AS SIGNED) AS bounced
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN event e ON e.ticket_id = j.id GROUP BY e.ticket_id LIMIT 50;

-- name: wall_supervised
-- run: worker ctl
-- in: ids text(1100)
-- out: ticket_id u64, n_open i64, n_bounced i64, n_reopened i64
-- rows: many<=50
-- reads: 180
SELECT s.ticket_id, CAST(SUM(s.state IN (1, 3)) AS SIGNED) AS n_open, CAST(SUM(s.ground = 2) AS SIGNED) AS n_bounced,
    CAST(SUM(s.ground = 3) AS SIGNED) AS n_reopened
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN supervision s ON s.ticket_id = j.id GROUP BY s.ticket_id LIMIT 50;

-- name: wall_items_of
-- run: worker ctl
-- in: ids text(1100)
-- out: assignment_id u64, kind i32, unit_code text(24), district_code text(6), since_at i64
-- rows: many<=4000
-- reads: 4100
SELECT w.assignment_id, w.kind, w.unit_code, w.district_code, w.since_at
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN wall_item w ON w.ticket_id = j.id LIMIT 4000;

-- name: wall_item_put
-- run: worker ctl
-- in: rows text(60000)
-- rows: later
-- reads: 130
INSERT INTO wall_item (kind, assignment_id, ticket_id, unit_code, district_code, since_at)
SELECT j.kind, j.assignment_id, j.ticket_id, j.unit_code, j.district_code, j.since_at FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
    kind TINYINT UNSIGNED PATH '$[0]', assignment_id BIGINT UNSIGNED PATH '$[1]', ticket_id BIGINT UNSIGNED PATH '$[2]',
    unit_code VARCHAR(24) CHARACTER SET ascii PATH '$[3]', district_code VARCHAR(6) CHARACTER SET ascii PATH '$[4]', since_at BIGINT PATH '$[5]')) j
ON DUPLICATE KEY UPDATE since_at = VALUES(since_at);

-- name: wall_item_drop
-- run: worker ctl
-- in: rows text(60000)
-- rows: later
-- reads: 130
DELETE w FROM JSON_TABLE(:rows, '$[*]' COLUMNS (assignment_id BIGINT UNSIGNED PATH '$[0]', kind TINYINT UNSIGNED PATH '$[1]')) j
STRAIGHT_JOIN wall_item w FORCE INDEX (PRIMARY) ON w.assignment_id = j.assignment_id AND w.kind = j.kind;

-- name: wall_count_add
-- run: worker ctl
-- in: rows text(60000)
-- rows: later
-- reads: 130
INSERT INTO wall_count (dim, code, kind, n)
SELECT j.dim, j.code, j.kind, j.n FROM JSON_TABLE(:rows, '$[*]' COLUMNS (dim TINYINT UNSIGNED PATH '$[0]',
    code VARCHAR(24) CHARACTER SET ascii PATH '$[1]', kind TINYINT UNSIGNED PATH '$[2]', n INT PATH '$[3]')) j
ON DUPLICATE KEY UPDATE wall_count.n = wall_count.n + VALUES(n);

-- name: wall_done
-- run: worker ctl
-- in: ids text(1100)
-- rows: later
-- reads: 160
UPDATE JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN ticket t FORCE INDEX (PRIMARY) ON t.id = j.id SET t.unwalled = 0;

-- name: wall_look_put
-- run: worker ctl
-- in: rows text(60000)
-- rows: later
-- reads: 70
INSERT INTO wall_look (ticket_id, look_at)
SELECT j.ticket_id, j.look_at FROM JSON_TABLE(:rows, '$[*]' COLUMNS (ticket_id BIGINT UNSIGNED PATH '$[0]', look_at BIGINT PATH '$[1]')) j
ON DUPLICATE KEY UPDATE look_at = VALUES(look_at);

-- name: wall_look_drop
-- run: worker ctl
-- in: ids text(1100)
-- rows: later
-- reads: 160
DELETE l FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN wall_look l FORCE INDEX (PRIMARY) ON l.ticket_id = j.id;

-- A demo ticket that was removed.
-- name: wall_look_lost
-- run: worker ctl
-- in: ids text(1100)
-- rows: change
-- reads: 90
DELETE l FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN wall_look l FORCE INDEX (PRIMARY) ON l.ticket_id = j.id LEFT JOIN ticket t ON t.id = j.id WHERE t.id IS NULL;

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
-- run: staff worker ctl
-- out: what i32, at i64
-- rows: many<=1001
-- reads: 1005
(SELECT 0 AS what, 0 AS at FROM ticket FORCE INDEX (by_unwalled) WHERE unwalled = 1 LIMIT 1000)
UNION ALL (SELECT 1, look_at FROM wall_look WHERE look_at <= UNIX_TIMESTAMP(NOW(6)) * 1000000 ORDER BY look_at LIMIT 1)
LIMIT 1001;
