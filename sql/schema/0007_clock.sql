-- Time: the ladder of reminders, supervision, call-backs, urgent modes, and the figures that supervisors watch.

-- warned counts steps of the ladder now.
ALTER TABLE assignment
    ADD COLUMN IF NOT EXISTS lane TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '0 fast lane of an urgent mode, 1 ordinary',
    ADD COLUMN IF NOT EXISTS paused_at BIGINT NULL COMMENT 'its clock stands since then',
    MODIFY COLUMN warned TINYINT UNSIGNED NOT NULL DEFAULT 0
        COMMENT 'steps of the ladder taken: 1 warned, 2 reminded, 3 overdue, 4 unit, 5 district, 6 city supervised';

UPDATE assignment SET warned = 3 WHERE warned = 2;

ALTER TABLE ticket
    ADD COLUMN IF NOT EXISTS unwalled TINYINT NOT NULL DEFAULT 1 COMMENT '1 = moved since the wall last looked',
    ADD KEY IF NOT EXISTS by_unwalled (unwalled, id);

-- 督办: by the ladder or by hand, with its own due time and reply.
CREATE TABLE IF NOT EXISTS supervision (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL,
    round TINYINT UNSIGNED NOT NULL,
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'must account for the case',
    by_unit VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'gets the account; empty = hotline centre',
    district_code VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    level TINYINT UNSIGNED NOT NULL COMMENT '1 the unit itself, 2 district, 3 city',
    ground TINYINT UNSIGNED NOT NULL COMMENT '1 late, 2 returned again and again, 3 opened again, 4 by hand',
    once_key BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '0 for steps of the ladder, so that each is taken once; else the id',
    state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 open, 2 answered, 3 overdue, 4 ended with the demand',
    staff_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    next_at BIGINT NULL COMMENT 'when the worker must look; NULL = never',
    answered_at BIGINT NULL,
    is_demo TINYINT NOT NULL DEFAULT 0,
    UNIQUE KEY once (ticket_id, round, ground, level, once_key),
    KEY by_unit (unit_code, state, due_at, id),
    KEY by_state (state, due_at, id),
    KEY by_next (next_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- 回访 [T 23]: one for each round that was replied to.
CREATE TABLE IF NOT EXISTS visit (
    ticket_id BIGINT UNSIGNED NOT NULL,
    round TINYINT UNSIGNED NOT NULL,
    state TINYINT UNSIGNED NOT NULL COMMENT '1 invited by link, 2 on the phone list, 3 answered, 4 void, 5 lapsed',
    kind TINYINT UNSIGNED NOT NULL COMMENT 'of the demand: praise and consultation stay out of the solved rate',
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'who replied',
    district_code VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lane TINYINT UNSIGNED NOT NULL DEFAULT 1,
    due_at BIGINT NOT NULL COMMENT 'when it was to begin: the time limit had expired',
    call_at BIGINT NOT NULL COMMENT 'not to be called before',
    attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    visitor_id BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'who holds it, or held it last',
    ended_at BIGINT NULL,
    is_demo TINYINT NOT NULL DEFAULT 0,
    PRIMARY KEY (ticket_id, round),
    KEY by_queue (state, lane, call_at, ticket_id),
    KEY by_call (state, call_at),
    KEY by_visitor (visitor_id, state, lease_until)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- 平战结合: every change is a version; current = 1 marks the one that counts.
CREATE TABLE IF NOT EXISTS urgent_mode (
    id BIGINT UNSIGNED NOT NULL,
    version SMALLINT UNSIGNED NOT NULL,
    current TINYINT NOT NULL DEFAULT 1,
    name VARCHAR(60) NOT NULL,
    reason VARCHAR(300) NOT NULL,
    categories VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'prefixes joined by ;',
    areas VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'prefixes joined by ;, empty = whole city',
    level TINYINT UNSIGNED NOT NULL DEFAULT 1,
    raise_open TINYINT NOT NULL DEFAULT 0 COMMENT '1 demands that run already are to be raised too, 2 done',
    raised_upto BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'the worker has come so far',
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    notice_zh VARCHAR(500) NOT NULL,
    notice_en VARCHAR(1000) NOT NULL,
    staff_id BIGINT UNSIGNED NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (id, version),
    KEY by_current (current, ends_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The wall: a row for each thing that a supervisor or a unit watches, and the numbers of them, changed together.
CREATE TABLE IF NOT EXISTS wall_item (
    kind TINYINT UNSIGNED NOT NULL COMMENT 'enum wall_kind of cgi/app/wall.h',
    assignment_id BIGINT UNSIGNED NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    district_code VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'empty = not of the lead: no area counts it',
    since_at BIGINT NOT NULL COMMENT 'since when it is so, or until when for what is due',
    PRIMARY KEY (assignment_id, kind),
    KEY by_ticket (ticket_id),
    KEY by_kind (kind, since_at, assignment_id),
    KEY by_unit (unit_code, kind, since_at, assignment_id),
    KEY by_area (district_code, kind, since_at, assignment_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS wall_look (
    ticket_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    look_at BIGINT NOT NULL COMMENT 'when time alone changes what is true of it',
    KEY by_look (look_at, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS wall_count (
    dim TINYINT UNSIGNED NOT NULL COMMENT '0 city, 1 unit, 2 district',
    code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    n INT NOT NULL DEFAULT 0,
    PRIMARY KEY (dim, code, kind),
    KEY by_n (dim, kind, n, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_urgent_mode AS
    SELECT id, version, name, reason, categories, areas, level, starts_at, ends_at, notice_zh, notice_en
    FROM urgent_mode WHERE current = 1;
