-- name: x
-- run: citizen
-- in: id u64
-- rows: change
-- reads: 1
UPDATE t SET id = LAST_INSERT_ID(id + 1) WHERE id = :id;
