-- name: x
-- run: citizen
-- in: id u64
-- rows: change
-- reads: 1
DELETE t FROM t WHERE t.id = :id;
