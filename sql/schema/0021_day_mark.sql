-- The days whose figures must be counted again, marked by the wall's look at what has moved (ticket.unwalled) instead of by every filing
-- and act: twenty demands of a day leave one row.
CREATE TABLE IF NOT EXISTS day_mark (
    id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    local_day INT NOT NULL,
    KEY by_day (local_day, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Days that were marked the old way and are not counted yet. The old marks stay where they are: until the programs are reloaded, those of
-- before still write them, and their worker counts by them. The table goes with a later version.
INSERT IGNORE INTO day_mark (id, local_day) SELECT MIN(ticket_id), local_day FROM stat_mark GROUP BY local_day;
