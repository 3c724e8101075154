-- Rows for test_reads: @N@ demands with everything that hangs on them, so that a statement that scans is seen to scan.
-- Made by the server itself from the seeds (areas, categories, units); the words and the ciphertexts mean nothing and the
-- chains do not verify. Demand 777 is the one that samples.txt names: it has an account, a rating, a publication, files.
SET SESSION sql_log_bin = 0, unique_checks = 0;
SET @now := CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED), @day := 86400000000, @people := @N@ DIV 10;
CREATE TEMPORARY TABLE pick_area (k INT PRIMARY KEY) SELECT ROW_NUMBER() OVER (ORDER BY code) - 1 AS k, code FROM area WHERE level = 3 AND valid_to = 99991231;
CREATE TEMPORARY TABLE pick_category (k INT PRIMARY KEY) SELECT ROW_NUMBER() OVER (ORDER BY code) - 1 AS k, code FROM category WHERE level = 3 AND valid_to = 99991231;
CREATE TEMPORARY TABLE pick_unit (k INT PRIMARY KEY) SELECT ROW_NUMBER() OVER (ORDER BY code) - 1 AS k, code FROM unit WHERE valid_to = 99991231;
SET @areas := (SELECT COUNT(*) FROM pick_area), @categories := (SELECT COUNT(*) FROM pick_category), @units := (SELECT COUNT(*) FROM pick_unit);
CREATE TEMPORARY TABLE demand (n INT PRIMARY KEY) SELECT s.n, ((s.at DIV 1000) << 22) | (s.n & 4194303) AS id, s.at, s.state,
    CAST(DATE_FORMAT(FROM_UNIXTIME(s.at DIV 1000000 + 28800), '%Y%m%d') AS SIGNED) AS day,
    IF(s.n % 2 = 1, s.n % @people, NULL) AS account, a.code AS area, c.code AS category, u.code AS unit
FROM (SELECT seq AS n, @now - (@N@ - seq) * (90 * @day DIV @N@) AS at, seq % 8 + 1 AS state FROM seq_1_to_@N@) s
JOIN pick_area a ON a.k = s.n * 7 % @areas JOIN pick_category c ON c.k = s.n * 11 % @categories JOIN pick_unit u ON u.k = s.n * 13 % @units;

INSERT INTO ticket (id, ticket_no, public_id, kind, channel, state, category_code, area_code, district_code, response_level, promise_at,
    account_id, is_public, chain_seq, created_at, local_day, replied_at, lead_id, unsealed, is_demo)
SELECT id, CONCAT('SD', LPAD(n, 14, '0')), CONCAT('P', LPAD(n, 15, '0')), n % 6 + 1, n % 4 + 1, state, category, area, LEFT(area, 6), 3,
    at + 7 * @day, account, 1, 4, at, day, IF(state > 3, at + @day, NULL), id + 1, IF(n % 50 = 0, 1, 0), n % 5 = 0 FROM demand;
INSERT INTO ticket_text (ticket_id, title, body, address) SELECT id, CONCAT('路灯不亮 ', n), REPEAT('夜里很黑，请尽快修理。', 10), '某小区东门' FROM demand;
INSERT INTO event (ticket_id, seq, at, code, from_state, to_state, actor_kind, unit_code, params, words, words_lang, hash)
SELECT d.id, s.seq, d.at + s.seq, IF(s.seq = 4, 12, s.seq), s.seq - 1, s.seq, IF(s.seq = 1, 1, 2), d.unit, 'unit=x', IF(s.seq IN (1, 4), '已经修好', NULL), 0, ''
FROM demand d JOIN seq_1_to_4 s;
INSERT INTO assignment (id, ticket_id, role, unit_code, state, started_at, due_at, next_at)
SELECT d.id + s.seq, d.id, s.seq, IF(d.n % 50 = 0, 'BUSY', d.unit), d.state % 5 + 1, d.at, d.at + 7 * @day, IF(d.n % 40 = 0, d.at + @day, NULL)
FROM demand d JOIN seq_1_to_2 s WHERE s.seq = 1 OR d.n % 3 = 0;
INSERT INTO contact (owner_kind, owner_id, key_id, name_ct, phone_ct, phone_bidx, phone_verified_at, updated_at)
SELECT 1, id, 1, REPEAT('x', 60), REPEAT('y', 51), UNHEX(MD5(CONCAT('phone', n % @people))), IF(n % 2 = 0, at, NULL), at FROM demand;
INSERT INTO rating (ticket_id, round, state, invited_at, expires_at, contacted, solved, satisfaction)
SELECT id, 1, IF(n % 9 = 0, 1, 2), at + 2 * @day, at + 32 * @day, 1, 1, 2 FROM demand WHERE n % 3 = 0;
INSERT INTO publication (ticket_id, published_at, district_code, street_code, category_top, category_code, title, body)
SELECT id, LEAST(at + @day, @now), LEFT(area, 6), LEFT(area, 9), LEFT(category, 2), category, '路灯不亮', '夜里很黑' FROM demand WHERE n % 3 = 0;
INSERT INTO upload (id, owner_key, ticket_id, event_seq, kind, state, media_type, raw_name, bytes, sha256, created_at, expires_at, lease_until)
SELECT d.id, UNHEX(SHA2(CONCAT('upload', d.n), 256)), IF(d.n % 3 = 0, d.id, NULL), 1, 1, IF(d.n % 30 = 1, 1, 2), 'image/jpeg', UUID(), 1000,
    UNHEX(SHA2(d.n, 256)), d.at, IF(d.n % 3 = 0, NULL, d.at + 91 * @day), d.at FROM demand d WHERE d.n % 3 < 2;
