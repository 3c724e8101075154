-- Signing in to the back office: people, their sessions, their second factor, and the pauses after wrong tries.

-- Everything a request of the staff needs, in one reading: one row for each grant, or one without.
-- name: staff_session_find
-- run: staff
-- in: token_hash blob(32), idle_us i64
-- out: id u64, staff_id u64, epoch i32, stage i32, strong bool, created_at i64, seen_at i64, expires_at i64, confirmed_at i64, now i64
-- out: login text(40), name text(240), unit_code text(24), has_totp bool
-- out: role i32, role_unit text(24), area_prefix text(12), category_prefix text(6)
-- rows: many<=60
-- reads: 70
SELECT s.id, s.staff_id, s.epoch, s.stage, s.strong, s.created_at, s.seen_at, s.expires_at, s.confirmed_at,
    CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now, p.login, p.name, p.unit_code, p.totp_at IS NOT NULL AS has_totp,
    COALESCE(r.role, 0) AS role, COALESCE(r.unit_code, '') AS role_unit, COALESCE(r.area_prefix, '') AS area_prefix,
    COALESCE(r.category_prefix, '') AS category_prefix
FROM staff_session s JOIN staff p ON p.id = s.staff_id AND p.state = 1 AND p.epoch = s.epoch
    LEFT JOIN staff_role r ON r.staff_id = p.id
WHERE s.token_hash = :token_hash AND s.expires_at > CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)
    AND s.seen_at > CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) - :idle_us
ORDER BY r.role, r.unit_code, r.area_prefix, r.category_prefix LIMIT 60;

-- name: staff_session_insert
-- run: staff
-- in: id u64, token_hash blob(32), staff_id u64, epoch i32, stage i32, strong bool, at i64, expires_at i64, client_net text(60)
-- rows: change=1
-- reads: 2
INSERT INTO staff_session (id, token_hash, staff_id, epoch, stage, strong, created_at, seen_at, expires_at, client_net)
VALUES (:id, :token_hash, :staff_id, :epoch, :stage, :strong, :at, :at, :expires_at, :client_net);

-- name: staff_session_rotate
-- run: staff
-- in: id u64, token_hash blob(32), staff_id u64, epoch i32, stage i32, strong bool, at i64, expires_at i64, confirmed_at i64, client_net text(60)
-- rows: change
-- reads: 3
UPDATE staff_session SET token_hash = :token_hash, staff_id = :staff_id, epoch = :epoch, stage = :stage, strong = :strong,
    seen_at = :at, expires_at = :expires_at, confirmed_at = :confirmed_at, client_net = :client_net WHERE id = :id;

-- name: staff_session_touch
-- run: staff
-- in: id u64, at i64
-- rows: change
-- reads: 3
UPDATE staff_session SET seen_at = :at WHERE id = :id;

-- name: staff_session_confirm
-- run: staff
-- in: id u64, at i64
-- rows: change
-- reads: 3
UPDATE staff_session SET confirmed_at = :at WHERE id = :id;

-- name: staff_session_delete
-- run: staff
-- in: id u64, staff_id u64
-- rows: change
-- reads: 3
DELETE FROM staff_session WHERE id = :id AND staff_id = :staff_id;

-- name: staff_session_delete_others
-- run: staff
-- in: staff_id u64, keep u64
-- rows: change
-- reads: 2000
DELETE FROM staff_session WHERE staff_id = :staff_id AND id <> :keep;

-- name: staff_session_list
-- run: staff
-- in: staff_id u64, idle_us i64
-- out: id u64, strong bool, created_at i64, seen_at i64, client_net text(60)
-- rows: many<=50
-- reads: 200
SELECT s.id, s.strong, s.created_at, s.seen_at, s.client_net FROM staff_session s
    JOIN staff p ON p.id = s.staff_id AND p.epoch = s.epoch
WHERE s.staff_id = :staff_id AND s.stage = 9 AND s.expires_at > CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)
    AND s.seen_at > CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) - :idle_us
ORDER BY s.id DESC LIMIT 50;

-- name: staff_session_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: job
DELETE FROM staff_session WHERE expires_at < :before ORDER BY expires_at LIMIT 500;

-- name: staff_by_login
-- run: staff ctl
-- in: login text(40)
-- out: id u64, name text(240), unit_code text(24), state i32, epoch i32, password_hash text(128), must_change bool, has_totp bool
-- rows: one
-- reads: 2
SELECT id, name, unit_code, state, epoch, password_hash, must_change, totp_at IS NOT NULL AS has_totp
FROM staff WHERE login = :login;

