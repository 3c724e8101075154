-- What must reach the outside. Marks on rows, never "after id X": ids are given before commit.

-- name: outbox_insert
-- run: citizen staff worker ctl
-- in: id u64, ticket_id u64, topic i32, next_at i64, key_id i32, payload blob(2000), created_at i64
-- rows: later
-- reads: 2
INSERT INTO outbox (id, ticket_id, topic, next_at, key_id, payload, created_at)
VALUES (:id, :ticket_id, :topic, :next_at, :key_id, :payload, :created_at);

-- Oldest due rows that nobody holds, and only the first waiting row of each ticket: order is kept.
-- name: outbox_take
-- run: worker
-- in: now i64
-- out: id u64, ticket_id u64, topic i32, attempts i32, key_id i32, payload blob(2000)
-- rows: many<=100
-- reads: job
SELECT o.id, o.ticket_id, o.topic, o.attempts, o.key_id, o.payload FROM outbox o
WHERE o.state = 1 AND o.next_at <= :now AND o.lease_until <= :now
    AND (o.ticket_id = 0 OR NOT EXISTS (SELECT 1 FROM outbox b WHERE b.ticket_id = o.ticket_id AND b.state = 1 AND b.id < o.id))
ORDER BY o.next_at, o.id LIMIT 100 FOR UPDATE SKIP LOCKED;

-- Ten at a time, 0 where there are fewer: at a rush every row would else cost two statements more.
-- name: outbox_lease
-- run: worker
-- in: until i64, now i64, id0 u64, id1 u64, id2 u64, id3 u64, id4 u64, id5 u64, id6 u64, id7 u64, id8 u64, id9 u64
-- rows: later
-- reads: 40
UPDATE outbox SET lease_until = :until, attempts = attempts + 1
WHERE id IN (:id0, :id1, :id2, :id3, :id4, :id5, :id6, :id7, :id8, :id9) AND state = 1 AND lease_until <= :now;

-- name: outbox_sent
-- run: worker
-- in: at i64, id0 u64, id1 u64, id2 u64, id3 u64, id4 u64, id5 u64, id6 u64, id7 u64, id8 u64, id9 u64
-- rows: later
-- reads: 40
UPDATE outbox SET state = 2, sent_at = :at, payload = '', key_id = 0, last_error = NULL
WHERE id IN (:id0, :id1, :id2, :id3, :id4, :id5, :id6, :id7, :id8, :id9) AND state = 1;

-- name: outbox_retry
-- run: worker
-- in: id u64, next_at i64, error text(200)
-- rows: change
-- reads: 3
UPDATE outbox SET next_at = :next_at, lease_until = 0, last_error = :error WHERE id = :id AND state = 1;

-- name: outbox_dead
-- run: worker
-- in: id u64, error text(200)
-- rows: change
-- reads: 3
UPDATE outbox SET state = 3, lease_until = 0, last_error = :error WHERE id = :id AND state = 1;

-- name: outbox_state
-- run: worker ctl
-- out: waiting i64, dead i64, oldest_at i64, now i64
-- rows: one
-- reads: job
SELECT (SELECT COUNT(*) FROM outbox WHERE state = 1) AS waiting, (SELECT COUNT(*) FROM outbox WHERE state = 3) AS dead,
    CAST(COALESCE((SELECT MIN(created_at) FROM outbox WHERE state = 1), 0) AS SIGNED) AS oldest_at, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now;

-- name: outbox_revive
-- run: ctl
-- in: now i64
-- rows: change
-- reads: job
UPDATE outbox SET state = 1, attempts = 0, next_at = :now, lease_until = 0 WHERE state = 3 ORDER BY id LIMIT 500;

-- Messages to a person whose contact data are erased: they are addressed to these data. Notices to units stay.
-- name: outbox_forget
-- run: citizen ctl
-- in: ticket_id u64
-- rows: change
-- reads: 200
DELETE FROM outbox WHERE ticket_id = :ticket_id AND state IN (1, 3) AND key_id <> 0;

-- Sent rows are forgotten after a while.
-- name: outbox_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: job
DELETE FROM outbox WHERE state = 2 AND next_at < :before ORDER BY next_at LIMIT 500;
