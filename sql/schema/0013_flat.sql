-- Lists and counts of the staff that cost the same whatever the city holds.

-- The wall's list of the whole city shows leads alone: it begins at them instead of passing over the others.
ALTER TABLE wall_item
    ADD COLUMN IF NOT EXISTS is_lead TINYINT AS (IF(district_code > '', 1, 0)) VIRTUAL,
    ADD KEY IF NOT EXISTS by_city (is_lead, kind, since_at, assignment_id),
    DROP KEY IF EXISTS by_kind;

-- What waits for a decision or a call: the home page of the staff shows it and counts nothing itself. The hotline centre's row has
-- the numbers of the whole city.
ALTER TABLE unit_load
    ADD COLUMN IF NOT EXISTS extensions INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS supervisions INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS visits INT UNSIGNED NOT NULL DEFAULT 0;
