-- Photos, videos, voice notes. Who holds the secret half of the id may attach the file, once.

-- name: upload_insert
-- run: citizen staff
-- in: id u64, owner_key blob(32), kind i32, media_type text(40), raw_name text(36), display_name text(400), bytes u64, sha256 blob(32), created_at i64, expires_at i64
-- rows: change
-- reads: 2
INSERT INTO upload (id, owner_key, kind, state, media_type, raw_name, display_name, bytes, sha256, created_at, expires_at)
VALUES (:id, :owner_key, :kind, 1, :media_type, :raw_name, :display_name, :bytes, :sha256, :created_at, :expires_at);

-- name: upload_attach
-- run: citizen staff
-- in: id u64, owner_key blob(32), ticket_id u64, event_seq i32, now i64
-- rows: change
-- reads: 3
UPDATE upload SET ticket_id = :ticket_id, event_seq = :event_seq, expires_at = NULL
WHERE id = :id AND owner_key = :owner_key AND ticket_id IS NULL AND state IN (1, 2) AND expires_at > :now;

-- name: upload_count
-- run: citizen staff
-- in: ticket_id u64
-- out: photos i64, recordings i64
-- rows: one
-- reads: 40
SELECT CAST(COALESCE(SUM(kind = 1), 0) AS SIGNED) AS photos, CAST(COALESCE(SUM(kind <> 1), 0) AS SIGNED) AS recordings
FROM upload WHERE ticket_id = :ticket_id AND state IN (1, 2) AND internal = 0;

-- name: upload_loose
-- run: citizen staff
-- in: id u64, owner_key blob(32), now i64
-- out: id u64, kind i32, state i32, media_type text(40), raw_name text(36), clean_name text(36)?, thumb_name text(36)?, display_name text(400), bytes u64, sha256 blob(32), width i64?, height i64?, refusal text(40)?
-- rows: one
-- reads: 2
SELECT id, kind, state, media_type, raw_name, clean_name, thumb_name, display_name, bytes, sha256, width, height, refusal
FROM upload WHERE id = :id AND owner_key = :owner_key AND ticket_id IS NULL AND expires_at > :now AND state <> 4;

-- A loose file is dropped by letting it expire now; the worker removes the bytes, then the row.
-- name: upload_drop
-- run: citizen staff
-- in: id u64, owner_key blob(32)
-- rows: change
-- reads: 3
UPDATE upload SET expires_at = 1 WHERE id = :id AND owner_key = :owner_key AND ticket_id IS NULL;

-- name: upload_of_ticket
-- run: citizen staff worker ctl
-- in: ticket_id u64
-- out: id u64, kind i32, state i32, event_seq i32?, media_type text(40), raw_name text(36), clean_name text(36)?, thumb_name text(36)?, display_name text(400), bytes u64, sha256 blob(32), width i64?, height i64?, refusal text(40)?
-- rows: many<=50
-- reads: 60
SELECT id, kind, state, event_seq, media_type, raw_name, clean_name, thumb_name, display_name, bytes, sha256, width, height, refusal
FROM upload WHERE ticket_id = :ticket_id AND internal <> 1 ORDER BY id LIMIT 50;

-- With the evidence of units that the filer does not see.
-- name: upload_all_of_ticket
-- run: staff ctl
-- in: ticket_id u64
-- out: id u64, kind i32, state i32, event_seq i32?, media_type text(40), raw_name text(36), clean_name text(36)?, thumb_name text(36)?, display_name text(400), bytes u64, sha256 blob(32), width i64?, height i64?, refusal text(40)?, internal i32
-- rows: many<=100
-- reads: 110
SELECT id, kind, state, event_seq, media_type, raw_name, clean_name, thumb_name, display_name, bytes, sha256, width, height, refusal, internal
FROM upload WHERE ticket_id = :ticket_id ORDER BY id LIMIT 100;