-- name: staff_secret
-- run: staff ctl
-- in: id u64
-- out: login text(40), name text(240), unit_code text(24), state i32, epoch i32, password_hash text(128), must_change bool, totp_key_id i32?, totp_ct blob(120)?, totp_step i64
-- rows: one
-- reads: 2
SELECT login, name, unit_code, state, epoch, password_hash, must_change, totp_key_id, totp_ct, totp_step
FROM staff WHERE id = :id;

-- name: staff_roles
-- run: staff ctl
-- in: staff_id u64
-- out: role i32, unit_code text(24), area_prefix text(12), category_prefix text(6)
-- rows: many<=60
-- reads: 70
SELECT role, unit_code, area_prefix, category_prefix FROM staff_role WHERE staff_id = :staff_id
ORDER BY role, unit_code, area_prefix, category_prefix LIMIT 60;

-- A newer cost of the same password: nothing of the person changes.
-- name: staff_rehash
-- run: staff
-- in: id u64, was text(128), password_hash text(128)
-- rows: change
-- reads: 3
UPDATE staff SET password_hash = :password_hash WHERE id = :id AND password_hash = :was;

-- Every session of the person ends: epoch.
-- name: staff_set_password
-- run: staff ctl
-- in: id u64, password_hash text(128), must_change bool, at i64
-- rows: change
-- reads: 3
UPDATE staff SET password_hash = :password_hash, must_change = :must_change, password_at = :at, epoch = epoch + 1,
    version = version + 1 WHERE id = :id;

-- name: staff_signed_in
-- run: staff
-- in: id u64, at i64
-- rows: change
-- reads: 3
UPDATE staff SET signed_in_at = :at WHERE id = :id;

-- A code is good once: whoever comes second changes nothing.
-- name: staff_totp_use
-- run: staff
-- in: id u64, step i64
-- rows: change
-- reads: 3
UPDATE staff SET totp_step = :step WHERE id = :id AND totp_step < :step;

-- name: staff_totp_set
-- run: staff ctl
-- in: id u64, totp_key_id i32?, totp_ct blob(120)?, totp_at i64?, totp_step i64
-- rows: change
-- reads: 3
UPDATE staff SET totp_key_id = :totp_key_id, totp_ct = :totp_ct, totp_at = :totp_at, totp_step = :totp_step,
    version = version + 1 WHERE id = :id;

-- name: staff_recovery_clear
-- run: staff ctl
-- in: staff_id u64
-- rows: change
-- reads: 60
DELETE FROM staff_recovery WHERE staff_id = :staff_id;

-- name: staff_recovery_insert
-- run: staff
-- in: staff_id u64, code_hash blob(32)
-- rows: later
-- reads: 2
INSERT INTO staff_recovery (staff_id, code_hash) VALUES (:staff_id, :code_hash);

-- name: staff_recovery_use
-- run: staff
-- in: staff_id u64, code_hash blob(32), at i64
-- rows: change
-- reads: 3
UPDATE staff_recovery SET used_at = :at WHERE staff_id = :staff_id AND code_hash = :code_hash AND used_at IS NULL;

-- name: staff_recovery_left
-- run: staff
-- in: staff_id u64
-- out: n i64
-- rows: one
-- reads: 30
SELECT COUNT(*) AS n FROM staff_recovery WHERE staff_id = :staff_id AND used_at IS NULL;

-- ---- pauses ---------------------------------------------------------------------------------------------------------

-- name: staff_try_get
-- run: staff
-- in: a blob(16), b blob(16), c blob(16)
-- out: key_hash blob(16), failures i32, last_at i64, until_at i64
-- rows: many<=3
-- reads: 6
SELECT key_hash, failures, last_at, until_at FROM staff_try WHERE key_hash IN (:a, :b, :c) LIMIT 3;

-- Locks the row of a key, makes it when there is none, and forgets failures that lie long back.
-- name: staff_try_open
-- run: staff
-- in: key_hash blob(16), at i64, forget_before i64
-- rows: change
-- reads: 3
INSERT INTO staff_try (key_hash, failures, last_at, until_at) VALUES (:key_hash, 0, :at, 0)
ON DUPLICATE KEY UPDATE failures = IF(last_at < :forget_before, 0, failures), last_at = IF(last_at < :forget_before, :at, last_at);

-- name: staff_try_put
-- run: staff
-- in: key_hash blob(16), failures i32, at i64, until_at i64
-- rows: change
-- reads: 3
INSERT INTO staff_try (key_hash, failures, last_at, until_at) VALUES (:key_hash, :failures, :at, :until_at)
ON DUPLICATE KEY UPDATE failures = :failures, last_at = :at, until_at = :until_at;

