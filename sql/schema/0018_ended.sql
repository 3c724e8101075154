-- A demand that has ended leaves nothing open, nor does a round that is over: some ways of closing, and an unhappy call-back, had left
-- co-units and district copies on their worklists.
UPDATE ticket t STRAIGHT_JOIN assignment a ON a.ticket_id = t.id
SET a.state = 5, a.next_at = NULL, a.version = a.version + 1
WHERE (t.state IN (6, 7, 8) OR a.round < t.round) AND a.state <= 2;
