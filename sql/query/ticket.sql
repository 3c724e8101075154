-- The demand: filing, reading, and the one statement by which every act moves it (compare-and-set on version).

-- name: ticket_insert
-- run: citizen staff worker ctl
-- in: id u64, ticket_no text(16), public_id text(16), kind i32, channel i32, applicant i32, state i32, diversion i32, category_code text(6), area_code text(12), district_code text(6), response_level i32, promise_at i64?, account_id u64?, is_public bool, confidential bool, no_reply bool, lang i32, same_as u64?, chain_seq i32, chain_head blob(32), created_at i64, local_day i32, replied_at i64?, closed_at i64?, n_uploads i32, n_units i32, lead_id u64?, is_demo bool
-- rows: later
-- reads: 4
INSERT INTO ticket (id, ticket_no, public_id, kind, channel, applicant, state, diversion, category_code, area_code, district_code,
    response_level, promise_at, account_id, is_public, confidential, no_reply, lang, same_as, chain_seq, chain_head, created_at,
    local_day, replied_at, closed_at, n_uploads, n_units, lead_id, is_demo)
VALUES (:id, :ticket_no, :public_id, :kind, :channel, :applicant, :state, :diversion, :category_code, :area_code, :district_code,
    :response_level, :promise_at, :account_id, :is_public, :confidential, :no_reply, :lang, :same_as, :chain_seq, :chain_head,
    :created_at, :local_day, :replied_at, :closed_at, :n_uploads, :n_units, :lead_id, :is_demo);

-- name: ticket_text_insert
-- run: citizen staff worker ctl
-- in: ticket_id u64, title text(400), body text(8000), address text(1200), place_id u64?, lng i32?, lat i32?, timeline_seq i32, timeline blob(60000), card blob(800)
-- rows: later
-- reads: 2
INSERT INTO ticket_text (ticket_id, title, body, address, place_id, lng, lat, timeline_seq, timeline, card)
VALUES (:ticket_id, :title, :body, :address, :place_id, :lng, :lat, :timeline_seq, :timeline, :card);

-- The public ones among the events after `before`, in the form of app/timeline.h. What has a gap, or grows too long, is kept
-- no more: the events themselves are read then. The first assignment sees the old timeline, the second the new number.
-- name: ticket_timeline_add
-- run: citizen staff worker ctl
-- in: ticket_id u64, before i32, seq i32, piece blob(60000)
-- rows: later
-- reads: 3
UPDATE ticket_text SET timeline_seq = IF(LENGTH(timeline) + LENGTH(:piece) <= 60000, :seq, 0),
    timeline = IF(timeline_seq = 0, NULL, CONCAT(timeline, :piece))
WHERE ticket_id = :ticket_id AND timeline_seq = :before;

-- After the last of an act's rows: the card says what they say now.
-- name: ticket_card_write
-- run: citizen staff worker ctl
-- in: ticket_id u64
-- rows: later
-- reads: 7
UPDATE ticket_text x SET x.card = (SELECT c.card FROM ticket_card c WHERE c.id = :ticket_id) WHERE x.ticket_id = :ticket_id;

-- What a filing that is sent again is answered with.
-- name: ticket_filed
-- run: citizen staff worker ctl
-- in: id u64
-- out: ticket_no text(16), state i32, created_at i64, promise_at i64?, code_epoch i32, token_epoch i32, unit_code text(24)?, phone_verified_at i64?
-- rows: one
-- reads: 4
SELECT t.ticket_no, t.state, t.created_at, t.promise_at, t.code_epoch, t.token_epoch, a.unit_code, c.phone_verified_at
FROM ticket t
LEFT JOIN assignment a ON a.id = t.lead_id
LEFT JOIN contact c ON c.owner_kind = 1 AND c.owner_id = t.id
WHERE t.id = :id;

