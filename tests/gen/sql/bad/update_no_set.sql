-- name: x
-- run: citizen
-- in: id u64
-- rows: change
-- reads: 1
UPDATE t WHERE id = :id;
