-- Three questions, once a round.

-- name: rating_invite
-- run: staff worker ctl
-- in: ticket_id u64, round i32, at i64, expires_at i64, is_demo bool
-- rows: change
-- reads: 3
INSERT IGNORE INTO rating (ticket_id, round, invited_at, expires_at, is_demo) VALUES (:ticket_id, :round, :at, :expires_at, :is_demo);

-- name: rating_get
-- run: citizen staff worker ctl
-- in: ticket_id u64, round i32
-- out: state i32, invited_at i64, expires_at i64, answered_at i64?, contacted bool?, solved bool?, satisfaction i32?, words text(2000)?
-- rows: one
-- reads: 2
SELECT state, invited_at, expires_at, answered_at, contacted, solved, satisfaction, words FROM rating
WHERE ticket_id = :ticket_id AND round = :round;

-- name: rating_answer
-- run: citizen staff ctl
-- in: ticket_id u64, round i32, at i64, expires_at i64, channel i32, contacted bool, solved bool, satisfaction i32, words text(2000)?, is_demo bool
-- rows: change
-- reads: 4
INSERT INTO rating (ticket_id, round, state, invited_at, expires_at, answered_at, channel, contacted, solved, satisfaction, words, is_demo)
VALUES (:ticket_id, :round, 2, :at, :expires_at, :at, :channel, :contacted, :solved, :satisfaction, :words, :is_demo)
ON DUPLICATE KEY UPDATE channel = IF(state = 2, channel, :channel), contacted = IF(state = 2, contacted, :contacted),
    solved = IF(state = 2, solved, :solved), satisfaction = IF(state = 2, satisfaction, :satisfaction),
    words = IF(state = 2, words, :words), answered_at = IF(state = 2, answered_at, :at), state = 2;

-- name: rating_lapse
-- run: staff worker ctl
-- in: ticket_id u64, round i32
-- rows: change
-- reads: 3
UPDATE rating SET state = 3 WHERE ticket_id = :ticket_id AND round = :round AND state = 1;

-- What was asked and answered about a demand that this one was merged into by mistake.
-- name: rating_withdraw
-- run: staff ctl
-- in: ticket_id u64, round i32, since i64
-- rows: change
-- reads: 3
DELETE FROM rating WHERE ticket_id = :ticket_id AND round = :round AND invited_at >= :since;

-- Asked long ago and not answered.
-- name: rating_unanswered
-- run: worker ctl
-- in: before i64
-- out: ticket_id u64, round i32, ticket_no text(16), state i32, ticket_round i32
-- rows: many<=100
-- reads: 210
SELECT r.ticket_id, r.round, t.ticket_no, t.state, t.round AS ticket_round FROM rating r JOIN ticket t ON t.id = r.ticket_id
WHERE r.state = 1 AND r.invited_at < :before ORDER BY r.invited_at LIMIT 100;

-- ---- signed links -----------------------------------------------------------------------------------------------------

-- name: signed_link_insert
-- run: staff worker ctl
-- in: token_hash blob(32), purpose i32, ticket_id u64, round i32, created_at i64, expires_at i64
-- rows: change
-- reads: 2
INSERT INTO signed_link (token_hash, purpose, ticket_id, round, created_at, expires_at)
VALUES (:token_hash, :purpose, :ticket_id, :round, :created_at, :expires_at);

-- name: signed_link_open
-- run: citizen ctl
-- in: token_hash blob(32), purpose i32, now i64
-- out: ticket_id u64, round i32, ticket_no text(16), token_epoch i32, title text(400)?, lang i32, unit_code text(24)?, created_at i64
-- rows: one
-- reads: 5
SELECT l.ticket_id, l.round, t.ticket_no, t.token_epoch, x.title, t.lang, a.unit_code, t.created_at
FROM signed_link l JOIN ticket t ON t.id = l.ticket_id
LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN assignment a ON a.id = t.lead_id
WHERE l.token_hash = :token_hash AND l.purpose = :purpose AND l.expires_at > :now;

-- name: signed_link_reply
-- run: citizen ctl
-- in: ticket_id u64
-- out: words text(8000)?, words_lang i32?, unit_code text(24)
-- rows: one
-- reads: 510
SELECT words, words_lang, unit_code FROM event WHERE ticket_id = :ticket_id AND code = 12 ORDER BY seq DESC LIMIT 1;

-- name: signed_link_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: job
DELETE FROM signed_link WHERE expires_at < :before ORDER BY expires_at LIMIT 500;
