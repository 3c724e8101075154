-- name: x
-- run: citizen
-- in: id u64
-- rows: change
-- reads: 1
UPDATE t JOIN u ON u.id = t.id SET z.n = 1 WHERE id = :id;