INSERT INTO idempotency (key_hash, request_hash, status, ticket_id, created_at)
SELECT UNHEX(SHA2(CONCAT('key', n), 256)), UNHEX(SHA2(n, 256)), 201, id, at FROM demand;
INSERT INTO outbox (id, ticket_id, topic, state, next_at, payload, created_at)
SELECT id, id, 1, IF(n % 97 = 0, 1, IF(n % 997 = 1, 3, 2)), at, 'x', at FROM demand;
INSERT INTO audit (id, at, actor_kind, actor_id, action, object_kind, object_id, purpose)
SELECT id, at, 2, 1, IF(n % 3 = 0, 'contact_reveal', 'file'), 'ticket', id, '回访' FROM demand;
INSERT INTO signed_link (token_hash, purpose, ticket_id, round, created_at, expires_at)
SELECT UNHEX(SHA2(CONCAT('link', n), 256)), 1, id, 1, at, at + 120 * @day FROM demand WHERE n % 3 = 0;
INSERT INTO day_mark (id, local_day) SELECT id, day FROM demand WHERE n % 10 = 0;
INSERT INTO checkpoint (id, at, upto_ticket_id, n_heads, root, mac) SELECT id, at, id, 100, UNHEX(SHA2(n, 256)), UNHEX(SHA2(n, 256)) FROM demand WHERE n % 100 = 0;

INSERT INTO account (id, created_at, is_demo) SELECT seq, @now - 100 * @day, seq % 500 = 1 FROM seq_1_to_@N@ WHERE seq <= @people;
INSERT INTO contact (owner_kind, owner_id, key_id, phone_ct, phone_bidx, account_bidx, updated_at)
SELECT 2, id, 1, REPEAT('y', 51), UNHEX(MD5(CONCAT('phone', id))), UNHEX(MD5(CONCAT('phone', id))), @now FROM account;
INSERT INTO session (id, token_hash, account_id, account_epoch, created_at, seen_at, expires_at)
SELECT id, UNHEX(SHA2(CONCAT('session', id), 256)), IF(id % 2 = 1, id, NULL), 1, @now, @now, @now + IF(id % 20 = 0, -1, 1) * @day FROM account;
INSERT INTO session_ticket (session_id, ticket_id, until_at) SELECT IF(n < 800 AND n > 780, 777, n % @people), id, @now + @day FROM demand WHERE n % 3 = 0;
INSERT INTO draft (session_id, key_id, body_ct, resume_hash, form_key, updated_at, expires_at)
SELECT id, 1, REPEAT('z', 900), UNHEX(SHA2(CONCAT('resume', id), 256)), UNHEX(MD5(id)), @now, @now + IF(id % 20 = 0, -1, 7) * @day FROM account;
INSERT INTO refresh_token (token_hash, account_id, family, account_epoch, created_at, expires_at)
SELECT UNHEX(SHA2(CONCAT('refresh', a.id, '.', s.seq), 256)), a.id, a.id, 1, @now, @now + IF(a.id % 20 = 0, -1, 30) * @day FROM account a JOIN seq_1_to_3 s;
INSERT INTO sms_code (id, phone_bidx, purpose, code_mac, created_at, expires_at)
SELECT a.id * 4 + s.seq, UNHEX(MD5(CONCAT('phone', a.id))), 1, UNHEX(SHA2(a.id, 256)), @now - s.seq, @now + 300000000 FROM account a JOIN seq_1_to_3 s;
INSERT INTO follow (account_id, ticket_id, created_at) SELECT n % @people, id, at FROM demand WHERE n % 3 = 0;
INSERT INTO kb_feedback (id, article_id, useful, at) SELECT seq, 1, 1, @now FROM seq_1_to_5000;
INSERT IGNORE INTO kb_question (id, question, question_en, article_id, category_code)
SELECT seq, '路灯不亮找谁', 'Who mends a street lamp', 1, (SELECT code FROM pick_category WHERE k = seq) FROM seq_1_to_50;
INSERT INTO kb_miss (query_hash, query, n, first_at, last_at) SELECT UNHEX(MD5(CONCAT('miss', seq))), CONCAT('没有 ', seq), 1, @now, @now FROM seq_1_to_5000;

