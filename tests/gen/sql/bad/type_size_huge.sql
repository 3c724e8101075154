-- name: x
-- run: citizen
-- in: id blob(99999999999)
-- out: id u64
-- rows: one
-- reads: 1
SELECT id FROM t WHERE id = :id;
