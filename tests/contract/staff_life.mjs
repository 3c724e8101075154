// staff_life.mjs - the lives of ../staff_life.mjs over JSON, with keys of services; every reply is judged by the document.
import { file, get, is, key, network, send, serviceToken, sql, test, that } from "../http/lib.mjs";
import { BASE, body_allowed, judge, operations } from "./document.mjs";
import { lives } from "../staff_life.mjs";

const WHO = { officer: ["officer", "ST110105001"], officer2: ["officer", "ST110105002"], manager: ["unit_manager", "ST110105001"], bureau: ["officer", "DB11010501"],
  department: ["officer", "BJ101"], district: ["unit_manager", "BJ110105"], clerk: ["clerk", "BJ001", ""], dispatcher: ["dispatcher", "BJ001", ""], supervisor: ["supervisor", "BJ001", ""] };
const tokens = new Map(), from = network();
const token = async (role) => tokens.get(role) ?? (tokens.set(role, await serviceToken(...WHO[role])), tokens.get(role));
const door = {
  words: new Set(), refused: new Set(),
  async open(role, no) { return judge("api_staff_ticket", await send("GET", `${BASE}/staff/tickets/${no}`, { token: await token(role), from: network() })).status; },
  async act(role, no, word, fields) {
    const seen = await send("GET", `${BASE}/staff/tickets/${no}`, { token: await token(role), from: network() });
    const offered = seen.status === 200 && seen.json.data.actions.includes(word);
    const id = `api_staff_t_${word.replaceAll("-", "_")}`, r = judge(id, await send("POST", `${BASE}/staff/tickets/${no}/${word}`, { token: await token(role), from: network(), key: key(), body: fields }));
    if (r.status < 300) is(body_allowed(id, fields), "", `${id}: the document on our body`);
    // What is offered is not refused for what the demand is, and nothing else is done.
    that(r.status >= 300 || offered, `${role} ${word}: done, and was not offered`);
    that(![403, 404, 409].includes(r.status) || !offered, `${role} ${word}: offered, and refused with ${r.json.reason}`);
    return { status: r.status, reason: r.json.reason, fields: r.json.data?.fields?.map((f) => f.reason), text: r.text };
  },
};
door.street = await sql("SELECT code FROM category WHERE level = 3 AND lead_kind = 1 AND valid_to = 99991231 AND response_level = 3 ORDER BY code LIMIT 1");
const all = lives({
  door, file, is, that, sql,
  toldTo: async (t) => (await get(`${BASE}/tickets/${t.ticket_no}`, { receipt: t.ticket_token, from: network() })).text,
  statusOf: async (t) => (await get(`${BASE}/tickets/${t.ticket_no}`, { receipt: t.ticket_token, from: network() })).json.data.status.code,
  object: async (t) => is((await send("POST", `${BASE}/tickets/${t.ticket_no}/object`, { receipt: t.ticket_token, key: key(), body: { reason: "晚上又灭了一盏，请另一家单位来看。" }, from: network() })).status, 201, "objecting"),
});
for (const [name, life] of Object.entries(all)) await test(`staff calls: ${name}`, life);
await test("staff calls: every act of the document was done and refused at least once", async () => {
  const words = [...operations.keys()].filter((id) => id.startsWith("api_staff_t_")).map((id) => id.slice("api_staff_t_".length).replaceAll("_", "-"));
  that(words.length >= 40, `only ${words.length} acts`);
  is(words.filter((w) => !door.words.has(w)).join(), "", "never done");
  is(words.filter((w) => !door.refused.has(w)).join(), "", "never refused");
});
await test("staff calls: the worklist by due time, its filters, pages by cursor; a demand with what may be done", async () => {
  const work = async (role, query = "", status = 200) => judge("api_staff_work", await send("GET", `${BASE}/staff/tickets${query}`, { token: await token(role), from }));
  const t = await file({ category_code: door.street, area_code: "110105001" });
  const mine = (await work("officer")).json.data.items;
  that(mine.some((i) => i.ticket_no === t.ticket_no && i.role.code === "lead" && i.assignment.code === "sent"), "a new demand stands in the list");
  that(mine.every((i, n) => n === 0 || !i.due_at || mine[n - 1].due_at <= i.due_at), "by due time");
  that(!(await work("officer2")).json.data.items.some((i) => i.ticket_no === t.ticket_no), "another unit does not see it");
  is((await work("officer", "?state=signed")).json.data.items.filter((i) => i.assignment.code !== "signed").length, 0, "filter by state");
  is((await work("officer", "?unit=ST110105002")).status, 404, "another unit's list");
  is((await work("officer", "?cursor=nonsense")).json.reason, "CURSOR_INVALID");
  is((await work("clerk")).status, 403, "no work for a clerk");
  const one = judge("api_staff_ticket", await send("GET", `${BASE}/staff/tickets/${t.ticket_no}`, { token: await token("officer"), from })).json.data;
  that(one.actions.includes("sign") && !one.actions.includes("dispatch"), `acts: ${one.actions}`);
});
await test("staff calls: a demand is recorded on behalf, once, and sent, answered or diverted", async () => {
  const filing = (role, body, options = {}) => token(role).then((t) => send("POST", `${BASE}/staff/tickets`, { token: t, key: key(), from: network(), body, ...options })).then((r) => judge("api_staff_file", r));
  const body = { kind: "complaint", text: "小区门口的路灯坏了一个星期，晚上看不见台阶。", area_code: "110105001", category_code: door.street, contact: { name: "王女士", phone: "13800138000" } };
  is(body_allowed("api_staff_file", body), "", "the document on our body");
  const k = key(), one = await filing("clerk", body, { key: k }), two = await filing("clerk", body, { key: k });
  is(one.status, 201); is(one.json.data.status.code, "dispatched");
  is(JSON.stringify(two.json.data), JSON.stringify(one.json.data), "told again, nothing happens twice");
  is((await filing("clerk", { ...body, text: "另外一件完全不同的事情。" }, { key: k })).json.reason, "IDEMPOTENCY_MISMATCH");
  is((await send("POST", `${BASE}/tickets/lookup`, { body: { ticket_no: one.json.data.ticket_no, query_code: one.json.data.query_code }, from: network() })).status, 200, "number and code open it");
  const answered = await filing("clerk", { ...body, then: "answer", words: "路灯由区城市管理委维修，一般两天内修好。" });
  is(answered.json.data?.status.code, "replied", answered.text);
  const diverted = await filing("clerk", { ...body, then: "divert", class: "legal", words: "这件事正在法院审理，请拨打 12368 询问。" });
  is(diverted.json.data?.status.code, "diverted", diverted.text); is(diverted.json.data.due_at, null, "nothing is promised");
  const without = await filing("clerk", { ...body, then: "answer" });
  is(without.status, 422); that(without.json.data.fields.some((f) => f.field === "words"), "an answer needs words");
  is((await filing("clerk", body, { key: undefined })).json.reason, "IDEMPOTENCY_KEY_REQUIRED");
  is((await filing("officer", body)).status, 403, "no desk for an officer");
  tokens.set("street desk", await serviceToken("clerk", "ST110105001"));
  WHO["street desk"] = ["clerk", "ST110105001"];
  is((await filing("street desk", body)).status, 201, "a street's own platform records for its unit");
  is((await filing("street desk", { ...body, then: "answer", words: "路灯由区城市管理委维修，一般两天内修好。" })).status, 403, "answering at once is the hotline centre's");
});
