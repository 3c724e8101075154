// staff_board.mjs - what else the staff do, over JSON: rules, call-backs, the wall, urgent modes, lists; keys of acts without a version.
import { ctl, file, is, key, network, phone, send, serviceToken, sql, test, that } from "../http/lib.mjs";
import { BASE, body_allowed, judge, operations } from "./document.mjs";

const LAMPS = "050406", CITY = "市水务局"; // street lamps, and who has nothing to do with them
const tokens = new Map();
const token = async (role, unit = "BJ001", scope = "") => tokens.get(role + unit) ?? (tokens.set(role + unit, await serviceToken(role, unit, scope)), tokens.get(role + unit));
// One call of an operation by a service with this role; judged by the document, as is what was sent when it was taken. An act that
// wants a version or a key gets a key, unless `key: null` says none.
const wants = (op) => op.parameters?.some((x) => x.$ref?.endsWith("/IdempotencyKeyOrVersion"));
async function call(role, id, { path = {}, query, body, key: sent, unit, scope } = {}) {
  const op = operations.get(id);
  const at = BASE + op.path.replace(/\{(\w+)\}/g, (_, n) => encodeURIComponent(path[n])) + (query ? `?${new URLSearchParams(query)}` : "");
  const r = judge(id, await send(op.method, at, { token: await token(role, unit, scope), from: network(), body, key: sent === undefined && wants(op) ? key() : sent ?? undefined }));
  if (r.status < 300 && body) is(body_allowed(id, body), "", `${id}: the document on our body`);
  return r;
}
const data = async (role, id, status, options) => { const r = await call(role, id, options); is(r.status, status, `${id} (${r.text.slice(0, 200)})`); return r.json.data; };
const refused = async (role, id, status, reason, options) => {
  const r = await call(role, id, options);
  is(r.status, status, `${id} refused (${r.text.slice(0, 200)})`);
  that(r.json.reason === reason || r.json.data?.fields?.some((f) => f.reason === reason), `${id}: ${reason} expected, got ${r.text.slice(0, 300)}`);
};
const bare = (no) => no.replaceAll("-", "");
const inForce = () => sql("SELECT COALESCE(MAX(id), 0) FROM rule_set WHERE state = 2");

