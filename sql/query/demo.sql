-- The synthetic demands: counting, removing, and the few accounts that can sign in.

-- name: demo_count
-- run: ctl
-- out: n i64, last_day i32?
-- rows: one
-- reads: job
SELECT COUNT(*) AS n, MAX(local_day) AS last_day FROM ticket WHERE is_demo = 1;

-- name: demo_account_add
-- run: ctl
-- in: id u64, at i64
-- rows: change=1
-- reads: 3
INSERT INTO account (id, state, epoch, lang, created_at, is_demo) VALUES (:id, 1, 1, 0, :at, 1);

-- name: demo_accounts
-- run: ctl
-- out: id u64, tickets i64
-- rows: many<=50
-- reads: job
SELECT a.id, (SELECT COUNT(*) FROM ticket t WHERE t.account_id = a.id) AS tickets
FROM account a WHERE a.is_demo = 1 ORDER BY a.id LIMIT 50;

-- The newest demand in a state: what a visitor of the demo looks up first.
-- name: demo_ticket_in_state
-- run: ctl
-- in: state i32
-- out: id u64, ticket_no text(16), code_epoch i32, title text(400)
-- rows: one
-- reads: job
SELECT t.id, t.ticket_no, t.code_epoch, x.title FROM ticket t JOIN ticket_text x ON x.ticket_id = t.id
WHERE t.is_demo = 1 AND t.state = :state ORDER BY t.id DESC LIMIT 1;

-- ---- removing: by ranges of ids in which every ticket is a demo ticket -------------------------------------------------

-- name: demo_ids
-- run: ctl
-- out: id u64
-- rows: many<=1000
-- reads: job
SELECT id FROM ticket WHERE is_demo = 1 ORDER BY id LIMIT 1000;

-- name: demo_next_real
-- run: ctl
-- in: after u64
-- out: id u64
-- rows: one
-- reads: 3
SELECT id FROM ticket WHERE is_demo = 0 AND id > :after ORDER BY id LIMIT 1;

-- name: demo_clear_event
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM event WHERE ticket_id BETWEEN :from AND :to;

-- name: demo_clear_text
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM ticket_text WHERE ticket_id BETWEEN :from AND :to;

-- name: demo_clear_publication
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM publication WHERE ticket_id BETWEEN :from AND :to;

-- name: demo_clear_contact
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM contact WHERE owner_kind = 1 AND owner_id BETWEEN :from AND :to;

-- name: demo_clear_assignment
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM assignment WHERE ticket_id BETWEEN :from AND :to;

-- name: demo_clear_rating
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM rating WHERE ticket_id BETWEEN :from AND :to;

-- name: demo_clear_link
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM signed_link WHERE ticket_id BETWEEN :from AND :to;

-- name: demo_clear_follow
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM follow WHERE ticket_id BETWEEN :from AND :to;

-- name: demo_clear_outbox
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM outbox WHERE ticket_id BETWEEN :from AND :to;

-- name: demo_clear_held
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM session_ticket WHERE ticket_id BETWEEN :from AND :to;

-- The worker removes the files of a loose upload when its time is over.
-- name: demo_loosen_upload
-- run: ctl
-- in: from u64, to u64, now i64
-- rows: change
-- reads: job
UPDATE upload SET ticket_id = NULL, event_seq = NULL, expires_at = :now WHERE ticket_id BETWEEN :from AND :to;

-- name: demo_clear_ticket
-- run: ctl
-- in: from u64, to u64
-- rows: change
-- reads: job
DELETE FROM ticket WHERE id BETWEEN :from AND :to AND is_demo = 1;

-- name: demo_clear_session
-- run: ctl
-- in: account u64
-- rows: change
-- reads: job
DELETE FROM session WHERE account_id = :account;

-- name: demo_clear_refresh
-- run: ctl
-- in: account u64
-- rows: change
-- reads: job
DELETE FROM refresh_token WHERE account_id = :account;

-- name: demo_clear_followed
-- run: ctl
-- in: account u64
-- rows: change
-- reads: job
DELETE FROM follow WHERE account_id = :account;

-- name: demo_clear_account
-- run: ctl
-- in: id u64
-- rows: change
-- reads: job
DELETE FROM account WHERE id = :id AND is_demo = 1;

-- Demands that a demo account filed itself stay, without their account.
-- name: demo_free_ticket
-- run: ctl
-- in: account u64
-- rows: change
-- reads: job
UPDATE ticket SET account_id = NULL WHERE account_id = :account;
