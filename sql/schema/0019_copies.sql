-- Of the open work of a unit, what it has as a copy: to urge those who handle it, not to handle it itself.
ALTER TABLE unit_load ADD COLUMN IF NOT EXISTS copies INT UNSIGNED NOT NULL DEFAULT 0;
