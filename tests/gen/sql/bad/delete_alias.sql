-- name: x
-- run: citizen
-- in: id u64
-- rows: change
-- reads: 1
DELETE v FROM t JOIN u ON u.id = t.id WHERE t.id = :id;
