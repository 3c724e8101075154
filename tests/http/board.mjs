// board.mjs - call-backs, urgent modes, the wall with its lists and exports, supervision, audit and calendar, as staff meet them.
import { test, is, that, ctl, sql, get, key, send, sendTwice, file, network, phone, signInStaff, serviceToken, until, Browser } from "./lib.mjs";

const LAMPS = "050406"; // street lamps: a class with a unit of its own
const bare = (no) => no.replaceAll("-", "");
// A demand that was answered, with a phone, on the visitors' list. What time alone would do is done to its row.
async function toCallBack(extra = {}) {
  const t = await file({ category_code: LAMPS, ...extra, contact: { name: "回访先生", phone: phone() } });
  const unit = t.holder.code, no = bare(t.ticket_no);
  await ctl("ticket", "sign", t.ticket_no, "--unit", unit);
  await ctl("ticket", "contact", t.ticket_no, "--unit", unit);
  await ctl("ticket", "reply", t.ticket_no, "路灯已经修好，请您查看。", "--unit", unit, "--outcome", "solved");
  await sql(`INSERT INTO visit (ticket_id, round, state, kind, unit_code, district_code, lane, due_at, call_at) SELECT id, round, 2, kind, '${unit}', district_code, 0, 1, 1 FROM ticket WHERE ticket_no = '${no}'
    ON DUPLICATE KEY UPDATE state = 2, lane = 0, call_at = 1, lease_until = 0`);
  return t;
}
// A row of the wall that only time would make; the worker has looked at the demand before, and does not again until it moves.
async function onWall(kind, t) {
  await until(20, "the worker's look at a new demand", async () => (await sql(`SELECT unwalled FROM ticket WHERE ticket_no = '${bare(t.ticket_no)}'`)).trim() === "0");
  await sql(`START TRANSACTION;
  DELETE l FROM wall_look l JOIN ticket t ON t.id = l.ticket_id WHERE t.ticket_no = '${bare(t.ticket_no)}';
  INSERT IGNORE INTO wall_item (kind, assignment_id, ticket_id, unit_code, district_code, since_at) SELECT ${kind}, lead_id, id, '${t.holder.code}', district_code, 1 FROM ticket WHERE ticket_no = '${bare(t.ticket_no)}'; COMMIT`);
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
  const filer = new Browser(), purpose = () => sql(`SELECT a.purpose FROM audit a JOIN ticket t ON t.id = a.object_id WHERE a.action = 'contact_reveal' AND t.ticket_no = '${bare(t.ticket_no)}'`);
  await filer.post("/track", { ticket_no: t.ticket_no, query_code: t.query_code });
  that(filer.page.text.includes("还没有人看过"), "the filer is not told that nobody has looked");
  await b.post(`${at}/reveal`, {}, { page: at });
  is(b.page.status, 200);
  await filer.open(`/track/${t.ticket_no}`);
  that((await purpose()).length > 0 && filer.page.text.includes(await purpose()), "the filer is not told who looked, and why");
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
  const solvedIn = async (role, unit, scope) => (await get(`/api/v1/staff/tickets/${t.ticket_no}`, { token: await serviceToken(role, unit, scope), from: network() })).json.data.solved_round;
  is(await solvedIn("visitor", "BJ001", ""), 1, "solved at the first try");
  is(await solvedIn("officer", t.holder.code), null, "for the unit, until the period is over");
  await b.post(`${at}/answers`, { contacted: "yes", solved: "yes", satisfaction: "satisfied" }, { page: "/staff/visits" });
  is(b.page.status, 409, "twice");
});
await test("call-backs: what one person answered or objected is kept from the unit it is about until the period is over, and from nobody who must act on it", async () => {
  const street = await sql("SELECT code FROM category WHERE level = 3 AND lead_kind = 1 AND valid_to = 99991231 AND response_level = 3 ORDER BY code LIMIT 1"); // of the officer's street
  const SAID = "灯还是不亮，没有人来看过";
  const unhappy = async (t) => {
    const b = await signInStaff("visitor"), at = `/staff/visits/${t.ticket_no}`;
    await b.post(`${at}/claim`, {}, { page: "/staff/visits" });
    await b.post(`${at}/answers`, { contacted: "no", solved: "no", satisfaction: "dissatisfied", words: SAID }, { page: at });
  };
  const objecting = async (t) => is((await send("POST", `/api/v1/tickets/${t.ticket_no}/object`, { receipt: t.ticket_token, key: key(), body: { reason: SAID }, from: network() })).status, 201, "objecting");
  for (const [event, say] of [["rated", unhappy], ["objected", objecting]]) {
    const t = await toCallBack({ category_code: street, area_code: "110105001" }), no = bare(t.ticket_no);
    await say(t);
    const reviewer = await sql(`SELECT a.unit_code FROM ticket t JOIN assignment a ON a.id = t.lead_id WHERE t.ticket_no = '${no}' AND t.round = 2`);
    that(reviewer && reviewer !== t.holder.code, `another unit looks again, not ${reviewer}`);
    const page = async (role) => (await (await signInStaff(role)).ask("GET", `/staff/t/${t.ticket_no}`)).text;
    const json = async (role, unit) => (await get(`/api/v1/staff/tickets/${t.ticket_no}`, { token: await serviceToken(role, unit), from: network() })).json.data.events.find((e) => e.event === event);
    const hides = async (who, text, e) => { that(!text.includes(SAID), `${event}: ${who} reads it on the page`); that(!/没解决|不满意/.test(text), `${event}: ${who} reads the marks`); that(text.includes("考核期结束后"), `${event}: ${who} is not told when`); is(e.words, "", `${event}: ${who} over JSON`); that(!/没解决|不满意/.test(e.text), `${event}: marks over JSON`); that(Date.parse(e.withheld_until) > Date.now(), `${event}: no time`); };
    const shows = async (who, e) => { is(e.words, SAID, `${event}: ${who}`); is(e.withheld_until, null, `${event}: ${who}`); };
    await hides("the unit", await page("officer"), await json("officer", t.holder.code));
    await hides("its manager", await page("unit_manager"), await json("unit_manager", t.holder.code));
    for (const role of ["visitor", "supervisor"]) that((await page(role)).includes(SAID), `${event}: hidden from the ${role}`);
    await shows("the unit that looks again", await json("officer", reviewer));
    await shows("a supervisor", await json("supervisor", "BJ110105"));
    const shift = (by) => sql(`UPDATE event e JOIN ticket t ON t.id = e.ticket_id LEFT JOIN rating r ON r.ticket_id = t.id AND r.answered_at IS NOT NULL SET e.at = e.at + ${by}, r.answered_at = r.answered_at + ${by} WHERE t.ticket_no = '${no}' AND e.code = (SELECT code FROM (SELECT MAX(x.code) AS code FROM event x JOIN ticket y ON y.id = x.ticket_id WHERE y.ticket_no = '${no}' AND x.words = '${SAID}') z)`);
    const period = 40 * 86400e6;
    await shift(-period);
    await shows("the unit, after the period", await json("officer", t.holder.code));
    that((await page("officer")).includes(SAID), `${event}: the period is over`);
    await shift(period);
  }
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
  const d = await toCallBack(), call = `/staff/visits/${d.ticket_no}`;
  await b.post(`${call}/claim`, {}, from);
  await b.open(call);
  const once = /name="once" value="([^"]+)"/.exec(b.page.text)[1];
  for (let i = 0; i < 2; i++) await b.post(`${call}/attempt`, { result: "busy", once }, { page: call });
  is((await visitOf(d)).slice(0, 3), "2\t1", "a form sent twice is one attempt");
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
  await sendTwice(b, from.page, from.page, { ...mode, go: "start" });
  is(await sql(`SELECT COUNT(*) FROM urgent_mode WHERE name = '${name}'`), "1", "begun once");
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
await test("the wall: numbers of city, districts and units lead to lists within the reader's scope; supervisions", async () => {
  const b = await signInStaff("supervisor"), t = await file({ category_code: LAMPS }), no = bare(t.ticket_no), unit = t.holder.code;
  await onWall(6, t);
  await sql(`INSERT INTO wall_count (dim, code, kind, n) VALUES (0, '', 6, 1), (1, '${unit}', 6, 1000), (2, '110105', 6, 1) ON DUPLICATE KEY UPDATE n = n + VALUES(n)`); // the page shows the units with most
  const page = (await b.open("/staff/wall?kind=late")).text;
  is(b.page.status, 200);
  for (const to of [`/staff/wall/list?kind=late&amp;unit=${unit}`, "/staff/wall/list?kind=late&amp;district=110105", "/staff/wall/list?kind=late"]) that(page.includes(to), `no link ${to}`);
  for (const at of ["", `&unit=${unit}`, "&district=110105"]) that((await b.open(`/staff/wall/list?kind=late${at}`)).text.includes(t.ticket_no), `not in the list ${at}`);
  is((await b.open("/staff/wall/list?kind=late&cursor=forged")).status, 400, "a forged cursor");
  const manager = await signInStaff("unit_manager");
  is((await manager.open("/staff/wall")).status, 200, "a manager's wall");
  for (const at of ["kind=late", `kind=late&unit=${unit}`, "kind=late&district=110105"]) is((await manager.open(`/staff/wall/list?${at}`)).status, 404, `a manager reads ${at}`);
  const analyst = (await (await signInStaff("analyst")).open("/staff/wall/list?kind=late")).text;
  that(analyst.includes(t.ticket_no) && !analyst.includes("/staff/t/") && !analyst.includes(t.title), "an analyst reads titles");
  for (const state of ["open", "overdue", "answered"]) is((await b.open(`/staff/supervise?state=${state}`)).status, 200);
  is((await (await signInStaff("clerk")).open("/staff/supervise")).status, 403, "a clerk");
  is((await (await signInStaff("clerk")).open("/staff/wall")).status, 403, "a clerk");
});
await test("an export: the password again, safe cells, in the audit with its filter and rows; who lacks the permit gets none", async () => {
  const b = await signInStaff("supervisor", { fresh: true }), t = await file({ category_code: LAMPS, title: "＝1+1 灯不亮" });
  await onWall(7, t);
  const list = "/staff/wall/list?kind=stuck", sent = await b.post("/staff/wall/export", { kind: "stuck" }, { page: list, follow: false });
  is(sent.status, 303);
  that(sent.headers.location.startsWith("/staff/confirm?next="), `leads to ${sent.headers.location}`);
  await b.post("/staff/confirm", { password: b.who.password, next: list }, { page: sent.headers.location });
  is(b.path, list, "back at the list");
  const csv = await b.post("/staff/wall/export", { kind: "stuck" }, { page: list });
  is(csv.status, 200);
  that(/attachment/.test(csv.headers["content-disposition"] ?? ""), "no download");
  that(csv.text.startsWith("\ufeff") && csv.text.includes(t.ticket_no), "no BOM, or not the rows");
  that(csv.text.includes(`"'＝1+1 灯不亮"`) || !csv.text.includes("＝1+1"), "a formula");
  that(csv.text.includes("'＝1+1"), "the title is missing");
  const [whole, begun] = (await sql("SELECT purpose FROM audit WHERE action = 'wall_export' ORDER BY id DESC LIMIT 2")).split("\n");
  is(begun, "kind=stuck n=0 begun", "the audit has it before a byte is sent");
  is(whole, `kind=stuck n=${csv.text.trim().split("\r\n").length - 1} whole`, "and its rows after the last");
  that(!csv.headers["content-length"], "a file of any length is sent in pieces");
  is((await b.post("/staff/wall/export", { kind: "nothing" }, { page: list })).status, 422, "no such list");
  const manager = await signInStaff("unit_manager");
  is((await manager.post("/staff/wall/export", { kind: "stuck" }, { page: "/staff/wall/list?kind=late&unit=ST110105001" })).status, 403, "a manager exports");
});
await test("audit: by person, demand, act and day; reading it is written down; a chain is checked; others are refused", async () => {
  const b = await signInStaff("auditor"), t = await file({ category_code: LAMPS });
  const mine = await b.open("/staff/audit?login=demo.auditor&action=sign_in");
  is(mine.status, 200);
  that(mine.text.includes("demo.auditor"), "the own sign-in is not there");
  await sql("UPDATE audit SET purpose = 'officer asked for it' WHERE action = 'audit_read' ORDER BY id DESC LIMIT 1");
  that((await b.open("/staff/audit?login=demo.auditor&action=audit_read")).text.includes("officer asked for it"), "what a person wrote is changed");
  that(Number(await sql("SELECT COUNT(*) FROM audit WHERE action = 'audit_read' AND purpose LIKE 'login=demo.auditor%'")) > 0, "reading is not in the audit");
  // The last column is a keyed name of the caller's network: letters by chance, never a word of ours.
  const all = [...(await b.open("/staff/audit")).text.matchAll(/<td ([^>]*)>([^<]*)</g)];
  const cells = all.filter((m) => !/class="small muted"/.test(m[1])).map((m) => m[2]);
  that(cells.length < all.length, "the column of networks is not where this test looks for it");
  that(cells.length > 20 && !cells.some((c) => /^[a-z]+_[a-z_]+$/.test(c)), `a raw word: ${cells.find((c) => /^[a-z]+_[a-z_]+$/.test(c))}`);
  is((await b.open("/staff/audit?login=nobody.here")).status, 422, "an unknown person");
  is((await b.open("/staff/audit?day=2026-13-45")).status, 422, "no such day");
  is((await b.open(`/staff/audit?ticket_no=${t.ticket_no}&day=2020-01-01`)).status, 200);
  await b.post("/staff/audit/chain", { ticket_no: t.ticket_no }, { page: "/staff/audit" });
  that(b.page.status === 200 && /role="status"/.test(b.page.text) && b.page.text.includes(t.ticket_no), "no verdict");
  that(!/class="notice bad"/.test(b.page.text), "a whole chain is called broken");
  await b.post("/staff/audit/chain", { ticket_no: "SD-1" }, { page: "/staff/audit" });
  is(b.page.status, 422, "no such demand");
  is((await (await signInStaff("supervisor")).open("/staff/audit")).status, 403, "a supervisor");
});
await test("the calendar of a year, with holidays and weekend days that are worked; a year without schedule is said so", async () => {
  const b = await signInStaff("editor"), year = (await b.open("/staff/calendar?year=2026")).text;
  that(/class="holiday"/.test(year) && /class="made-up"/.test(year), "no holidays, or no worked weekends");
  that(/class="notice bad"/.test((await b.open("/staff/calendar?year=2031")).text), "a year without schedule looks trusted");
  is((await (await signInStaff("clerk")).open("/staff/calendar")).status, 403, "a clerk");
});
await test("home: each tile shows what waits there, as the worker counted it; who has none of them is told no number", async () => {
  const numbers = { triage: 41, returns: 42, visits: 43, supervisions: 44, open: 48, copies: 3, whistles: 46, extensions: 47, counted_at: 9e15 }, names = Object.keys(numbers);
  const count = () => sql(`INSERT INTO unit_load (unit_code, ${names}) SELECT code, ${Object.values(numbers)} FROM unit WHERE valid_to = 99991231
    ON DUPLICATE KEY UPDATE ${names.map((n) => `${n} = VALUES(${n})`)}`);
  const tile = (page, path) => new RegExp(`<a href="${path}"><b>[^<]*</b> <span class="big">(\\d+) <small>`).exec(page)?.[1];
  try {
    for (const [role, tiles] of [["dispatcher", { triage: 41 }], ["supervisor", { returns: 42, supervise: 44 }], ["visitor", { visits: 43 }],
      ["officer", { work: 45, "work\\?role=copy": 3, whistles: 46 }], ["unit_manager", { work: 45, extensions: 47, supervise: 44 }]]) {
      const b = await signInStaff(role);
      for (const [to, n] of Object.entries(tiles)) await until(20, `${role}: ${n} at ${to}`, async () => {
        await count();
        return tile((await b.open("/staff/")).text, `/staff/${to}`) === String(n) || undefined;
      });
    }
    that(tile((await (await signInStaff("supervisor")).open("/staff/")).text, "/staff/wall") === (await sql("SELECT COALESCE(SUM(n), 0) FROM wall_count WHERE dim = 0 AND kind = 6")), "late on the wall");
    that(!/class="big"/.test((await (await signInStaff("auditor")).open("/staff/")).text), "a number for an auditor");
  } finally {
    await sql("UPDATE unit_load SET counted_at = 0");
  }
});
