-- The everyday word and the words that laws use for it; helps a search that ranks by likeness.

CREATE TABLE IF NOT EXISTS kb_synonym (
    word VARCHAR(40) NOT NULL PRIMARY KEY,
    formal VARCHAR(100) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW public_kb_synonym AS
    SELECT word, formal FROM kb_synonym;
