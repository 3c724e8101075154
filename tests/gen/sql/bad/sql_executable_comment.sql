-- name: x
-- run: citizen
-- in: id u64
-- out: id u64
-- rows: one
-- reads: 1
SELECT /*!50000 id FROM t WHERE */ id = :id;
