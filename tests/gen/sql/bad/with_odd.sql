-- name: x
-- run: citizen
-- in: id u64
-- out: id u64
-- rows: one
-- reads: 1
WITH x (SELECT 1) SELECT id FROM x WHERE id = :id;
