-- Reference data. A changed row closes the version before it (valid_to = the day the new one begins) and opens its own.

-- name: seed_state_get
-- run: ctl
-- in: name text(60)
-- out: checksum blob(32), n_rows i64, loaded_at i64
-- rows: one
-- reads: 2
SELECT checksum, n_rows, loaded_at FROM seed_state WHERE name = :name;

-- name: seed_state_put
-- run: ctl
-- in: name text(60), checksum blob(32), at i64, n_rows i64
-- rows: change
-- reads: 2
INSERT INTO seed_state (name, checksum, loaded_at, n_rows) VALUES (:name, :checksum, :at, :n_rows)
ON DUPLICATE KEY UPDATE checksum = :checksum, loaded_at = :at, n_rows = :n_rows;

-- name: seed_area_current
-- run: ctl
-- out: code text(12), body text(600)
-- rows: many<=20000
-- reads: job
SELECT code, CONCAT_WS('|', level, parent, name, IFNULL(name_en, ''), kind, is_zone, IFNULL(population, ''), IFNULL(tile_x, ''), IFNULL(tile_y, '')) AS body
FROM area WHERE valid_to = 99991231 LIMIT 20000;

-- name: seed_area_close
-- run: ctl
-- in: code text(12), day i32
-- rows: change
-- reads: 10
UPDATE area SET valid_to = :day WHERE code = :code AND valid_to = 99991231 AND valid_from < :day;

-- name: seed_area_put
-- run: ctl
-- in: code text(12), day i32, level i32, parent text(12), name text(400), name_en text(400)?, kind text(160), is_zone bool, population i64?, tile_x i32?, tile_y i32?
-- rows: change
-- reads: 10
INSERT INTO area (code, valid_from, valid_to, level, parent, name, name_en, kind, is_zone, population, tile_x, tile_y)
VALUES (:code, :day, 99991231, :level, :parent, :name, :name_en, :kind, :is_zone, :population, :tile_x, :tile_y)
ON DUPLICATE KEY UPDATE valid_to = 99991231, level = :level, parent = :parent, name = :name, name_en = :name_en, kind = :kind,
    is_zone = :is_zone, population = :population, tile_x = :tile_x, tile_y = :tile_y;

-- name: seed_category_current
-- run: ctl
-- out: code text(12), body text(6000)
-- rows: many<=5000
-- reads: job
SELECT code, CONCAT_WS('|', level, parent, name, IFNULL(name_en, ''), IFNULL(seven_have, ''), IFNULL(five_quality, ''), response_level, lead_kind, IFNULL(lead_ref, ''), keywords) AS body
FROM category WHERE valid_to = 99991231 LIMIT 5000;

-- name: seed_category_close
-- run: ctl
-- in: code text(12), day i32
-- rows: change
-- reads: 10
UPDATE category SET valid_to = :day WHERE code = :code AND valid_to = 99991231 AND valid_from < :day;

-- name: seed_category_put
-- run: ctl
-- in: code text(6), day i32, level i32, parent text(6), name text(400), name_en text(480)?, seven_have text(160)?, five_quality text(160)?, response_level i32, lead_kind i32, lead_ref text(240)?, keywords text(4000)
-- rows: change
-- reads: 10
INSERT INTO category (code, valid_from, valid_to, level, parent, name, name_en, seven_have, five_quality, response_level, lead_kind, lead_ref, keywords)
VALUES (:code, :day, 99991231, :level, :parent, :name, :name_en, :seven_have, :five_quality, :response_level, :lead_kind, :lead_ref, :keywords)
ON DUPLICATE KEY UPDATE valid_to = 99991231, level = :level, parent = :parent, name = :name, name_en = :name_en,
    seven_have = :seven_have, five_quality = :five_quality, response_level = :response_level, lead_kind = :lead_kind,
    lead_ref = :lead_ref, keywords = :keywords;

-- name: seed_unit_current
-- run: ctl
-- out: code text(24), body text(2000)
-- rows: many<=5000
-- reads: job
SELECT code, CONCAT_WS('|', name, IFNULL(name_en, ''), short_name, kind, IFNULL(parent, ''), IFNULL(area_code, ''), IFNULL(bureau_kind, '')) AS body
FROM unit WHERE valid_to = 99991231 LIMIT 5000;

