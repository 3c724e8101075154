-- Published figures, from roll-ups alone. Dimensions are numbered as in app/statistics.h.

-- name: stat_series
-- run: open citizen
-- in: from i32, to i32
-- out: day i32, filed i64, diverted i64, due i64, in_time i64, open i64, median i64?, demo i64, counted_at i64
-- rows: many<=400
-- reads: 420
SELECT day, filed, diverted, due, in_time, open, reply_minutes_median AS median, demo, counted_at FROM public_stat_day
WHERE dim = 1 AND code = '' AND day BETWEEN :from AND :to ORDER BY day LIMIT 400;

-- name: stat_by_code
-- run: open citizen
-- in: dim i32, from i32, to i32
-- out: code text(12), filed i64, diverted i64, due i64, in_time i64, open i64, demo i64, counted_at i64
-- rows: many<=600
-- reads: 180000
SELECT code, CAST(SUM(filed) AS SIGNED) AS filed, CAST(SUM(diverted) AS SIGNED) AS diverted,
       CAST(SUM(due) AS SIGNED) AS due, CAST(SUM(in_time) AS SIGNED) AS in_time, CAST(SUM(open) AS SIGNED) AS open,
       CAST(SUM(demo) AS SIGNED) AS demo, MIN(counted_at) AS counted_at
FROM public_stat_day WHERE dim = :dim AND day BETWEEN :from AND :to GROUP BY code ORDER BY code LIMIT 600;

-- name: stat_medians
-- run: open citizen
-- in: days i32, dim i32, last_day i32
-- out: code text(12), median i64
-- rows: many<=600
-- reads: 650
SELECT code, reply_minutes_median AS median FROM public_stat_window
WHERE days = :days AND dim = :dim AND last_day = :last_day ORDER BY code LIMIT 600;

-- How long the same category took before, for the forecast on the tracking page.
-- name: stat_median_of
-- run: open citizen
-- in: days i32, dim i32, code text(12)
-- out: replied i64, median i64
-- rows: one
-- reads: 2
SELECT replied, reply_minutes_median AS median FROM public_stat_window WHERE days = :days AND dim = :dim AND code = :code;

-- name: stat_districts
-- run: open citizen
-- out: code text(12), name text(400), name_en text(400)?, population i64?, tile_x i32?, tile_y i32?
-- rows: many<=50
-- reads: 60
SELECT code, name, name_en, population, tile_x, tile_y FROM public_area WHERE parent = '110000' ORDER BY code LIMIT 50;

-- name: stat_categories
-- run: open citizen
-- in: level i32
-- out: code text(6), name text(400), name_en text(480)?
-- rows: many<=600
-- reads: 2000
SELECT code, name, name_en FROM public_category WHERE level = :level ORDER BY code LIMIT 600;

-- ---- kept by the worker ---------------------------------------------------------------------------------------------

-- A mark says that the figures of a day must be counted again. Left by the transaction that looks at demands that have moved, one for
-- each day it met; rows are only added, so that the look never waits for a count.
-- name: day_mark_put
-- run: worker ctl
-- in: rows text(60000)
-- rows: later
-- reads: 2100
INSERT INTO day_mark (id, local_day)
SELECT j.id, j.local_day FROM JSON_TABLE(:rows, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]', local_day INT PATH '$[1]')) j;

-- The day that has waited longest: a day that is marked all the time keeps no other waiting.
-- name: day_mark_first
-- run: worker ctl
-- out: local_day i32
-- rows: one
-- reads: 2
SELECT local_day FROM day_mark ORDER BY id LIMIT 1;

-- Read without locks and removed by key: a look under way neither waits for the count nor holds it up.
-- name: day_mark_list
-- run: worker ctl
-- in: day i32
-- out: id u64
-- rows: many<=500
-- reads: 510
SELECT id FROM day_mark WHERE local_day = :day LIMIT 500;

-- name: day_mark_take
-- run: worker ctl
-- in: ids text(12000)
-- rows: later
-- reads: 1600
DELETE m FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN day_mark m FORCE INDEX (PRIMARY) ON m.id = j.id;

-- name: stat_day_clear
-- run: worker ctl
-- in: dim i32, day i32
-- rows: change
-- reads: job
DELETE FROM stat_day WHERE dim = :dim AND day = :day;

