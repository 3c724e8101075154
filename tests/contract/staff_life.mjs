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
    const id = `api_staff_t_${word.replaceAll("-", "_")}`, r = judge(id, await send("POST", `${BASE}/staff/tickets/${no}/${word}`, { token: await token(role), from: network(), body: fields }));
    if (r.status < 300) is(body_allowed(id, fields), "", `${id}: the document on our body`);
    return { status: r.status, reason: r.json.reason, fields: r.json.data?.fields?.map((f) => f.reason), text: r.text };
  },
};
door.street = await sql("SELECT code FROM category WHERE level = 3 AND lead_kind = 1 AND valid_to = 99991231 AND response_level = 3 ORDER BY code LIMIT 1");
const all = lives({
  door, file, is, that, sql,
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
