-- Accounts: a phone proven by code, an epoch that ends every token and session at once.

-- name: account_insert
-- run: citizen
-- in: id u64, lang i32, created_at i64
-- rows: change
-- reads: 2
INSERT INTO account (id, lang, created_at) VALUES (:id, :lang, :created_at);

-- A token lives while its family has a refresh token; those of browsers and of old have none (0).
-- name: account_get
-- run: citizen
-- in: id u64, family u64
-- out: epoch i32, lang i32, created_at i64, key_id i32?, name_ct blob(300)?, phone_ct blob(120)?, now i64
-- rows: one
-- reads: 5
SELECT a.epoch, a.lang, a.created_at, c.key_id, c.name_ct, c.phone_ct, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM account a LEFT JOIN contact c ON c.owner_kind = 2 AND c.owner_id = a.id
WHERE a.id = :id AND a.state = 1
    AND (:family = 0 OR EXISTS (SELECT 1 FROM refresh_token WHERE family = :family));

-- name: account_epoch
-- run: citizen
-- in: id u64, family u64
-- out: epoch i32
-- rows: one
-- reads: 4
SELECT epoch FROM account
WHERE id = :id AND state = 1 AND (:family = 0 OR EXISTS (SELECT 1 FROM refresh_token WHERE family = :family));

-- name: account_set_lang
-- run: citizen
-- in: id u64, lang i32
-- rows: change
-- reads: 2
UPDATE account SET lang = :lang WHERE id = :id AND state = 1;

-- name: account_end_all
-- run: citizen
-- in: id u64
-- rows: change
-- reads: 2
UPDATE account SET epoch = epoch + 1 WHERE id = :id AND state = 1;

-- name: account_mark_deleted
-- run: citizen
-- in: id u64, at i64
-- rows: change
-- reads: 2
UPDATE account SET state = 3, epoch = epoch + 1, deleted_at = :at WHERE id = :id AND state = 1;

-- name: account_looks
-- run: citizen
-- in: account u64
-- out: at i64, actor_kind i32, purpose text(800), ticket_no text(16)
-- rows: many<=50
-- reads: 4000
SELECT l.at, l.actor_kind, l.purpose, t.ticket_no
FROM ticket t JOIN contact_look l ON l.object_kind = 'ticket' AND l.object_id = t.id
WHERE t.account_id = :account ORDER BY l.id DESC LIMIT 50;

-- name: ticket_looks
-- run: citizen staff ctl
-- in: ticket_id u64
-- out: at i64, actor_kind i32, purpose text(800)
-- rows: many<=50
-- reads: 60
SELECT at, actor_kind, purpose FROM contact_look WHERE object_kind = 'ticket' AND object_id = :ticket_id ORDER BY id DESC LIMIT 50;

-- ---- SMS codes --------------------------------------------------------------------------------------------------------

-- name: sms_code_insert
-- run: citizen
-- in: id u64, phone_bidx blob(16), purpose i32, code_mac blob(32), created_at i64, expires_at i64
-- rows: change
-- reads: 2
INSERT INTO sms_code (id, phone_bidx, purpose, code_mac, created_at, expires_at)
VALUES (:id, :phone_bidx, :purpose, :code_mac, :created_at, :expires_at);

-- Requests for one phone take turns: each writes this row (purpose 0, an id made of the blind index) before it counts, and
-- so waits until the one before it has committed what it sent.
-- name: sms_code_turn
-- run: citizen
-- in: id u64, phone_bidx blob(16), at i64, expires_at i64
-- rows: change
-- reads: 3
INSERT INTO sms_code (id, phone_bidx, purpose, code_mac, created_at, expires_at)
VALUES (:id, :phone_bidx, 0, '', :at, :expires_at) ON DUPLICATE KEY UPDATE expires_at = :expires_at;

-- name: sms_code_recent
-- run: citizen
-- in: phone_bidx blob(16), purpose i32, hour i64, day i64
-- out: n_hour i64, last_at i64, hour_first i64, n_day i64, day_first i64
-- rows: one
-- reads: 250
SELECT CAST(COALESCE(SUM(purpose = :purpose AND created_at > :hour), 0) AS SIGNED) AS n_hour,
    CAST(COALESCE(MAX(IF(purpose = :purpose, created_at, NULL)), 0) AS SIGNED) AS last_at,
    CAST(COALESCE(MIN(IF(purpose = :purpose AND created_at > :hour, created_at, NULL)), 0) AS SIGNED) AS hour_first,
    COUNT(*) AS n_day, CAST(COALESCE(MIN(created_at), 0) AS SIGNED) AS day_first
