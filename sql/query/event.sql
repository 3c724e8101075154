-- The append-only history. No statement changes an event except the erasing of words and nonce.

-- name: event_insert_1
-- run: citizen staff worker ctl
-- in: ticket_id u64, seq i32, at i64, code i32, wording i32, public bool, from_state i32, to_state i32, actor_kind i32, actor_id u64, unit_code text(24), params text(4000), words text(8000)?, words_lang i32?, nonce blob(16)?, commitment blob(32)?, hash blob(32)
-- rows: change
-- reads: 2
INSERT INTO event (ticket_id, seq, at, code, wording, public, from_state, to_state, actor_kind, actor_id, unit_code, params, words,
    words_lang, nonce, commitment, hash)
VALUES (:ticket_id, :seq, :at, :code, :wording, :public, :from_state, :to_state, :actor_kind, :actor_id, :unit_code, :params, :words,
    :words_lang, :nonce, :commitment, :hash);

-- name: event_insert_2
-- run: citizen staff worker ctl
-- in: ticket_id u64, at i64, wording i32, seq i32, code i32, public bool, from_state i32, to_state i32, actor_kind i32, actor_id u64, unit_code text(24), params text(4000), words text(8000)?, words_lang i32?, nonce blob(16)?, commitment blob(32)?, hash blob(32), seq2 i32, code2 i32, public2 bool, from_state2 i32, to_state2 i32, actor_kind2 i32, actor_id2 u64, unit_code2 text(24), params2 text(1000), words2 text(8000)?, words_lang2 i32?, nonce2 blob(16)?, commitment2 blob(32)?, hash2 blob(32)
-- rows: change
-- reads: 4
INSERT INTO event (ticket_id, seq, at, code, wording, public, from_state, to_state, actor_kind, actor_id, unit_code, params, words,
    words_lang, nonce, commitment, hash)
VALUES (:ticket_id, :seq, :at, :code, :wording, :public, :from_state, :to_state, :actor_kind, :actor_id, :unit_code, :params, :words,
        :words_lang, :nonce, :commitment, :hash),
    (:ticket_id, :seq2, :at, :code2, :wording, :public2, :from_state2, :to_state2, :actor_kind2, :actor_id2, :unit_code2, :params2,
        :words2, :words_lang2, :nonce2, :commitment2, :hash2);

-- The first two of a demand: received, which commits to the words in ticket_text, and what became of it at once.
-- name: event_insert_filed
-- run: citizen staff worker ctl
-- in: ticket_id u64, at i64, wording i32, actor_kind i32, actor_id u64, params text(4000), nonce blob(16), commitment blob(32), hash blob(32), code2 i32, to_state2 i32, unit_code2 text(24), params2 text(4000), hash2 blob(32)
-- rows: later
-- reads: 4
INSERT INTO event (ticket_id, seq, at, code, wording, public, from_state, to_state, actor_kind, actor_id, unit_code, params, nonce,
    commitment, hash)
VALUES (:ticket_id, 1, :at, 1, :wording, 1, 0, 1, :actor_kind, :actor_id, '', :params, :nonce, :commitment, :hash),
    (:ticket_id, 2, :at, :code2, :wording, 1, 1, :to_state2, :actor_kind, :actor_id, :unit_code2, :params2, NULL, NULL, :hash2);

-- name: event_chain
-- run: staff worker ctl
-- in: ticket_id u64, after i32
-- out: seq i32, at i64, code i32, wording i32, public bool, from_state i32, to_state i32, actor_kind i32, actor_id u64, unit_code text(24), params text(4000), words text(8000)?, nonce blob(16)?, commitment blob(32)?, hash blob(32)
-- rows: many<=100
-- reads: 102
SELECT seq, at, code, wording, public, from_state, to_state, actor_kind, actor_id, unit_code, params, words, nonce, commitment, hash
FROM event WHERE ticket_id = :ticket_id AND seq > :after ORDER BY seq LIMIT 100;

-- Chains of many tickets in one go, for verification.
-- name: event_page
-- run: worker ctl
-- in: ticket_id u64, seq i32
-- out: ticket_id u64, seq i32, at i64, code i32, wording i32, public bool, from_state i32, to_state i32, actor_kind i32, actor_id u64, unit_code text(24), params text(4000), words text(8000)?, nonce blob(16)?, commitment blob(32)?, hash blob(32)
-- rows: many<=1000
-- reads: job
SELECT ticket_id, seq, at, code, wording, public, from_state, to_state, actor_kind, actor_id, unit_code, params, words, nonce, commitment, hash
FROM event WHERE ticket_id > :ticket_id OR (ticket_id = :ticket_id AND seq > :seq) ORDER BY ticket_id, seq LIMIT 1000;

-- name: event_hash_of
-- run: worker ctl
-- in: ticket_id u64, seq i32
-- out: hash blob(32)
-- rows: one
-- reads: 2
SELECT hash FROM event WHERE ticket_id = :ticket_id AND seq = :seq;

-- What must agree with the chain: the head, the times that events state, and the words the first event commits to. And whether
-- the card that readers are shown (app/card.h) says something else than the rows.
-- name: ticket_head
-- run: staff worker ctl
-- in: id u64
-- out: state i32, chain_seq i32, chain_head blob(32), promise_at i64?, lead_due_at i64?, title text(400)?, body text(8000)?, address text(1200)?, timeline_seq i32?, timeline blob(65535)?, card_wrong bool
-- rows: one
-- reads: 7
SELECT t.state, t.chain_seq, t.chain_head, t.promise_at, a.due_at AS lead_due_at, x.title, x.body, x.address, x.timeline_seq,
    x.timeline,
    COALESCE(SUBSTRING_INDEX(x.card, ' ', 1) = x.timeline_seq AND x.card <> (SELECT c.card FROM ticket_card c WHERE c.id = t.id), 0) AS card_wrong
