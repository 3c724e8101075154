-- name: x
-- run: citizen
-- in: id u64
-- rows: change
-- reads: 1
DELETE FROM t USING t JOIN u WHERE t.id = :id;