INSERT INTO stat_day (day, dim, code, filed, counted_at)
SELECT day, 1, '', COUNT(*), @now FROM demand GROUP BY day
UNION ALL SELECT day, 2, LEFT(area, 6), COUNT(*), @now FROM demand GROUP BY day, LEFT(area, 6)
UNION ALL SELECT day, 4, category, COUNT(*), @now FROM demand GROUP BY day, category;
INSERT INTO stat_window (days, dim, code, last_day, replied, reply_minutes_median, counted_at)
SELECT 30, 2, LEFT(area, 6), MAX(day), COUNT(*), 600, @now FROM demand GROUP BY LEFT(area, 6);
ANALYZE TABLE ticket, event, assignment, contact, rating, publication, upload, outbox, session, session_ticket, draft, sms_code,
    refresh_token, audit, idempotency, follow, signed_link, day_mark, stat_day, kb_search;
INSERT INTO visit (ticket_id, round, state, kind, unit_code, district_code, lane, due_at, call_at, lease_until, visitor_id)
SELECT id, 1, n % 5 + 1, n % 6 + 1, unit, LEFT(area, 6), IF(n % 40 = 0, 0, 1), at, at + @day, IF(n % 30 = 21, @now + @day, 0), IF(n % 30 = 21, 777, 0)
FROM demand WHERE n % 3 = 0;
INSERT INTO supervision (id, ticket_id, round, unit_code, by_unit, district_code, level, ground, once_key, state, created_at, due_at, next_at)
SELECT id, id, 1, IF(n % 50 = 0, 'BUSY', unit), '', LEFT(area, 6), 3, 4, id, n % 4 + 1, at, at + @day, IF(n % 40 = 0, at + @day, NULL) FROM demand WHERE n % 3 = 0 OR n % 50 = 0;
INSERT INTO urgent_mode (id, version, current, name, reason, categories, level, raise_open, starts_at, ends_at, notice_zh, notice_en, staff_id, changed_at)
SELECT seq, 1, 1, '暴雪', '红色预警', '01', 1, IF(seq = 60, 1, 0), @now - 90 * @day, @now + (CAST(seq AS SIGNED) - 50) * @day, '优先处理', 'First', 1, @now FROM seq_1_to_60;
INSERT INTO wall_item (kind, assignment_id, ticket_id, unit_code, district_code, since_at)
SELECT s.k, d.id + 1, d.id, IF(d.n % 50 = 0, 'BUSY', d.unit), LEFT(d.area, 6), d.at FROM demand d JOIN (SELECT 1 AS k UNION SELECT 6 UNION SELECT 7) s WHERE d.n % 5 = 0 OR d.n = 777;
INSERT INTO wall_look (ticket_id, look_at) SELECT id, at FROM demand WHERE n % 20 = 0;
INSERT INTO wall_count (dim, code, kind, n) SELECT 1, unit_code, kind, COUNT(*) FROM wall_item GROUP BY unit_code, kind;
INSERT INTO wall_count (dim, code, kind, n) SELECT 2, district_code, kind, COUNT(*) FROM wall_item GROUP BY district_code, kind;
INSERT INTO wall_count (dim, code, kind, n) SELECT 0, '', kind, COUNT(*) FROM wall_item GROUP BY kind;
INSERT INTO staff (id, login, name, unit_code, password_hash, password_at, totp_key_id, totp_ct, totp_at, created_at, is_demo)
SELECT seq, CONCAT('staff', LPAD(seq, 6, '0')), '某人', IF(seq % 10 = 0, 'BUSY', CONCAT('U', seq % 500)), '$argon2id$', @now, 1, 'sealed', @now, @now, seq % 100 = 0
FROM seq_1_to_5000;
INSERT INTO staff_role (staff_id, role, unit_code, granted_at, granted_by) SELECT p.id, s.seq, '', @now, 0 FROM staff p JOIN seq_1_to_4 s;
INSERT INTO staff_recovery (staff_id, code_hash) SELECT p.id, UNHEX(SHA2(CONCAT('code', p.id, '.', s.seq), 256)) FROM staff p JOIN seq_1_to_10 s WHERE p.id <= 1000;
INSERT INTO staff_session (id, token_hash, staff_id, epoch, stage, created_at, seen_at, expires_at)
SELECT p.id * 4 + s.seq, UNHEX(SHA2(CONCAT('staff', p.id, '.', s.seq), 256)), p.id, 1, 9, @now, @now, @now + IF(p.id % 20 = 0, -1, 1) * @day FROM staff p JOIN seq_1_to_3 s;
INSERT INTO staff_try (key_hash, failures, last_at, until_at) SELECT UNHEX(MD5(CONCAT('try', seq))), 1, @now - 40 * @day, 0 FROM seq_1_to_5000;
INSERT INTO service_account (id, name, unit_code, created_at, created_by) SELECT 900000 + seq, '系统', IF(seq % 10 = 0, 'BUSY', CONCAT('U', seq % 50)), @now, 1 FROM seq_1_to_500;
INSERT INTO service_key (key_hash, service_id, hint, created_at) SELECT UNHEX(SHA2(CONCAT('key', id, '.', s.seq), 256)), id, CONCAT('h', s.seq), @now FROM service_account JOIN seq_1_to_3 s;
INSERT INTO staff_role (staff_id, role, unit_code, granted_at, granted_by) SELECT id, 3, unit_code, @now, 0 FROM service_account;
ANALYZE TABLE staff, staff_role, staff_recovery, staff_session, staff_try, service_account, service_key;

