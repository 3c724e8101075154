-- Reading the knowledge base. The public zone reads views alone; scores weigh the title four times.

-- name: kb_shelves
-- run: open citizen staff
-- out: code text(20), name text(240), name_en text(320), n_articles i64
-- rows: many<=50
-- reads: 120
SELECT code, name, name_en, n_articles FROM public_kb_category ORDER BY position LIMIT 50;

-- name: kb_list
-- run: open citizen staff
-- in: category text(20)
-- out: id i64, category text(20), title text(800), kind text(160), version_day i32?
-- rows: many<=200
-- reads: 420
SELECT id, category, title, kind, version_date AS version_day FROM public_kb_article WHERE category = :category ORDER BY id LIMIT 200;

-- name: kb_related
-- run: open citizen staff
-- in: category text(20), id i64, limit i64
-- out: id i64, category text(20), title text(800), kind text(160), version_day i32?
-- rows: many<=20
-- reads: 420
SELECT id, category, title, kind, version_date AS version_day FROM public_kb_article
WHERE category = :category AND id <> :id ORDER BY ABS(CAST(id AS SIGNED) - :id), id LIMIT :limit;

-- name: kb_recent
-- run: open citizen staff
-- in: limit i64
-- out: id i64, category text(20), title text(800), kind text(160), version_day i32?
-- rows: many<=50
-- reads: 5000
SELECT id, category, title, kind, version_date AS version_day FROM public_kb_article ORDER BY version_date DESC, id LIMIT :limit;

-- name: kb_count
-- run: open citizen staff
-- out: n_articles i64, n_sections i64
-- rows: one
-- reads: 300
SELECT CAST(COALESCE(SUM(n_articles), 0) AS SIGNED) AS n_articles, CAST(COALESCE(SUM(n_sections), 0) AS SIGNED) AS n_sections FROM public_kb_category;

-- name: kb_article
-- run: open citizen staff
-- in: id i64
-- out: id i64, category text(20), title text(800), kind text(160), version_day i32?, history text(8000), source text(1200), html text(4000000), chapters text(65535), review_day i32?, updated_at i64
-- rows: one
-- reads: 3
SELECT id, category, title, kind, version_date AS version_day, history, source, html, chapters, review_day, updated_at
FROM public_kb_article WHERE id = :id;

-- name: kb_questions
-- run: open citizen staff
-- in: since i32, limit i64
-- out: question text(400), question_en text(640), article_id i64, anchor text(24)
-- rows: many<=100
-- reads: 12000
SELECT q.question, q.question_en, q.article_id, q.anchor
FROM public_kb_question q
ORDER BY (SELECT COALESCE(SUM(s.filed), 0) FROM public_stat_day s
          WHERE s.dim = 4 AND s.code = q.category_code AND s.day >= :since) DESC, q.id
LIMIT :limit;

-- Words is a boolean expression of hex tokens made by app/bigram, never text of the reader. The branches have no ORDER BY on
-- purpose: InnoDB hands matches out best first, so the 200 best cost 200 rows; sorted here, a word of every second section
-- would cost all its rows (tests/data holds the two against each other).
-- name: kb_find
-- run: open citizen staff
-- in: words text(12000), category text(20)
-- out: section_id i64, article_id i64, in_title double, in_body double
-- rows: many<=400
-- reads: 2000
SELECT x.section_id, x.article_id, SUM(x.t) AS in_title, SUM(x.b) AS in_body
FROM ((SELECT k.section_id, k.article_id, MATCH(k.title_tokens) AGAINST(:words IN BOOLEAN MODE) AS t, 0 AS b
       FROM public_kb_search k
       WHERE MATCH(k.title_tokens) AGAINST(:words IN BOOLEAN MODE) AND (:category = '' OR k.category = :category)
       LIMIT 200)
      UNION ALL
      (SELECT k.section_id, k.article_id, 0 AS t, MATCH(k.body_tokens) AGAINST(:words IN BOOLEAN MODE) AS b
       FROM public_kb_search k
       WHERE MATCH(k.body_tokens) AGAINST(:words IN BOOLEAN MODE) AND (:category = '' OR k.category = :category)
       LIMIT 200)) x
GROUP BY x.section_id, x.article_id
ORDER BY 4 * SUM(x.t) + SUM(x.b) DESC, x.section_id LIMIT 200;

-- The longest words first, so that what they say is added before what their parts say.
-- name: kb_formal
-- run: open citizen staff
-- in: q text(8000)
-- out: word text(160), formal text(400)
-- rows: many<=20
-- reads: 2000
SELECT word, formal FROM public_kb_synonym WHERE LOCATE(word, :q) > 0 ORDER BY CHAR_LENGTH(word) DESC, word LIMIT 20;

-- name: kb_commons
-- run: open citizen staff
-- out: token text(16)
-- rows: many<=500
-- reads: 510
SELECT token FROM public_kb_common ORDER BY token LIMIT 500;

-- name: kb_briefs
-- run: open citizen staff
-- in: i0 i64, i1 i64, i2 i64, i3 i64, i4 i64, i5 i64, i6 i64, i7 i64, i8 i64, i9 i64
-- out: id i64, category text(20), title text(800), kind text(160), version_day i32?
-- rows: many<=10
-- reads: 25
SELECT id, category, title, kind, version_date AS version_day FROM public_kb_article
WHERE id IN (:i0, :i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9) LIMIT 10;

-- name: kb_parts
-- run: open citizen staff
-- in: i0 i64, i1 i64, i2 i64, i3 i64, i4 i64, i5 i64, i6 i64, i7 i64, i8 i64, i9 i64, i10 i64, i11 i64, i12 i64, i13 i64, i14 i64, i15 i64, i16 i64, i17 i64, i18 i64, i19 i64, i20 i64, i21 i64, i22 i64, i23 i64, i24 i64, i25 i64, i26 i64, i27 i64, i28 i64, i29 i64
-- out: id i64, anchor text(24), heading text(480), body text(65535)
-- rows: many<=30
-- reads: 100
SELECT id, anchor, heading, body FROM public_kb_section
WHERE id IN (:i0, :i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10, :i11, :i12, :i13, :i14, :i15, :i16, :i17, :i18, :i19,
             :i20, :i21, :i22, :i23, :i24, :i25, :i26, :i27, :i28, :i29) LIMIT 30;

-- name: kb_feedback_add
-- run: citizen
-- in: id u64, article_id i64, useful bool, words text(2000), at i64
-- rows: change=1
-- reads: 3
INSERT INTO kb_feedback (id, article_id, useful, words, at)
SELECT :id, a.id, :useful, :words, :at FROM public_kb_article a WHERE a.id = :article_id;

-- A slot's words are counted up when they come again and down when others come; at one the others take the slot. The
-- assignments are made from left to right, so first_at tells the last one that the slot was taken.
-- name: kb_miss_add
-- run: citizen
-- in: slot blob(16), query text(400), at i64
-- rows: change
-- reads: 3
INSERT INTO kb_miss (query_hash, query, n, first_at, last_at) VALUES (:slot, :query, 1, :at, :at)
ON DUPLICATE KEY UPDATE
    first_at = IF(query = :query OR n > 1, first_at, :at),
    last_at = IF(query = :query OR n <= 1, :at, last_at),
    query = IF(query = :query OR n > 1, query, :query),
    n = IF(first_at = :at, 1, IF(query = :query, n + 1, n - 1));

-- name: kb_miss_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: 1502
DELETE FROM kb_miss WHERE last_at < :before ORDER BY last_at LIMIT 500;
