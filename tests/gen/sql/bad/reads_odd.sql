-- name: x
-- run: citizen
-- in: id u64
-- out: id u64
-- rows: one
-- reads: few
SELECT id FROM t WHERE id = :id;
