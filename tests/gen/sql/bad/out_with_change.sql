-- name: x
-- run: citizen
-- in: id u64
-- out: id u64
-- rows: change
-- reads: 1
DELETE FROM t WHERE id = :id;