-- Everything an act must know. Not locking: ticket_advance compares the version.
-- name: ticket_for_act
-- run: citizen staff worker ctl
-- in: ticket_no text(16), account u64, family u64, session u64
-- out: id u64, state i32, diversion i32, version i32, round i32, kind i32, category_code text(6), area_code text(12), district_code text(6), response_level i32, promise_at i64?, account_id u64?, is_public bool, confidential bool, no_reply bool, lang i32, token_epoch i32, urge_count i32, urged_at i64?, objected_at i64?, merged_into u64?, chain_seq i32, chain_head blob(32), created_at i64, replied_at i64?, closed_at i64?, n_uploads i32, n_units i32, is_demo bool, public_id text(16), lead_id u64?, lead_unit text(24)?, lead_state i32?, lead_version i32?, lead_started_at i64?, lead_due_at i64?, lead_warned i32?, lead_paused_at i64?, lead_pause_reason i32?, reported_unit text(24), same_as u64?, account_epoch i32?, held_until i64?, ticket_no text(16)
-- rows: one
-- reads: 10
SELECT t.id, t.state, t.diversion, t.version, t.round, t.kind, t.category_code, t.area_code, t.district_code, t.response_level, t.promise_at,
    t.account_id, t.is_public, t.confidential, t.no_reply, t.lang, t.token_epoch, t.urge_count, t.urged_at, t.objected_at,
    t.merged_into, t.chain_seq, t.chain_head, t.created_at, t.replied_at, t.closed_at, t.n_uploads, t.n_units,
    t.is_demo, t.public_id, t.lead_id, a.unit_code AS lead_unit, a.state AS lead_state, a.version AS lead_version, a.started_at AS lead_started_at, a.due_at AS lead_due_at, a.warned AS lead_warned, a.paused_at AS lead_paused_at, a.pause_reason AS lead_pause_reason, t.reported_unit, t.same_as, ac.epoch AS account_epoch, st.until_at AS held_until, t.ticket_no
FROM ticket t
LEFT JOIN assignment a ON a.id = t.lead_id
LEFT JOIN account ac ON ac.id = :account AND ac.state = 1
    AND (:family = 0 OR EXISTS (SELECT 1 FROM refresh_token WHERE family = :family))
LEFT JOIN session_ticket st ON st.session_id = :session AND st.ticket_id = t.id
WHERE t.ticket_no = :ticket_no;

-- name: ticket_no_of
-- run: citizen staff worker ctl
-- in: id u64
-- out: ticket_no text(16)
-- rows: one
-- reads: 2
SELECT ticket_no FROM ticket WHERE id = :id;

-- The only way a ticket moves. Demo tickets are never anchored in checkpoints, so that they can be removed.
-- name: ticket_advance
-- run: citizen staff worker ctl
-- in: id u64, version i32, state i32, diversion i32, round i32, category_code text(6), response_level i32, promise_at i64?, token_epoch i32, urge_count i32, urged_at i64?, objected_at i64?, merged_into u64?, chain_seq i32, chain_head blob(32), replied_at i64?, closed_at i64?, n_uploads i32, n_units i32, lead_id u64?, account_id u64?
-- rows: change
-- reads: 3
UPDATE ticket SET version = version + 1, state = :state, diversion = :diversion, round = :round, category_code = :category_code,
    response_level = :response_level, promise_at = :promise_at, token_epoch = :token_epoch, urge_count = :urge_count,
    urged_at = :urged_at, objected_at = :objected_at, merged_into = :merged_into, chain_seq = :chain_seq,
    chain_head = :chain_head, replied_at = :replied_at, closed_at = :closed_at, n_uploads = :n_uploads, n_units = :n_units,
    lead_id = :lead_id, account_id = :account_id, unsealed = IF(is_demo = 1, 0, 1), unwalled = 1
WHERE id = :id AND version = :version;

-- Following a demand by its own token: one row, when its card holds (app/card.h).
-- name: ticket_card_token
-- run: citizen ctl
-- in: id u64
-- out: now_s i64, title text(400), body text(8000), address text(1200), lng i32?, lat i32?, timeline_seq i32, timeline blob(65535)?, card blob(800)?
-- rows: one
-- reads: 2
SELECT UNIX_TIMESTAMP() AS now_s, title, body, address, lng, lat, timeline_seq, timeline, card FROM ticket_text WHERE ticket_id = :id;

-- The same in a browser without an account.
-- name: ticket_card_session
-- run: citizen ctl
-- in: ticket_no text(16), session u64
-- out: now_s i64, title text(400), body text(8000), address text(1200), lng i32?, lat i32?, timeline_seq i32, timeline blob(65535)?, card blob(800)?, id u64, held_until i64?, looked bool
-- rows: one
-- reads: 6
SELECT UNIX_TIMESTAMP() AS now_s, x.title, x.body, x.address, x.lng, x.lat, x.timeline_seq, x.timeline, x.card, t.id, st.until_at AS held_until,
    EXISTS (SELECT 1 FROM contact_look l WHERE l.object_kind = 'ticket' AND l.object_id = t.id) AS looked
FROM ticket t
JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN session_ticket st ON st.session_id = :session AND st.ticket_id = t.id
WHERE t.ticket_no = :ticket_no;

