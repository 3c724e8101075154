-- Wording to start from: in force, by unit, as versions of one line.

-- What a unit's replies may start from: its own, and those for everybody.
-- name: template_list
-- run: staff ctl
-- in: used_for i32, unit_code text(24)
-- out: id i64, word text(20), category_prefix text(6), unit_code text(24), lang i32, title text(240), body text(4000)
-- rows: many<=200
-- reads: 420
SELECT id, word, category_prefix, unit_code, lang, title, body FROM reply_template
WHERE unit_code IN ('', :unit_code) AND active = 1 AND used_for = :used_for ORDER BY id LIMIT 200;

-- name: template_of_unit
-- run: staff ctl
-- in: unit_code text(24)
-- out: id i64, line_id i64, used_for i32, word text(20), category_prefix text(6), lang i32, title text(240), body text(4000), created_at i64
-- rows: many<=300
-- reads: 310
SELECT id, line_id, used_for, word, category_prefix, lang, title, body, created_at FROM reply_template
WHERE unit_code = :unit_code AND active = 1 ORDER BY used_for, id LIMIT 300;

-- name: template_one
-- run: staff ctl
-- in: id i64
-- out: line_id i64, used_for i32, word text(20), category_prefix text(6), unit_code text(24), lang i32, title text(240), body text(4000), active i32
-- rows: one
-- reads: 2
SELECT line_id, used_for, word, category_prefix, unit_code, lang, title, body, active FROM reply_template WHERE id = :id;

-- name: template_versions
-- run: staff ctl
-- in: line_id i64
-- out: id i64, title text(240), body text(4000), active i32, created_at i64, ended_at i64?, author text(400)
-- rows: many<=50
-- reads: 160
SELECT t.id, t.title, t.body, t.active, t.created_at, t.ended_at, COALESCE(s.name, '') AS author
FROM reply_template t LEFT JOIN staff s ON s.id = t.author_id WHERE t.line_id = :line_id ORDER BY t.id DESC LIMIT 50;

-- name: template_next
-- run: staff ctl
-- in: used_for i32, unit_code text(24)
-- out: id i64, n i64
-- rows: one
-- reads: 310
SELECT GREATEST((SELECT COALESCE(MAX(id), 0) FROM reply_template), 999) + 1 AS id,
    (SELECT COUNT(*) FROM reply_template WHERE unit_code = :unit_code AND active = 1 AND used_for = :used_for) AS n;

-- name: template_add
-- run: staff ctl
-- in: id i64, line_id i64, used_for i32, word text(20), category_prefix text(6), unit_code text(24), lang i32, title text(240), body text(4000), at i64, author_id u64
-- rows: change
-- reads: 3
INSERT INTO reply_template (id, line_id, used_for, word, category_prefix, unit_code, lang, title, body, created_at, author_id)
VALUES (:id, :line_id, :used_for, :word, :category_prefix, :unit_code, :lang, :title, :body, :at, :author_id);

-- name: template_end
-- run: staff ctl
-- in: id i64, at i64
-- rows: change
-- reads: 3
UPDATE reply_template SET active = 0, ended_at = :at WHERE id = :id AND active = 1;

-- What was seeded is replaced by the file; what an editor changed or retired stays as the editor left it.
-- name: template_clear
-- run: ctl
-- rows: change
-- reads: job
DELETE FROM reply_template WHERE id < 1000 AND ended_at IS NULL;

-- name: template_put
-- run: ctl
-- in: id i64, used_for i32, word text(20), category_prefix text(6), lang i32, title text(240), body text(4000)
-- rows: change=1
-- reads: 3
INSERT INTO reply_template (id, line_id, used_for, word, category_prefix, lang, title, body)
VALUES (:id, :id, :used_for, :word, :category_prefix, :lang, :title, :body);