-- One statement for every dimension: the code says what to group by. An answer counts as due from the moment it is
-- given, silence from the moment the promise expires; diverted, merged and withdrawn demands are never due.
-- name: stat_day_count
-- run: worker ctl
-- in: dim i32, day i32, now i64
-- rows: change
-- reads: job
INSERT INTO stat_day (dim, day, code, filed, diverted, due, in_time, open, reply_minutes_median, demo, counted_at)
SELECT :dim, :day, z.code, COUNT(*), SUM(z.diversion > 0), SUM(z.due), SUM(z.due AND COALESCE(z.replied_at <= z.promise_at, 0)),
       SUM(z.state < 4), MAX(z.median), SUM(z.is_demo), :now
FROM (SELECT y.*, IF(y.minutes IS NULL, NULL, MEDIAN(y.minutes) OVER (PARTITION BY y.code)) AS median
      FROM (SELECT CASE :dim WHEN 1 THEN '' WHEN 2 THEN t.district_code WHEN 3 THEN LEFT(t.category_code, 2)
                             WHEN 4 THEN t.category_code WHEN 5 THEN t.channel WHEN 6 THEN t.kind
                             WHEN 7 THEN LPAD((t.created_at DIV 3600000000 + 8) % 24, 2, '0')
                             ELSE t.response_level END AS code,
                   t.diversion, t.state, t.replied_at, t.promise_at, t.is_demo,
                   IF(t.diversion = 0 AND t.replied_at IS NOT NULL, (t.replied_at - t.created_at) DIV 60000000, NULL) AS minutes,
                   t.diversion = 0 AND t.merged_into IS NULL AND t.promise_at IS NOT NULL
                     AND (t.replied_at IS NOT NULL OR (t.promise_at <= :now AND t.state <> 8)) AS due
            FROM ticket t WHERE t.local_day = :day) y) z
GROUP BY z.code;

-- name: stat_window_clear
-- run: worker ctl
-- in: days i32, dim i32
-- rows: change
-- reads: job
DELETE FROM stat_window WHERE days = :days AND dim = :dim;

-- name: stat_window_count
-- run: worker ctl
-- in: days i32, dim i32, from i32, to i32, now i64
-- rows: change
-- reads: job
INSERT INTO stat_window (days, dim, code, last_day, replied, reply_minutes_median, counted_at)
SELECT :days, :dim, z.code, :to, COUNT(*), MAX(z.median), :now
FROM (SELECT y.code, MEDIAN(y.minutes) OVER (PARTITION BY y.code) AS median
      FROM (SELECT CASE :dim WHEN 1 THEN '' WHEN 2 THEN t.district_code WHEN 3 THEN LEFT(t.category_code, 2)
                             WHEN 4 THEN t.category_code WHEN 5 THEN t.channel WHEN 6 THEN t.kind
                             ELSE t.response_level END AS code,
                   (t.replied_at - t.created_at) DIV 60000000 AS minutes
            FROM ticket t
            WHERE t.local_day BETWEEN :from AND :to AND t.diversion = 0 AND t.replied_at IS NOT NULL) y) z
GROUP BY z.code;

-- name: stat_days_between
-- run: worker ctl
-- in: from i32, to i32
-- out: day i32
-- rows: many<=4000
-- reads: job
SELECT DISTINCT local_day AS day FROM ticket WHERE local_day BETWEEN :from AND :to
UNION SELECT DISTINCT day FROM stat_day WHERE dim = 1 AND day BETWEEN :from AND :to ORDER BY 1 LIMIT 4000;

-- Days whose roll-up does not tell the same number of demands as the tickets themselves.
-- name: stat_days_wrong
-- run: worker ctl
-- in: from i32, to i32
-- out: day i32
-- rows: many<=400
-- reads: job
SELECT x.day FROM (SELECT t.local_day AS day, COUNT(*) AS n FROM ticket t WHERE t.local_day BETWEEN :from AND :to GROUP BY t.local_day) x
LEFT JOIN stat_day s ON s.dim = 1 AND s.day = x.day AND s.code = ''
WHERE s.filed IS NULL OR s.filed <> x.n ORDER BY x.day LIMIT 400;
