-- name: x
-- run: citizen
-- in: id u64
-- out: id u64
-- rows: later
-- reads: 1
INSERT INTO t (id) VALUES (:id) RETURNING id;
