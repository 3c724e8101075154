-- The public events of a demand once more, beside its words: whoever follows it reads one row instead of the partitions of
-- event. Filled by filing and by every act that follows on one that filled it; where timeline_seq is not the number of the
-- last event (demands from before this column, long histories, erased words) the events themselves are read.

ALTER TABLE ticket_text
    ADD COLUMN IF NOT EXISTS timeline_seq INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'last event that timeline covers; 0 = none is kept',
    ADD COLUMN IF NOT EXISTS timeline BLOB NULL COMMENT 'app/timeline.h';
