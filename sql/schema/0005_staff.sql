-- The staff: people of the units and of the hotline centre, what they may do, their sessions; and other systems with keys.
-- A login is lower case. Nothing here is enough to sign in: passwords are argon2id, secrets of authenticators are encrypted
-- with the key ring, codes, session tokens and keys of services are hashed.

CREATE TABLE IF NOT EXISTS staff (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    login VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(60) NOT NULL,
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'acts for this unit',
    state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 active, 2 disabled',
    version INT UNSIGNED NOT NULL DEFAULT 1,
    epoch INT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'raised to end every session at once',
    password_hash VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    password_at BIGINT NOT NULL,
    must_change TINYINT NOT NULL DEFAULT 1 COMMENT 'the password was made by somebody else',
    totp_key_id TINYINT UNSIGNED NULL,
    totp_ct VARBINARY(120) NULL,
    totp_at BIGINT NULL,
    totp_step BIGINT NOT NULL DEFAULT 0 COMMENT 'the last step used: a code is good once',
    signed_in_at BIGINT NULL,
    created_at BIGINT NOT NULL,
    is_demo TINYINT NOT NULL DEFAULT 0,
    UNIQUE KEY by_login (login),
    KEY by_unit (unit_code, login)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What a person or a service may do, and for what. '' = no limit.
CREATE TABLE IF NOT EXISTS staff_role (
    staff_id BIGINT UNSIGNED NOT NULL COMMENT 'of staff or service_account: ids never meet',
    role TINYINT UNSIGNED NOT NULL COMMENT 'enum staff_role of app/permission.h',
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'with its subtree',
    area_prefix VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    category_prefix VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    granted_at BIGINT NOT NULL,
    granted_by BIGINT UNSIGNED NOT NULL COMMENT '0 = operator',
    PRIMARY KEY (staff_id, role, unit_code, area_prefix, category_prefix),
    KEY by_unit (unit_code, role, staff_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS staff_recovery (
    staff_id BIGINT UNSIGNED NOT NULL,
    code_hash BINARY(32) NOT NULL,
    used_at BIGINT NULL,
    PRIMARY KEY (staff_id, code_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS staff_session (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    token_hash BINARY(32) NOT NULL,
    staff_id BIGINT UNSIGNED NOT NULL,
    epoch INT UNSIGNED NOT NULL,
    stage TINYINT UNSIGNED NOT NULL COMMENT '1 code, 2 new password, 3 authenticator to be set up, 9 signed in',
    strong TINYINT NOT NULL DEFAULT 0 COMMENT 'with a second factor',
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL DEFAULT 0 COMMENT 'password or code entered again',
    client_net VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    UNIQUE KEY by_token (token_hash),
    KEY by_staff (staff_id, id),
    KEY by_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Failures of signing in, by login and network, by login, and networks a login is known from. The key is a keyed hash, so
-- that no word typed into the wrong field is kept.
CREATE TABLE IF NOT EXISTS staff_try (
    key_hash BINARY(16) NOT NULL PRIMARY KEY,
    failures INT UNSIGNED NOT NULL,
    last_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    KEY by_last (last_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Another system: of a street, a district, a department.
CREATE TABLE IF NOT EXISTS service_account (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 active, 2 disabled',
    epoch INT UNSIGNED NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    created_by BIGINT UNSIGNED NOT NULL,
    is_demo TINYINT NOT NULL DEFAULT 0,
    KEY by_unit (unit_code, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS service_key (
    key_hash BINARY(32) NOT NULL PRIMARY KEY,
    service_id BIGINT UNSIGNED NOT NULL,
    hint VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'first characters, to tell keys apart',
    created_at BIGINT NOT NULL,
    used_at BIGINT NULL,
    ended_at BIGINT NULL,
    KEY by_service (service_id, created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
