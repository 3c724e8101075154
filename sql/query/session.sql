-- Browser sessions. The token is hashed before it comes here.

-- name: session_find
-- run: citizen
-- in: token_hash blob(32)
-- out: id u64, account_id u64?, created_at i64, seen_at i64, expires_at i64, now i64
-- rows: one
-- reads: 3
SELECT s.id, s.account_id, s.created_at, s.seen_at, s.expires_at, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM session s LEFT JOIN account a ON a.id = s.account_id AND a.state = 1
WHERE s.token_hash = :token_hash AND s.expires_at > CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)
    AND (s.account_id IS NULL OR a.epoch = s.account_epoch);

-- name: session_insert
-- run: citizen
-- in: id u64, token_hash blob(32), account_id u64?, account_epoch i32, at i64, expires_at i64
-- rows: change
-- reads: 2
INSERT INTO session (id, token_hash, account_id, account_epoch, created_at, seen_at, expires_at)
VALUES (:id, :token_hash, :account_id, :account_epoch, :at, :at, :expires_at);

-- name: session_rotate
-- run: citizen
-- in: id u64, token_hash blob(32), account_id u64?, account_epoch i32, at i64, expires_at i64
-- rows: change
-- reads: 3
UPDATE session SET token_hash = :token_hash, account_id = :account_id, account_epoch = :account_epoch, seen_at = :at,
    expires_at = :expires_at WHERE id = :id;

-- name: session_touch
-- run: citizen
-- in: id u64, at i64, expires_at i64
-- rows: change
-- reads: 3
UPDATE session SET seen_at = :at, expires_at = :expires_at WHERE id = :id;

-- name: session_delete
-- run: citizen
-- in: id u64
-- rows: change
-- reads: 3
DELETE FROM session WHERE id = :id;

-- The sessions of one account, a page at a time: their drafts and held tickets go with them.
-- name: session_ids_of_account
-- run: citizen
-- in: account_id u64, after u64
-- out: id u64
-- rows: many<=200
-- reads: 500
SELECT id FROM session WHERE account_id = :account_id AND id > :after ORDER BY id LIMIT 200;

-- name: session_delete_account
-- run: citizen
-- in: account_id u64
-- rows: change
-- reads: 2000
DELETE FROM session WHERE account_id = :account_id;

-- name: session_account_epoch
-- run: citizen
-- in: id u64
-- out: epoch i32
-- rows: one
-- reads: 2
SELECT epoch FROM account WHERE id = :id AND state = 1;

-- name: session_ticket_put
-- run: citizen
-- in: session_id u64, ticket_id u64, until_at i64
-- rows: change
-- reads: 3
INSERT INTO session_ticket (session_id, ticket_id, until_at) VALUES (:session_id, :ticket_id, :until_at)
ON DUPLICATE KEY UPDATE until_at = :until_at;

-- name: session_ticket_last
-- run: citizen
-- in: session_id u64
-- out: ticket_id u64, ticket_no text(16), until_at i64
-- rows: one
-- reads: 60
SELECT s.ticket_id, t.ticket_no, s.until_at FROM session_ticket s JOIN ticket t ON t.id = s.ticket_id
WHERE s.session_id = :session_id ORDER BY s.until_at DESC LIMIT 1;

-- name: session_ticket_clear
-- run: citizen
-- in: session_id u64
-- rows: change
-- reads: 200
DELETE FROM session_ticket WHERE session_id = :session_id;

-- name: session_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: job
DELETE FROM session WHERE expires_at < :before ORDER BY expires_at LIMIT 500;

-- name: session_ticket_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: job
DELETE FROM session_ticket WHERE until_at < :before ORDER BY until_at LIMIT 500;

-- name: idempotency_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: job
DELETE FROM idempotency WHERE created_at < :before ORDER BY created_at LIMIT 500;