-- Of a unit: 1 internal, 2 for the filer as well.
-- name: upload_as_evidence
-- run: staff ctl
-- in: ticket_id u64, event_seq i32, internal i32
-- rows: change
-- reads: 110
UPDATE upload SET internal = :internal WHERE ticket_id = :ticket_id AND event_seq = :event_seq AND internal = 0;

-- evidence = 1: of the staff, who see what units keep to themselves.
-- name: upload_open
-- run: citizen staff
-- in: id u64, ticket_no text(16), account u64, family u64, session u64, evidence i32
-- out: ticket_id u64, state i32, media_type text(40), clean_name text(36)?, thumb_name text(36)?, account_id u64?, account_epoch i32?, token_epoch i32, held_until i64?, now i64
-- rows: one
-- reads: 8
SELECT t.id AS ticket_id, u.state, u.media_type, u.clean_name, u.thumb_name, t.account_id, ac.epoch AS account_epoch, t.token_epoch, st.until_at AS held_until,
    CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM upload u JOIN ticket t ON t.id = u.ticket_id
LEFT JOIN account ac ON ac.id = :account AND ac.state = 1
    AND (:family = 0 OR EXISTS (SELECT 1 FROM refresh_token WHERE family = :family))
LEFT JOIN session_ticket st ON st.session_id = :session AND st.ticket_id = t.id
WHERE u.id = :id AND t.ticket_no = :ticket_no AND (u.internal <> 1 OR :evidence = 1);

-- ---- worker -----------------------------------------------------------------------------------------------------------

-- name: upload_take
-- run: worker
-- in: now i64
-- out: id u64, kind i32, media_type text(40), raw_name text(36), bytes u64, attempts i32
-- rows: many<=10
-- reads: 40
SELECT id, kind, media_type, raw_name, bytes, attempts FROM upload WHERE state = 1 AND lease_until <= :now
ORDER BY lease_until LIMIT 10 FOR UPDATE SKIP LOCKED;

-- name: upload_lease
-- run: worker
-- in: id u64, until i64
-- rows: change
-- reads: 3
UPDATE upload SET lease_until = :until, attempts = LEAST(attempts + 1, 250) WHERE id = :id AND state = 1;

-- What is served is of another type than what came: photos become JPEG.
-- name: upload_ready
-- run: worker
-- in: id u64, media_type text(40), clean_name text(36), thumb_name text(36)?, width i64?, height i64?
-- rows: change
-- reads: 3
UPDATE upload SET state = 2, media_type = :media_type, clean_name = :clean_name, thumb_name = :thumb_name, width = :width, height = :height WHERE id = :id AND state = 1;

-- name: upload_refuse
-- run: worker
-- in: id u64, refusal text(40)
-- rows: change
-- reads: 3
UPDATE upload SET state = 3, refusal = :refusal WHERE id = :id AND state = 1;

-- The row of a file: names are hexadecimal, so g comes after every one that begins with the stem.
-- name: upload_named
-- run: worker
-- in: stem text(36)
-- out: state i32
-- rows: one
-- reads: 3
SELECT state FROM upload WHERE raw_name >= :stem AND raw_name < CONCAT(:stem, 'g') ORDER BY raw_name LIMIT 1;

-- How much waits to be cleaned.
-- name: upload_backlog
-- run: worker
-- out: waiting i64, oldest_at i64, now i64
-- rows: one
-- reads: job
SELECT COUNT(*) AS waiting, CAST(COALESCE(MIN(created_at), 0) AS SIGNED) AS oldest_at,
    CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now FROM upload WHERE state = 1;

-- name: upload_expired
-- run: worker
-- in: now i64
-- out: id u64, kind i32, state i32, media_type text(40), raw_name text(36), clean_name text(36)?, thumb_name text(36)?
-- rows: many<=100
-- reads: 102
SELECT id, kind, state, media_type, raw_name, clean_name, thumb_name FROM upload WHERE expires_at <= :now ORDER BY expires_at LIMIT 100;

-- name: upload_forget
-- run: worker
-- in: id u64
-- rows: change
-- reads: 3
DELETE FROM upload WHERE id = :id AND ticket_id IS NULL;
