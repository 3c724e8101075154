-- name: x
-- run: citizen
-- in: id u64
-- rows: change
-- reads: 1
INSERT t (id) VALUES (:id);
