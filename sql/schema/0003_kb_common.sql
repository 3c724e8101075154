-- Pairs of characters that stand in a great part of all sections: they tell nothing and cost much in a ranking by likeness.

CREATE TABLE IF NOT EXISTS kb_common (
    token VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    n_sections INT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_kb_common AS
    SELECT token, n_sections FROM kb_common;
