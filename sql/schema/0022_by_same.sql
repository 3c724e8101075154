-- Nothing looks for the demands that name another as the same matter by this index (a demand's own row says which one it names), and
-- every filing wrote it.
ALTER TABLE ticket DROP KEY IF EXISTS by_same;