await test("staff calls: dispatch rules drafted, changed, tried, put in force, brought back, given up", async () => {
  const before = Number(await inForce()), old = await file({ category_code: LAMPS }), k = key(), note = { note: "路灯试点由市里直接办" };
  const draft = await data("editor", "api_staff_rules_draft", 201, { body: note, key: k });
  is((await data("editor", "api_staff_rules_draft", 201, { body: note, key: k })).set, draft.set, "sent twice, drafted once");
  await refused("editor", "api_staff_rules_draft", 422, "IDEMPOTENCY_MISMATCH", { body: { note: "另一份不同的草稿" }, key: k });
  await refused("editor", "api_staff_rules_draft", 400, "IDEMPOTENCY_KEY_REQUIRED", { body: note });
  await refused("editor", "api_staff_rules_draft", 422, "TOO_SHORT", { body: { note: "短" }, key: key() });
  await refused("editor", "api_staff_rules_draft", 422, "UNKNOWN_FIELD", { body: { ...note, once: "x" }, key: key() });
  is(draft.state.code, "draft"); is(draft.base, before);
  that((await data("editor", "api_staff_rules", 200)).items.some((x) => x.set === draft.set), "it stands among the versions");
  const set = String(draft.set), rule = { category_prefix: LAMPS, lead_kind: "city", lead_ref: CITY, response_level: 2, note: "试点" };
  const put = (more, sent, id = "0") => ({ path: { set, id }, body: { ...rule, ...more }, key: sent });
  await refused("editor", "api_staff_rule", 422, "NOT_A_CHOICE", put({ go: "save", lead_ref: "没有这个局" }, key()));
  await refused("editor", "api_staff_rule", 400, "IDEMPOTENCY_KEY_REQUIRED", put({ go: "save" }));
  const seen = await data("editor", "api_staff_rule", 200, put({ go: "preview" }));
  that(!seen.kept && seen.rule.says.includes("水务局"), "plain words, and nothing is kept");
  const k2 = key(), made = await data("editor", "api_staff_rule", 201, put({ go: "save" }, k2)), id = String(made.rule.id);
  is((await data("editor", "api_staff_rule", 201, put({ go: "save" }, k2))).rule.id, made.rule.id, "sent twice, one rule");
  await data("editor", "api_staff_rule", 200, put({ go: "save", note: "试点二" }, undefined, id));
  const rows = await data("editor", "api_staff_rules_set", 200, { path: { set }, query: { category_prefix: LAMPS, unit: "水务" } });
  that(rows.items.length === 1 && rows.found === 1 && rows.rules > 50 && rows.items[0].note === "试点二", JSON.stringify(rows).slice(0, 300));
  const first = await data("editor", "api_staff_rules_set", 200, { path: { set } });
  const next = await data("editor", "api_staff_rules_set", 200, { path: { set }, query: { cursor: first.next_cursor } });
  that(first.has_more && next.items[0].id > first.items.at(-1).id, "pages by key");
  await refused("editor", "api_staff_rules_set", 400, "CURSOR_INVALID", { path: { set }, query: { unit: "水务", cursor: first.next_cursor } });
  const changes = (await data("editor", "api_staff_rules_changes", 200, { path: { set } })).items;
  that(changes.length === 1 && changes[0].before === null && String(changes[0].after.id) === id, JSON.stringify(changes));
  const trial = await data("editor", "api_staff_rules_try", 200, { path: { set }, query: { days: 366 } });
  that(trial.moved > 0 && trial.moves.some((m) => m.to.name.includes("水务") && m.samples.length > 0) && trial.loads.some((l) => l.after > l.before), JSON.stringify(trial).slice(0, 300));
  that(old.ticket_no.length > 0 && (await call("editor", "api_staff_rules_try", { path: { set }, query: { days: 367 } })).status === 422, "more days than a year");
  is((await data("editor", "api_staff_rules_publish", 200, { path: { set } })).state.code, "in_force");
  is(await inForce(), set, "in force");
  await refused("editor", "api_staff_rules_publish", 409, "RULES_NOT_DRAFT", { path: { set } });
  await refused("editor", "api_staff_rule", 409, "RULES_NOT_DRAFT", put({ go: "remove" }, undefined, id));
  const k3 = key(), revert = { path: { set: String(before) }, body: { note: "试点结束了，恢复原来" }, key: k3 };
  const back = await data("editor", "api_staff_rules_revert", 201, revert);
  is((await data("editor", "api_staff_rules_revert", 201, revert)).set, back.set, "sent twice, brought back once");
  that(back.set > draft.set && back.state.code === "in_force", JSON.stringify(back));
  await refused("editor", "api_staff_rules_revert", 409, "RULES_NOT_PAST", { ...revert, path: { set: String(back.set) }, key: key() });
  const other = String((await data("editor", "api_staff_rules_draft", 201, { body: note, key: key() })).set), gone = (await data("editor", "api_staff_rules_set", 200, { path: { set: other } })).items[0];
  is((await data("editor", "api_staff_rule", 200, { path: { set: other, id: String(gone.id) }, body: { ...rule, go: "remove" } })).rule, null, "taken out");
  is((await data("editor", "api_staff_rules_drop", 200, { path: { set: other } })).state.code, "dropped");
  await refused("editor", "api_staff_rules_drop", 409, "RULES_NOT_DRAFT", { path: { set: other } });
  for (const [op, more] of [["api_staff_rules_set", {}], ["api_staff_rules_changes", {}], ["api_staff_rules_try", {}]]) await refused("editor", op, 404, "NOT_FOUND", { path: { set: "999999" }, ...more });
  await refused("clerk", "api_staff_rules", 403, "DENIED");
});

