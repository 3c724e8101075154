-- One demand whole, for the staff: head, events, assignments, files, ties with ratings, looks.

-- unit_code: of the reader; it is told what it was called for and what it owes an account of. ground 4 = supervised by hand.
-- name: staff_ticket
-- run: staff ctl
-- in: ticket_no text(16), unit_code text(24)
-- out: id u64, account_id u64?, ticket_no text(16), public_id text(16), kind i32, channel i32, applicant i32, state i32, diversion i32, version i32, round i32, response_level i32, lang i32, n_uploads i32, urge_count i32, category_code text(6), area_code text(12), reported_unit text(24), created_at i64, promise_at i64?, replied_at i64?, closed_at i64?, now i64, is_public bool, confidential bool, no_reply bool, is_demo bool, merged_into u64?, chain_seq i32, lead_unit text(24)?, lead_due_at i64?, lead_paused_at i64?, title text(400)?, body text(8000)?, address text(1200)?, lng i32?, lat i32?, published_at i64?, has_contact bool, phone_verified_at i64?, return_open u64?, returns i32, returns_of_lead i32, called i32, awaited i32, account_owed i32, account_asked i32, extension_open u64?, extension_until i64?
-- rows: one
-- reads: 60
SELECT t.id, t.account_id, t.ticket_no, t.public_id, t.kind, t.channel, t.applicant, t.state, t.diversion, t.version, t.round, t.response_level, t.lang,
    t.n_uploads, t.urge_count, t.category_code, t.area_code, t.reported_unit, t.created_at, t.promise_at, t.replied_at, t.closed_at,
    CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now, t.is_public, t.confidential, t.no_reply, t.is_demo, t.merged_into, t.chain_seq,
    a.unit_code AS lead_unit, a.due_at AS lead_due_at, a.paused_at AS lead_paused_at, x.title, x.body, x.address, x.lng, x.lat, p.published_at,
    c.owner_id IS NOT NULL AS has_contact, c.phone_verified_at,
    (SELECT MAX(r.id) FROM unit_return r WHERE r.ticket_id = t.id AND r.round = t.round AND r.state = 1) AS return_open,
    (SELECT CAST(COUNT(*) AS SIGNED) FROM unit_return r WHERE r.ticket_id = t.id AND r.round = t.round) AS returns,
    (SELECT CAST(COUNT(*) AS SIGNED) FROM unit_return r WHERE r.ticket_id = t.id AND r.round = t.round AND r.unit_code = a.unit_code) AS returns_of_lead,
    (SELECT CAST(COUNT(*) AS SIGNED) FROM whistle w JOIN assignment b ON b.id = w.assignment_id AND b.state <= 2
        WHERE w.ticket_id = t.id AND w.round = t.round AND w.called = :unit_code AND w.is_open = 1) AS called,
    (SELECT CAST(COUNT(*) AS SIGNED) FROM whistle w JOIN assignment b ON b.id = w.assignment_id AND b.state <= 2
        WHERE w.ticket_id = t.id AND w.round = t.round AND w.called = :unit_code AND w.is_open = 1 AND w.reported_at IS NULL) AS awaited,
    (SELECT CAST(COUNT(*) AS SIGNED) FROM supervision s WHERE s.ticket_id = t.id AND s.state IN (1, 3)
        AND s.unit_code = IF(:unit_code = '', a.unit_code, :unit_code)) AS account_owed,
    (SELECT CAST(COUNT(*) AS SIGNED) FROM supervision s WHERE s.ticket_id = t.id AND s.round = t.round AND s.ground = 4 AND s.state IN (1, 3)) AS account_asked,
    e.id AS extension_open, e.until_at AS extension_until
FROM ticket t
LEFT JOIN assignment a ON a.id = t.lead_id
LEFT JOIN ticket_text x ON x.ticket_id = t.id
LEFT JOIN publication p ON p.ticket_id = t.id
LEFT JOIN contact c ON c.owner_kind = 1 AND c.owner_id = t.id
LEFT JOIN extension_ask e ON e.ticket_id = t.id AND e.state = 1
WHERE t.ticket_no = :ticket_no LIMIT 1;

