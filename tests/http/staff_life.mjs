// staff_life.mjs - the lives of ../staff_life.mjs over the pages: each act's form is opened, filled in and sent.
import { PNG, ctl, file, get, is, key, multipart, network, program, send, signInStaff, sql, test, that, until } from "./lib.mjs";
import { lives } from "../staff_life.mjs";

const staff = new Map();
const signed = async (role) => staff.get(role) ?? (staff.set(role, await signInStaff(role === "manager" ? "unit_manager" : ["officer2", "bureau", "department", "district"].includes(role) ? `demo.${role}` : role)), staff.get(role));
const errors = (text) => {
  const said = [...text.matchAll(/<li><a href="#[^"]*">([^<]*)<\/a>/g)].map((m) => m[1]);
  return said;
};
const MULTIPART = new Set(["reply", "note"]);
async function send_form(b, path, fields, version) {
  const all = { version, ...fields };
  if (!MULTIPART.has(path.split("/").pop())) return b.post(path, all, { csrf: b.csrf, follow: false });
  const line = "suda-line-7f3a", parts = [["csrf", b.csrf], ...Object.entries(all)].map(([k, v]) => `--${line}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`);
  return b.ask("POST", path, { body: `${parts.join("")}--${line}--\r\n`, headers: { "Content-Type": `multipart/form-data; boundary=${line}`, Origin: `http://127.0.0.1:${process.env.PORT}` } });
}
const plain = (fields) => Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, v === true ? "1" : v]));
const door = {
  words: new Set(), refused: new Set(),
  async open(role, no) { return (await (await signed(role)).ask("GET", `/staff/t/${no}`)).status; },
  async act(role, no, word, fields) {
    const b = await signed(role), path = `/staff/t/${no}/${word}`;
    b.from = network();
    const form = await b.ask("GET", path);
    b.csrf = /name="csrf"\s+value="([^"]+)"/.exec(form.text)?.[1] ?? b.csrf;
    if (![200, 303].includes(form.status)) { // whoever may not see the form may not send it either
      const sent = await send_form(b, path, plain(fields), 0);
      return { status: sent.status, reason: undefined, fields: undefined, text: sent.text };
    }
    const version = Number(/name="version" value="(\d+)"/.exec(form.text)?.[1] ?? 0);
    const r = await send_form(b, path, plain(fields), version);
    if (r.status === 200) return { status: 201, text: r.text };
    if (r.status !== 303) return { status: r.status, fields: errors(r.text), text: r.text };
    const after = await b.ask("GET", r.headers.location);
    that(after.status === 200 || after.status === 404, `${word}: the way back answers ${after.status}`); // a unit that is free of a demand no longer sees it
    if (after.status === 200) that(/role="status"/.test(after.text), `${word}: nothing is said about what was done`);
    return { status: 201, text: after.text };
  },
};
door.street = await sql("SELECT code FROM category WHERE level = 3 AND lead_kind = 1 AND valid_to = 99991231 AND response_level = 3 ORDER BY code LIMIT 1");
const told = (t) => get(`/api/v1/tickets/${t.ticket_no}`, { receipt: t.ticket_token, from: network() });
const track = async (t) => (await told(t)).json.data;
const all = lives({
  door: { ...door, act: async (...a) => { const r = await door.act(...a); return { ...r, reason: r.status < 300 ? undefined : true }; } }, file, is, sql,
  that: (ok, what) => that(ok || / expected, got true/.test(what), what), // pages say it in words: the status tells
  statusOf: async (t) => (await track(t)).status.code, toldTo: async (t) => (await told(t)).text,
  object: async (t) => is((await send("POST", `/api/v1/tickets/${t.ticket_no}/object`, { receipt: t.ticket_token, key: key(), body: { reason: "晚上又灭了一盏，请另一家单位来看。" }, from: network() })).status, 201, "objecting"),
});
for (const [name, life] of Object.entries(all)) await test(`staff pages: ${name}`, life);
await test("what both sides of whistles did is told by unit", async () => {
  const lines = (await ctl("stats", "whistles")).split("\n");
  is(lines[0], "unit,called_others,was_called,came,came_in_time,delivered,delivered_in_time,minutes_to_come");
  const of = (unit) => lines.find((l) => l.startsWith(`${unit},`))?.split(",").slice(1).map(Number) ?? [];
  that(of("ST110105001")[0] > 0 && of("ST110105001")[1] === 0, `the street that called: ${of("ST110105001")}`);
  that(of("BJ101")[1] > 0 && of("BJ101")[2] > 0 && of("BJ101")[4] > 0, `the department that came and delivered: ${of("BJ101")}`);
  that(of("BJ102")[1] > 0 && of("BJ102")[2] === 0, `the one that did not come: ${of("BJ102")}`);
  is((await ctl("stats", "whistles", "--from", "20200101", "--to", "20200102")).split("\n").filter(Boolean).length, 1, "none then");
});
await test("staff pages: every act was done and refused at least once", async () => {
  const rows = (await program("staff", ["--routes"])).stdout.split("\n").map((l) => l.split("\t")[1] ?? "").filter((n) => /^staff_t_\w+_post$/.test(n)).map((n) => n.slice(8, -5).replaceAll("_", "-"));
  that(rows.length >= 40, `only ${rows.length} acts`);
  is(rows.filter((w) => !door.words.has(w)).join(), "", "never done");
  is(rows.filter((w) => !door.refused.has(w)).join(), "", "never refused");
});
await test("staff pages: a form sent twice by a double click is done once; with other words, or from another form, it is another act", async () => {
  const b = await signed("dispatcher"), t = await file({ category_code: door.street, area_code: "110105001", public: true }), no = t.ticket_no.replaceAll("-", "");
  const form = async (word) => { const page = await b.ask("GET", `/staff/t/${t.ticket_no}/${word}`); b.csrf = /name="csrf"\s+value="([^"]+)"/.exec(page.text)[1]; return { version: /name="version" value="(\d+)"/.exec(page.text)[1], once: /name="once" value="([^"]+)"/.exec(page.text)[1] }; };
  const twice = async (word, fields) => (await Promise.all([1, 2].map(() => send_form(b, `/staff/t/${t.ticket_no}/${word}`, fields)))).map((r) => r.status).join();
  const events = async () => Number(await sql(`SELECT COUNT(*) FROM event JOIN ticket ON ticket.id = event.ticket_id WHERE ticket_no = '${no}'`));
  for (const [word, fields] of Object.entries({ note: { words: "已经电话问过物业。" }, report: { words: "灯杆有倒下的危险，请应急值守知悉。" }, publish: { title: "路灯不亮", text: "某小区北门的路灯三天没有亮。" } })) {
    const before = await events(), once = await form(word);
    is(await twice(word, { ...once, ...fields }), "303,303", word);
    is(await events(), before + 1, word);
    is(await twice(word, { ...once, ...fields }), "303,303", `${word}: sent again from the history of the browser`);
    is(await events(), before + 1, `${word} twice`);
  }
  const once = await form("note"), notes = () => sql(`SELECT COUNT(*) FROM event e JOIN ticket t ON t.id = e.ticket_id WHERE t.ticket_no = '${no}' AND e.words LIKE '第%次问过物业。'`);
  for (const n of ["一", "二"]) is((await send_form(b, `/staff/t/${t.ticket_no}/note`, { ...once, words: `第${n}次问过物业。` })).status, 303);
  is(await notes(), "2", "the control: other words are another note");
  is((await send_form(b, `/staff/t/${t.ticket_no}/note`, { ...(await form("note")), words: "第二次问过物业。" })).status, 303);
  is(await notes(), "3", "the control: another form is another note");
});
await test("staff pages: the worklist, its filters, and a number leads to its demand", async () => {
  const b = await signed("officer"), t = await file({ category_code: door.street, area_code: "110105001" });
  const list = await b.ask("GET", "/staff/work");
  that(list.text.includes(t.ticket_no), "a new demand stands in the list");
  that(!(await b.ask("GET", "/staff/work?state=signed")).text.includes(t.ticket_no), "the filter by state");
  that((await b.ask("GET", `/staff/work?area=110105&category=${door.street.slice(0, 2)}&due=soon&role=lead&state=sent`)).text.includes('value="110105" selected'), "filters stay in the address");
  is((await b.ask("GET", "/staff/work?due=yesterday")).status, 200, "a filter typed by hand");
  is((await b.ask("GET", "/staff/work?unit=ST110105002")).status, 404, "another unit's list");
  is((await b.ask("GET", "/staff/work?cursor=nonsense")).status, 400, "a forged cursor");
  that(!(await (await signed("officer2")).ask("GET", "/staff/work")).text.includes(t.ticket_no), "another unit does not see it");
  is((await (await signed("clerk")).ask("GET", "/staff/work")).status, 403, "no work for a clerk");
  is((await b.ask("GET", `/staff/find?no=${t.ticket_no.replaceAll("-", "").toLowerCase()}`)).headers.location, `/staff/t/${t.ticket_no}`);
  is((await b.ask("GET", "/staff/find?no=nothing")).status, 404);
});
await test("staff pages: photos of a demand are for those who may see it", async () => {
  const m = multipart([{ bytes: PNG }]);
  const up = await send("POST", "/api/v1/uploads", { body: m.body, headers: m.headers, from: network() });
  is(up.status, 201, up.text);
  const t = await file({ category_code: door.street, area_code: "110105001", uploads: [up.json.data.upload_id] });
  const b = await signed("officer"), page = await until(20, "the worker cleans the photo", async () => {
    const p = await b.ask("GET", `/staff/t/${t.ticket_no}`);
    return /\/thumb\/\d+/.test(p.text) && p;
  });
  const photo = /\/staff\/t\/[^"]*\/file\/\d+/.exec(page.text)[0], thumb = photo.replace("/file/", "/thumb/");
  for (const path of [photo, thumb]) {
    const r = await b.ask("GET", path);
    is(r.status, 200, path); is(r.headers["content-type"], "image/jpeg");
    is((await (await signed("officer2")).ask("GET", path)).status, 404, "another unit");
    is((await b.ask("GET", path.replace(/\d+$/, "1"))).status, 404, "another file");
  }
});
