-- name: x
-- run: citizen
-- in: id u64
-- out: id u64
-- rows: many<=5
-- reads: 1
SELECT id FROM t WHERE id = :id LIMIT 6;
