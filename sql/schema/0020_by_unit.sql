-- Worklists go by unit, lane and due time since by_open is there; nothing reads by this one, and every filing wrote it three times.
ALTER TABLE assignment DROP KEY IF EXISTS by_unit;