INSERT INTO unit_return (id, ticket_id, round, n, unit_code, ground, state, asked_at)
SELECT id + 3, id, 1, 1, IF(n % 50 = 0, (SELECT code FROM unit LIMIT 1), 'BUSY'), 1, IF(n % 100 = 0, 1, 2), at FROM demand WHERE n % 10 = 0 OR n = 777;
INSERT INTO whistle (assignment_id, ticket_id, round, caller, called, called_at, report_by, due_at, next_at, is_open)
SELECT id + 1, id, 1, 'BUSY', 'BUSY', at, at + 1, at + @day, IF(n % 40 = 0, at, NULL), 1 FROM demand WHERE n % 10 = 0 OR n = 777;
INSERT INTO extension_ask (id, ticket_id, unit_code, until_at, reason, state, asked_at)
SELECT id, id, (SELECT code FROM unit LIMIT 1), at, '等材料', 1, at FROM demand WHERE n % 100 = 0 OR n = 777;
INSERT INTO ticket_link (ticket_id, other_id, at) SELECT id, id + 1, at FROM demand WHERE n % 10 = 0;
INSERT INTO reply_template (id, used_for, title, body) SELECT 2000 + seq, 1, 'x', '已于〔日期〕处理。' FROM seq_1_to_50;
INSERT INTO unit_load (unit_code, counted_at) SELECT DISTINCT code, seq_code FROM (SELECT code, 0 AS seq_code FROM unit WHERE valid_to = 99991231) u;
INSERT INTO rule_set (id, base, state, note, author_id, created_at, valid_from) SELECT seq, seq - 1, IF(seq < 200, 3, IF(seq = 200, 2, 1)), '试用', 1, @now, @now FROM seq_1_to_210;
INSERT INTO rule_set_rule (set_id, id, category_prefix, lead_kind, response_level) SELECT s.seq, r.seq, '01', 1, 3 FROM seq_195_to_201 s JOIN seq_1_to_1500 r;
