-- Keys of requests that were accepted. Refusals are not kept: sent again, they are judged again.

-- name: idempotency_insert
-- run: citizen staff worker ctl
-- in: key_hash blob(32), request_hash blob(32), status i32, ticket_id u64, extra u64, created_at i64
-- rows: change
-- reads: 2
INSERT INTO idempotency (key_hash, request_hash, status, ticket_id, extra, created_at)
VALUES (:key_hash, :request_hash, :status, :ticket_id, :extra, :created_at);

-- The same for filing, which sends all its rows at once; whoever finds the key taken sees it when run again.
-- name: idempotency_put
-- run: citizen staff worker ctl
-- in: key_hash blob(32), request_hash blob(32), status i32, ticket_id u64, extra u64, created_at i64
-- rows: later
-- reads: 2
INSERT INTO idempotency (key_hash, request_hash, status, ticket_id, extra, created_at)
VALUES (:key_hash, :request_hash, :status, :ticket_id, :extra, :created_at);

-- name: idempotency_get
-- run: citizen staff worker ctl
-- in: key_hash blob(32)
-- out: request_hash blob(32), ticket_id u64, extra u64
-- rows: one
-- reads: 2
SELECT request_hash, ticket_id, extra FROM idempotency WHERE key_hash = :key_hash;

-- What an act came to: its first event has this seq, the others, ACT_EVENTS_MAX in all, the same time.
-- name: idempotency_event
-- run: citizen staff worker ctl
-- in: ticket_id u64, seq i32
-- out: ticket_no text(16), at i64, to_state i32, code i32
-- rows: one
-- reads: 10
SELECT t.ticket_no, e.at, l.to_state, l.code FROM event e JOIN event l ON l.ticket_id = e.ticket_id AND l.seq BETWEEN e.seq AND e.seq + 5 AND l.at = e.at
JOIN ticket t ON t.id = e.ticket_id WHERE e.ticket_id = :ticket_id AND e.seq = :seq ORDER BY l.seq DESC LIMIT 1;
