// board.mjs - call-backs, urgent modes, the wall with its lists and exports, supervision, audit and calendar, as staff meet them.
import { test, is, that, ctl, sql, send, file, network, phone, signInStaff, serviceToken, until, Browser } from "./lib.mjs";

const LAMPS = "050406"; // street lamps: a class with a unit of its own
const bare = (no) => no.replaceAll("-", "");
// A demand that was answered, with a phone, on the visitors' list. What time alone would do is done to its row.
async function toCallBack() {
  const t = await file({ category_code: LAMPS, contact: { name: "回访先生", phone: phone() } });
  const unit = t.holder.code, no = bare(t.ticket_no);
  await ctl("ticket", "sign", t.ticket_no, "--unit", unit);
  await ctl("ticket", "contact", t.ticket_no, "--unit", unit);
  await ctl("ticket", "reply", t.ticket_no, "路灯已经修好，请您查看。", "--unit", unit, "--outcome", "solved");
  await sql(`INSERT INTO visit (ticket_id, round, state, kind, unit_code, district_code, lane, due_at, call_at) SELECT id, round, 2, kind, '${unit}', district_code, 0, 1, 1 FROM ticket WHERE ticket_no = '${no}'
    ON DUPLICATE KEY UPDATE state = 2, lane = 0, call_at = 1, lease_until = 0`);
  return t;
}
const visitOf = (t) => sql(`SELECT v.state, v.attempts, v.lease_until > UNIX_TIMESTAMP(NOW()) * 1000000 FROM visit v JOIN ticket t ON t.id = v.ticket_id WHERE t.ticket_no = '${bare(t.ticket_no)}' ORDER BY v.round LIMIT 1`);

