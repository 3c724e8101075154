-- What a demand's row and its lead's say to whoever follows it, once more beside its words: following reads one row instead
-- of three, by one key. Written by filing and by every act; a demand that neither has touched since then is read from its rows.
-- The fields and their order are those of app/card.h.

ALTER TABLE ticket_text ADD COLUMN IF NOT EXISTS card VARBINARY(800) NULL COMMENT 'app/card.h; holds for timeline_seq';

CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW ticket_card AS
    SELECT t.id, CONCAT_WS(' ', t.chain_seq, t.ticket_no, t.public_id, t.kind, t.channel, t.applicant, t.state, t.diversion, t.version,
        t.round, t.category_code, t.area_code, t.response_level, IFNULL(t.promise_at, '-'), t.is_public, t.confidential, t.no_reply,
        t.lang, t.token_epoch, t.urge_count, IFNULL(t.urged_at, '-'), IFNULL(t.objected_at, '-'), IFNULL(t.merged_into, '-'),
        t.created_at, IFNULL(t.replied_at, '-'), IFNULL(t.closed_at, '-'), t.n_uploads, t.n_units, t.is_demo,
        IFNULL(a.unit_code, '-'), IFNULL(a.state, '-'), IFNULL(a.due_at, '-'),
        IFNULL(IF(r.state = 1, r.expires_at, NULL), '-')) AS card
    FROM ticket t LEFT JOIN assignment a ON a.id = t.lead_id LEFT JOIN rating r ON r.ticket_id = t.id AND r.round = t.round;
