// pages.mjs - every page by a browser without JavaScript: what it does, and what it refuses.
import { test, is, that, send, get, Browser, network, phone, newest_code, ctl, sql, until, file, multipart, PNG, routes, sendTwice, PORT, VAR, codes, key } from "./lib.mjs";
import { readdirSync, readFileSync } from "node:fs";

const table = await routes();
const good = (r, path = r.path) => { is(r.status, 200, path); is(r.path.split("?")[0], path.split("?")[0], "path"); return r; };
export const WORDS = "小区北门的路灯连续三天不亮，晚上看不清台阶。";

await test("pages for everybody answer in both languages and in large type", async () => {
  const b = new Browser(), paths = ["/", "/rights", "/privacy", "/accessibility", "/api/", "/kb/", "/kb/search?q=%E5%8A%9E%E7%90%86", "/kb/1", "/stats/", "/stats/method", "/public",
    "/login", "/track", "/new", "/new/stop", "/new/stop/emergency"];
  for (const headers of [{}, { "Accept-Language": "en" }]) {
    b.headers = headers;
    for (const p of paths) {
      const r = good(await b.open(p), p);
      that(r.text.includes(headers["Accept-Language"] ? '<html lang="en"' : '<html lang="zh-CN"'), `${p}: language`);
    }
  }
  that((await b.open("/api/")).text.includes('href="/api/openapi.json"'), "the page of the interface does not name the document");
});
await test("language and type size, once chosen, stay, and leave the address", async () => {
  const b = new Browser();
  const r = await b.ask("GET", "/kb/search?q=a%26b&lang=en&elder=1");
  is(r.status, 303); is(r.headers.location, "/kb/search?q=a%26b");
  that((await b.open("/")).text.includes('<html lang="en"'), "English did not stay");
  that(/<html[^>]*elder/.test((await b.open("/kb/")).text), "large type did not stay");
  await b.open("/?lang=zh-CN&elder=0");
  that((await b.open("/kb/")).text.includes('<html lang="zh-CN"') && !/<html[^>]*elder/.test(b.page.text), "back again");
  await b.open("/?lang=tlh&elder=9");
  that((await b.open("/")).text.includes('<html lang="zh-CN"'), "an unknown language changed something");
});
// ---- filing ----------------------------------------------------------------------------------------------------------
const area = (await get("/api/v1/areas?parent=110105")).json.data.items[0];
const community = (await get(`/api/v1/areas?parent=${area.code}`)).json.data.items[0];
const category = (await get("/api/v1/categories")).json.data.items.find((c) => c.level === 3);
async function to_contact(b, words = WORDS) {
  await b.post("/new", { kind: "complaint", text: words });
  is(b.path.split("?")[0], "/new/category");
  await b.post("/new/category", { category: category.code });
  is(b.path, "/new/place");
  await b.post("/new/place", { area: "110105" });
  is(b.path, "/new/place/street");
  await b.post("/new/place/street", { area: area.code });
  is(b.path, "/new/place/community");
  await b.post("/new/place/community", { area: community.code });
  is(b.path, "/new/place/address");
  await b.post("/new/place/address", { address: "某某路 1 号", lng: "116.4", lat: "39.9" });
  is(b.path, "/new/photos");
  const csrf = await b.token("/new/photos");
  const m = multipart([{ field: "file", bytes: PNG }], { csrf });
  is((await b.follow(await b.ask("POST", "/new/photos", m))).path, "/new/contact");
}
const citizen = new Browser();
citizen.phone = phone();
await test("a demand is filed page by page, with photo, phone and code; the receipt says what was filed", async () => {
  const b = citizen;
  await to_contact(b);
  await b.post("/new/contact", { phone: b.phone, name: "王女士", filer: "person", public: "yes" });
  is(b.path, "/new/code");
  await b.post("/new/code", { code: await newest_code(b.phone) });
  good(b.page, "/new/check");
  that(b.page.text.includes("路灯"), "the words are not on the check page");
  b.once = /name="once" value="([^"]+)"/.exec(b.page.text)[1];
  const csrf = await b.token("/new/check");
  await b.post("/new/check", { once: b.once }, { csrf });
  good(b.page, "/receipt");
  [b.no] = /SD-\d{6}-\d{7}-\d/.exec(b.page.text);
  b.code = /[0-9A-HJKMNP-TV-Z]{4}[ ]?[0-9A-HJKMNP-TV-Z]{4}(?=<)/.exec(b.page.text)[0].replace(" ", "");
  await b.post("/new/check", { once: b.once }, { csrf });
  is(b.path, "/receipt", "a double click"); that(b.page.text.includes(b.no), "another demand");
  is(await sql(`SELECT COUNT(*) FROM ticket t JOIN ticket_text x ON x.ticket_id = t.id WHERE x.body LIKE '小区北门%'`), "1", "demands");
});
await test("the photo of a draft is shown small when the worker has cleaned it, to its browser alone", async () => {
  const b = new Browser();
  await to_contact(b);
  const at = await until(20, "a small photo on the page", async () => /\/new\/photos\/[^"\/]+\/thumb/.exec((await b.open("/new/photos")).text)?.[0]);
  const r = await b.ask("GET", at);
  is(r.status, 200); that(/^image\//.test(r.headers["content-type"]), r.headers["content-type"]);
  that((await new Browser().ask("GET", at)).status !== 200, "a stranger sees it"); that((await b.ask("GET", "/new/photos/1-x/thumb")).status !== 200, "an id that is not there");
});
await test("a draft is put aside and taken up on another device by its link", async () => {
  const b = new Browser(), other = new Browser(), link_of = (r) => /(\/d\/[A-Za-z0-9%_-]+)/.exec(r.text)?.[1];
  await b.post("/new", { kind: "help", text: "另一件事：井盖松动，很危险。", go: "save" });
  good(b.page, "/new/saved");
  that(!link_of(b.page), "a link that nobody asked for");
  const again = await b.token(), link = link_of(await b.post("/new/saved"));
  good(b.page, "/new/saved");
  is(link_of(await b.open("/new/saved")), link, "a reload"); is(link_of(await b.post("/new/saved", {}, { csrf: again })), link, "asked for again");
  const r = await other.ask("GET", link);
  is(r.status, 303); is(r.headers.location, "/new/resume", "the token stays in the address");
  for (let i = 0; i < 2; i++) that(good(await other.open("/new/resume")).text.includes("井盖松动"), "what it is");
  that((await b.open("/new/saved")).text.includes(link), "looking at it moved it");
  const csrf = await other.token("/new/resume"), draft = /name="draft" value="([^"]+)"/.exec(other.page.text)[1], cookies = new Map(other.cookies);
  await other.post("/new/resume", { draft, go: "take" }, { csrf });
  good(other.page, "/new/category");
  other.cookies.set("suda_draft", cookies.get("suda_draft"));
  good(await other.post("/new/resume", { draft, go: "take" }, { csrf }), "/new/category"); // a double click
  that((await other.open("/new?back=1")).text.includes("井盖松动"), "the words are not there");
  that(!(await b.open("/new?back=1")).text.includes("井盖松动"), "they are in both");
  is((await new Browser().open(link)).status, 404, "a link is good once");
  await other.post("/new/drop", {}, { page: "/new" });
  that(!(await other.open("/new")).text.includes("井盖松动"), "the draft is still there");
});
await test("a link never overwrites the draft that this browser has: which to keep is asked", async () => {
  const b = new Browser(), other = new Browser();
  await b.post("/new", { kind: "help", text: "链接里的事：井盖松动，很危险。", go: "save" });
  const link = /(\/d\/[A-Za-z0-9%_-]+)/.exec((await b.post("/new/saved")).text)[1];
  await other.post("/new", { kind: "help", text: "自己的事：楼道灯坏了，很黑。" });
  const page = good(await other.open(link), "/new/resume");
  that(page.text.includes("链接里的事") && page.text.includes("自己的事") && page.text.includes('value="keep"'), "both are not shown");
  const draft = /name="draft" value="([^"]+)"/.exec(page.text)[1];
  is((await other.post("/new/resume", { draft }, { page: "/new/resume" })).path, "/new/resume", "no choice made");
  await other.post("/new/resume", { draft, go: "keep" });
  that((await other.open("/new?back=1")).text.includes("自己的事"), "the own one is gone");
  await other.open(link);
  is((await other.post("/new/resume", { draft, go: "take" }, { csrf: "x" })).status, 403, "without a token");
  await other.open(link);
  await other.post("/new/resume", { draft, go: "take" });
  that((await other.open("/new?back=1")).text.includes("链接里的事"), "the chosen one is not here");
});
await test("pages of filing that are not yet due lead back; wrong answers are shown beside the field", async () => {
  const b = new Browser();
  for (const p of ["/new/category", "/new/place", "/new/place/street", "/new/place/community", "/new/place/address", "/new/photos", "/new/contact", "/new/code", "/new/check", "/new/join", "/receipt", "/new/saved", "/new/resume"]) {
    const r = await b.ask("GET", p);
    that(r.status === 303 || r.status === 404, `${p}: ${r.status}`);
  }
  is((await b.post("/new", { kind: "complaint", text: "短" })).status, 422, "short words");
  await b.post("/new", { kind: "complaint", text: WORDS });
  is((await b.post("/new/category", { category: "nothing" })).status, 422, "category");
  await b.post("/new/category", { category: category.code });
  is((await b.post("/new/place", { area: "999999" })).status, 422, "area");
  await b.post("/new/place", { area: "110105" });
  for (const [page, fields] of [["/new/place/street", { area: "110101" }], ["/new/place/community", { area: "x" }], ["/new/place/address", { lng: "200", lat: "1" }], ["/new/contact", { public: "perhaps" }]]) {
    const r = await b.post(page, fields, { csrf: await b.token("/new/place") });
    that([422, 303, 200].includes(r.status), `${page}: ${r.status}`);
  }
  is((await new Browser().open("/d/nothing")).status, 404, "an unknown link"); is((await get("/new/stop/nothing")).status, 404, "an unknown class");
});
await test("stop pages: the class is told, and a record is kept for who wants one", async () => {
  const b = new Browser();
  await to_contact(b, "有人正在撬门，请快来。");
  good(await b.open("/new/stop/emergency"), "/new/stop/emergency");
  const r = await b.post("/new/stop/emergency", {}, {});
  that([200, 422].includes(r.status), `${r.status} at ${r.path}`);
  is((await b.post("/new/stop/nothing", {}, { csrf: await b.token("/new/stop/emergency") })).status, 404);
});