-- Where no card holds: one statement, two rows and the lead's. A table more costs a tenth of it, so that what only accounts
-- need stands in the other one. Whole seconds are enough here, and exact ones cost as much as a table.
-- name: ticket_track
-- run: citizen staff worker ctl
-- in: ticket_no text(16)
-- out: id u64, public_id text(16), kind i32, channel i32, applicant i32, state i32, diversion i32, version i32, round i32, category_code text(6), area_code text(12), response_level i32, promise_at i64?, account_id u64?, is_public bool, confidential bool, no_reply bool, lang i32, token_epoch i32, urge_count i32, urged_at i64?, objected_at i64?, merged_into u64?, created_at i64, replied_at i64?, closed_at i64?, n_uploads i32, n_units i32, is_demo bool, chain_seq i32, now_s i64, lead_unit text(24)?, lead_state i32?, lead_due_at i64?, title text(400)?, body text(8000)?, address text(1200)?, lng i32?, lat i32?, timeline_seq i32?, timeline blob(65535)?
-- rows: one
-- reads: 4
SELECT t.id, t.public_id, t.kind, t.channel, t.applicant, t.state, t.diversion, t.version, t.round, t.category_code,
    t.area_code, t.response_level, t.promise_at, t.account_id, t.is_public, t.confidential, t.no_reply, t.lang, t.token_epoch,
    t.urge_count, t.urged_at, t.objected_at, t.merged_into, t.created_at, t.replied_at, t.closed_at, t.n_uploads, t.n_units,
    t.is_demo, t.chain_seq, UNIX_TIMESTAMP() AS now_s, a.unit_code AS lead_unit, a.state AS lead_state, a.due_at AS lead_due_at,
    x.title, x.body, x.address, x.lng, x.lat, x.timeline_seq, x.timeline
FROM ticket t
LEFT JOIN assignment a ON a.id = t.lead_id
LEFT JOIN ticket_text x ON x.ticket_id = t.id
WHERE t.ticket_no = :ticket_no;

-- The same for whoever has signed in: the columns begin with those above, in their order.
-- name: ticket_track_held
-- run: citizen staff worker ctl
-- in: ticket_no text(16), account u64, family u64, session u64
-- out: id u64, public_id text(16), kind i32, channel i32, applicant i32, state i32, diversion i32, version i32, round i32, category_code text(6), area_code text(12), response_level i32, promise_at i64?, account_id u64?, is_public bool, confidential bool, no_reply bool, lang i32, token_epoch i32, urge_count i32, urged_at i64?, objected_at i64?, merged_into u64?, created_at i64, replied_at i64?, closed_at i64?, n_uploads i32, n_units i32, is_demo bool, chain_seq i32, now_s i64, lead_unit text(24)?, lead_state i32?, lead_due_at i64?, title text(400)?, body text(8000)?, address text(1200)?, lng i32?, lat i32?, timeline_seq i32?, timeline blob(65535)?, account_epoch i32?, held_until i64?, followed_at i64?, looked bool
-- rows: one
-- reads: 10
SELECT t.id, t.public_id, t.kind, t.channel, t.applicant, t.state, t.diversion, t.version, t.round, t.category_code,
    t.area_code, t.response_level, t.promise_at, t.account_id, t.is_public, t.confidential, t.no_reply, t.lang, t.token_epoch,
    t.urge_count, t.urged_at, t.objected_at, t.merged_into, t.created_at, t.replied_at, t.closed_at, t.n_uploads, t.n_units,
    t.is_demo, t.chain_seq, UNIX_TIMESTAMP() AS now_s, a.unit_code AS lead_unit, a.state AS lead_state, a.due_at AS lead_due_at,
    x.title, x.body, x.address, x.lng, x.lat, x.timeline_seq, x.timeline, ac.epoch AS account_epoch,
    st.until_at AS held_until, f.created_at AS followed_at,
    EXISTS (SELECT 1 FROM contact_look l WHERE l.object_kind = 'ticket' AND l.object_id = t.id) AS looked
FROM ticket t
LEFT JOIN assignment a ON a.id = t.lead_id
LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN account ac ON ac.id = :account AND ac.state = 1
    AND (:family = 0 OR EXISTS (SELECT 1 FROM refresh_token WHERE family = :family))
LEFT JOIN session_ticket st ON st.session_id = :session AND st.ticket_id = t.id
LEFT JOIN follow f ON f.account_id = :account AND f.ticket_id = t.id
WHERE t.ticket_no = :ticket_no;

-- Where no timeline is kept.
-- name: ticket_events
-- run: citizen staff worker ctl
-- in: ticket_id u64, upto i32
-- out: seq i32, at i64, code i32, wording i32, unit_code text(24), params text(4000), words text(8000)?, words_lang i32?
-- rows: many<=500
-- reads: 510
SELECT seq, at, code, wording, unit_code, params, words, words_lang
FROM event WHERE ticket_id = :ticket_id AND seq <= :upto AND public = 1 ORDER BY seq LIMIT 500;