FROM ticket t LEFT JOIN assignment a ON a.id = t.lead_id LEFT JOIN ticket_text x ON x.ticket_id = t.id WHERE t.id = :id;

-- name: ticket_heads
-- run: worker ctl
-- in: after u64
-- out: id u64, state i32, chain_seq i32, chain_head blob(32), promise_at i64?, lead_due_at i64?, title text(400)?, body text(8000)?, address text(1200)?, timeline_seq i32?, timeline blob(65535)?, card_wrong bool
-- rows: many<=1000
-- reads: 6002
SELECT t.id, t.state, t.chain_seq, t.chain_head, t.promise_at, a.due_at AS lead_due_at, x.title, x.body, x.address, x.timeline_seq,
    x.timeline,
    COALESCE(SUBSTRING_INDEX(x.card, ' ', 1) = x.timeline_seq AND x.card <> (SELECT c.card FROM ticket_card c WHERE c.id = t.id), 0) AS card_wrong
FROM ticket t LEFT JOIN assignment a ON a.id = t.lead_id LEFT JOIN ticket_text x ON x.ticket_id = t.id
WHERE t.id > :after ORDER BY t.id LIMIT 1000;

-- Words of a citizen, erased at their wish; the commitments stay and the chain still verifies. By the operator alone: no
-- other role may change an event. The first event's nonce goes with the text it commits to (ticket_text_erase); the timeline, which
-- repeats words, goes with either.
-- name: event_erase_words
-- run: ctl
-- in: ticket_id u64
-- rows: change
-- reads: 510
UPDATE event e LEFT JOIN ticket_text x ON x.ticket_id = e.ticket_id
SET e.words = NULL, e.words_lang = NULL, e.nonce = NULL, x.timeline_seq = 0, x.timeline = NULL
WHERE e.ticket_id = :ticket_id AND e.nonce IS NOT NULL AND (e.actor_kind = 1 OR e.seq = 1);

-- name: ticket_text_erase
-- run: ctl
-- in: ticket_id u64
-- rows: change
-- reads: 3
UPDATE ticket_text SET title = '', body = '', address = '', place_id = NULL, lng = NULL, lat = NULL, timeline_seq = 0, timeline = NULL, card = NULL
WHERE ticket_id = :ticket_id;

-- ---- checkpoints ------------------------------------------------------------------------------------------------------

-- name: checkpoint_heads
-- run: worker ctl
-- out: id u64, chain_seq i32, chain_head blob(32)
-- rows: many<=1000
-- reads: 2002
SELECT id, chain_seq, chain_head FROM ticket FORCE INDEX (by_unsealed) WHERE unsealed = 1 ORDER BY id LIMIT 1000;

-- Two hundred heads in a list, so that a rush of filings costs no statement for each; a head that moved meanwhile is in the next
-- checkpoint again.
-- name: checkpoint_sealed
-- run: worker ctl
-- in: heads text(8000)
-- rows: later
-- reads: 810
UPDATE JSON_TABLE(:heads, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]', seq INT UNSIGNED PATH '$[1]')) j
STRAIGHT_JOIN ticket t FORCE INDEX (PRIMARY) ON t.id = j.id AND t.chain_seq = j.seq SET t.unsealed = 0;

-- name: checkpoint_insert
-- run: worker ctl
-- in: id u64, at i64, upto_ticket_id u64, n_heads i32, root blob(32), mac blob(32)
-- rows: change
-- reads: 2
INSERT INTO checkpoint (id, at, upto_ticket_id, n_heads, root, mac) VALUES (:id, :at, :upto_ticket_id, :n_heads, :root, :mac);

-- name: checkpoint_last
-- run: worker ctl
-- out: id u64, mac blob(32)
-- rows: one
-- reads: 2
SELECT id, mac FROM checkpoint ORDER BY id DESC LIMIT 1;

-- name: checkpoint_get
-- run: worker ctl
-- in: id u64
-- out: at i64, n_heads i32, root blob(32), mac blob(32)
-- rows: one
-- reads: 2
SELECT at, n_heads, root, mac FROM checkpoint WHERE id = :id;

-- name: checkpoint_count
-- run: worker ctl
-- out: n i64
-- rows: one
-- reads: job
SELECT COUNT(*) AS n FROM checkpoint;

-- name: event_contacts
-- run: staff ctl
-- in: ticket_id u64
-- out: n i64
-- rows: one
-- reads: 510
SELECT COUNT(*) AS n FROM event WHERE ticket_id = :ticket_id AND code IN (6, 7);

-- name: event_one
-- run: staff ctl
-- in: ticket_id u64, seq i32
-- out: code i32, params text(4000), unit_code text(24)
-- rows: one
-- reads: 2
SELECT code, params, unit_code FROM event WHERE ticket_id = :ticket_id AND seq = :seq;

-- The first answer to this demand itself.
-- name: event_first_reply
-- run: staff ctl
-- in: ticket_id u64
-- out: at i64
-- rows: one
-- reads: 510
SELECT at FROM event WHERE ticket_id = :ticket_id AND code = 12 ORDER BY seq LIMIT 1;
