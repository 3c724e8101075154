-- name: x
-- run: citizen
-- in: id text(9
-- out: id u64
-- rows: one
-- reads: 1
SELECT id FROM t WHERE id = :id;
