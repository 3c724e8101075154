-- name: x
-- run: citizen open
-- in: id u64
-- rows: change
-- reads: 1
DELETE FROM t WHERE id = :id;
