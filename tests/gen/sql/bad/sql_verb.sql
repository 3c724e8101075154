-- name: x
-- run: citizen
-- rows: change
-- reads: 1
TRUNCATE t;
