-- The closed loop: returns, whistles, extensions that need approval, merged and linked demands, versions of the dispatch rules.

ALTER TABLE ticket
    ADD COLUMN IF NOT EXISTS reported_unit VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''
        COMMENT 'a secret informer reported it: it and the units below it never see this demand',
    ADD KEY IF NOT EXISTS by_merged (merged_into, id),
    ADD KEY IF NOT EXISTS by_same (same_as, id);

-- Open work in the order of worklists: fast lane first, then by due time, what has none last.
ALTER TABLE assignment
    ADD COLUMN IF NOT EXISTS lane TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '0 fast lane of an urgent mode, 1 ordinary',
    ADD COLUMN IF NOT EXISTS paused_at BIGINT NULL COMMENT 'its clock stands since then',
    ADD COLUMN IF NOT EXISTS pause_reason TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '1 citizen, 2 weather, 3 season, 4 legal procedure',
    ADD COLUMN IF NOT EXISTS is_open TINYINT AS (IF(state <= 2, 1, 0)) VIRTUAL,
    ADD COLUMN IF NOT EXISTS due_key BIGINT AS (IFNULL(due_at, 9223372036854775807)) VIRTUAL,
    ADD KEY IF NOT EXISTS by_open (unit_code, is_open, lane, due_key, id);

ALTER TABLE upload
    ADD COLUMN IF NOT EXISTS internal TINYINT NOT NULL DEFAULT 0 COMMENT 'evidence of a unit that the citizen does not see';

-- 退单/异议 [T 12]
CREATE TABLE IF NOT EXISTS unit_return (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL,
    round TINYINT UNSIGNED NOT NULL,
    n TINYINT UNSIGNED NOT NULL COMMENT 'the n-th of the round',
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ground TINYINT UNSIGNED NOT NULL COMMENT '1 not its duty, 2 not its area, 3 duplicate, 4 category, 5 several units',
    suggested_unit VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 open, 2 accepted, 3 refused, 4 lapsed',
    asked_by BIGINT UNSIGNED NOT NULL DEFAULT 0,
    asked_at BIGINT NOT NULL,
    decided_by BIGINT UNSIGNED NOT NULL DEFAULT 0,
    decided_at BIGINT NULL,
    is_demo TINYINT NOT NULL DEFAULT 0,
    KEY by_state (state, id),
    KEY by_unit (unit_code, state, id),
    KEY by_ticket (ticket_id, round, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- 吹哨报到 [T 16, 33]: who called, who came when.
CREATE TABLE IF NOT EXISTS whistle (
    assignment_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL,
    round TINYINT UNSIGNED NOT NULL,
    caller VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    called VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    called_at BIGINT NOT NULL,
    report_by BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    reported_at BIGINT NULL,
    stage_at BIGINT NULL COMMENT 'last stage report',
    delivered_at BIGINT NULL,
    step TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'how often its lateness was reported upwards',
    next_at BIGINT NULL COMMENT 'when the worker must look; NULL = never',
    is_open TINYINT NOT NULL DEFAULT 1 COMMENT '0 = delivered, or the round is over',
    is_demo TINYINT NOT NULL DEFAULT 0,
    KEY by_ticket (ticket_id, round),
    KEY by_caller (caller, is_open, assignment_id),
    KEY by_called (called, is_open, assignment_id),
    KEY by_next (next_at, assignment_id),
    KEY by_time (called_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Extensions that a unit manager must decide.
CREATE TABLE IF NOT EXISTS extension_ask (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL,
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    until_at BIGINT NOT NULL,
    reason TEXT NOT NULL COMMENT 'to the citizen, once approved',
    reason_lang TINYINT UNSIGNED NOT NULL DEFAULT 0,
    state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 open, 2 approved, 3 refused, 4 lapsed',
    asked_by BIGINT UNSIGNED NOT NULL DEFAULT 0,
    asked_at BIGINT NOT NULL,
    decided_by BIGINT UNSIGNED NOT NULL DEFAULT 0,
    decided_at BIGINT NULL,
    KEY by_unit (unit_code, state, id),
    KEY by_ticket (ticket_id, state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The same matter [T 11 (3)]; two rows a pair.
CREATE TABLE IF NOT EXISTS ticket_link (
    ticket_id BIGINT UNSIGNED NOT NULL,
    other_id BIGINT UNSIGNED NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, other_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Versions of the dispatch rules. Set 0 is dispatch_rule, the seeds; a published set stands over it from valid_from on.
CREATE TABLE IF NOT EXISTS rule_set (
    id INT UNSIGNED NOT NULL PRIMARY KEY,
    base INT UNSIGNED NOT NULL,
    state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 draft, 2 in force, 3 past, 4 dropped',
    note VARCHAR(200) NOT NULL,
    author_id BIGINT UNSIGNED NOT NULL,
    publisher_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    valid_from BIGINT NULL,
    valid_to BIGINT NULL,
    KEY by_state (state, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS rule_set_rule (
    set_id INT UNSIGNED NOT NULL,
    id INT UNSIGNED NOT NULL COMMENT 'the number that citizens read; a number is never given to another rule',
    category_prefix VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_prefix VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    lead_kind TINYINT UNSIGNED NOT NULL,
    lead_ref VARCHAR(60) NOT NULL DEFAULT '',
    response_level TINYINT UNSIGNED NOT NULL,
    working_days TINYINT NOT NULL DEFAULT 0,
    copy_district TINYINT NOT NULL DEFAULT 1,
    co_refs VARCHAR(300) NOT NULL DEFAULT '',
    note VARCHAR(200) NOT NULL DEFAULT '',
    PRIMARY KEY (set_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What replies start from. Places to be filled are written 〔…〕.
CREATE TABLE IF NOT EXISTS reply_template (
    id INT UNSIGNED NOT NULL PRIMARY KEY,
    used_for TINYINT UNSIGNED NOT NULL COMMENT '1 reply, 2 diversion, 3 answer at once',
    word VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'class of diversion or outcome; empty = any',
    category_prefix VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    lang TINYINT UNSIGNED NOT NULL DEFAULT 0,
    title VARCHAR(60) NOT NULL,
    body VARCHAR(1000) NOT NULL,
    active TINYINT NOT NULL DEFAULT 1,
    KEY by_use (used_for, active, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
