-- Published demands, and joining them (附议), which is following them.

-- name: public_all
-- run: open citizen
-- in: before_at i64, before_id u64
-- out: id u64, public_id text(16), kind i32, state i32, local_day i32, published_at i64, district_code text(6), street_code text(9), category_code text(6), title text(400), n_joined i64, is_demo bool
-- rows: many<=51
-- reads: 160
SELECT id, public_id, kind, state, local_day, published_at, district_code, street_code, category_code, title, n_joined, is_demo
FROM public_ticket WHERE published_at <= :before_at AND (published_at < :before_at OR id < :before_id)
ORDER BY published_at DESC, id DESC LIMIT 51;

-- name: public_by_district
-- run: open citizen
-- in: district text(6), before_at i64, before_id u64
-- out: id u64, public_id text(16), kind i32, state i32, local_day i32, published_at i64, district_code text(6), street_code text(9), category_code text(6), title text(400), n_joined i64, is_demo bool
-- rows: many<=51
-- reads: 160
SELECT id, public_id, kind, state, local_day, published_at, district_code, street_code, category_code, title, n_joined, is_demo
FROM public_ticket WHERE district_code = :district AND published_at <= :before_at AND (published_at < :before_at OR id < :before_id)
ORDER BY published_at DESC, id DESC LIMIT 51;

-- name: public_by_category
-- run: open citizen
-- in: category text(2), before_at i64, before_id u64
-- out: id u64, public_id text(16), kind i32, state i32, local_day i32, published_at i64, district_code text(6), street_code text(9), category_code text(6), title text(400), n_joined i64, is_demo bool
-- rows: many<=51
-- reads: 160
SELECT id, public_id, kind, state, local_day, published_at, district_code, street_code, category_code, title, n_joined, is_demo
FROM public_ticket WHERE category_top = :category AND published_at <= :before_at AND (published_at < :before_at OR id < :before_id)
ORDER BY published_at DESC, id DESC LIMIT 51;

-- name: public_by_both
-- run: open citizen
-- in: district text(6), category text(2), before_at i64, before_id u64
-- out: id u64, public_id text(16), kind i32, state i32, local_day i32, published_at i64, district_code text(6), street_code text(9), category_code text(6), title text(400), n_joined i64, is_demo bool
-- rows: many<=51
-- reads: 160
SELECT id, public_id, kind, state, local_day, published_at, district_code, street_code, category_code, title, n_joined, is_demo
FROM public_ticket WHERE district_code = :district AND category_top = :category AND published_at <= :before_at
    AND (published_at < :before_at OR id < :before_id)
ORDER BY published_at DESC, id DESC LIMIT 51;

-- name: public_one
-- run: open citizen
-- in: public_id text(16)
-- out: id u64, public_id text(16), kind i32, state i32, local_day i32, published_at i64, district_code text(6), street_code text(9), category_code text(6), title text(400), body text(8000), reply text(8000)?, reply_unit text(24), reply_day i32?, n_joined i64, is_demo bool
-- rows: one
-- reads: 3
SELECT id, public_id, kind, state, local_day, published_at, district_code, street_code, category_code, title, body, reply, reply_unit,
    reply_day, n_joined, is_demo
FROM public_ticket WHERE public_id = :public_id;

-- name: public_similar
-- run: citizen staff
-- in: street text(9), category text(6)
-- out: id u64, public_id text(16), kind i32, state i32, local_day i32, published_at i64, district_code text(6), street_code text(9), category_code text(6), title text(400), n_joined i64, is_demo bool
-- rows: many<=5
-- reads: 100
SELECT id, public_id, kind, state, local_day, published_at, district_code, street_code, category_code, title, n_joined, is_demo
FROM public_ticket WHERE street_code = :street AND category_code = :category ORDER BY published_at DESC, id DESC LIMIT 5;

-- name: follow_insert
-- run: citizen
-- in: account_id u64, ticket_id u64, at i64
-- rows: change
-- reads: 3
INSERT IGNORE INTO follow (account_id, ticket_id, created_at) VALUES (:account_id, :ticket_id, :at);

-- name: follow_delete
-- run: citizen
-- in: account_id u64, ticket_id u64
-- rows: change
-- reads: 3
DELETE FROM follow WHERE account_id = :account_id AND ticket_id = :ticket_id;

-- name: follow_delete_account
-- run: citizen
-- in: account_id u64
-- rows: change
-- reads: 2000
DELETE FROM follow WHERE account_id = :account_id;

-- name: publication_joined
-- run: citizen
-- in: ticket_id u64, by i32
-- rows: change
-- reads: 3
UPDATE publication SET n_joined = GREATEST(CAST(n_joined AS SIGNED) + :by, 0) WHERE ticket_id = :ticket_id;

-- name: publication_put
-- run: staff ctl
-- in: ticket_id u64, at i64, district_code text(6), street_code text(9), category_top text(2), category_code text(6), title text(400), body text(8000), reply text(8000)?, reply_unit text(24), reply_day i32?
-- rows: change
-- reads: 8
INSERT INTO publication (ticket_id, published_at, district_code, street_code, category_top, category_code, title, body, reply, reply_unit, reply_day)
VALUES (:ticket_id, :at, :district_code, :street_code, :category_top, :category_code, :title, :body, :reply, :reply_unit, :reply_day)
ON DUPLICATE KEY UPDATE title = :title, body = :body, reply = :reply, reply_unit = :reply_unit, reply_day = :reply_day;