-- name: staff_try_clear
-- run: staff
-- in: key_hash blob(16)
-- rows: change
-- reads: 3
DELETE FROM staff_try WHERE key_hash = :key_hash;

-- name: staff_try_expire
-- run: worker
-- in: before i64
-- rows: change
-- reads: job
DELETE FROM staff_try WHERE last_at < :before ORDER BY last_at LIMIT 500;

-- ---- services -------------------------------------------------------------------------------------------------------

-- name: service_by_key
-- run: staff
-- in: key_hash blob(32)
-- out: id u64, epoch i32
-- rows: one
-- reads: 4
SELECT s.id, s.epoch FROM service_key k JOIN service_account s ON s.id = k.service_id AND s.state = 1
WHERE k.key_hash = :key_hash AND k.ended_at IS NULL;

-- name: service_key_used
-- run: staff
-- in: key_hash blob(32), at i64
-- rows: change
-- reads: 3
UPDATE service_key SET used_at = :at WHERE key_hash = :key_hash;

-- As staff_session_find, for a token.
-- name: service_find
-- run: staff
-- in: id u64, epoch i32
-- out: name text(240), unit_code text(24), role i32, role_unit text(24), area_prefix text(12), category_prefix text(6)
-- rows: many<=60
-- reads: 70
SELECT s.name, s.unit_code, COALESCE(r.role, 0) AS role, COALESCE(r.unit_code, '') AS role_unit,
    COALESCE(r.area_prefix, '') AS area_prefix, COALESCE(r.category_prefix, '') AS category_prefix
FROM service_account s LEFT JOIN staff_role r ON r.staff_id = s.id
WHERE s.id = :id AND s.epoch = :epoch AND s.state = 1
ORDER BY r.role, r.unit_code, r.area_prefix, r.category_prefix LIMIT 60;

-- ---- people, for administrators ---------------------------------------------------------------------------------------

-- name: staff_insert
-- run: staff ctl
-- in: id u64, login text(40), name text(240), unit_code text(24), password_hash text(128), must_change bool, at i64, is_demo bool
-- rows: change=1
-- reads: 3
INSERT INTO staff (id, login, name, unit_code, password_hash, must_change, password_at, created_at, is_demo)
VALUES (:id, :login, :name, :unit_code, :password_hash, :must_change, :at, :at, :is_demo);

-- name: staff_list
-- run: staff ctl
-- in: after text(40), until text(41)
-- out: id u64, login text(40), name text(240), unit_code text(24), state i32, has_totp bool, must_change bool, signed_in_at i64?, is_demo bool
-- rows: many<=51
-- reads: 60
SELECT id, login, name, unit_code, state, totp_at IS NOT NULL AS has_totp, must_change, signed_in_at, is_demo
FROM staff WHERE login > :after AND login < :until ORDER BY login LIMIT 51;

-- name: staff_list_unit
-- run: staff
-- in: unit_code text(24), after text(40), until text(41)
-- out: id u64, login text(40), name text(240), unit_code text(24), state i32, has_totp bool, must_change bool, signed_in_at i64?, is_demo bool
-- rows: many<=51
-- reads: 60
SELECT id, login, name, unit_code, state, totp_at IS NOT NULL AS has_totp, must_change, signed_in_at, is_demo
FROM staff WHERE unit_code = :unit_code AND login > :after AND login < :until ORDER BY login LIMIT 51;

-- name: staff_get
-- run: staff ctl
-- in: id u64
-- out: login text(40), name text(240), unit_code text(24), state i32, version i32, has_totp bool, must_change bool, signed_in_at i64?, password_at i64, created_at i64, is_demo bool
-- rows: one
-- reads: 2
SELECT login, name, unit_code, state, version, totp_at IS NOT NULL AS has_totp, must_change, signed_in_at, password_at, created_at, is_demo
FROM staff WHERE id = :id;

-- Whatever changes what a person may do ends their sessions; a version that moved changes nothing.
-- name: staff_edit
-- run: staff ctl
-- in: id u64, version i32, name text(240), unit_code text(24)
-- rows: change
-- reads: 3
UPDATE staff SET name = :name, epoch = epoch + IF(unit_code = :unit_code, 0, 1), unit_code = :unit_code, version = version + 1
WHERE id = :id AND version = :version;