// ---- following -------------------------------------------------------------------------------------------------------
await test("number and code open the demand in another browser; wrong ones do not, and say the same", async () => {
  const b = new Browser();
  const wrong = [[citizen.no, "00000000"], ["SD-261122-1234567-8", citizen.code], ["rubbish", citizen.code]];
  const pages = [];
  for (const [ticket_no, query_code] of wrong) {
    const r = await b.post("/track", { ticket_no, query_code });
    is(r.status, 422, ticket_no);
    pages.push(r.text.replaceAll(ticket_no, "X").replaceAll(query_code, "Y").replace(/value="[^"]*"/g, "").replace(/SD-\d{6}-\d{7}-\d/g, "X").replace(/[0-9a-f]{32}/g, ""));
  }
  is(pages[1], pages[0], "absent"); is(pages[2], pages[0], "malformed");
  await b.post("/track", { ticket_no: citizen.no.toLowerCase(), query_code: citizen.code.toLowerCase() });
  good(b.page, `/track/${citizen.no}`);
  const stranger = new Browser();
  for (const p of ["", "/add", "/urge", "/withdraw", "/object", "/rating", "/file/1", "/thumb/1"]) {
    const r = await stranger.ask("GET", `/track/${citizen.no}${p}`), absent = await stranger.ask("GET", `/track/SD-261122-1234567-8${p}`);
    is(r.status, absent.status, `${p}: held by another and absent`); that(r.status === 404 || r.status === 303, `${p}: ${r.status}`);
  }
});
await test("the photo is shown to its holder when the worker has cleaned it", async () => {
  const b = citizen;
  await until(20, "a file in the page", async () => /\/track\/[^"]+\/(?:file|thumb)\/\d+/.test((await b.open(`/track/${b.no}`)).text));
  const id = /\/track\/[^"]+\/(?:file|thumb)\/(\d+)/.exec(b.page.text)[1];
  for (const kind of ["file", "thumb"]) {
    const r = await b.ask("GET", `/track/${b.no}/${kind}/${id}`);
    is(r.status, 200, kind); that(/^image\//.test(r.headers["content-type"]), r.headers["content-type"]);
    is(r.headers["x-content-type-options"], "nosniff"); that(/sandbox/.test(r.headers["content-security-policy"]), "a file without a sandbox");
    is((await new Browser().ask("GET", `/track/${b.no}/${kind}/${id}`)).status === 200, false, "a stranger sees it");
  }
});
await test("add facts, urge, then object to the reply, rate; each once", async () => {
  const b = citizen, at = `/track/${b.no}`;
  const csrf = await b.token(`${at}/add`);
  const m = multipart([{ field: "file", bytes: PNG }], { csrf, text: "今晚又不亮了。" });
  good(await b.follow(await b.ask("POST", `${at}/add`, m)), at);
  that(b.page.text.includes("今晚又不亮了"), "the fact is not shown");
  good(await b.post(`${at}/urge`, { reason: "请尽快。" }), at);
  that([409, 429].includes((await b.post(`${at}/urge`, {}, { csrf: await b.token(at + "/add") })).status), "urged twice");
  that([409, 422].includes((await b.post(`${at}/object`, { reason: "没有修好，又坏了。" }, { csrf: await b.token(at + "/add") })).status), "objected before the reply");
  const show = await ctl("ticket", "show", b.no), unit = /holder\s+(\S+)/.exec(show)[1];
  for (const act of [["sign"], ["contact"]]) await ctl("ticket", act[0], b.no, "--unit", unit);
  await ctl("ticket", "reply", b.no, "路灯已经修好，请您查看。", "--unit", unit, "--outcome", "solved");
  that((await b.open(at)).text.includes("路灯已经修好"), "the reply is not shown");
  is((await b.post(`${at}/rating`, { contacted: "yes" })).status, 422, "half a rating");
  good(await b.open(`${at}/rating`), `${at}/rating`);
  const rated = await b.post(`${at}/rating`, { contacted: "yes", solved: "no", satisfaction: "dissatisfied", words: "当晚又坏了" });
  is(rated.status, 200, "rating");
  good(await b.open(`${at}/object`), `${at}/object`);
  good(await b.post(`${at}/object`, { reason: "没有修好，又坏了。" }), at);
});
await test("a rating by the signed link: shown by GET, recorded by POST, the token leaves the address", async () => {
  const owner = phone(), from = network();
  const asked = await send("POST", "/api/v1/auth/sms", { body: { phone: owner, purpose: "verify_phone" }, from });
  is(asked.status, 202);
  const t = await file({ category_code: category.code, contact: { phone: owner, code: await newest_code(owner) } }, { from });
  await ctl("ticket", "sign", t.ticket_no, "--unit", t.holder.code);
  await ctl("ticket", "contact", t.ticket_no, "--unit", t.holder.code);
  await ctl("ticket", "reply", t.ticket_no, "已经处理好了，请查看。", "--unit", t.holder.code, "--outcome", "solved");
  // The citizen is asked when the promise has run out: it is moved into the past.
  await sql(`UPDATE assignment SET due_at = started_at + 1, next_at = started_at + 1 WHERE ticket_id = (SELECT id FROM ticket WHERE ticket_no = '${t.ticket_no.replaceAll("-", "")}')`);
  const link = await until(45, "the SMS with the link", () => {
    for (const f of readdirSync(`${VAR}/sms`).filter((f) => f.endsWith(".txt"))) { // what is still being written has another name
      const text = readFileSync(`${VAR}/sms/${f}`, "utf8"), m = /(\/r\/[A-Za-z0-9_%-]+)/.exec(text);
      if (text.includes(`to=${owner}\n`) && m) return m[1];
    }
  });
  const b = new Browser();
  const r = await b.ask("GET", link);
  is(r.status, 303); is(r.headers.location, "/rate", "the token stays in the address");
  good(await b.follow(r), "/rate");
  is(await sql(`SELECT COUNT(*) FROM rating WHERE contacted IS NOT NULL AND ticket_id = (SELECT id FROM ticket WHERE ticket_no = '${t.ticket_no.replaceAll("-", "")}')`), "0", "rated by looking");
  is((await b.post("/rate", { contacted: "yes" })).status, 422, "half a rating");
  const done = await b.post("/rate", { contacted: "yes", solved: "yes", satisfaction: "satisfied" });
  is(done.status, 200, "rating");
  is(await sql(`SELECT COUNT(*) FROM rating WHERE contacted IS NOT NULL AND ticket_id = (SELECT id FROM ticket WHERE ticket_no = '${t.ticket_no.replaceAll("-", "")}')`), "1", "rated");
  that((await new Browser().open("/r/nothing")).status === 404, "an unknown link"); that((await new Browser().open("/rate")).status === 404, "no link");
});
await test("what is pressed twice on the pages of a demand is done once; other words are another act", async () => {
  const t = await file(), b = new Browser(), at = `/track/${t.ticket_no}`, times = (words) => b.page.text.split(words).length - 1;
  await b.post("/track", { ticket_no: t.ticket_no.replaceAll("-", "–"), query_code: t.query_code }); // dashes of a keyboard that knows better
  good(b.page, at);
  const form = await sendTwice(b, `${at}/add`, `${at}/add`, { text: "今晚又不亮了。" });
  await b.post(`${at}/add`, { text: "楼道里也黑。", once: form.once }, { csrf: form.csrf });
  for (let i = 0; i < 2; i++) await b.post(`${at}/add`, { text: "没有钥匙的话。" }, { csrf: form.csrf });
  await b.open(at);
  is([times("今晚又不亮了。"), times("楼道里也黑。"), times("没有钥匙的话。")].join(), "1,1,2", "sent twice, sent with other words, sent twice without a key");
  await sendTwice(b, `${at}/urge`, `${at}/urge`, {});
  is(b.path, `${at}?done=urged`); await b.open(`${at}/object`);
  is(b.path, `${at}?done=late`); that(/class="notice/.test(b.page.text), "why it cannot be done now is not said");
  await sendTwice(b, `${at}/withdraw`, `${at}/withdraw`, { reason: "已经修好了" });
  is(b.path, `${at}?done=withdrawn`);
});
await test("withdraw by the page: an end", async () => {
  const t = await file(), b = new Browser(), at = `/track/${t.ticket_no}`;
  await b.post("/track", { ticket_no: t.ticket_no, query_code: t.query_code });
  good(await b.open(`${at}/withdraw`), `${at}/withdraw`);
  good(await b.open(`${at}/urge`), `${at}/urge`);
  good(await b.post(`${at}/withdraw`, { reason: "已经修好了" }), at);
  is(await sql(`SELECT state FROM ticket WHERE ticket_no = '${t.ticket_no.replaceAll("-", "")}'`), "8");
  is((await b.post(`${at}/withdraw`, {}, { csrf: await b.token("/new") })).status, 409, "withdrawn twice");
});

// ---- published demands, knowledge base -------------------------------------------------------------------------------
await test("a published demand is read by everybody, followed by who signed in, joined while filing", async () => {
  const out = await ctl("ticket", "publish", citizen.no, "路灯不亮，已经修好。", "--title", "路灯", "--reply", "已经修好。");
  const id = /published as (\S+)/.exec(out)[1], b = new Browser();
  good(await b.open(`/public/${id}`), `/public/${id}`);
  that(!b.page.text.includes(citizen.no) && !b.page.text.includes(citizen.phone), "the receipt's number or the phone is public");
  const gone = await get("/public/0000000000000000");
  is(gone.status, 404); that(!gone.text.includes("查询码"), "a reader of published demands is asked to check a code");
  is((await get(`/public/${citizen.no}`)).status, 404, "by its number");
  await until(5, "the list", async () => (await get(`/public?area=110105&n=${Date.now()}`)).text.includes(id));
  good(await b.open(`/new/join?public_id=${id}`), "/new/join");
  is((await b.post("/new/join", { public_id: id }, { page: `/new/join?public_id=${id}` })).path.split("?")[0], "/login", "joining asks for a sign-in");
  citizen.public_id = id;
});
await test("places found by name stand under their own heading, and a list that was cut says so", async () => {
  const b = new Browser();
  await b.post("/new", { kind: "help", text: WORDS });
  await b.post("/new/category", { category: "unsure" });
  const of = async (q) => { const text = (await b.open(`/new/place?q=${encodeURIComponent(q)}`)).text; return [/<legend class="(h|sr)"/.exec(text)[1], text.split('name="area"').length - 1, /还有更多/.test(text), /href="\/new\/place"/.test(text)].join(); };
  is(await of("花园"), "h,20,true,true", "many");
  is(await of("东华门"), "h,1,false,true", "one");
  is(await of("没有这个地方"), "sr,16,false,false", "none: the districts");
});
await test("a search that cannot be made is not one that found nothing", async () => {
  const stale = await get("/kb/search?q=%E8%A7%84&cursor=abc"), long = await get(`/kb/search?q=${"%E8%A7%84".repeat(101)}`), none = await get("/kb/search?q=zzzzqqqq");
  is([stale.status, long.status, none.status].join(), "400,422,200");
  is([stale, long, none].map((r) => r.text.includes('class="empty"')).join(), "false,false,true", "nothing found");
});
await test("was this useful: recorded, from our own pages alone", async () => {
  const b = new Browser();
  const form = (path, body, headers) => b.ask("POST", path, { body, headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers } });
  is((await form("/kb/feedback", "article=1&useful=yes", { Origin: `http://127.0.0.1:${PORT}` })).status, 200);
  for (const h of [{ Origin: "http://evil.example" }, { "Sec-Fetch-Site": "cross-site" }, { Origin: "null" }])
    is((await form("/kb/feedback", "article=1&useful=yes&q=a", h)).status, 403, JSON.stringify(h));
  is((await form("/kb/feedback", "article=1", {})).status, 422, "no answer");
  is((await form("/kb/feedback", "article=99999&useful=no", {})).status, 404, "no article");
});

await test("a search that finds nothing is noted by itself, page and API alike, with numbers masked; nobody else can note one", async () => {
  const noted = (q) => sql(`SELECT COALESCE(SUM(n), 0) FROM kb_miss WHERE query = '${q}'`);
  const page = await get("/kb/search?q=zqxjkvw");
  is(page.status, 200);
  that(page.text.includes('class="empty"'), "the page says that nothing was found");
  is([page.headers["cache-control"], page.headers["x-accel-redirect"]].join("|"), "public, max-age=1|", "one answer, of one program");
  is(await noted("zqxjkvw"), "1", "the page");
  const api = await get("/api/v1/kb/search?q=ZQXJKVW&x=1", { from: network() });
  is([api.status, api.json.data.items.length, api.headers["content-type"]].join(" "), "200 0 application/json; charset=utf-8");
  is(await noted("zqxjkvw"), "2", "the API");
  is((await get(`/kb/search?q=${encodeURIComponent('"zqxjkvw 13800138000"')}`)).status, 200);
  is(await noted('"zqxjkvw #"'), "1", "masked");
  await get("/kb/search?q=" + encodeURIComponent("劳动"));
  is(await noted("劳动"), "0", "what was found is none");
  for (const p of ["/kb/unanswered?q=forged", "/_unanswered/note?q=forged", "/_unanswered/show"])
    is((await get(p)).status, 404, p);
  is(await noted("forged"), "0");
});

// ---- signing in ------------------------------------------------------------------------------------------------------
await test("sign in by code, see my demands and my data, change the name, take them along, sign out, delete", async () => {
  const b = new Browser(), number = phone();
  is((await b.post("/login", { phone: "12" })).status, 422, "no phone");
  await b.post("/login", { phone: number, next: "/me" });
  is(b.path.split("?")[0], "/login/code");
  is((await b.post("/login/code", { code: "000000" }, { page: "/login/code" })).status, 422, "a wrong code");
  const before = new Map(b.cookies);
  const csrf = await b.token("/login/code"), code = await newest_code(number), twice = new Browser();
  twice.cookies = new Map(b.cookies); // what the second press of a double click is sent with
  await b.post("/login/code", { code, next: "/me" }, { csrf });
  good(b.page, "/me");
  await twice.post("/login/code", { code, next: "/me" }, { csrf });
  good(twice.page, "/me");
  // Pressed once more when the answer's cookies had come: led on to where the form wanted to go, and nothing is done.
  const sid = b.cookies.get("sid");
  await b.post("/login/code", { code, next: "/me/account" }, { csrf });
  good(b.page, "/me/account");
  await b.post("/login", { phone: number, next: "//elsewhere.example/" }, { csrf });
  good(b.page, "/me");
  await b.post("/login", { phone: number, next: `/me?${"x".repeat(600)}` }, { csrf });
  good(b.page, "/me");
  is(b.cookies.get("sid"), sid, "a late press changed the session");
  is((await b.post("/me/account", { name: "伪造" }, { csrf })).status, 403, "the old token does something");
  is((await b.post("/login/code", { code, next: "/me" }, { csrf, headers: { "Sec-Fetch-Site": "cross-site" } })).status, 403, "from another site");
  is((await new Browser().post("/login/code", { code, next: "/me" }, { csrf })).status, 403, "of a stranger");
  const other = new Browser();
  await other.post("/login", { phone: number, next: "/me" });
  is((await other.post("/login/code", { code, next: "/me" }, { page: "/login/code" })).status, 422, "the used code in another browser");
  that(b.cookies.get("sid") !== before.get("sid"), "the session was not changed by signing in");
  good(await b.open("/me/account"), "/me/account");
  await b.post("/me/account", { name: "李先生" });
  that((await b.open("/me/account")).text.includes("李先生"), "the name");
  is((await b.post("/me/account", { name: "字".repeat(60) })).status, 422, "a long name");
  const x = await b.ask("GET", "/me/export");
  is(x.status, 200); that(/attachment/.test(x.headers["content-disposition"]), "not a download"); that(x.text.includes(number), "the phone is not in it");
  await b.post("/new/join", { public_id: citizen.public_id }, { page: `/new/join?public_id=${citizen.public_id}` });
  is(b.path, "/me?done=joined", "joining");
  const own = await file({ category_code: category.code, public: true }, { from: network() });
  await b.post("/track", { ticket_no: own.ticket_no, query_code: own.query_code });
  await ctl("ticket", "publish", own.ticket_no, "路灯不亮，请修一修。", "--title", "路灯");
  is((await b.post(`/track/${own.ticket_no}/follow`, { follow: "yes" }, { csrf: await b.token("/me/account") })).status, 200, "following what I hold");
  is((await b.post(`/track/${citizen.no}/follow`, { follow: "yes" }, { csrf: await b.token("/me/account") })).status, 404, "following a demand that is not mine");
  const old = new Map(b.cookies);
  await b.post("/logout", {}, { page: "/me/account" });
  is((await b.ask("GET", "/me")).status, 303, "still signed in");
  const thief = new Browser();
  thief.cookies = old;
  is((await thief.ask("GET", "/me")).status, 303, "the old cookie still opens the session");
});
await test("deleting the account ends it", async () => {
  const b = new Browser(), number = phone();
  await b.post("/login", { phone: number });
  await b.post("/login/code", { code: await newest_code(number) }, { page: "/login/code" });
  good(await b.open("/me/delete"), "/me/delete");
  is((await b.post("/me/delete", {})).status, 422, "without saying so");
  await b.post("/me/delete", { sure: "1" });
  is((await b.ask("GET", "/me")).status, 303, "still signed in");
});
await test("pages of an account lead a stranger to the sign-in page and back", async () => {
  for (const r of table.filter((r) => r.look === "page" && r.guard === "citizen" && r.method === "GET")) {
    const got = await new Browser().ask("GET", r.pattern);
    is(got.status, 303, r.pattern); that(got.headers.location.startsWith(`/login?next=${encodeURIComponent(r.pattern)}`), got.headers.location);
  }
});

// ---- sessions that ended ---------------------------------------------------------------------------------------------
// What a browser does with the page that keeps what was typed: its form, sent.
const unescape = (t) => t.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
function kept_form(r) {
  const form = /<form method="post" action="([^"]+)"[^]*?<\/form>/.exec(r.text.slice(r.text.indexOf("<h1")));
  that(form, `nothing to send again (${r.status}): ${r.text.slice(r.text.indexOf("<h1"), r.text.indexOf("<h1") + 300)}`);
  const fields = {};
  for (const [, name, value] of form[0].matchAll(/<input[^>]* name="([^"]+)"(?: value="([^"]*)")?/g)) if (value !== undefined) fields[name] = unescape(value);
  for (const [, name, value] of form[0].matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)</g)) fields[name] = unescape(value);
  const { csrf, ...rest } = fields;
  return { action: unescape(form[1]), csrf, fields: rest };
}
const ODD = `小区<b>北门</b>的"路灯"&amp;连续三天不亮。\n第二行：</textarea><script>alert(1)</script>`;
await test("words typed while the session ended come back as a form that is sent with one click", async () => {
  for (const lose of ["the cookie is gone", "another secret"]) {
    const b = new Browser();
    const csrf = await b.token("/new");
    b.cookies.clear();
    if (lose === "another secret") await b.open("/new");
    const r = await b.post("/new", { kind: "help", text: ODD }, { csrf });
    is(r.status, 403, lose);
    that(r.text.includes("会话已经结束") && !r.text.includes("没有权限") && !r.text.includes("<script>alert") && !r.text.includes("<b>北门"), `${lose}: the page`);
    const again = kept_form(r);
    is(again.action, "/new"); is(again.fields.text, ODD); is(again.fields.kind, "help");
    is((await b.post(again.action, again.fields, { csrf: again.csrf })).path.split("?")[0], "/new/category", lose);
    that((await b.open("/new?back=1")).text.includes("第二行"), `${lose}: the words did not arrive`);
  }
  const b = new Browser();
  for (const headers of [{ Origin: "http://evil.example" }, { Origin: "null" }, { "Sec-Fetch-Site": "cross-site" }]) {
    const r = await b.post("/new", { kind: "help", text: "别处编的话，不该照着说。" }, { csrf: "x", headers });
    that(r.status === 403 && !r.text.includes("别处编的话"), "what another site sent is repeated");
  }
});
await test("a session lost on a later page: what was entered on all the pages before is there again, once", async () => {
  for (const lose of ["the cookie is gone", "another session"]) {
    const b = new Browser(), words = `路灯三天不亮，会话丢了也不该重写一遍。${lose}`;
    await b.post("/new", { kind: "help", text: words });
    await b.post("/new/category", { category: "unsure" });
    is(b.path, "/new/place", "where it is lost");
    const draft = /name="draft" value="([^"]+)"/.exec(b.page.text)[1], csrf = await b.token();
    b.cookies.clear();
    if (lose === "another session") await b.open("/new");
    let r = await b.post("/new/place", { area: "110105", draft }, { csrf });
    is(r.status, 403, lose);
    const again = kept_form(r);
    is(again.fields.draft, draft, "the name of the draft is kept");
    const other = new Browser();
    for (const name of [draft.slice(0, -6) + "AAAAAA", "x".repeat(500)]) { // while it still lies there
      r = await other.post("/new/place", { area: "110105", draft: name }, { csrf: await other.token("/new") });
      that([404, 422].includes(r.status) && !r.text.includes(words), `a name of somebody's making: ${r.status}`);
      that(!(await other.open("/new?back=1")).text.includes(words), "a name of somebody's making leads to the draft");
    }
    r = await b.post(again.action, again.fields, { csrf: again.csrf });
    is(b.path, "/new/place/street", `${lose}: ${r.status}`);
    that((await b.open("/new?back=1")).text.includes(words), `${lose}: the words of the first page`);
    r = await other.post("/new/place", { area: "110105", draft }, { csrf: await other.token("/new") });
    that([404, 422].includes(r.status) && !r.text.includes(words), `a draft that has moved: ${r.status}`);
    that((await b.open("/new?back=1")).text.includes(words), `${lose}: it was taken away again`);
  }
});
await test("an act on a demand and a rating, typed while the session ended, are kept until the demand is open again", async () => {
  const t = { ...(await file()) };
  for (const [what, fields] of [["withdraw", { reason: "已经修好了，谢谢。" }], ["rating", { satisfaction: "satisfied", words: "态度很好，就是慢了一点。" }], ["add", { text: "补充：今晚又不亮了。" }]]) {
    const b = new Browser(), at = `/track/${t.ticket_no}`;
    await b.post("/track", { ticket_no: t.ticket_no, query_code: t.query_code });
    const csrf = await b.token(`${at}/add`), words = Object.values(fields).at(-1);
    b.cookies.clear();
    let r;
    if (what === "add") r = await b.follow(await b.ask("POST", `${at}/add`, (() => { const m = multipart([{ field: "file", bytes: PNG }], { csrf, ...fields }); m.headers.Origin = `http://127.0.0.1:${PORT}`; return m; })()));
    else r = await b.post(`${at}/${what}`, fields, { csrf });
    is(r.status, 401, what);
    that(r.text.includes("会话已经结束") && r.text.includes(words) && r.text.includes('target="_blank"'), `${what}: ${r.text.slice(-1500)}`);
    const again = kept_form(r);
    for (const [k, v] of Object.entries(fields)) is(again.fields[k], v, `${what} ${k}`);
    if (what === "add") that(r.text.includes("文件没能留下") && /type="file" id="file"/.test(r.text), "that the photo is lost is not said");
    is((await b.post(again.action, again.fields, { csrf: again.csrf })).status, 401, "still not open");
    await b.post("/track", { ticket_no: t.ticket_no, query_code: t.query_code });
    if (what !== "rating") is((await b.post(again.action, again.fields, { csrf: again.csrf })).path.split("?")[0], at, `${what}: the form of the page that was kept`);
    if (what === "withdraw") Object.assign(t, await file());
  }
});

