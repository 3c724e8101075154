-- Where tables and privileges come from: one role per statement shape shows in the grants.

-- name: joins
-- run: citizen
-- out: id u64
-- rows: many<=5
-- reads: 50
SELECT j1.id FROM j1 AS a INNER JOIN j2 b USE INDEX (x) ON a.id = b.id LEFT JOIN (j3 c CROSS JOIN j4) ON c.id = b.id, j5, (j6)
  NATURAL JOIN j7 STRAIGHT_JOIN j8 PARTITION (p0, p1) z WHERE EXTRACT(DAY FROM a.at) = 1 AND TRIM(BOTH 'x' FROM b.y) = '' LIMIT 5;

-- name: subqueries
-- run: staff
-- out: id u64, n i64?
-- rows: many<=5
-- reads: 50
SELECT s1.id, (SELECT MAX(n) FROM s2 WHERE s2.id = s1.id) AS n FROM s1 JOIN (SELECT id FROM s3 UNION ALL SELECT id FROM s4) d ON d.id = s1.id
WHERE EXISTS (SELECT 1 FROM s5) AND s1.id IN (SELECT id FROM s6 WHERE id NOT IN ((SELECT id FROM s7))) ORDER BY id LIMIT 5;

-- name: with_names
-- run: open
-- out: id u64
-- rows: many<=5
-- reads: 50
WITH RECURSIVE up (id, parent) AS (SELECT id, parent FROM w1 UNION ALL SELECT w2.id, w2.parent FROM w2 JOIN up ON up.parent = w2.id),
  two AS (SELECT id FROM up) SELECT two.id FROM two, w3 WHERE two.id = w3.id LIMIT 5;

-- name: unions
-- run: open
-- out: id u64
-- rows: many<=5
-- reads: 50
(SELECT id FROM u1 ORDER BY id LIMIT 3) UNION ALL (SELECT id FROM u2 LIMIT 2) LIMIT 5;

-- name: table_function
-- run: open
-- in: list text(100)
-- out: id u64
-- rows: many<=5
-- reads: 50
SELECT f1.id FROM JSON_TABLE(:list, '$[*]' COLUMNS (id BIGINT PATH '$')) AS l JOIN f1 ON f1.id = l.id LIMIT 5;

-- name: insert_values
-- run: worker
-- in: id u64
-- rows: change
-- reads: 1
INSERT IGNORE INTO i1 (id, at) VALUES (:id, (SELECT MAX(at) FROM i2));

-- name: insert_select
-- run: worker
-- in: id u64
-- rows: change=1
-- reads: 9
INSERT INTO i3 (id) SELECT id FROM i4 WHERE id = :id ON DUPLICATE KEY UPDATE n = n + 1, m = VALUES(m);

-- name: insert_set
-- run: worker
-- in: id u64
-- out: id u64
-- rows: one
-- reads: 1
INSERT INTO i5 SET id = :id RETURNING id;

-- name: replace_row
-- run: worker
-- in: id u64
-- rows: change
-- reads: 2
REPLACE INTO r1 (id) VALUES (:id);

-- name: update_one
-- run: ctl
-- in: id u64
-- rows: change
-- reads: 2
UPDATE IGNORE p1 SET n = (SELECT COUNT(*) FROM p2), m = IF(n > 1, 2, 3) WHERE id = :id ORDER BY id LIMIT 10;

-- name: update_several
-- run: ctl
-- in: id u64
-- rows: change
-- reads: job
UPDATE p3 x JOIN p4 AS y ON y.id = x.id JOIN (SELECT id FROM p5) z ON z.id = x.id SET x.n = y.n + COALESCE(y.m, 0), y.m = 0 WHERE x.id = :id;

-- name: delete_rows
-- run: ctl
-- in: at i64
-- rows: change
-- reads: job
DELETE FROM d1 WHERE at < :at AND NOT EXISTS (SELECT 1 FROM d2 WHERE d2.id = d1.id) LIMIT 500;

-- name: delete_joined
-- run: worker
-- in: ids text(100)
-- rows: later
-- reads: 5
DELETE x FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN d4 x ON x.id = j.id LEFT JOIN d5 y ON y.id = x.id WHERE y.id IS NULL;

-- name: delete_returning
-- run: worker
-- in: id u64
-- out: id u64
-- rows: many<=10
-- reads: 10
DELETE FROM d3 WHERE id < :id ORDER BY id LIMIT 10 RETURNING id;

-- name: lock_row
-- run: worker
-- in: id u64
-- out: id u64
-- rows: one
-- reads: 1
SELECT id FROM l1 WHERE id = :id FOR UPDATE SKIP LOCKED;

-- name: nobody_waits
-- run: worker
-- in: id u64
-- rows: later
-- reads: 1
INSERT INTO n1 (id) VALUES (:id);
