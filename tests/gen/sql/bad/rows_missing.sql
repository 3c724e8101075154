-- name: x
-- run: citizen
-- in: id u64
-- out: id u64
-- reads: 1
SELECT id FROM t WHERE id = :id;