-- name: staff_events
-- run: staff ctl
-- in: ticket_id u64
-- out: seq i32, at i64, code i32, wording i32, public bool, from_state i32, to_state i32, actor_kind i32, actor_id u64, unit_code text(24), params text(4000), words text(8000)?, words_lang i32?
-- rows: many<=500
-- reads: 510
SELECT seq, at, code, wording, public, from_state, to_state, actor_kind, actor_id, unit_code, params, words, words_lang
FROM event WHERE ticket_id = :ticket_id ORDER BY seq LIMIT 500;

-- Ties to other demands, the ratings of all rounds, and who saw the contact data, in one round trip; kind 1 same, 2 merged into,
-- 3 absorbed, 4 linked, 8 look (state: kind of actor, words: purpose; the latest first), 9 rating.
-- units: of the other demand, as its scope is asked; one that was returned (state 4) does not count.
-- name: staff_ties
-- run: staff ctl
-- in: ticket_id u64
-- out: kind i32, other u64, ticket_no text(16), title text(400)?, state i32, at i64, area_code text(12), category_code text(6), reported_unit text(24), units text(2000)?, round i32, answered_at i64?, contacted bool?, solved bool?, satisfaction i32?, words text(2000)?
-- rows: many<=170
-- reads: 660
(SELECT 1 AS kind, o.id AS other, o.ticket_no, x.title, o.state, o.created_at AS at, o.area_code, o.category_code, o.reported_unit,
    (SELECT GROUP_CONCAT(DISTINCT g.unit_code SEPARATOR ';') FROM assignment g WHERE g.ticket_id = o.id AND g.state <> 4) AS units, 0 AS round, NULL AS answered_at, NULL AS contacted, NULL AS solved, NULL AS satisfaction, NULL AS words
    FROM ticket t JOIN ticket o ON o.id = t.same_as LEFT JOIN ticket_text x ON x.ticket_id = o.id WHERE t.id = :ticket_id)
UNION ALL (SELECT 2, o.id, o.ticket_no, x.title, o.state, o.created_at, o.area_code, o.category_code, o.reported_unit,
    (SELECT GROUP_CONCAT(DISTINCT g.unit_code SEPARATOR ';') FROM assignment g WHERE g.ticket_id = o.id AND g.state <> 4), 0, NULL, NULL, NULL, NULL, NULL
    FROM ticket t JOIN ticket o ON o.id = t.merged_into LEFT JOIN ticket_text x ON x.ticket_id = o.id WHERE t.id = :ticket_id)
UNION ALL (SELECT 3, o.id, o.ticket_no, x.title, o.state, o.created_at, o.area_code, o.category_code, o.reported_unit,
    (SELECT GROUP_CONCAT(DISTINCT g.unit_code SEPARATOR ';') FROM assignment g WHERE g.ticket_id = o.id AND g.state <> 4), 0, NULL, NULL, NULL, NULL, NULL
    FROM ticket o LEFT JOIN ticket_text x ON x.ticket_id = o.id WHERE o.merged_into = :ticket_id LIMIT 60)
UNION ALL (SELECT 4, o.id, o.ticket_no, x.title, o.state, o.created_at, o.area_code, o.category_code, o.reported_unit,
    (SELECT GROUP_CONCAT(DISTINCT g.unit_code SEPARATOR ';') FROM assignment g WHERE g.ticket_id = o.id AND g.state <> 4), 0, NULL, NULL, NULL, NULL, NULL
    FROM ticket_link k JOIN ticket o ON o.id = k.other_id LEFT JOIN ticket_text x ON x.ticket_id = o.id WHERE k.ticket_id = :ticket_id LIMIT 40)