-- name: ticket_lookup
-- run: citizen ctl
-- in: ticket_no text(16)
-- out: id u64, code_epoch i32, token_epoch i32, now i64
-- rows: one
-- reads: 2
SELECT id, code_epoch, token_epoch, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now FROM ticket WHERE ticket_no = :ticket_no;

-- name: ticket_mine_page
-- run: citizen
-- in: account u64, before u64, done i32
-- out: id u64, ticket_no text(16), public_id text(16), title text(400)?, category_code text(6), area_code text(12), unit_code text(24)?, kind i32, state i32, round i32, created_at i64, promise_at i64?, due_at i64?, replied_at i64?, rating_state i32?, rating_expires_at i64?, now i64
-- rows: many<=51
-- reads: 500
SELECT t.id, t.ticket_no, t.public_id, x.title, t.category_code, t.area_code, a.unit_code, t.kind, t.state, t.round, t.created_at,
    t.promise_at, a.due_at, t.replied_at, r.state AS rating_state, r.expires_at AS rating_expires_at, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM ticket t
LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN assignment a ON a.id = t.lead_id
LEFT JOIN rating r ON r.ticket_id = t.id AND r.round = t.round
WHERE t.account_id = :account AND t.id < :before AND (:done = 2 OR IF(t.state >= 6, 1, 0) = :done)
ORDER BY t.id DESC LIMIT 51;

-- name: ticket_followed
-- run: citizen
-- in: account u64
-- out: id u64, public_id text(16), title text(400), category_code text(6), area_code text(12), kind i32, state i32, created_at i64, promise_at i64?, replied_at i64?, now i64
-- rows: many<=50
-- reads: 400
SELECT p.id, p.public_id, p.title, p.category_code, p.street_code AS area_code, p.kind, p.state, p.published_at AS created_at, p.promise_at, p.replied_at,
    CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now
FROM follow f JOIN public_ticket p ON p.id = f.ticket_id
WHERE f.account_id = :account
ORDER BY f.ticket_id DESC LIMIT 50;

-- name: ticket_running_count
-- run: citizen
-- in: account u64
-- out: n i64
-- rows: one
-- reads: 5000
SELECT COUNT(*) AS n FROM ticket WHERE account_id = :account AND state <= 3;

-- name: ticket_ids_of_account
-- run: citizen
-- in: account u64, after u64
-- out: id u64, ticket_no text(16)
-- rows: many<=100
-- reads: 120
SELECT id, ticket_no FROM ticket WHERE account_id = :account AND id > :after ORDER BY id LIMIT 100;

-- name: ticket_export
-- run: citizen
-- in: account u64
-- out: id u64, ticket_no text(16), state i32, created_at i64, title text(400)?, body text(8000)?, address text(1200)?, key_id i32?, name_ct blob(300)?, phone_ct blob(120)?, org_ct blob(400)?
-- rows: many<=1000
-- reads: 4000
SELECT t.id, t.ticket_no, t.state, t.created_at, x.title, x.body, x.address, c.key_id, c.name_ct, c.phone_ct, c.org_ct
FROM ticket t
LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN contact c ON c.owner_kind = 1 AND c.owner_id = t.id
WHERE t.account_id = :account
ORDER BY t.id DESC LIMIT 1000;

-- Demands filed with this phone, proven by code, before its owner signed in. Ids are ordered by time, so `after` bounds the walk.
-- name: ticket_unowned_by_phone
-- run: citizen
-- in: phone_bidx blob(16), after u64
-- out: id u64
-- rows: many<=100
-- reads: 220
SELECT t.id FROM contact c JOIN ticket t ON t.id = c.owner_id
WHERE c.phone_bidx = :phone_bidx AND c.owner_kind = 1 AND c.owner_id > :after AND c.phone_verified_at IS NOT NULL
    AND t.account_id IS NULL
ORDER BY c.owner_id DESC LIMIT 100;

-- name: ticket_adopt
-- run: citizen
-- in: id u64, account u64
-- rows: change
-- reads: 3
UPDATE ticket SET account_id = :account WHERE id = :id AND account_id IS NULL;

-- First words of up to ten demands; a number may stand twice.
-- name: ticket_words
-- run: staff
-- in: a u64, b u64, c u64, d u64, e u64, f u64, g u64, h u64, i u64, j u64
-- out: ticket_id u64, words text(2000)
-- rows: many<=10
-- reads: 30
SELECT ticket_id, LEFT(body, 500) AS words FROM ticket_text WHERE ticket_id IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j) LIMIT 10;
