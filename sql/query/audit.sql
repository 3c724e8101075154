-- Written by all, read by auditors alone (and through contact_look by those whose data it is).

-- name: audit_insert
-- run: citizen staff worker ctl
-- in: id u64, at i64, actor_kind i32, actor_id u64, action text(40), object_kind text(20), object_id u64, purpose text(800), client_net text(60)
-- rows: change
-- reads: 2
INSERT INTO audit (id, at, actor_kind, actor_id, action, object_kind, object_id, purpose, client_net)
VALUES (:id, :at, :actor_kind, :actor_id, :action, :object_kind, :object_id, :purpose, :client_net);

-- How often somebody looked at contact data since then; ids are ordered by time.
-- name: audit_reveals
-- run: staff ctl
-- in: actor_kind i32, actor_id u64, since u64
-- out: n i64
-- rows: one
-- reads: 220
SELECT COUNT(*) AS n FROM (SELECT 1 FROM audit WHERE actor_kind = :actor_kind AND actor_id = :actor_id AND id > :since AND action = 'contact_reveal' LIMIT 100) x;

-- ---- for auditors: newest first, by key ---------------------------------------------------------------------------------

-- name: audit_time
-- run: staff ctl
-- in: before u64, since u64
-- out: id u64, at i64, actor_kind i32, actor_id u64, actor_login text(40)?, actor_name text(240)?, action text(40), object_kind text(20), object_id u64, ticket_no text(16)?, purpose text(800), client_net text(60)
-- rows: many<=200
-- reads: 610
SELECT a.id, a.at, a.actor_kind, a.actor_id, s.login AS actor_login, s.name AS actor_name, a.action, a.object_kind, a.object_id, t.ticket_no, a.purpose, a.client_net
FROM audit a LEFT JOIN staff s ON a.actor_kind = 2 AND s.id = a.actor_id LEFT JOIN ticket t ON a.object_kind = 'ticket' AND t.id = a.object_id
WHERE a.id < :before AND a.id >= :since ORDER BY a.id DESC LIMIT 200;

-- name: audit_person
-- run: staff ctl
-- in: actor_id u64, before u64, since u64
-- out: id u64, at i64, actor_kind i32, actor_id u64, actor_login text(40)?, actor_name text(240)?, action text(40), object_kind text(20), object_id u64, ticket_no text(16)?, purpose text(800), client_net text(60)
-- rows: many<=200
-- reads: 610
SELECT a.id, a.at, a.actor_kind, a.actor_id, s.login AS actor_login, s.name AS actor_name, a.action, a.object_kind, a.object_id, t.ticket_no, a.purpose, a.client_net
FROM audit a FORCE INDEX (by_actor) LEFT JOIN staff s ON a.actor_kind = 2 AND s.id = a.actor_id LEFT JOIN ticket t ON a.object_kind = 'ticket' AND t.id = a.object_id
WHERE a.actor_kind = 2 AND a.actor_id = :actor_id AND a.id < :before AND a.id >= :since ORDER BY a.id DESC LIMIT 200;

-- name: audit_ticket
-- run: staff ctl
-- in: ticket_id u64, before u64, since u64
-- out: id u64, at i64, actor_kind i32, actor_id u64, actor_login text(40)?, actor_name text(240)?, action text(40), object_kind text(20), object_id u64, ticket_no text(16)?, purpose text(800), client_net text(60)
-- rows: many<=200
-- reads: 610
SELECT a.id, a.at, a.actor_kind, a.actor_id, s.login AS actor_login, s.name AS actor_name, a.action, a.object_kind, a.object_id, t.ticket_no, a.purpose, a.client_net
FROM audit a FORCE INDEX (by_object) LEFT JOIN staff s ON a.actor_kind = 2 AND s.id = a.actor_id LEFT JOIN ticket t ON a.object_kind = 'ticket' AND t.id = a.object_id
WHERE a.object_kind = 'ticket' AND a.object_id = :ticket_id AND a.id < :before AND a.id >= :since ORDER BY a.id DESC LIMIT 200;

-- name: audit_ticket_id
-- run: staff ctl
-- in: no text(16)
-- out: id u64
-- rows: one
-- reads: 2
SELECT id FROM ticket WHERE ticket_no = :no;

-- name: checkpoint_newest
-- run: staff ctl
-- out: id u64, at i64, n_heads i32
-- rows: many<=20
-- reads: 21
SELECT id, at, n_heads FROM checkpoint ORDER BY id DESC LIMIT 20;
