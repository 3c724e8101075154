-- Wording that replies start from is kept by editors and unit managers: a change ends one version and begins the next of its line.

ALTER TABLE reply_template
    ADD COLUMN IF NOT EXISTS line_id INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'id of its first version',
    ADD COLUMN IF NOT EXISTS created_at BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS ended_at BIGINT NULL COMMENT 'changed or retired',
    ADD COLUMN IF NOT EXISTS author_id BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '0 = seeded, or the operator',
    ADD INDEX IF NOT EXISTS by_unit (unit_code, active, used_for, id),
    ADD INDEX IF NOT EXISTS by_line (line_id, id);

UPDATE reply_template SET line_id = id WHERE line_id = 0;
