// desk.mjs - the hotline centre: a call from its number to its receipt, triage, and the lists of what waits for a decision.
import { PNG, PORT, file, get, is, multipart, network, phone, send, serviceToken, signInStaff, sql, test, that } from "./lib.mjs";

const once = (b) => /name="once" value="([^"]+)"/.exec(b.page.text)[1];
const CALL = { kind: "complaint", text: "小区门口的路灯坏了一个星期，晚上看不见台阶。", category: "路灯", place: "", district: "110105", address: "某某路 1 号" };
// The code of an item that the page offers for these words.
const guess = (text) => /name="category_code" value="(\d{6})"/.exec(text)?.[1];
async function call(b, fields) {
  await b.open("/staff/desk");
  return b.post("/staff/desk", { ...CALL, once: once(b), ...fields });
}
const shown = (text) => ({ no: /SD-\d{6}-\d{7}-[0-9A-Z]/.exec(text)?.[0], code: />([0-9A-Z]{4}[ -]?[0-9A-Z]{2,4})<\/dd>/.exec(text)?.[1] });

await test("a call is looked up, recorded and dispatched; the caller's history is found by the number and each search is on record", async () => {
  const b = await signInStaff("clerk"), number = phone();
  const before = Number(await sql("SELECT COUNT(*) FROM audit WHERE action = 'caller_search'"));
  const look = await call(b, { go: "look", phone: number });
  is(look.status, 200);
  that(look.text.includes("以前没有记录"), "a new caller has no history");
  that(!look.path.includes(number), "the number is in no address");
  that(look.text.includes(CALL.text), "what was typed stands there again");
  const code = guess(look.text);
  that(code, "no category is suggested for a street lamp");
  const filed = await call(b, { go: "file", phone: number, category_code: code });
  is(filed.status, 200, filed.text.slice(0, 200));
  const { no, code: query } = shown(filed.text);
  that(no && query, "number and query code are told");
  is((await send("POST", "/api/v1/tickets/lookup", { body: { ticket_no: no, query_code: query } })).status, 200, "both open the demand");
  const again = await call(b, { go: "look", phone: number });
  that(again.text.includes(no), "the history shows it");
  that(!again.text.includes(`>${number}<`), "masked, but for the field");
  is(Number(await sql("SELECT COUNT(*) FROM audit WHERE action = 'caller_search'")) - before, 2, "searches on record");
  is(await sql(`SELECT COUNT(*) FROM audit WHERE purpose LIKE '%${number}%'`), "0", "never the number");
});
await test("a call that is sent twice is recorded once, and one with faults comes back whole", async () => {
  const b = await signInStaff("clerk");
  await b.open("/staff/desk");
  const fields = { ...CALL, once: once(b), go: "file", category_code: "unsure", phone: phone() };
  const csrf = await b.token();
  const [one, two] = [await b.post("/staff/desk", fields, { csrf }), await b.post("/staff/desk", fields, { csrf })];
  is(shown(one.text).no, shown(two.text).no, "one number");
  that(shown(one.text).no, "a number");
  is((await b.post("/staff/desk", { ...fields, text: "另外一件完全不同的事情。" }, { csrf })).status, 422, "one key, another call");
  const bad = await call(b, { go: "file", kind: "", text: "短", category: "没有这样的类别", district: "", phone: "12" });
  is(bad.status, 422);
  for (const id of ["kind", "text", "category", "area", "phone"]) that(bad.text.includes(`href="#${id}"`), `no error at ${id}`);
  that(bad.text.includes('value="没有这样的类别"'), "the words stay");
  is((await b.post("/staff/desk", { ...fields, once: "" }, { csrf })).status, 400, "a form without its key");
  is((await b.post("/staff/desk", fields, { csrf: "forged" })).status, 403, "a forged form");
});
await test("a call is answered on the spot or diverted, in one act, and its filer reads both", async () => {
  const b = await signInStaff("clerk");
  const words = "路灯由区城市管理委维修，报修电话 96159，一般两天内修好。";
  const answered = await call(b, { go: "answer", kind: "consult", category: "", answer: words });
  is(answered.status, 200, answered.text.slice(0, 200));
  const a = shown(answered.text);
  const seen = async (x) => {
    const { json } = await send("POST", "/api/v1/tickets/lookup", { body: { ticket_no: x.no, query_code: x.code } });
    return (await get(`/api/v1/tickets/${x.no}`, { headers: { Authorization: `Receipt ${json.data.ticket_token}` } })).json.data;
  };
  const view = await seen(a);
  is(view.status.code ?? view.status, "replied");
  that(JSON.stringify(view).includes("96159"), "the answer is read");
  that(!JSON.stringify(view).includes("triage"), "it waited for nobody");
  const rows = await sql(`SELECT CONCAT(role, ':', state) FROM assignment WHERE ticket_id = (SELECT id FROM ticket WHERE ticket_no = '${a.no.replaceAll("-", "")}')`);
  is(rows, "1:3", "the hotline centre alone, and done");
  is((await call(b, { go: "answer", category: "", answer: "" })).status, 422, "an answer without words");
  const diverted = await call(b, { go: "divert", category: "", class: "legal", wording: "这件事正在法院审理，请按法院的通知办理，可拨打 12368 询问。" });
  is(diverted.status, 200, diverted.text.slice(0, 200));
  const d = await seen(shown(diverted.text));
  is(d.status.code ?? d.status, "diverted");
  that(JSON.stringify(d).includes("12368"), "the wording is read");
  is((await call(b, { go: "divert", category: "", class: "repeat", wording: "这件事正在办，请等答复。" })).status, 422, "the same matter needs its number");
  const same = await call(b, { go: "divert", category: "", class: "repeat", wording: "你问的这件事正在办理，请凭编号看进度。", same: a.no });
  is(same.status, 200, "with its number");
});
await test("what others told of the same street and class stands beside the form, and one press ties the call to it", async () => {
  const b = await signInStaff("clerk"), place = { district: "110105", street: "110105003" };
  const code = guess((await call(b, { go: "look", ...place })).text);
  const first = shown((await call(b, { go: "file", category_code: code, phone: phone(), ...place })).text).no;
  const secret = shown((await call(b, { go: "file", kind: "report", category_code: code, reported_unit: await sql("SELECT code FROM unit WHERE code LIKE 'ST110105%' AND valid_to = 99991231 ORDER BY code LIMIT 1"), ...place })).text).no;
  that(first && secret, "two demands");
  const near = (text) => /<section[^>]*id="near">(.*?)<\/section>/s.exec(text)?.[1] ?? "";
  await b.open("/staff/desk");
  const mine = { ...CALL, once: once(b), category_code: code, ...place };
  let page = await b.post("/staff/desk", { ...mine, go: "look" }, { csrf: await b.token() });
  that(near(page.text).includes(first) && near(page.text).includes(`href="/staff/t/${first}"`), "the other caller's is shown with its link");
  that(!page.text.includes(secret), "a secret informer's is not");
  that(!near((await call(b, { go: "look", category_code: code, district: "110105", street: "110105004" })).text).includes(first), "in another street it is not");
  that(near((await call(b, { go: "file", text: "短", category_code: code, ...place })).text).includes(first), "and again when the form comes back");
  await b.open("/staff/desk");
  page = await b.post("/staff/desk", { ...mine, tie: first }, { csrf: await b.token() });
  that(page.text.includes(`name="link" value="${first}"`), "one press takes the number over");
  is((await call(b, { go: "file", link: "SD-261122-0000000-0", ...place, category_code: code })).status, 422, "a number that is none");
  const filed = await call(b, { go: "file", link: first, ...place, category_code: code, phone: phone() });
  is(filed.status, 200, filed.text.slice(0, 200));
  const no = shown(filed.text).no;
  that((await b.open(`/staff/t/${first}`)).text.includes(no) && (await b.open(`/staff/t/${no}`)).text.includes(first), "each shows the other");
  const english = await signInStaff("clerk");
  english.headers = { "Accept-Language": "en" };
  await english.open("/staff/desk?lang=en");
  that((await english.post("/staff/desk", { ...mine, go: "look" }, { csrf: await english.token() })).text.includes("Open demands near by"), "in English");
  await english.open("/staff/desk?lang=zh-CN");
});
// A press of a button that sends files along, from a page of the desk that is open.
async function attach(b, files, fields) {
  const m = multipart(files.map((bytes) => ({ bytes })), { csrf: await b.token(), ...CALL, ...fields });
  return b.follow(await b.ask("POST", "/staff/desk/files", { body: m.body, headers: { ...m.headers, Origin: `http://127.0.0.1:${PORT}` } }));
}
const held = (text) => [...text.matchAll(/name="uploads" value="([^"]+)"/g)].map((m) => m[1]);
const filesOf = (no) => sql(`SELECT COUNT(*) FROM upload u JOIN ticket t ON t.id = u.ticket_id WHERE t.ticket_no = '${no.replaceAll("-", "")}' AND u.event_seq = 0 AND u.internal = 0`);
const recorded = () => sql("SELECT COUNT(*) FROM ticket");
await test("a caller's files: attached while typing, kept when one is refused, recorded with the call, read by its filer", async () => {
  const b = await signInStaff("clerk");
  await b.open("/staff/desk/files");
  const key_ = once(b), call_ = { once: key_, category_code: "unsure" }, NOTE = Buffer.from("a page of words");
  let page = await attach(b, [PNG], { ...call_, go: "attach" });
  is(page.status, 200, page.text.slice(0, 200));
  const [first] = held(page.text);
  that(first && page.text.includes(CALL.text), "the file and the words stand there");
  page = await attach(b, [NOTE, PNG, NOTE], { ...call_, uploads: held(page.text), go: "file" });
  is(page.status, 422, "one that is no photo");
  is(page.text.match(/href="#file"/g)?.length, 1, "said once");
  is(held(page.text).length, 2, "what was good is kept");
  that(page.text.includes(CALL.text) && page.text.includes(`value="${CALL.address}"`), "nothing that was typed is lost");
  page = await attach(b, [], { ...call_, uploads: held(page.text), remove: first });
  is(held(page.text).length, 1, "one is taken back");
  const look = await b.post("/staff/desk", { ...CALL, ...call_, uploads: held(page.text), go: "look", file: "a.jpg" }, { csrf: await b.token() });
  is(look.status, 422);
  that(look.text.includes("没有随这次按键发出") && held(look.text).length === 1, "a file that its button did not send is told");
  const last = { ...call_, uploads: held(look.text), go: "file" };
  const one = await attach(b, [PNG], last);
  is(one.status, 200, one.text.slice(0, 300));
  const { no, code } = shown(one.text);
  is(await filesOf(no), "2", "those attached before and the one that came with the press");
  await b.open("/staff/desk");
  is(shown((await attach(b, [PNG], last)).text).no, no, "sent twice, recorded once");
  await b.open("/staff/desk");
  is((await attach(b, [Buffer.concat([PNG, PNG])], last)).status, 422, "one key, another file");
  const { json } = await send("POST", "/api/v1/tickets/lookup", { body: { ticket_no: no, query_code: code } });
  const seen = (await get(`/api/v1/tickets/${no}`, { headers: { Authorization: `Receipt ${json.data.ticket_token}` } })).json.data;
  is(seen.files.length, 2, "they are the filer's own");
});
await test("a caller's files: as many as a citizen may send; one that is gone or not ours is told, and then the call goes on", async () => {
  const b = await signInStaff("clerk");
  await b.open("/staff/desk");
  const call_ = { once: once(b), category_code: "unsure" };
  let page = await attach(b, Array(10).fill(PNG), { ...call_, go: "attach" });
  is(page.status, 422, "ten photos");
  is(held(page.text).length, 9);
  const uploads = held(page.text), before = await recorded();
  page = await attach(b, [], { ...call_, uploads: [...uploads.slice(0, 2), "123-AAAAAAAAAAAAAAAAAAAAAAAAAA"], go: "file" });
  is(page.status, 422, "an id that nobody gave out");
  is(await recorded(), before, "nothing is recorded");
  is(held(page.text).length, 2);
  const filed = await attach(b, [], { ...call_, uploads: held(page.text), go: "file" });
  is(filed.status, 200, filed.text.slice(0, 200));
  is(await filesOf(shown(filed.text).no), "2");
  is((await b.post("/staff/desk/files", { ...CALL, ...call_, go: "attach" }, { csrf: "forged" })).status, 403, "a forged form");
});
await test("what the law forbids at the desk is refused: bare templates, and a unit that is reported never leads", async () => {
  const b = await signInStaff("clerk");
  const use = Number(await sql("SELECT MIN(id) FROM reply_template WHERE used_for = 2 AND active = 1 AND body LIKE '%〔%'"));
  const filled = await call(b, { use: String(use) });
  is(filled.status, 200);
  const wording = /<textarea id="wording"[^>]*>\n?([^<]*)</.exec(filled.text)[1];
  that(wording.includes("〔"), "the wording stands in its field");
  const bare = await call(b, { go: "divert", category: "", class: "legal", wording });
  is(bare.status, 422, "a gap that is not filled");
  const look = await call(b, { go: "look", district: "110105", street: "110105001" });
  const code = guess(look.text);
  const lead = await sql("SELECT code FROM unit WHERE code LIKE 'ST110105%' AND valid_to = 99991231 ORDER BY code LIMIT 1");
  const filed = await call(b, { go: "file", kind: "report", category_code: code, reported_unit: lead });
  is(filed.status, 200, filed.text.slice(0, 200));
  const no = shown(filed.text).no.replaceAll("-", "");
  is(await sql(`SELECT COUNT(*) FROM assignment a JOIN ticket t ON t.id = a.ticket_id WHERE t.ticket_no = '${no}' AND a.unit_code = '${lead}'`), "0");
  is((await call(b, { go: "file", kind: "complaint", category_code: code, reported_unit: lead })).status, 422, "only a report has a reported unit");
});
await test("searches for callers are bounded for each person", async () => {
  const b = await signInStaff("dispatcher");
  await b.open("/staff/desk");
  const csrf = await b.token(), key_ = once(b);
  let last = 200, n = 0;
  for (; n < 90 && last === 200; n++, b.from = network()) last = (await b.post("/staff/desk", { once: key_, go: "look", phone: phone() }, { csrf, follow: false })).status;
  is(last, 429, `after ${n} searches`);
  that(n > 40, `already after ${n}`);
});
await test("triage lists what is unsure with its words, and one press dispatches it", async () => {
  const b = await signInStaff("dispatcher");
  const t = await file({ category_code: "", text: "楼下烧烤店每天营业到半夜，油烟很大，没法开窗睡觉。" });
  let page = await b.open("/staff/triage");
  for (let i = 0; i < 300 && !page.text.includes(t.ticket_no); i++) {
    const next = /rel="next" href="([^"]+)"/.exec(page.text)?.[1];
    that(next, `${t.ticket_no} is on no page`);
    page = await b.open(next.replaceAll("&amp;", "&"));
  }
  const form = page.text.split("<form").find((f) => f.includes(`value="${t.ticket_no}"`));
  that(page.text.includes("油烟很大"), "its words are shown");
  that(form, "no guess for smoke of a barbecue");
  const fields = { no: t.ticket_no, version: /name="version" value="(\d+)"/.exec(form)[1], category_code: /name="category_code" value="(\d+)"/.exec(form)[1] };
  const csrf = await b.token();
  const done = await b.post("/staff/triage", fields, { csrf });
  that(done.text.includes(t.ticket_no) && done.path.startsWith("/staff/triage?done="), done.path);
  is(await sql(`SELECT state FROM ticket WHERE ticket_no = '${t.ticket_no.replaceAll("-", "")}'`), "2", "dispatched");
  is((await b.post("/staff/triage", fields, { csrf })).status, 409, "a second press");
  is((await b.post("/staff/triage", { no: t.ticket_no }, { csrf })).status, 422, "half a form");
  is((await b.post("/staff/triage", { ...fields, no: "SD-261122-0000000-0" }, { csrf })).status, 404, "an absent demand");
  is((await b.open("/staff/triage?cursor=forged")).status, 400, "a forged cursor");
});
await test("returns, extensions and whistles are listed for those who decide or must come", async () => {
  for (const [role, path] of [["supervisor", "/staff/returns"], ["unit_manager", "/staff/extensions"], ["officer", "/staff/whistles"], ["officer", "/staff/whistles?all=1"]])
    is((await (await signInStaff(role)).open(path)).status, 200, path);
  is((await (await signInStaff("supervisor")).open("/staff/returns?cursor=forged")).status, 400);
  is((await (await signInStaff("officer")).open("/staff/whistles?all=1&called=forged")).status, 400);
  is((await (await signInStaff("unit_manager")).open("/staff/extensions?cursor=forged")).status, 400);
  for (const path of ["/staff/returns", "/staff/extensions", "/staff/whistles"]) is((await (await signInStaff("clerk")).open(path)).status, 403, path);
});
await test("extensions to be decided come by pages, oldest first, each once", async () => {
  const b = await signInStaff("unit_manager"), t = await file(), unit = await sql("SELECT unit_code FROM staff WHERE login = 'demo.manager'");
  const ids = await sql(`SELECT id FROM ticket WHERE ticket_no = '${t.ticket_no.replaceAll("-", "")}'`);
  await sql(`INSERT INTO extension_ask (id, ticket_id, unit_code, until_at, reason, asked_at) SELECT seq, ${ids}, '${unit}', 1, CONCAT('r-', seq), 1 FROM seq_1_to_60`);
  const seen = [];
  for (let path = "/staff/extensions", n = 0; path && n < 10; n++) {
    const page = await b.open(path);
    seen.push(...[...page.text.matchAll(/>r-(\d+)</g)].map((m) => Number(m[1])));
    path = /rel="next" href="([^"]+)"/.exec(page.text)?.[1];
  }
  await sql("DELETE FROM extension_ask WHERE id <= 60");
  is(seen.join(), Array.from({ length: 60 }, (_, i) => i + 1).join());
});