FROM sms_code WHERE phone_bidx = :phone_bidx AND purpose > 0 AND created_at > :day;

-- A newer code ends the older ones of its purpose.
-- name: sms_code_end_older
-- run: citizen
-- in: phone_bidx blob(16), purpose i32, at i64
-- rows: change
-- reads: 250
UPDATE sms_code SET used_at = :at WHERE phone_bidx = :phone_bidx AND purpose = :purpose AND used_at IS NULL;

-- Who has signed in leaves no code behind, for whatever it was sent.
-- name: sms_code_end_phone
-- run: citizen
-- in: phone_bidx blob(16), at i64
-- rows: change
-- reads: 250
UPDATE sms_code SET used_at = :at WHERE phone_bidx = :phone_bidx AND purpose > 0 AND used_at IS NULL;

-- The latest code of this phone; a try is counted before it is compared.
-- name: sms_code_latest
-- run: citizen
-- in: phone_bidx blob(16), purpose i32, now i64
-- out: id u64, code_mac blob(32), tries i32
-- rows: one
-- reads: 10
SELECT id, code_mac, tries FROM sms_code
WHERE phone_bidx = :phone_bidx AND purpose = :purpose AND created_at <= :now AND expires_at > :now AND used_at IS NULL
ORDER BY created_at DESC LIMIT 1;

-- name: sms_code_try
-- run: citizen
-- in: id u64, max i32
-- rows: change
-- reads: 2
UPDATE sms_code SET tries = tries + 1 WHERE id = :id AND tries < :max AND used_at IS NULL;

-- by: what a second press in the same browser will show; a used code is compared with nothing else.
-- name: sms_code_use
-- run: citizen
-- in: id u64, at i64, by blob(32)
-- rows: change
-- reads: 2
UPDATE sms_code SET used_at = :at, code_mac = :by WHERE id = :id AND used_at IS NULL;

-- name: sms_code_just_used
-- run: citizen
-- in: phone_bidx blob(16), purpose i32, since i64
-- out: code_mac blob(32)
-- rows: many<=20
-- reads: 250
SELECT code_mac FROM sms_code WHERE phone_bidx = :phone_bidx AND purpose = :purpose AND used_at > :since ORDER BY created_at DESC LIMIT 20;

-- name: sms_code_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: job
DELETE FROM sms_code WHERE expires_at < :before ORDER BY expires_at LIMIT 500;

-- ---- refresh tokens ---------------------------------------------------------------------------------------------------

-- name: refresh_insert
-- run: citizen
-- in: token_hash blob(32), account_id u64, family u64, account_epoch i32, created_at i64, expires_at i64
-- rows: change
-- reads: 2
INSERT INTO refresh_token (token_hash, account_id, family, account_epoch, created_at, expires_at)
VALUES (:token_hash, :account_id, :family, :account_epoch, :created_at, :expires_at);

-- name: refresh_get
-- run: citizen
-- in: token_hash blob(32)
-- out: account_id u64, family u64, account_epoch i32, expires_at i64, used_at i64?, epoch i32?
-- rows: one
-- reads: 3
SELECT r.account_id, r.family, r.account_epoch, r.expires_at, r.used_at, a.epoch
FROM refresh_token r LEFT JOIN account a ON a.id = r.account_id AND a.state = 1 WHERE r.token_hash = :token_hash;

-- name: refresh_use
-- run: citizen
-- in: token_hash blob(32), at i64
-- rows: change
-- reads: 2
UPDATE refresh_token SET used_at = :at WHERE token_hash = :token_hash AND used_at IS NULL;

-- name: refresh_end_family
-- run: citizen
-- in: family u64
-- rows: change
-- reads: 3000
DELETE FROM refresh_token WHERE family = :family;

-- name: refresh_end_account
-- run: citizen
-- in: account_id u64
-- rows: change
-- reads: 3000
DELETE FROM refresh_token WHERE account_id = :account_id;

-- name: refresh_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: job
DELETE FROM refresh_token WHERE expires_at < :before ORDER BY expires_at LIMIT 500;
