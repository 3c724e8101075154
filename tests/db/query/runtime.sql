-- Statements of the tests of the db layer. Their tables are made by tests/db/harness.c.

-- name: sample_put
-- run: citizen worker
-- in: id u64, i i64?, small i32?, flag bool?, number double?, words text(400)?, bytes blob(70000)?
-- rows: change
-- reads: 1
INSERT INTO sample (id, i, small, flag, number, words, bytes)
VALUES (:id, :i, :small, :flag, :number, :words, :bytes);

-- name: sample_get
-- run: citizen open worker
-- in: id u64
-- out: id u64, i i64?, small i32?, flag bool?, number double?, words text(400)?, bytes blob(70000)?
-- rows: one
-- reads: 1
SELECT id, i, small, flag, number, words, bytes FROM sample WHERE id = :id;

-- name: sample_strict
-- run: citizen
-- in: id u64
-- out: words text(8), i i64
-- rows: one
-- reads: 1
SELECT words, i FROM sample WHERE id = :id;

-- name: sample_small
-- run: citizen
-- in: id u64
-- out: i i32
-- rows: one
-- reads: 1
SELECT i FROM sample WHERE id = :id;

-- name: sample_wrong_name
-- run: citizen
-- in: id u64
-- out: i i64?, small i32?
-- rows: one
-- reads: 1
SELECT small, i FROM sample WHERE id = :id;

-- name: sample_wrong_type
-- run: citizen
-- in: id u64
-- out: words i64?
-- rows: one
-- reads: 1
SELECT words FROM sample WHERE id = :id;

-- name: sample_list
-- run: citizen
-- in: after u64, top i64
-- out: id u64, words text(400)?
-- rows: many<=3
-- reads: 5
SELECT id, words FROM sample WHERE id > :after ORDER BY id LIMIT :top;

-- name: sample_twice
-- run: citizen
-- in: id u64?, words text(40)
-- out: a text(40), b text(40), id u64?
-- rows: one
-- reads: 1
SELECT :words AS a, CONCAT(:words, ':words', "?") AS b, CAST(:id AS UNSIGNED) AS id FROM DUAL WHERE :words <> '';

-- name: sample_bump
-- run: citizen
-- in: id u64, i i64
-- rows: change=1
-- reads: 2
UPDATE sample SET i = i + 1 WHERE id = :id AND i = :i;

-- name: sample_add
-- run: citizen worker
-- in: id u64
-- rows: change
-- reads: 2
UPDATE sample SET i = i + 1 WHERE id = :id;

-- name: sample_lock
-- run: citizen
-- in: id u64
-- out: i i64
-- rows: one
-- reads: 2
SELECT i FROM sample WHERE id = :id FOR UPDATE;

-- name: sample_drop
-- run: worker
-- in: id u64
-- rows: change
-- reads: 2
DELETE FROM sample WHERE id = :id;

-- name: sample_slow
-- run: citizen
-- out: n i64
-- rows: one
-- reads: 10000000
SELECT COUNT(*) AS n FROM digit a, digit b, digit c, digit d, digit e, digit f, digit g, digit h WHERE a.n + b.n + c.n + d.n = e.n * f.n * g.n * h.n;

-- name: connection_id
-- run: citizen worker
-- out: id u64
-- rows: one
-- reads: 1
SELECT CONNECTION_ID() AS id;

-- name: later_put
-- run: citizen
-- in: id u64, small i64?, words text(400)?
-- rows: later
-- reads: 1
INSERT INTO sample (id, small, words) VALUES (:id, :small, :words);

-- name: later_add
-- run: citizen
-- in: id u64
-- rows: later
-- reads: 2
UPDATE sample SET i = i + 1 WHERE id = :id;
