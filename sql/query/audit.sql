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
