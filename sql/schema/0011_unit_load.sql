-- What each unit has to do, counted by the worker in turns: worklists show these numbers and count nothing themselves.
CREATE TABLE IF NOT EXISTS unit_load (
    unit_code VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    open INT UNSIGNED NOT NULL DEFAULT 0,
    unsigned_ INT UNSIGNED NOT NULL DEFAULT 0,
    overdue INT UNSIGNED NOT NULL DEFAULT 0,
    due_today INT UNSIGNED NOT NULL DEFAULT 0,
    paused INT UNSIGNED NOT NULL DEFAULT 0,
    whistles INT UNSIGNED NOT NULL DEFAULT 0,
    returns INT UNSIGNED NOT NULL DEFAULT 0,
    triage INT UNSIGNED NOT NULL DEFAULT 0,
    counted_at BIGINT NOT NULL DEFAULT 0,
    KEY by_age (counted_at, unit_code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