-- name: seed_unit_close
-- run: ctl
-- in: code text(24), day i32
-- rows: change
-- reads: 10
UPDATE unit SET valid_to = :day WHERE code = :code AND valid_to = 99991231 AND valid_from < :day;

-- name: seed_unit_put
-- run: ctl
-- in: code text(24), day i32, name text(480), name_en text(640)?, short_name text(240), kind text(24), parent text(24)?, area_code text(12)?, bureau_kind text(240)?
-- rows: change
-- reads: 10
INSERT INTO unit (code, valid_from, valid_to, name, name_en, short_name, kind, parent, area_code, bureau_kind)
VALUES (:code, :day, 99991231, :name, :name_en, :short_name, :kind, :parent, :area_code, :bureau_kind)
ON DUPLICATE KEY UPDATE valid_to = 99991231, name = :name, name_en = :name_en, short_name = :short_name, kind = :kind,
    parent = :parent, area_code = :area_code, bureau_kind = :bureau_kind;

-- name: seed_rule_current
-- run: ctl
-- out: code text(12), body text(3000)
-- rows: many<=5000
-- reads: job
SELECT CAST(id AS CHAR) AS code, CONCAT_WS('|', category_prefix, area_prefix, lead_kind, IFNULL(lead_ref, ''), response_level, working_days, copy_district, co_refs, note) AS body
FROM dispatch_rule WHERE valid_to = 99991231 LIMIT 5000;

-- name: seed_rule_close
-- run: ctl
-- in: code text(12), day i32
-- rows: change
-- reads: 10
UPDATE dispatch_rule SET valid_to = :day WHERE id = CAST(:code AS UNSIGNED) AND valid_to = 99991231 AND valid_from < :day;

-- name: seed_rule_put
-- run: ctl
-- in: id i64, day i32, category_prefix text(6), area_prefix text(12), lead_kind i32, lead_ref text(240)?, response_level i32, working_days bool, copy_district bool, co_refs text(1200), note text(800)
-- rows: change
-- reads: 10
INSERT INTO dispatch_rule (id, valid_from, valid_to, category_prefix, area_prefix, lead_kind, lead_ref, response_level, working_days, copy_district, co_refs, note)
VALUES (:id, :day, 99991231, :category_prefix, :area_prefix, :lead_kind, :lead_ref, :response_level, :working_days, :copy_district, :co_refs, :note)
ON DUPLICATE KEY UPDATE valid_to = 99991231, category_prefix = :category_prefix, area_prefix = :area_prefix, lead_kind = :lead_kind,
    lead_ref = :lead_ref, response_level = :response_level, working_days = :working_days, copy_district = :copy_district,
    co_refs = :co_refs, note = :note;

-- name: calendar_clear_year
-- run: ctl
-- in: from i32, to i32
-- rows: change
-- reads: job
DELETE FROM calendar_day WHERE day BETWEEN :from AND :to;

-- name: calendar_put
-- run: ctl
-- in: day i32, is_working bool, name text(240), source text(800)
-- rows: change=1
-- reads: 2
INSERT INTO calendar_day (day, is_working, name, source) VALUES (:day, :is_working, :name, :source);

-- name: calendar_list
-- run: ctl
-- out: day i32, is_working bool, name text(240), source text(800)
-- rows: many<=2000
-- reads: job
SELECT day, is_working, name, source FROM calendar_day ORDER BY day LIMIT 2000;

-- name: kb_category_put
-- run: ctl
-- in: code text(20), position i32, name text(240), name_en text(320)
-- rows: change
-- reads: 3
INSERT INTO kb_category (code, position, name, name_en) VALUES (:code, :position, :name, :name_en)
ON DUPLICATE KEY UPDATE position = :position, name = :name, name_en = :name_en;

-- name: kb_category_recount
-- run: ctl
-- rows: change
-- reads: job
UPDATE kb_category c SET
    n_articles = (SELECT COUNT(*) FROM kb_article a WHERE a.category = c.code AND a.state = 3),
    n_sections = (SELECT COUNT(*) FROM kb_section s JOIN kb_article b ON b.id = s.article_id
                  WHERE b.category = c.code AND b.state = 3 AND s.seq > 0);