// A demand that was answered, on the visitors' list; what time alone would do is done to its row.
async function toCallBack() {
  const t = await file({ category_code: LAMPS, contact: { name: "回访先生", phone: phone() } }), unit = t.holder.code, no = bare(t.ticket_no);
  for (const words of [["sign"], ["contact"]]) await ctl("ticket", ...words, t.ticket_no, "--unit", unit);
  await ctl("ticket", "reply", t.ticket_no, "路灯已经修好，请您查看。", "--unit", unit, "--outcome", "solved");
  await sql(`INSERT INTO visit (ticket_id, round, state, kind, unit_code, district_code, lane, due_at, call_at) SELECT id, round, 2, kind, '${unit}', district_code, 0, 1, 1 FROM ticket WHERE ticket_no = '${no}'
    ON DUPLICATE KEY UPDATE state = 2, lane = 0, call_at = 1, lease_until = 0`);
  return t;
}
await test("staff calls: call-backs listed, taken, the number told on record, not reached, answered", async () => {
  const t = await toCallBack(), path = { no: t.ticket_no };
  const list = await data("visitor", "api_staff_visits", 200);
  that(list.items.some((v) => v.ticket_no === t.ticket_no) && !JSON.stringify(list).includes("回访先生"), "on the list, without a name");
  is((await data("visitor", "api_staff_visit", 200, { path })).mine, false, "looking takes nothing");
  that((await data("visitor", "api_staff_visit_claim", 200, { path })).script.hello.length > 10, "no script");
  that((await data("visitor", "api_staff_visits", 200)).held.some((v) => v.ticket_no === t.ticket_no && v.mine), "held");
  is((await data("visitor", "api_staff_visit_release", 200, { path })).mine, false, "given back");
  is((await data("visitor", "api_staff_visit_reveal", 200, { path })).name, "回访先生");
  is(await sql(`SELECT COUNT(*) FROM audit a JOIN ticket t ON t.id = a.object_id WHERE a.action = 'contact_reveal' AND a.actor_kind = 4 AND t.ticket_no = '${bare(t.ticket_no)}'`), "1", "looks on record");
  await refused("visitor", "api_staff_visit_attempt", 422, "NOT_A_CHOICE", { path, body: { result: "asleep" } });
  await refused("visitor", "api_staff_visit_attempt", 422, "UNKNOWN_FIELD", { path, body: { result: "busy", once: "x" }, key: key() });
  await refused("visitor", "api_staff_visit_attempt", 400, "IDEMPOTENCY_KEY_REQUIRED", { path, body: { result: "busy" } });
  const tries = { path, body: { result: "busy" }, key: key() }, tried = () => sql(`SELECT v.attempts, v.state FROM visit v JOIN ticket t ON t.id = v.ticket_id WHERE t.ticket_no = '${bare(t.ticket_no)}'`);
  const first = await data("visitor", "api_staff_visit_attempt", 201, tries);
  is(first.void, false);
  is(JSON.stringify(await data("visitor", "api_staff_visit_attempt", 201, tries)), JSON.stringify(first), "sent twice, tried once");
  is(await tried(), "1\t2", "or the second would have ended it");
  await sql(`UPDATE visit v JOIN ticket t ON t.id = v.ticket_id SET v.visitor_id = 5, v.call_at = 1, v.lease_until = (UNIX_TIMESTAMP(NOW()) + 600) * 1000000 WHERE t.ticket_no = '${bare(t.ticket_no)}'`);
  const answers = { contacted: "yes", solved: "yes", satisfaction: "satisfied", words: "修得很快" };
  for (const [op, body] of [["claim"], ["reveal"], ["attempt", { result: "busy" }], ["answers", answers]]) await refused("visitor", `api_staff_visit_${op}`, 409, "VISIT_TAKEN", { path, body, ...(op === "attempt" && { key: key() }) });
  await sql(`UPDATE visit v JOIN ticket t ON t.id = v.ticket_id SET v.lease_until = 0 WHERE t.ticket_no = '${bare(t.ticket_no)}'`);
  await data("visitor", "api_staff_visit_claim", 200, { path });
  await refused("visitor", "api_staff_visit_answers", 422, "REQUIRED", { path, body: { contacted: "yes" } });
  is((await data("visitor", "api_staff_visit_answers", 201, { path, body: answers })).reopened, false);
  is(await sql(`SELECT CONCAT(r.solved, r.state) FROM rating r JOIN ticket t ON t.id = r.ticket_id WHERE t.ticket_no = '${bare(t.ticket_no)}'`), "12", "the rating");
  await refused("visitor", "api_staff_visit_claim", 409, "VISIT_DONE", { path });
  const gone = await toCallBack(), ends = () => ({ path: { no: gone.ticket_no }, body: { result: "off" }, key: key() }), last = ends();
  is((await data("visitor", "api_staff_visit_attempt", 201, ends())).void, false);
  const done = await data("visitor", "api_staff_visit_attempt", 201, last);
  that(done.void && done.status.code === "closed", `the second attempt ends it: ${JSON.stringify(done)}`);
  is(JSON.stringify(await data("visitor", "api_staff_visit_attempt", 201, last)), JSON.stringify(done), "and says so again");
  const unhappy = await toCallBack(), says = { path: { no: unhappy.ticket_no }, body: { contacted: "no", solved: "no", satisfaction: "dissatisfied" }, key: key() };
  const again = await data("visitor", "api_staff_visit_answers", 201, says);
  that(again.reopened, "an unhappy answer opens it again");
  is(JSON.stringify(await data("visitor", "api_staff_visit_answers", 201, says)), JSON.stringify(again), "told again");
  for (const op of ["", "_release"]) is((await call("visitor", `api_staff_visit${op}`, { path: { no: "SD-261122-1234567-0" } })).status, 404, `${op} of no demand`);
  await refused("visitor", "api_staff_visits", 400, "CURSOR_INVALID", { query: { cursor: "forged" } });
  await refused("officer", "api_staff_visits", 403, "DENIED");
});

