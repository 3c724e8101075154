-- Reference data, read whole into memory once per process (cgi/app/refdata.c). Pages by key, current versions only.

-- name: ref_version
-- run: citizen staff open worker ctl
-- out: loaded_at i64, n i64
-- rows: one
-- reads: 200
SELECT CAST(COALESCE(MAX(loaded_at), 0) AS SIGNED) AS loaded_at, CAST(COALESCE(SUM(n_rows), 0) AS SIGNED) AS n FROM public_seed_state;

-- name: ref_areas
-- run: citizen staff open worker ctl
-- in: after text(12)
-- out: code text(12), level i32, parent text(12), name text(400), name_en text(100), kind text(160), is_zone bool, population i32, tile_x i32, tile_y i32
-- rows: many<=1000
-- reads: 1200
SELECT code, level, parent, name, COALESCE(name_en, '') AS name_en, kind, is_zone, COALESCE(population, 0) AS population, COALESCE(tile_x, -1) AS tile_x, COALESCE(tile_y, -1) AS tile_y
FROM public_area WHERE code > :after ORDER BY code LIMIT 1000;

-- name: ref_categories
-- run: citizen staff open worker ctl
-- in: after text(6)
-- out: code text(6), level i32, parent text(6), name text(400), name_en text(120), seven_have text(40), five_quality text(40), response_level i32, lead_kind i32, lead_ref text(60), keywords text(4000)
-- rows: many<=1000
-- reads: 1200
SELECT code, level, parent, name, COALESCE(name_en, '') AS name_en, COALESCE(seven_have, '') AS seven_have, COALESCE(five_quality, '') AS five_quality, response_level, lead_kind,
       COALESCE(lead_ref, '') AS lead_ref, keywords
FROM public_category WHERE code > :after ORDER BY code LIMIT 1000;

-- name: ref_units
-- run: citizen staff open worker ctl
-- in: after text(24)
-- out: code text(24), name text(480), name_en text(160), short_name text(240), kind text(24), parent text(24), area_code text(12), bureau_kind text(60)
-- rows: many<=1000
-- reads: 1200
SELECT code, name, COALESCE(name_en, '') AS name_en, short_name, kind, COALESCE(parent, '') AS parent, COALESCE(area_code, '') AS area_code, COALESCE(bureau_kind, '') AS bureau_kind
FROM public_unit WHERE code > :after ORDER BY code LIMIT 1000;

-- name: ref_rules
-- run: citizen staff worker ctl
-- in: after i64
-- out: id i64, category_prefix text(6), area_prefix text(12), lead_kind i32, lead_ref text(60), response_level i32, working_days bool, copy_district bool, co_refs text(1200)
-- rows: many<=1000
-- reads: 1200
SELECT id, category_prefix, area_prefix, lead_kind, COALESCE(lead_ref, '') AS lead_ref, response_level, working_days, copy_district, co_refs
FROM dispatch_rule WHERE id > :after AND valid_to = 99991231 ORDER BY id LIMIT 1000;

-- name: ref_calendar
-- run: citizen staff worker ctl
-- in: after i32
-- out: day i32, is_working bool
-- rows: many<=1000
-- reads: 1200
SELECT day, is_working FROM calendar_day WHERE day > :after ORDER BY day LIMIT 1000;

