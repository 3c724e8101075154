-- Files on the disk are found by their rows, so that those without one can be removed.

ALTER TABLE upload ADD KEY IF NOT EXISTS by_name (raw_name);