await test("staff calls: figures of the wall by unit and district, the demands behind them, supervisions, the calendar", async () => {
  const t = await file({ category_code: LAMPS }), unit = t.holder.code, no = bare(t.ticket_no);
  await sql(`START TRANSACTION; UPDATE ticket SET unwalled = 0 WHERE ticket_no = '${no}'; DELETE l FROM wall_look l JOIN ticket t ON t.id = l.ticket_id WHERE t.ticket_no = '${no}';
    INSERT IGNORE INTO wall_item (kind, assignment_id, ticket_id, unit_code, district_code, since_at) SELECT 6, lead_id, id, '${unit}', district_code, 1 FROM ticket WHERE ticket_no = '${no}'; COMMIT`);
  await sql(`INSERT INTO wall_count (dim, code, kind, n) VALUES (0, '', 6, 1), (1, '${unit}', 6, 1), (2, '110105', 6, 1) ON DUPLICATE KEY UPDATE n = n + 1`);
  const wall = await data("supervisor", "api_staff_wall", 200, { query: { kind: "late" } });
  that(wall.city && wall.n.late > 0 && wall.units.some((u) => u.unit.code === unit && u.n.late > 0) && wall.districts.some((x) => x.district.code === "110105" && x.n.late > 0), JSON.stringify(wall).slice(0, 300));
  for (const query of [{ kind: "late" }, { kind: "late", unit }, { kind: "late", district: "110105" }]) {
    const list = await data("supervisor", "api_staff_wall_list", 200, { query });
    that(list.items.some((r) => r.ticket_no === t.ticket_no && r.title), `${JSON.stringify(query)}: the demand is missing`);
  }
  is((await data("analyst", "api_staff_wall_list", 200, { query: { kind: "late" } })).items.find((r) => r.ticket_no === t.ticket_no).title, null, "an analyst reads titles");
  await refused("supervisor", "api_staff_wall_list", 400, "CURSOR_INVALID", { query: { kind: "late", cursor: "forged" } });
  await refused("supervisor", "api_staff_wall_list", 422, "REQUIRED");
  await refused("supervisor", "api_staff_wall", 422, "NOT_A_CHOICE", { query: { kind: "nothing" } });
  const own = { unit: "ST110105002", scope: "ST110105002" };
  is((await data("unit_manager", "api_staff_wall", 200, own)).city, false, "a manager's wall");
  is((await call("unit_manager", "api_staff_wall_list", { ...own, query: { kind: "late", unit } })).status, 404, "another unit's list");
  for (const state of ["open", "overdue", "answered"]) is((await data("supervisor", "api_staff_supervise", 200, { query: { state } })).state, state);
  await refused("supervisor", "api_staff_supervise", 422, "NOT_A_CHOICE", { query: { state: "lost" } });
  await refused("clerk", "api_staff_supervise", 403, "DENIED");
  const year = await data("editor", "api_staff_calendar", 200, { query: { year: 2026 } });
  that(year.schedule === "good" && year.exceptions.some((x) => x.working) && year.exceptions.some((x) => !x.working), JSON.stringify(year).slice(0, 200));
  is((await data("editor", "api_staff_calendar", 200, { query: { year: 2031 } })).schedule, "missing");
  await refused("editor", "api_staff_calendar", 422, "OUT_OF_RANGE", { query: { year: 1 } });
  await refused("clerk", "api_staff_calendar", 403, "DENIED");
});