-- name: kb_question_clear
-- run: ctl
-- rows: change
-- reads: job
DELETE FROM kb_question WHERE id > 0;

-- name: kb_question_put
-- run: ctl
-- in: id i64, question text(400), question_en text(640), article_id i64, anchor text(24), category_code text(6)
-- rows: change=1
-- reads: 3
INSERT INTO kb_question (id, question, question_en, article_id, anchor, category_code)
SELECT :id, :question, :question_en, s.article_id, s.anchor, :category_code
FROM kb_section s WHERE s.article_id = :article_id AND s.anchor = :anchor ORDER BY s.seq LIMIT 1;

-- name: kb_synonym_clear
-- run: ctl
-- rows: change
-- reads: job
DELETE FROM kb_synonym WHERE word <> '';

-- name: kb_synonym_put
-- run: ctl
-- in: word text(160), formal text(400)
-- rows: change=1
-- reads: 3
INSERT INTO kb_synonym (word, formal) VALUES (:word, :formal);

-- name: kb_tokens_page
-- run: ctl
-- in: after i64
-- out: section_id i64, body_tokens text(4000000)
-- rows: many<=200
-- reads: job
SELECT section_id, body_tokens FROM kb_search WHERE section_id > :after ORDER BY section_id LIMIT 200;

-- name: kb_common_clear
-- run: ctl
-- rows: change
-- reads: job
DELETE FROM kb_common WHERE token <> '';

-- name: kb_common_put
-- run: ctl
-- in: token text(16), n_sections i64
-- rows: change=1
-- reads: 3
INSERT INTO kb_common (token, n_sections) VALUES (:token, :n_sections);

-- name: kb_article_put
-- run: ctl
-- in: id i64, category text(20), title text(800), kind text(160), version_day i32?, history text(8000), source text(1200), markdown text(4000000), html text(4000000), chapters text(65535), at i64
-- rows: change
-- reads: 3
INSERT INTO kb_article (id, category, title, kind, version_date, history, source, markdown, html, chapters, state, updated_at)
VALUES (:id, :category, :title, :kind, :version_day, :history, :source, :markdown, :html, :chapters, 3, :at)
ON DUPLICATE KEY UPDATE category = :category, title = :title, kind = :kind, version_date = :version_day, history = :history,
    source = :source, markdown = :markdown, html = :html, chapters = :chapters, state = 3, updated_at = :at;

-- The laws that came from the seed and are public.
-- name: kb_article_seeded
-- run: ctl
-- out: id i64
-- rows: many<=1000
-- reads: job
SELECT a.id FROM kb_article a JOIN seed_state s ON s.name = CONCAT('kb/', a.id) WHERE a.state = 3 ORDER BY a.id LIMIT 1000;

-- name: kb_article_supersede
-- run: ctl
-- in: id i64, at i64
-- rows: change
-- reads: 3
UPDATE kb_article SET state = 4, updated_at = :at WHERE id = :id AND state = 3;

-- name: seed_state_forget
-- run: ctl
-- in: name text(40)
-- rows: change
-- reads: 3
DELETE FROM seed_state WHERE name = :name;

-- name: kb_section_clear
-- run: ctl
-- in: article_id i64
-- rows: change
-- reads: job
DELETE FROM kb_section WHERE article_id = :article_id;

-- name: kb_search_clear
-- run: ctl
-- in: from i64, to i64
-- rows: change
-- reads: job
DELETE FROM kb_search WHERE section_id BETWEEN :from AND :to;

-- name: kb_section_add
-- run: ctl
-- in: id i64, article_id i64, seq i32, anchor text(24), chapter text(480), heading text(480), body text(65535)
-- rows: change=1
-- reads: 3
INSERT INTO kb_section (id, article_id, seq, anchor, chapter, heading, body)
VALUES (:id, :article_id, :seq, :anchor, :chapter, :heading, :body);

-- name: kb_search_add
-- run: ctl
-- in: section_id i64, article_id i64, category text(20), title_tokens text(65535), body_tokens text(4000000)
-- rows: change=1
-- reads: 3
INSERT INTO kb_search (section_id, article_id, category, title_tokens, body_tokens)
VALUES (:section_id, :article_id, :category, :title_tokens, :body_tokens);
