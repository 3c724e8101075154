-- What is being filed in the browser, encrypted whole.

-- name: draft_get
-- run: citizen
-- in: session_id u64
-- out: key_id i32, body_ct blob(65536), form_key blob(16), resume_hash blob(32)?, filed_ticket_id u64?, updated_at i64, expires_at i64, now i64
-- rows: one
-- reads: 2
SELECT key_id, body_ct, form_key, resume_hash, filed_ticket_id, updated_at, expires_at, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM draft WHERE session_id = :session_id;

-- name: draft_put
-- run: citizen
-- in: session_id u64, key_id i32, body_ct blob(65536), form_key blob(16), updated_at i64, expires_at i64
-- rows: change
-- reads: 3
INSERT INTO draft (session_id, key_id, body_ct, form_key, updated_at, expires_at)
VALUES (:session_id, :key_id, :body_ct, :form_key, :updated_at, :expires_at)
ON DUPLICATE KEY UPDATE key_id = :key_id, body_ct = :body_ct, form_key = :form_key, updated_at = :updated_at,
    expires_at = :expires_at, filed_ticket_id = NULL;

-- name: draft_filed
-- run: citizen
-- in: session_id u64, ticket_id u64
-- rows: change
-- reads: 2
UPDATE draft SET filed_ticket_id = :ticket_id, body_ct = '', key_id = 0, resume_hash = NULL WHERE session_id = :session_id;

-- name: draft_delete
-- run: citizen
-- in: session_id u64
-- rows: change
-- reads: 3
DELETE FROM draft WHERE session_id = :session_id;

-- name: draft_leave
-- run: citizen
-- in: session_id u64, form_key blob(16), updated_at i64
-- rows: change
-- reads: 3
DELETE FROM draft WHERE session_id = :session_id AND form_key = :form_key AND updated_at = :updated_at AND filed_ticket_id IS NULL;

-- name: draft_set_resume
-- run: citizen
-- in: session_id u64, resume_hash blob(32)
-- rows: change
-- reads: 3
UPDATE draft SET resume_hash = :resume_hash WHERE session_id = :session_id AND filed_ticket_id IS NULL;

-- name: draft_by_resume
-- run: citizen
-- in: resume_hash blob(32), now i64
-- out: session_id u64, key_id i32, body_ct blob(65536), form_key blob(16), updated_at i64, expires_at i64
-- rows: one
-- reads: 2
SELECT session_id, key_id, body_ct, form_key, updated_at, expires_at FROM draft
WHERE resume_hash = :resume_hash AND expires_at > :now AND filed_ticket_id IS NULL;

-- name: draft_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: job
DELETE FROM draft WHERE expires_at < :before ORDER BY expires_at LIMIT 500;