// ---- forged forms ----------------------------------------------------------------------------------------------------
await test("every form of a page refuses a missing token, another's token, and another origin", async () => {
  const b = new Browser(), other = new Browser();
  const mine = await b.token("/new"), theirs = await other.token("/new");
  let n = 0;
  for (const r of table.filter((r) => r.csrf === "token")) {
    b.from = network();
    const path = r.pattern.replace("{no}", citizen.no).replace("{class}", "emergency").replace(/\{\w+\}/g, "1");
    for (const [what, csrf, headers] of [["no token", "", {}], ["another's token", theirs, {}], ["a broken token", mine.slice(1), {}], ["another origin", mine, { Origin: "http://evil.example" }],
      ["another site", mine, { "Sec-Fetch-Site": "cross-site" }], ["a hidden origin", mine, { Origin: "null" }]]) {
      const got = await b.post(path, {}, { csrf: csrf || " ", headers, follow: false });
      // A guard may stand before the token: then nothing was done either.
      that(got.status === 403 || (r.guard !== "optional" && got.status === 401), `${r.name} with ${what}: ${got.status}`);
      n++;
    }
  }
  that(n > 100, `only ${n} forms`);
  that((await b.post("/new", { kind: "help", text: WORDS }, { csrf: mine })).status === 200, "a good token is refused: the test shows nothing");
});
