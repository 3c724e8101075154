-- A demand that has ended leaves nothing open: some ways of closing had left co-units and district copies on their worklists.
UPDATE ticket t STRAIGHT_JOIN assignment a ON a.ticket_id = t.id
SET a.state = 5, a.next_at = NULL, a.version = a.version + 1
WHERE t.state IN (6, 7, 8) AND a.state <= 2;
