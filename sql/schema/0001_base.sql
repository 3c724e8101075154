-- The first schema. Ids are made by the application: milliseconds << 22 | 22 random bits. Times are UTC microseconds.
-- Codes are ASCII and compared bytewise. Small enumerations are TINYINT; their names stand in cgi/app/words.h.
-- A time-versioned row is current while valid_to = 99991231; local days are YYYYMMDD at +08:00.

-- ---- reference data -------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS area (
    code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    valid_from INT NOT NULL,
    valid_to INT NOT NULL DEFAULT 99991231,
    level TINYINT UNSIGNED NOT NULL COMMENT '1 district, 2 street or town, 3 community',
    parent VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(100) NOT NULL,
    name_en VARCHAR(100) NULL,
    kind VARCHAR(40) NOT NULL COMMENT 'as the statistics office words it',
    is_zone TINYINT NOT NULL DEFAULT 0 COMMENT 'functional zone without a street office',
    population INT NULL,
    tile_x TINYINT NULL,
    tile_y TINYINT NULL,
    PRIMARY KEY (code, valid_from),
    KEY by_parent (parent, valid_to, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS place (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    area_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'community',
    kind TINYINT UNSIGNED NOT NULL COMMENT '1 estate, 2 building door, 3 site',
    name VARCHAR(200) NOT NULL,
    parent_id BIGINT UNSIGNED NULL,
    lng INT NULL COMMENT 'degrees * 1e7',
    lat INT NULL,
    door_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    UNIQUE KEY by_door (door_code),
    KEY by_area (area_code, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS category (
    code VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    valid_from INT NOT NULL,
    valid_to INT NOT NULL DEFAULT 99991231,
    level TINYINT UNSIGNED NOT NULL,
    parent VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(100) NOT NULL,
    name_en VARCHAR(120) NULL,
    seven_have VARCHAR(40) NULL,
    five_quality VARCHAR(40) NULL,
    response_level TINYINT UNSIGNED NOT NULL DEFAULT 3 COMMENT '1 two hours, 2 a day, 3 seven days, 4 fifteen days',
    lead_kind TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '1 street, 2 district bureau, 3 city department, 4 utility, 5 district government',
    lead_ref VARCHAR(60) NULL COMMENT 'short name of the lead',
    keywords VARCHAR(1000) NOT NULL DEFAULT '',
    PRIMARY KEY (code, valid_from),
    KEY by_parent (parent, valid_to, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS unit (
    code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    valid_from INT NOT NULL,
    valid_to INT NOT NULL DEFAULT 99991231,
    name VARCHAR(120) NOT NULL,
    name_en VARCHAR(160) NULL,
    short_name VARCHAR(60) NOT NULL,
    kind VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    parent VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
    area_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
    bureau_kind VARCHAR(60) NULL COMMENT 'short name of the pattern a district bureau was made from',
    PRIMARY KEY (code, valid_from),
    KEY by_area (area_code, valid_to, kind),
    KEY by_short (short_name, valid_to)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The most specific rule wins: longest category prefix, then longest area prefix, then the newer number.
CREATE TABLE IF NOT EXISTS dispatch_rule (
    id INT UNSIGNED NOT NULL COMMENT 'the number that citizens read',
    valid_from INT NOT NULL,
    valid_to INT NOT NULL DEFAULT 99991231,
    category_prefix VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_prefix VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    lead_kind TINYINT UNSIGNED NOT NULL,
    lead_ref VARCHAR(60) NULL,
    response_level TINYINT UNSIGNED NOT NULL,
    working_days TINYINT NOT NULL DEFAULT 0,
    copy_district TINYINT NOT NULL DEFAULT 1,
    co_refs VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'lead_kind:short name, separated by ;',
    note VARCHAR(200) NOT NULL DEFAULT '',
    PRIMARY KEY (id, valid_from),
    KEY by_category (category_prefix, valid_to)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS calendar_day (
    day INT NOT NULL PRIMARY KEY,
    is_working TINYINT NOT NULL,
    name VARCHAR(60) NOT NULL,
    source VARCHAR(200) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS seed_state (
    name VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    checksum BINARY(32) NOT NULL,
    loaded_at BIGINT NOT NULL,
    n_rows INT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- ---- people ---------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS account (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 active, 2 blocked, 3 deleted',
    epoch INT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'raised to end every token and session at once',
    lang TINYINT UNSIGNED NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT NULL,
    is_demo TINYINT NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The only home of personal data: XChaCha20-Poly1305, bound to table|column|row; the key is not in this database.
CREATE TABLE IF NOT EXISTS contact (
    owner_kind TINYINT UNSIGNED NOT NULL COMMENT '1 ticket, 2 account',
    owner_id BIGINT UNSIGNED NOT NULL,
    key_id TINYINT UNSIGNED NOT NULL,
    name_ct VARBINARY(300) NULL,
    phone_ct VARBINARY(120) NULL,
    phone_bidx BINARY(16) NULL,
    account_bidx BINARY(16) NULL COMMENT 'phone_bidx of an account: one account per phone',
    org_ct VARBINARY(400) NULL,
    phone_verified_at BIGINT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (owner_kind, owner_id),
    UNIQUE KEY one_account (account_bidx),
    KEY by_phone (phone_bidx, owner_kind, owner_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS session (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    token_hash BINARY(32) NOT NULL COMMENT 'changes at sign-in; the row, its draft and its tickets stay',
    account_id BIGINT UNSIGNED NULL,
    account_epoch INT UNSIGNED NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE KEY by_token (token_hash),
    KEY by_expiry (expires_at),
    KEY by_account (account_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Tickets that this browser opened by number and query code, or filed.
CREATE TABLE IF NOT EXISTS session_ticket (
    session_id BIGINT UNSIGNED NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (session_id, ticket_id),
    KEY by_expiry (until_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What is being filed in the browser; encrypted whole, because it holds contact data.
CREATE TABLE IF NOT EXISTS draft (
    session_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    key_id TINYINT UNSIGNED NOT NULL,
    body_ct MEDIUMBLOB NOT NULL,
    resume_hash BINARY(32) NULL COMMENT 'of the secret in the link for another device',
    form_key BINARY(16) NOT NULL COMMENT 'one-time: becomes the idempotency key of the filing',
    filed_ticket_id BIGINT UNSIGNED NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE KEY by_resume (resume_hash),
    KEY by_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS refresh_token (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    account_id BIGINT UNSIGNED NOT NULL,
    family BIGINT UNSIGNED NOT NULL,
    account_epoch INT UNSIGNED NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NULL,
    KEY by_family (family),
    KEY by_expiry (expires_at),
    KEY by_account (account_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS sms_code (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    phone_bidx BINARY(16) NOT NULL,
    purpose TINYINT UNSIGNED NOT NULL COMMENT '1 sign in, 2 verify the phone of a filing',
    code_mac BINARY(32) NOT NULL,
    tries TINYINT UNSIGNED NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NULL,
    KEY by_phone (phone_bidx, purpose, created_at),
    KEY by_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- ---- tickets --------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS ticket (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    ticket_no CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SD YYMMDD NNNNNNN C, without dashes',
    public_id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    channel TINYINT UNSIGNED NOT NULL,
    applicant TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 person, 2 enterprise, 3 other organisation',
    state TINYINT UNSIGNED NOT NULL,
    diversion TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'article 11 paragraph 3 item 1..6, 0 = none',
    version INT UNSIGNED NOT NULL DEFAULT 1,
    round TINYINT UNSIGNED NOT NULL DEFAULT 1,
    category_code VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'empty = not sure',
    area_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    district_code VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    response_level TINYINT UNSIGNED NOT NULL DEFAULT 0,
    promise_at BIGINT NULL COMMENT 'due time promised to the citizen; moves only by extension',
    account_id BIGINT UNSIGNED NULL,
    is_public TINYINT NOT NULL DEFAULT 0,
    confidential TINYINT NOT NULL DEFAULT 0,
    no_reply TINYINT NOT NULL DEFAULT 0,
    lang TINYINT UNSIGNED NOT NULL DEFAULT 0,
    code_epoch TINYINT UNSIGNED NOT NULL DEFAULT 1,
    token_epoch INT UNSIGNED NOT NULL DEFAULT 1,
    urge_count TINYINT UNSIGNED NOT NULL DEFAULT 0,
    urged_at BIGINT NULL,
    objected_at BIGINT NULL,
    merged_into BIGINT UNSIGNED NULL,
    same_as BIGINT UNSIGNED NULL COMMENT 'running ticket of the same matter',
    chain_seq INT UNSIGNED NOT NULL DEFAULT 0,
    chain_head BINARY(32) NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    local_day INT NOT NULL,
    replied_at BIGINT NULL COMMENT 'first public reply',
    closed_at BIGINT NULL,
    n_uploads TINYINT UNSIGNED NOT NULL DEFAULT 0,
    n_units TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'assignments of the round besides the lead, plus one',
    lead_id BIGINT UNSIGNED NULL COMMENT 'the assignment that leads now',
    unsealed TINYINT NOT NULL DEFAULT 1 COMMENT '1 = the head of the chain stands in no checkpoint yet',
    is_demo TINYINT NOT NULL DEFAULT 0,
    UNIQUE KEY by_no (ticket_no),
    UNIQUE KEY by_public (public_id),
    KEY by_account (account_id, id),
    KEY by_day (local_day, id),
    KEY by_unsealed (unsealed, id),
    KEY by_demo (is_demo, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS ticket_text (
    ticket_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    title VARCHAR(100) NOT NULL,
    body TEXT NOT NULL,
    address VARCHAR(300) NOT NULL DEFAULT '',
    place_id BIGINT UNSIGNED NULL,
    lng INT NULL,
    lat INT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What the public may read of a demand: a redacted copy, made by a person, with its own keys for lists.
CREATE TABLE IF NOT EXISTS publication (
    ticket_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    published_at BIGINT NOT NULL,
    district_code VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    street_code VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    category_top VARCHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    category_code VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title VARCHAR(100) NOT NULL,
    body TEXT NOT NULL,
    reply TEXT NULL,
    reply_unit VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    reply_day INT NULL,
    n_joined INT UNSIGNED NOT NULL DEFAULT 0,
    KEY by_time (published_at, ticket_id),
    KEY by_district (district_code, published_at, ticket_id),
    KEY by_category (category_top, published_at, ticket_id),
    KEY by_both (district_code, category_top, published_at, ticket_id),
    KEY by_place (street_code, category_code, published_at, ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS assignment (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL,
    round TINYINT UNSIGNED NOT NULL DEFAULT 1,
    role TINYINT UNSIGNED NOT NULL COMMENT '1 lead, 2 co-unit, 3 district copy, 4 whistle, 5 relay',
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state TINYINT UNSIGNED NOT NULL COMMENT '1 sent, 2 signed, 3 done, 4 returned, 5 ended',
    version INT UNSIGNED NOT NULL DEFAULT 1,
    rule_id INT UNSIGNED NULL,
    started_at BIGINT NOT NULL,
    due_at BIGINT NULL,
    signed_at BIGINT NULL,
    contacted_at BIGINT NULL,
    done_at BIGINT NULL,
    warned TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'deadline events already written: 1 warning, 2 overdue',
    next_at BIGINT NULL COMMENT 'when the worker must look again: warning, due time, call-back [T 23]; NULL = never',
    is_demo TINYINT NOT NULL DEFAULT 0,
    KEY by_ticket (ticket_id, round, role),
    KEY by_unit (unit_code, state, due_at, id),
    KEY by_next (next_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Append-only. hash covers ids, codes, parameters, the commitment to the free words, and the hash before it; words and
-- nonce can be erased without breaking the chain. No foreign key: partitions refuse them, an orphan test stands in.
CREATE TABLE IF NOT EXISTS event (
    ticket_id BIGINT UNSIGNED NOT NULL,
    seq INT UNSIGNED NOT NULL,
    at BIGINT NOT NULL,
    code SMALLINT UNSIGNED NOT NULL,
    wording TINYINT UNSIGNED NOT NULL DEFAULT 1,
    public TINYINT NOT NULL DEFAULT 1,
    from_state TINYINT UNSIGNED NOT NULL,
    to_state TINYINT UNSIGNED NOT NULL,
    actor_kind TINYINT UNSIGNED NOT NULL COMMENT '1 citizen, 2 staff, 3 system, 4 service',
    actor_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    params VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'name=value joined by &, percent-encoded',
    words TEXT NULL,
    words_lang TINYINT UNSIGNED NULL,
    nonce BINARY(16) NULL,
    commitment BINARY(32) NULL,
    hash BINARY(32) NOT NULL,
    PRIMARY KEY (ticket_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
PARTITION BY RANGE (ticket_id) (
    PARTITION before_2026_01 VALUES LESS THAN (7412281402982400000),
    PARTITION before_2026_07 VALUES LESS THAN (7477873606656000000),
    PARTITION before_2027_01 VALUES LESS THAN (7544552973926400000),
    PARTITION before_2027_07 VALUES LESS THAN (7610145177600000000),
    PARTITION before_2028_01 VALUES LESS THAN (7676824544870400000),
    PARTITION before_2028_07 VALUES LESS THAN (7742779136409600000),
    PARTITION before_2029_01 VALUES LESS THAN (7809458503680000000),
    PARTITION before_2029_07 VALUES LESS THAN (7875050707353600000),
    PARTITION before_2030_01 VALUES LESS THAN (7941730074624000000),
    PARTITION before_2030_07 VALUES LESS THAN (8007322278297600000),
    PARTITION before_2031_01 VALUES LESS THAN (8074001645568000000),
    PARTITION before_2032_01 VALUES LESS THAN (8206273216512000000),
    PARTITION before_2033_01 VALUES LESS THAN (8338907175321600000),
    PARTITION before_2034_01 VALUES LESS THAN (8471178746265600000),
    PARTITION before_2035_01 VALUES LESS THAN (8603450317209600000),
    PARTITION before_2036_01 VALUES LESS THAN (8735721888153600000),
    PARTITION later VALUES LESS THAN MAXVALUE
);

CREATE TABLE IF NOT EXISTS upload (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    owner_key BINARY(32) NOT NULL COMMENT 'hash of the secret half of the id: who holds the id may attach the file',
    ticket_id BIGINT UNSIGNED NULL,
    event_seq INT UNSIGNED NULL,
    kind TINYINT UNSIGNED NOT NULL COMMENT '1 photo, 2 video, 3 voice',
    state TINYINT UNSIGNED NOT NULL COMMENT '1 received, 2 ready, 3 refused, 4 gone',
    media_type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    raw_name CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    clean_name CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    thumb_name CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    display_name VARCHAR(100) NOT NULL DEFAULT '',
    bytes BIGINT UNSIGNED NOT NULL,
    sha256 BINARY(32) NOT NULL,
    width INT UNSIGNED NULL,
    height INT UNSIGNED NULL,
    refusal VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NULL COMMENT 'NULL once attached',
    KEY by_ticket (ticket_id, id),
    KEY by_work (state, lease_until),
    KEY by_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS rating (
    ticket_id BIGINT UNSIGNED NOT NULL,
    round TINYINT UNSIGNED NOT NULL,
    state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 open, 2 answered, 3 lapsed',
    invited_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    answered_at BIGINT NULL,
    channel TINYINT UNSIGNED NULL,
    contacted TINYINT NULL,
    solved TINYINT NULL,
    satisfaction TINYINT UNSIGNED NULL COMMENT '1 very satisfied .. 5 very dissatisfied; three grades use 2, 3, 4',
    words TEXT NULL,
    is_demo TINYINT NOT NULL DEFAULT 0,
    PRIMARY KEY (ticket_id, round),
    KEY by_state (state, invited_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS signed_link (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    purpose TINYINT UNSIGNED NOT NULL COMMENT '1 rating, 2 tracking',
    ticket_id BIGINT UNSIGNED NOT NULL,
    round TINYINT UNSIGNED NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    KEY by_expiry (expires_at),
    KEY by_ticket (ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS follow (
    account_id BIGINT UNSIGNED NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, ticket_id),
    KEY by_ticket (ticket_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- ---- running --------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS outbox (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    ticket_id BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'order is kept per ticket; 0 = none',
    topic TINYINT UNSIGNED NOT NULL,
    state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 waiting, 2 sent, 3 dead',
    attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL DEFAULT 0,
    key_id TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '0 = payload is plain and holds no personal data',
    payload VARBINARY(2000) NOT NULL,
    last_error VARCHAR(200) NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT NULL,
    KEY by_work (state, next_at, id),
    KEY by_ticket (ticket_id, state, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS idempotency (
    key_hash BINARY(32) NOT NULL PRIMARY KEY,
    request_hash BINARY(32) NOT NULL,
    status SMALLINT UNSIGNED NOT NULL,
    ticket_id BIGINT UNSIGNED NOT NULL,
    extra BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'event seq or other id the reply is rebuilt from',
    created_at BIGINT NOT NULL,
    KEY by_age (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS audit (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_kind TINYINT UNSIGNED NOT NULL,
    actor_id BIGINT UNSIGNED NOT NULL,
    action VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BIGINT UNSIGNED NOT NULL,
    purpose VARCHAR(200) NOT NULL DEFAULT '',
    client_net VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    KEY by_object (object_kind, object_id, id),
    KEY by_actor (actor_kind, actor_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS checkpoint (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    upto_ticket_id BIGINT UNSIGNED NOT NULL,
    n_heads INT UNSIGNED NOT NULL,
    root BINARY(32) NOT NULL,
    mac BINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A mark says that the figures of a day must be counted again. Written in the act's transaction, so late commits count.
CREATE TABLE IF NOT EXISTS stat_mark (
    ticket_id BIGINT UNSIGNED NOT NULL,
    seq INT UNSIGNED NOT NULL,
    local_day INT NOT NULL,
    PRIMARY KEY (ticket_id, seq),
    KEY by_day (local_day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Figures of the cohort filed on a day, by one dimension at a time.
CREATE TABLE IF NOT EXISTS stat_day (
    day INT NOT NULL,
    dim TINYINT UNSIGNED NOT NULL COMMENT '1 all, 2 district, 3 category level 1, 4 category level 3, 5 channel, 6 kind, 7 hour, 8 response level',
    code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    filed INT UNSIGNED NOT NULL DEFAULT 0,
    diverted INT UNSIGNED NOT NULL DEFAULT 0,
    due INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'promise has expired or a reply was given',
    in_time INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'replied within the promise',
    open INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'not answered yet',
    reply_minutes_median INT UNSIGNED NULL,
    demo INT UNSIGNED NOT NULL DEFAULT 0,
    counted_at BIGINT NOT NULL,
    PRIMARY KEY (dim, day, code),
    KEY by_code (dim, code, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Medians of the last n whole days, because a median cannot be made from the medians of days.
CREATE TABLE IF NOT EXISTS stat_window (
    days SMALLINT UNSIGNED NOT NULL,
    dim TINYINT UNSIGNED NOT NULL COMMENT 'as in stat_day',
    code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    last_day INT NOT NULL,
    replied INT UNSIGNED NOT NULL,
    reply_minutes_median INT UNSIGNED NOT NULL,
    counted_at BIGINT NOT NULL,
    PRIMARY KEY (days, dim, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- ---- knowledge base -------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS kb_category (
    code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    name_en VARCHAR(80) NOT NULL,
    position SMALLINT UNSIGNED NOT NULL,
    n_articles INT UNSIGNED NOT NULL DEFAULT 0,
    n_sections INT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS kb_article (
    id INT UNSIGNED NOT NULL PRIMARY KEY,
    category VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title VARCHAR(200) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    version_date INT NULL,
    history VARCHAR(2000) NOT NULL DEFAULT '',
    source VARCHAR(300) NOT NULL DEFAULT '',
    markdown MEDIUMTEXT NOT NULL,
    html MEDIUMTEXT NOT NULL,
    chapters TEXT NOT NULL COMMENT 'a line each: anchor, level, heading, separated by tabs',
    state TINYINT UNSIGNED NOT NULL DEFAULT 3 COMMENT '1 draft, 2 review, 3 published, 4 superseded',
    review_day INT NULL,
    updated_at BIGINT NOT NULL,
    KEY by_category (category, state, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS kb_section (
    id INT UNSIGNED NOT NULL PRIMARY KEY,
    article_id INT UNSIGNED NOT NULL,
    seq SMALLINT UNSIGNED NOT NULL COMMENT '0 = the document itself',
    anchor VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    chapter VARCHAR(120) NOT NULL DEFAULT '',
    heading VARCHAR(120) NOT NULL,
    body TEXT NOT NULL,
    UNIQUE KEY by_article (article_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Hex bigrams, so that the server's word rules do not matter; apart from kb_section, so that no hidden column slows it.
CREATE TABLE IF NOT EXISTS kb_search (
    section_id INT UNSIGNED NOT NULL PRIMARY KEY,
    article_id INT UNSIGNED NOT NULL,
    category VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title_tokens TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    body_tokens MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    FULLTEXT KEY in_title (title_tokens)
) ENGINE=InnoDB;

ALTER TABLE kb_search ADD FULLTEXT KEY IF NOT EXISTS in_body (body_tokens);

-- What people ask, with the article of the law that answers; ordered by how much is reported under the catalogue item.
CREATE TABLE IF NOT EXISTS kb_question (
    id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
    question VARCHAR(100) NOT NULL,
    question_en VARCHAR(160) NOT NULL,
    article_id INT UNSIGNED NOT NULL,
    anchor VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    category_code VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS kb_feedback (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    article_id INT UNSIGNED NOT NULL,
    useful TINYINT NOT NULL,
    words VARCHAR(500) NOT NULL DEFAULT '',
    at BIGINT NOT NULL,
    KEY by_article (article_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS kb_miss (
    query_hash BINARY(16) NOT NULL PRIMARY KEY,
    query VARCHAR(100) NOT NULL,
    n INT UNSIGNED NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    KEY by_n (n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- ---- what the public zone may see -----------------------------------------------------------------------------------

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_ticket AS
    SELECT p.ticket_id AS id, t.public_id, t.kind, t.channel, t.state, t.local_day, t.promise_at, t.replied_at, t.closed_at, t.is_demo,
           p.published_at, p.district_code, p.street_code, p.category_top, p.category_code, p.title, p.body, p.reply,
           p.reply_unit, p.reply_day, p.n_joined
    FROM publication p JOIN ticket t ON t.id = p.ticket_id;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_area AS
    SELECT code, level, parent, name, name_en, kind, is_zone, population, tile_x, tile_y FROM area WHERE valid_to = 99991231;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_category AS
    SELECT code, level, parent, name, name_en, seven_have, five_quality, response_level, lead_kind, lead_ref, keywords
    FROM category WHERE valid_to = 99991231;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_unit AS
    SELECT code, name, name_en, short_name, kind, parent, area_code, bureau_kind FROM unit WHERE valid_to = 99991231;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_seed_state AS
    SELECT name, loaded_at, n_rows FROM seed_state;

-- For the citizen whose contact data it is: who looked, and why [PIPL 44].
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW contact_look AS
    SELECT id, at, actor_kind, object_kind, object_id, purpose FROM audit WHERE action = 'contact_reveal';

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_stat_day AS
    SELECT day, dim, code, filed, diverted, due, in_time, open, reply_minutes_median, demo, counted_at FROM stat_day;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_stat_window AS
    SELECT days, dim, code, last_day, replied, reply_minutes_median, counted_at FROM stat_window;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_kb_question AS
    SELECT id, question, question_en, article_id, anchor, category_code FROM kb_question;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_kb_category AS
    SELECT code, name, name_en, position, n_articles, n_sections FROM kb_category;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_kb_article AS
    SELECT id, category, title, kind, version_date, history, source, html, chapters, review_day, updated_at
    FROM kb_article WHERE state = 3;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_kb_section AS
    SELECT s.id, s.article_id, s.seq, s.anchor, s.chapter, s.heading, s.body
    FROM kb_section s JOIN kb_article a ON a.id = s.article_id WHERE a.state = 3;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_kb_search AS
    SELECT section_id, article_id, category, title_tokens, body_tokens FROM kb_search;