await test("staff calls: an urgent mode previewed, begun once, changed, ended with a reason", async () => {
  const mode = { name: `暴雪 ${Date.now() % 1e6}`, reason: "市气象台发布暴雪预警。", categories: ["050405"], level: 1, ends_at: new Date(Date.now() + 20 * 3600e3).toISOString().replace(/\.\d+/, ""), notice_zh: "道路积雪先办。", notice_en: "Snow on roads comes first." };
  const seen = await data("supervisor", "api_staff_urgent_new", 200, { body: { ...mode, go: "preview" } });
  that(seen.mode === null && seen.would_raise >= 0, JSON.stringify(seen));
  await refused("supervisor", "api_staff_urgent_new", 422, "TOO_EARLY", { body: { ...mode, ends_at: "2020-01-01T00:00:00+08:00", go: "start" }, key: key() });
  await refused("supervisor", "api_staff_urgent_new", 422, "NOT_A_TIME", { body: { ...mode, ends_at: "soon", go: "start" }, key: key() });
  await refused("supervisor", "api_staff_urgent_new", 400, "IDEMPOTENCY_KEY_REQUIRED", { body: { ...mode, go: "start" } });
  await refused("supervisor", "api_staff_urgent_new", 422, "UNKNOWN_FIELD", { body: { ...mode, go: "start", once: "x" }, key: key() });
  const k = key(), begun = await data("supervisor", "api_staff_urgent_new", 201, { body: { ...mode, go: "start" }, key: k }), path = { id: begun.mode.id };
  is((await data("supervisor", "api_staff_urgent_new", 201, { body: { ...mode, go: "start" }, key: k })).mode.id, begun.mode.id, "sent twice, begun once");
  that((await data("supervisor", "api_staff_urgent", 200)).items.some((m) => m.id === begun.mode.id && m.state.code === "on"), "it is on");
  const changed = await data("supervisor", "api_staff_urgent_edit", 200, { path, body: { ...mode, name: `${mode.name} 二`, version: 1, go: "start" } });
  is(changed.mode.version, 2);
  await refused("supervisor", "api_staff_urgent_edit", 409, "VERSION", { path, body: { ...mode, version: 1, go: "start" } });
  is((await data("supervisor", "api_staff_urgent_mode", 200, { path })).items.length, 2, "two versions");
  await refused("supervisor", "api_staff_urgent_end", 422, "REQUIRED", { path, body: {} });
  is((await data("supervisor", "api_staff_urgent_end", 200, { path, body: { reason: "预警已经解除。" } })).mode.state.code, "over");
  await refused("supervisor", "api_staff_urgent_end", 409, "MODE_ENDED", { path, body: { reason: "预警已经解除。" } });
  for (const op of ["api_staff_urgent_mode", "api_staff_urgent_end"]) await refused("supervisor", op, 404, "NOT_FOUND", { path: { id: "1" }, ...(op.endsWith("end") && { body: { reason: "预警已经解除。" } }) });
  await refused("visitor", "api_staff_urgent", 403, "DENIED");
});

