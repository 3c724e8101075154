-- name: x
-- run: citizen
-- in: id u64
-- rows: later
-- reads: 1
SELECT id FROM t WHERE id = :id;
