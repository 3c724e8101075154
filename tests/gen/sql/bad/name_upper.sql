-- name: Bad
-- run: citizen
-- in: id u64
-- out: id u64
-- rows: one
-- reads: 1
SELECT id FROM t WHERE id = :id;