await test("staff calls: what waits for a class, for an arbiter, for a manager; whistles from both sides", async () => {
  const street = await sql("SELECT code FROM category WHERE level = 3 AND lead_kind = 1 AND valid_to = 99991231 AND response_level = 3 ORDER BY code LIMIT 1");
  const unsure = await file({ area_code: "110105001" }), t = await file({ category_code: street, area_code: "110105001" }), unit = "ST110105001", own = { unit, scope: unit };
  const act = async (role, no, word, body, more) => { const r = await call(role, `api_staff_t_${word}`, { path: { no }, body, ...more }); is(r.status, 201, `${word} (${r.text.slice(0, 200)})`); };
  that((await data("dispatcher", "api_staff_triage", 200)).items.length > 0 && unsure.ticket_no, "nothing waits");
  await refused("dispatcher", "api_staff_triage", 400, "CURSOR_INVALID", { query: { cursor: "forged" } });
  await refused("clerk", "api_staff_triage", 403, "DENIED");
  await act("officer", t.ticket_no, "sign", {}, own);
  await act("officer", t.ticket_no, "whistle", { units: ["BJ101"], words: "请到现场确认灯杆归谁管。" }, own);
  const both = await data("officer", "api_staff_whistles", 200, own);
  that(both.calling.items.some((x) => x.ticket_no === t.ticket_no && x.called.code === "BJ101" && !x.reported_at), "what the street calls");
  that((await data("officer", "api_staff_whistles", 200, { unit: "BJ101", scope: "BJ101" })).called.items.some((x) => x.ticket_no === t.ticket_no), "what the department is called to");
  that(Array.isArray((await data("officer", "api_staff_whistles", 200, { ...own, query: { all: "1" } })).called.items), "all of them");
  await refused("officer", "api_staff_whistles", 400, "CURSOR_INVALID", { ...own, query: { all: "1", called: "forged" } });
  await refused("clerk", "api_staff_whistles", 403, "DENIED");
  await act("officer", t.ticket_no, "extend_ask", { until: new Date(Date.now() + 20 * 86400e3).toISOString().replace(/\.\d+/, ""), words: "要等配件到货，一周以后才能装。" }, own);
  that((await data("unit_manager", "api_staff_extensions", 200, own)).items.some((x) => x.ticket_no === t.ticket_no), "an extension waits");
  await refused("officer", "api_staff_extensions", 403, "DENIED", own);
  const back = await file({ category_code: street, area_code: "110105001" });
  await act("officer", back.ticket_no, "return", { ground: "not_duty", words: "这段路由公路部门养护，不归街道。" }, own);
  that((await data("supervisor", "api_staff_returns", 200)).items.some((x) => x.ticket_no === back.ticket_no && x.ground.code === "not_duty"), "a return waits");
  await refused("supervisor", "api_staff_returns", 400, "CURSOR_INVALID", { query: { cursor: "forged" } });
  await refused("officer", "api_staff_returns", 403, "DENIED", own);
});

await test("staff calls: a note, a report and a publication need a key and are done once; other acts may have one", async () => {
  const t = await file({ category_code: LAMPS, public: true }), path = { no: t.ticket_no };
  const notes = () => sql(`SELECT COUNT(*) FROM event e JOIN ticket t ON t.id = e.ticket_id WHERE t.ticket_no = '${bare(t.ticket_no)}' AND e.words LIKE '已经电话问过%'`);
  const bodies = { note: { words: "已经电话问过物业。" }, report: { words: "灯杆有倒下的危险，请应急值守知悉。" }, publish: { title: "路灯不亮", text: "某小区北门的路灯三天没有亮。", words: "已经安排维修。" } };
  for (const [word, body] of Object.entries(bodies)) {
    const id = `api_staff_t_${word}`, k = key();
    await refused("dispatcher", id, 400, "IDEMPOTENCY_KEY_REQUIRED", { path, body });
    const all = await Promise.all([1, 2, 3].map(() => call("dispatcher", id, { path, body, key: k })));
    is(all.map((r) => r.status).join(), "201,201,201", `${word}: ${all.map((r) => r.text.slice(0, 100))}`);
    is(new Set(all.map((r) => JSON.stringify(r.json.data))).size, 1, `${word}: the same answer three times`);
    await refused("dispatcher", id, 422, "IDEMPOTENCY_MISMATCH", { path, body: { ...body, words: "说的是另外一件事情。" }, key: k });
  }
  is(await notes(), "1", "one note");
  await data("dispatcher", "api_staff_t_note", 201, { path, body: bodies.note, key: key() });
  is(await notes(), "2", "the control: another key is another note");
  await refused("dispatcher", "api_staff_t_note", 422, "UNKNOWN_FIELD", { path, body: { ...bodies.note, once: "x" }, key: key() });
});

