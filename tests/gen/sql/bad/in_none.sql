-- name: x
-- run: citizen
-- out: id u64
-- rows: one
-- reads: 1
SELECT id FROM t WHERE id = :id;
