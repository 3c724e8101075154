-- name: x
-- run: citizen
-- rows: change
-- reads: 1
DELETE FROM t;