await test("staff calls: every other act needs a version or a key, and what is sent again is done once and answered alike", async () => {
  const street = await sql("SELECT code FROM category WHERE level = 3 AND lead_kind = 1 AND valid_to = 99991231 AND response_level = 3 ORDER BY code LIMIT 1");
  const unit = "ST110105001", own = { unit, scope: unit }, t = await file({ category_code: street, area_code: "110105001", contact: { name: "王小明", phone: "13800138000" } }), path = { no: t.ticket_no };
  await data("officer", "api_staff_t_sign", 201, { ...own, path, body: {} });
  const events = async () => Number(await sql(`SELECT COUNT(*) FROM event e JOIN ticket t ON t.id = e.ticket_id WHERE t.ticket_no = '${bare(t.ticket_no)}'`));
  const acts = { contact: { reached: "no" }, helper: { helper: "property", name: "某某物业", words: "请物业开门并关掉总闸。" }, relay: { body: "central", name: "某中央单位", words: "院墙上的灯属于该单位，已经函请维修。" } };
  for (const [word, body] of Object.entries(acts)) {
    const id = `api_staff_t_${word}`, k = key(), before = await events();
    for (const none of [body, { ...body, version: 0 }]) await refused("officer", id, 400, "IDEMPOTENCY_KEY_REQUIRED", { ...own, path, body: none, key: null });
    const one = await data("officer", id, 201, { ...own, path, body, key: k });
    is(JSON.stringify(await data("officer", id, 201, { ...own, path, body, key: k })), JSON.stringify(one), `${word}: the same answer`);
    is(await events(), before + 1, `${word}: done once`);
    const { version } = await data("officer", "api_staff_ticket", 200, { ...own, path });
    await data("officer", id, 201, { ...own, path, body: { ...body, version }, key: null });
    await refused("officer", id, 409, "VERSION", { ...own, path, body: { ...body, version }, key: null });
    is(await events(), before + 2, `${word}: with its version once as well`);
  }
  await data("officer", "api_staff_t_reveal", 201, { ...own, path, body: { words: "电话联系诉求人约上门时间" } });
  const unsure = await file({ area_code: "110105001" }), sent = { path: { no: unsure.ticket_no }, body: { category_code: street }, key: key() };
  const done = await data("dispatcher", "api_staff_t_dispatch", 201, sent);
  is(done.status.code, "dispatched");
  is(JSON.stringify(await data("dispatcher", "api_staff_t_dispatch", 201, sent)), JSON.stringify(done), "an act of several events is answered with what it came to");
});