await test("call-backs: taken, phone shown on record, answered; what was asked stands in the rating", async () => {
  const b = await signInStaff("visitor"), t = await toCallBack(), at = `/staff/visits/${t.ticket_no}`;
  await b.open("/staff/visits");
  that(b.page.text.includes(t.ticket_no), "the demand is not on the list");
  that(!b.page.text.includes("回访先生"), "a name on the list");
  await b.post(`${at}/claim`, {}, { page: "/staff/visits" });
  is(b.path, at, "claiming leads to the call");
  that(b.page.text.includes("请你用一分钟") || b.page.text.includes("12345"), "no script");
  await b.post(`${at}/reveal`, {}, { page: at });
  is(b.page.status, 200);
  that(b.page.text.includes("回访先生"), "no name after the purpose was given");
  is(await sql(`SELECT COUNT(*) FROM audit a JOIN ticket t ON t.id = a.object_id WHERE a.action = 'contact_reveal' AND t.ticket_no = '${bare(t.ticket_no)}' AND a.purpose LIKE '回访%'`), "1", "looks on record");
  await b.open(at);
  that(!b.page.text.includes("回访先生"), "the name stays on the page");
  await b.post(`${at}/answers`, { contacted: "yes" }, { page: at });
  is(b.page.status, 422, "an answer is missing");
  that(/checked/.test(b.page.text), "what was chosen is lost");
  await b.post(`${at}/answers`, { contacted: "yes", solved: "yes", satisfaction: "satisfied", words: "修得很快" }, { page: at });
  is(b.path.split("?")[0], "/staff/visits");
  that(b.page.text.includes(t.ticket_no), "the notice does not name the demand");
  is(await sql(`SELECT CONCAT(r.solved, r.state) FROM rating r JOIN ticket t ON t.id = r.ticket_id WHERE t.ticket_no = '${bare(t.ticket_no)}'`), "12", "the rating");
  await b.post(`${at}/answers`, { contacted: "yes", solved: "yes", satisfaction: "satisfied" }, { page: "/staff/visits" });
  is(b.page.status, 409, "twice");
});
await test("call-backs: not reached, given back, taken by a colleague; a call of nobody shows no script", async () => {
  const b = await signInStaff("visitor"), t = await toCallBack(), at = `/staff/visits/${t.ticket_no}`, from = { page: "/staff/visits" };
  await b.open(at);
  that(!/name="satisfaction"/.test(b.page.text), "the script of a call that nobody took");
  await b.post(`${at}/claim`, {}, from);
  await b.post(`${at}/release`, {}, from);
  is(await visitOf(t), "2\t0\t0", "given back");
  await b.post(`${at}/attempt`, { result: "asleep" }, from);
  is(b.page.status, 422, "no such reason");
  await b.post(`${at}/attempt`, { result: "busy" }, from);
  is(await visitOf(t), "2\t1\t0", "one attempt");
  await sql(`UPDATE visit v JOIN ticket t ON t.id = v.ticket_id SET v.visitor_id = 5, v.lease_until = (UNIX_TIMESTAMP(NOW()) + 600) * 1000000 WHERE t.ticket_no = '${bare(t.ticket_no)}'`);
  for (const [act, body] of [["claim", {}], ["reveal", {}], ["attempt", { result: "busy" }], ["answers", { contacted: "no", solved: "no", satisfaction: "dissatisfied" }]]) {
    await b.post(`${at}/${act}`, body, from);
    is(b.page.status, 409, `${act} while a colleague calls`);
    that(!/name="satisfaction"/.test(b.page.text), `${act}: the script of a colleague's call`);
  }
  await b.post("/staff/visits/SD-261122-1234567-0/release", {}, from);
  is(b.page.status, 404, "no such demand");
});
await test("call-backs: an unhappy answer sends the demand to another unit", async () => {
  const b = await signInStaff("visitor"), t = await toCallBack(), at = `/staff/visits/${t.ticket_no}`;
  await b.post(`${at}/claim`, {}, { page: "/staff/visits" });
  await b.post(`${at}/answers`, { contacted: "no", solved: "no", satisfaction: "dissatisfied" }, { page: at });
  that(/done=reopened/.test(b.path), `leads to ${b.path}`);
  const [round, unit] = (await sql(`SELECT t.round, a.unit_code FROM ticket t JOIN assignment a ON a.id = t.lead_id WHERE t.ticket_no = '${bare(t.ticket_no)}'`)).split("\t");
  is(round, "2");
  that(unit !== t.holder.code, "the same unit looks again");
});
await test("urgent modes: previewed, begun, told to everybody in both languages, changed, ended with a reason", async () => {
  const b = await signInStaff("supervisor"), name = `暴雪 ${Date.now() % 1e6}`, until2 = new Date(Date.now() + 20 * 3600e3).toISOString().slice(0, 16);
  const mode = { name, reason: "市气象台发布暴雪预警。", categories: ["05"], level: "1", ends_at: until2, notice_zh: `${name}：道路积雪先办。`, notice_en: `${name}: snow on roads comes first.`, raise_open: "1" };
  const from = { page: "/staff/urgent/new" };
  await b.post("/staff/urgent/new", { ...mode, categories: [], ends_at: "soon", go: "start" }, from);
  is(b.page.status, 422, "a mode of nothing");
  that(b.page.text.includes(name), "what was typed is lost");
  await b.post("/staff/urgent/new", { ...mode, go: "preview" }, from);
  is(b.page.status, 200);
  is(await sql(`SELECT COUNT(*) FROM urgent_mode WHERE name = '${name}'`), "0", "a preview begins nothing");
  await b.post("/staff/urgent/new", { ...mode, go: "start" }, from);
  const at = b.path.split("?")[0];
  that(/^\/staff\/urgent\/\d+$/.test(at), `leads to ${b.path}`);
  const says = (path, text, lang = "") => until(45, `${path} says ${text}`, async () => (await send("GET", path, { from: network(), headers: { "Accept-Language": lang } })).text.includes(text) || undefined);
  for (const path of ["/", "/stats/"]) {
    await says(path, mode.notice_zh, "zh-CN");
    await says(path, mode.notice_en, "en");
  }
  that(!(await send("GET", "/rights", { from: network() })).text.includes(mode.notice_zh), "the notice on every page");
  await until(45, "a new demand gets the level", async () => {
    const now = await file({ category_code: LAMPS });
    return (await sql(`SELECT t.response_level FROM ticket t WHERE t.ticket_no = '${bare(now.ticket_no)}'`)) === "1" || undefined;
  });
  await b.post(`${at}/edit`, { ...mode, name: `${name} 二`, version: "1", go: "start" }, { page: `${at}/edit` });
  that(b.path.startsWith(at), "a new version");
  await b.post(`${at}/edit`, { ...mode, version: "1", go: "start" }, { page: `${at}/edit` });
  is(b.page.status, 409, "a version that was changed meanwhile");
  await b.post(`${at}/end`, { reason: "" }, { page: `${at}/end` });
  is(b.page.status, 422, "ended without a reason");
  await b.post(`${at}/end`, { reason: "预警已经解除。" }, { page: `${at}/end` });
  that(b.page.text.includes("预警已经解除"), "the reason");
  await b.post(`${at}/end`, { reason: "预警已经解除。" }, { page: `${at}/end` });
  is(b.page.status, 409, "ended twice");
  await until(45, "the notice goes", async () => !(await send("GET", "/?x=1", { from: network() })).text.includes(mode.notice_zh) || undefined);
  const visitor = await signInStaff("visitor");
  is((await visitor.open("/staff/urgent")).status, 403, "a visitor");
});
