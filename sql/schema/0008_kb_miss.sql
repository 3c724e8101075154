-- Searches without an answer are noted by themselves now, masked, in slots named by a hash, and for half a year. Rows of before
-- hold words as they were typed.

ALTER TABLE kb_miss ADD KEY IF NOT EXISTS by_age (last_at);

DELETE FROM kb_miss;