await test("staff calls: wordings are added, changed as versions, retired; one that demands nothing is refused, and so is a reply that left it open", async () => {
  const street = await sql("SELECT code FROM category WHERE level = 3 AND lead_kind = 1 AND valid_to = 99991231 AND response_level = 3 ORDER BY code LIMIT 1");
  const unit = "ST110105001", own = { unit, scope: unit }, k = key();
  const wording = { use: "reply", word: "solved", unit_code: unit, lang: "zh-CN", title: "路灯修好了", body: "您好，〔哪里〕的路灯已于〔日期〕修好，感谢您的监督。" };
  await refused("unit_manager", "api_staff_wording_new", 422, "TEMPLATE_NO_GAP", { ...own, body: { ...wording, body: "您好，路灯已经修好，感谢您的监督。" }, key: key() });
  await refused("unit_manager", "api_staff_wording_new", 422, "NOT_A_CHOICE", { ...own, body: { ...wording, unit_code: "ST110105002" }, key: key() });
  await refused("unit_manager", "api_staff_wording_new", 422, "REQUIRED", { ...own, body: { ...wording, unit_code: "" }, key: key() });
  await refused("unit_manager", "api_staff_wording_new", 422, "NOT_A_CHOICE", { ...own, body: { ...wording, use: "diversion", word: "legal" }, key: key() });
  await refused("unit_manager", "api_staff_wording_new", 400, "IDEMPOTENCY_KEY_REQUIRED", { ...own, body: wording });
  const made = (await data("unit_manager", "api_staff_wording_new", 201, { ...own, body: wording, key: k })).wording;
  is((await data("unit_manager", "api_staff_wording_new", 201, { ...own, body: wording, key: k })).wording.id, made.id, "sent twice, one wording");
  that((await data("unit_manager", "api_staff_wordings", 200, own)).items.some((x) => x.id === made.id), "in the own unit's list");
  that(!(await data("editor", "api_staff_wordings", 200)).items.some((x) => x.id === made.id), "not among those for everybody");
  that((await data("editor", "api_staff_wordings", 200, { query: { unit } })).items.some((x) => x.id === made.id), "an editor sees a unit's");
  const path = { id: String(made.id) }, change = { ...own, path, body: { ...wording, title: "路灯修好了（二）" }, key: key() }, changed = await data("unit_manager", "api_staff_wording_edit", 200, change);
  is((await data("unit_manager", "api_staff_wording_edit", 200, change)).wording.id, changed.wording.id, "changed once by its key");
  that(changed.wording.id !== made.id && changed.wording.line === made.line && changed.versions.length === 2 && !changed.versions[1].active, JSON.stringify(changed).slice(0, 300));
  is((await data("unit_manager", "api_staff_wording", 200, { ...own, path })).wording.active, false, "the version before is there, ended");
  await refused("unit_manager", "api_staff_wording_edit", 409, "VERSION", { ...own, path, body: wording });
  await refused("editor", "api_staff_wording_edit", 422, "NOT_A_CHOICE", { path: { id: String(changed.wording.id) }, body: { ...wording, unit_code: "" } });
  const t = await file({ category_code: street, area_code: "110105001" }), act = (word, body) => call("officer", `api_staff_t_${word}`, { ...own, path: { no: t.ticket_no }, body });
  is((await act("sign", {})).status, 201); is((await act("contact", { reached: "yes" })).status, 201);
  for (const [words, reason] of [[wording.body, "TEMPLATE_UNFILLED"], ["您好，的路灯已于修好，感谢您的监督。", "TEMPLATE_ONLY"]])
    await refused("officer", "api_staff_t_reply", 422, reason, { ...own, path: { no: t.ticket_no }, body: { outcome: "solved", words } });
  const now = { id: String(changed.wording.id) };
  is((await data("unit_manager", "api_staff_wording_retire", 200, { ...own, path: now })).wording.active, false);
  await refused("unit_manager", "api_staff_wording_retire", 409, "VERSION", { ...own, path: now });
  is((await act("reply", { outcome: "solved", words: "您好，的路灯已于修好，感谢您的监督。" })).status, 201, "the control: what is retired judges nothing");
  is(await sql(`SELECT COUNT(*) FROM audit WHERE action IN ('template_put', 'template_retire') AND object_id IN (${made.id}, ${changed.wording.id})`), "3", "in the audit");
  const other = { unit: "ST110105002", scope: "ST110105002" };
  for (const op of ["api_staff_wording", "api_staff_wording_retire"]) await refused("unit_manager", op, 404, "NOT_FOUND", { ...other, path: now });
  await refused("unit_manager", "api_staff_wordings", 404, "NOT_FOUND", { ...other, query: { unit } });
  await refused("officer", "api_staff_wordings", 403, "DENIED", own);
});