UNION ALL (SELECT 8, 0, '', NULL, c.actor_kind, c.at, '', '', '', NULL, 0, NULL, NULL, NULL, NULL, c.purpose
    FROM contact_look c WHERE c.object_kind = 'ticket' AND c.object_id = :ticket_id ORDER BY c.id DESC LIMIT 50)
UNION ALL (SELECT 9, 0, '', NULL, r.state, r.invited_at, '', '', '', NULL, r.round, r.answered_at, r.contacted, r.solved, r.satisfaction, r.words
    FROM rating r WHERE r.ticket_id = :ticket_id)
LIMIT 170;

-- ---- counts of worklists ------------------------------------------------------------------------------------------------------

-- name: unit_load_get
-- run: staff ctl
-- in: unit_code text(24)
-- out: open i64, unsigned_ i64, overdue i64, due_today i64, paused i64, whistles i64, returns i64, triage i64, extensions i64, supervisions i64, visits i64, copies i64, counted_at i64
-- rows: one
-- reads: 2
SELECT open, unsigned_, overdue, due_today, paused, whistles, returns, triage, extensions, supervisions, visits, copies, counted_at FROM unit_load WHERE unit_code = :unit_code;

-- name: unit_load_units
-- run: worker ctl
-- rows: change
-- reads: job
INSERT IGNORE INTO unit_load (unit_code) SELECT code FROM unit WHERE valid_to = 99991231;

-- name: unit_load_stale
-- run: worker ctl
-- in: before i64
-- out: unit_code text(24)
-- rows: many<=100
-- reads: 102
SELECT unit_code FROM unit_load WHERE counted_at < :before ORDER BY counted_at LIMIT 100;

-- The hotline centre's row counts what the city decides and calls, others what is theirs.
-- name: unit_load_count
-- run: worker ctl
-- in: unit_code text(24), now i64, tomorrow i64, centre bool
-- rows: change
-- reads: job
UPDATE unit_load u JOIN (SELECT COUNT(*) AS open, COALESCE(SUM(state = 1), 0) AS unsigned_,
        COALESCE(SUM(due_key < :now AND paused_at IS NULL), 0) AS overdue,
        COALESCE(SUM(due_key >= :now AND due_key < :tomorrow AND paused_at IS NULL), 0) AS due_today,
        COALESCE(SUM(paused_at IS NOT NULL), 0) AS paused, COALESCE(SUM(role = 4), 0) AS whistles,
        COALESCE(SUM(role = 3), 0) AS copies
    FROM assignment FORCE INDEX (by_open) WHERE unit_code = :unit_code AND is_open = 1) a
SET u.open = a.open, u.unsigned_ = a.unsigned_, u.overdue = a.overdue, u.due_today = a.due_today, u.paused = a.paused, u.whistles = a.whistles, u.copies = a.copies,
    u.returns = IF(:centre = 1, (SELECT COUNT(*) FROM unit_return r WHERE r.state = 1),
        (SELECT COUNT(*) FROM unit_return r WHERE r.unit_code = :unit_code AND r.state = 1)),
    u.extensions = (SELECT COUNT(*) FROM extension_ask x WHERE x.unit_code = :unit_code AND x.state = 1),
    u.supervisions = IF(:centre = 1, (SELECT COUNT(*) FROM supervision s WHERE s.state = 1),
        (SELECT COUNT(*) FROM supervision s WHERE s.unit_code = :unit_code AND s.state = 1)),
    u.visits = IF(:centre = 1, (SELECT COUNT(*) FROM visit v WHERE v.state = 2 AND v.call_at <= :now), 0),
    u.triage = IF(:centre = 1, (SELECT COUNT(*) FROM assignment b FORCE INDEX (by_open) JOIN ticket t ON t.id = b.ticket_id
        WHERE b.unit_code = :unit_code AND b.is_open = 1 AND b.role = 1 AND t.state = 1), 0),
    u.counted_at = :now
WHERE u.unit_code = :unit_code;