-- name: staff_set_state
-- run: staff ctl
-- in: id u64, state i32
-- rows: change
-- reads: 3
UPDATE staff SET state = :state, epoch = epoch + 1, version = version + 1 WHERE id = :id AND state <> :state;

-- name: staff_end_all
-- run: staff ctl
-- in: id u64
-- rows: change
-- reads: 3
UPDATE staff SET epoch = epoch + 1, version = version + 1 WHERE id = :id;

-- name: staff_role_insert
-- run: staff ctl
-- in: staff_id u64, role i32, unit_code text(24), area_prefix text(12), category_prefix text(6), at i64, by u64
-- rows: change
-- reads: 3
INSERT INTO staff_role (staff_id, role, unit_code, area_prefix, category_prefix, granted_at, granted_by)
VALUES (:staff_id, :role, :unit_code, :area_prefix, :category_prefix, :at, :by)
ON DUPLICATE KEY UPDATE granted_at = granted_at;

-- name: staff_role_delete
-- run: staff ctl
-- in: staff_id u64, role i32, unit_code text(24), area_prefix text(12), category_prefix text(6)
-- rows: change
-- reads: 3
DELETE FROM staff_role WHERE staff_id = :staff_id AND role = :role AND unit_code = :unit_code AND area_prefix = :area_prefix
    AND category_prefix = :category_prefix;

-- name: staff_demo_count
-- run: ctl
-- out: n i64
-- rows: one
-- reads: job
SELECT COUNT(*) AS n FROM staff WHERE is_demo = 1;

-- ---- services, for administrators -------------------------------------------------------------------------------------

-- name: service_insert
-- run: staff ctl
-- in: id u64, name text(240), unit_code text(24), at i64, by u64
-- rows: change=1
-- reads: 3
INSERT INTO service_account (id, name, unit_code, created_at, created_by) VALUES (:id, :name, :unit_code, :at, :by);

-- name: service_list
-- run: staff ctl
-- in: after u64
-- out: id u64, name text(240), unit_code text(24), state i32, created_at i64
-- rows: many<=51
-- reads: 60
SELECT id, name, unit_code, state, created_at FROM service_account WHERE id > :after ORDER BY id LIMIT 51;

-- name: service_list_unit
-- run: staff
-- in: unit_code text(24), after u64
-- out: id u64, name text(240), unit_code text(24), state i32, created_at i64
-- rows: many<=51
-- reads: 60
SELECT id, name, unit_code, state, created_at FROM service_account WHERE unit_code = :unit_code AND id > :after ORDER BY id LIMIT 51;

-- name: service_get
-- run: staff ctl
-- in: id u64
-- out: name text(240), unit_code text(24), state i32, created_at i64
-- rows: one
-- reads: 2
SELECT name, unit_code, state, created_at FROM service_account WHERE id = :id;

-- name: service_set_state
-- run: staff ctl
-- in: id u64, state i32
-- rows: change
-- reads: 3
UPDATE service_account SET state = :state, epoch = epoch + 1 WHERE id = :id AND state <> :state;

-- name: service_end_all
-- run: staff ctl
-- in: id u64
-- rows: change
-- reads: 3
UPDATE service_account SET epoch = epoch + 1 WHERE id = :id;

-- name: service_key_insert
-- run: staff ctl
-- in: key_hash blob(32), service_id u64, hint text(8), at i64
-- rows: change=1
-- reads: 3
INSERT INTO service_key (key_hash, service_id, hint, created_at) VALUES (:key_hash, :service_id, :hint, :at);

-- name: service_keys
-- run: staff
-- in: service_id u64
-- out: hint text(8), created_at i64, used_at i64?, ended_at i64?
-- rows: many<=20
-- reads: 60
SELECT hint, created_at, used_at, ended_at FROM service_key WHERE service_id = :service_id ORDER BY created_at DESC LIMIT 20;

-- name: service_key_end
-- run: staff ctl
-- in: service_id u64, hint text(8), at i64
-- rows: change
-- reads: 60
UPDATE service_key SET ended_at = :at WHERE service_id = :service_id AND hint = :hint AND ended_at IS NULL;

-- The unit tree as it stood on a day.
-- name: unit_on_day
-- run: staff
-- in: day i32, after text(24)
-- out: code text(24), name text(480), name_en text(640)?, kind text(24), parent text(24)?, valid_from i32, valid_to i32
-- rows: many<=1000
-- reads: 3000
SELECT code, name, name_en, kind, parent, valid_from, valid_to FROM unit
WHERE code > :after AND valid_from <= :day AND valid_to >= :day ORDER BY code LIMIT 1000;
