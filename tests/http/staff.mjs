// staff.mjs - the back office: signing in and what stops those who guess, sessions, people, services, and the matrix of
// roles and routes made from `staff --routes`.
import { Browser, get, is, network, program, send, serviceKey, serviceToken, signInStaff, sql, test, that } from "./lib.mjs";
import { VAR, ctl } from "./lib.mjs";
import { demo, freshCode, loginOf, totpAt } from "../staff.mjs";

const people = demo(VAR);
const staffRoutes = (await program("staff", ["--routes"])).stdout.trim().split("\n").map((l) => l.split("\t"));
const table = staffRoutes.slice(1).map((l) => Object.fromEntries(staffRoutes[0].map((name, i) => [name, l[i]]))).filter((r) => r.guard === "staff");
const audit = async (action, id) => Number(await sql(`SELECT COUNT(*) FROM audit WHERE action = '${action}'${id ? ` AND object_id = ${id}` : ""}`));
const idOf = (login) => sql(`SELECT id FROM staff WHERE login = '${login}'`);
// Somebody new for one test: [login, password, id].
let made = 0;
async function person(...words) {
  const login = `test.${++made}${Date.now() % 100000}`;
  const out = await ctl("staff", "add", login, "--make", ...words);
  return [login, out.trim().split("\t")[1], await idOf(login)];
}
async function enter(login, password, from = network()) {
  const b = new Browser({ from });
  await b.open("/staff/sign-in");
  await b.post("/staff/sign-in", { login, password });
  return b;
}
const GOOD = "tractor plum violin 7";
const confirm = (b) => b.post("/staff/confirm", { password: b.who.password });

// ---- signing in --------------------------------------------------------------------------------------------------------
await test("staff sign in by password, the cookie is theirs alone, and sign out ends the session itself", async () => {
  const b = new Browser();
  const asked = await b.open("/staff/me");
  is(b.path, "/staff/sign-in?next=%2Fstaff%2Fme", "led to the sign-in");
  that(asked.text.includes('name="password"'), "no form");
  await b.post("/staff/sign-in?next=%2Fstaff%2Fme", {}, { page: "/staff/sign-in?next=%2Fstaff%2Fme" });
  is(b.page.status, 422, "an empty form");
  const typed = { login: " DEMO.clerk ", password: people["demo.clerk"].password, next: "/staff/me" }, csrf = await b.token();
  const r = await b.post("/staff/sign-in", typed, { csrf, follow: false });
  is(r.status, 303); is(r.headers.location, "/staff/me");
  const cookie = r.headers["set-cookie"].find((c) => c.startsWith("staff="));
  that(/HttpOnly/.test(cookie) && /SameSite=Lax/.test(cookie) && /Path=\//.test(cookie), cookie);
  that(![...b.cookies.keys()].includes("sid"), "the citizens' cookie is touched");
  is((await b.open("/staff/me")).status, 200);
  const kept = new Map(b.cookies);
  await b.post("/staff/sign-in", typed, { csrf });
  is(b.path, "/staff/me", "a press that came late");
  is(b.cookies.get("staff"), kept.get("staff"), "a late press changed the session");
  await b.post("/staff/sign-in", { ...typed, next: "//evil.example/" }, { csrf });
  is(b.path, "/staff/", "a late press that would lead away");
  is((await b.post("/staff/sign-in", typed, { csrf, headers: { Origin: "http://evil.example" } })).status, 403, "from another site");
  await b.post("/staff/sign-out", {}, { page: "/staff/me" });
  is(b.path, "/staff/sign-in?done=signed_out");
  b.cookies = kept;
  await b.open("/staff/me");
  that(b.path.startsWith("/staff/sign-in"), "an old cookie opens nothing");
  const c = new Browser();
  await c.open("/staff/sign-in");
  for (const next of ["//evil.example/", "/staff/../x", "/staff/%2e%2e/x", "/staff/%252e%252e/x", "/staff//evil.example", "/staff/\\x", "/staff/%0d%0aX:1"]) {
    const d = new Browser();
    d.from = network();
    const form = await d.open(`/staff/sign-in?next=${encodeURIComponent(next)}`);
    that(!/name="next" value="[^"]/.test(form.text), `${next} stands in the form`);
    is((await d.post("/staff/sign-in", { login: "demo.clerk", password: people["demo.clerk"].password, next }, { follow: false })).headers.location, "/staff/", `no way to ${next}`);
  }
  await c.post("/staff/sign-in", { login: "demo.clerk", password: people["demo.clerk"].password }, { follow: false });
  is((await c.post("/staff/sign-out", {}, { page: "/staff/", csrf: "forged" })).status, 403, "a forged sign-out");
});
await test("absent, wrong and disabled accounts are told alike, in words and in time", async () => {
  const [login, password] = await person();
  await ctl("staff", "disable", login);
  const text = async (l, p) => {
    const b = await enter(l, p);
    return [b.page.status, b.page.text.replace(/value="[^"]*"|request_id[^<]*|nonce[^<]*/g, "").replaceAll(l, "")].join(" ");
  };
  const absent = await text("nobody.here", GOOD);
  is(await text("demo.clerk", GOOD), absent, "wrong password");
  is(await text(login, password), absent, "disabled");
  is(await text("'; DROP TABLE staff; --", GOOD), absent, "no login at all");
  that(absent.startsWith("422"), absent.slice(0, 10));
  const times = { there: [], absent: [] };
  for (let i = 0; i < 4; i++)
    for (const [k, l] of [["there", "demo.editor"], ["absent", `absent.${i}`]]) {
      const b = new Browser({ from: network() }), token = await b.token("/staff/sign-in"), begun = performance.now();
      await b.post("/staff/sign-in", { login: l, password: GOOD }, { csrf: token });
      times[k].push(performance.now() - begun);
    }
  const middle = (a) => a.sort((x, y) => x - y)[Math.floor(a.length / 2)];
  that(middle(times.absent) > middle(times.there) / 2.5, `absent logins answer sooner: ${middle(times.absent)} ms against ${middle(times.there)} ms`);
  that(await audit("sign_in_failed") >= 4, "failures stand in the audit");
});
await test("a code of the authenticator is owed by those who must, is good once, and a recovery code instead of it as well", async () => {
  const [login, password, id] = await person("--role", "auditor");
  const b = await enter(login, password);
  is(b.path, "/staff/sign-in/password", "a made password must be changed");
  await b.open("/staff/me");
  is(b.path.split("?")[0], "/staff/sign-in/password", "half a sign-in opens nothing");
  is((await b.post("/staff/sign-in/password", { new: "password2026!", again: "password2026!" })).status, 422, "a common password");
  is((await b.post("/staff/sign-in/password", { new: GOOD, again: "tractor plum violin 8" })).status, 422, "two that differ");
  await b.post("/staff/sign-in/password", { new: GOOD, again: GOOD });
  is(b.path, "/staff/sign-in/totp", "an auditor needs an authenticator");
  const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(b.page.text)[1];
  is((await b.post("/staff/sign-in/totp", { code: "000000" })).status, 422, "a wrong code");
  const first = await freshCode(secret.replaceAll(" ", ""));
  const done = await b.post("/staff/sign-in/totp", { code: first });
  const codes = [...done.text.matchAll(/<code>([a-z0-9]{5}-[a-z0-9]{5})<\/code>/g)].map((m) => m[1]);
  is(codes.length, 10, "recovery codes");
  is((await b.open("/staff/")).status, 200); is(b.path, "/staff/");
  const again = await enter(login, GOOD);
  is(again.path, "/staff/sign-in/code");
  is((await again.post("/staff/sign-in/code", { code: first })).status, 422, "a used code");
  await again.post("/staff/sign-in/code", { code: ` ${codes[3].toUpperCase()} ` });
  is(again.path, "/staff/", "a recovery code");
  const third = await enter(login, GOOD);
  is((await third.post("/staff/sign-in/code", { code: codes[3] })).status, 422, "a spent recovery code");
  const late = await third.token();
  await third.post("/staff/sign-in/code", { code: codes[4] }, { csrf: late });
  is(third.path, "/staff/");
  await third.post("/staff/sign-in/code", { code: codes[4], next: "/staff/me" }, { csrf: late });
  is(third.path, "/staff/me", "pressed once more");
  is((await third.open("/staff/me")).text.includes("8"), true);
  is(await audit("recovery_used", id), 2);
  that(!(await sql(`SELECT HEX(totp_ct) FROM staff WHERE id = ${id}`)).includes(Buffer.from(secret).toString("hex").toUpperCase()), "the secret stands plain in the database");
});
await test("a hundred wrong passwords: pauses grow, the right one is refused from there, and a colleague still gets in", async () => {
  const [login, password] = await person();
  const known = network(), b = await enter(login, password, known);
  await b.post("/staff/sign-in/password", { new: GOOD, again: GOOD });
  is(b.path, "/staff/", "the owner has been here");
  const from = network(), guess = new Browser({ from });
  await guess.open("/staff/sign-in");
  const results = await Promise.all([...Array(10)].map(async (_, k) => {
    const g = new Browser({ from });
    await g.open("/staff/sign-in");
    const out = [];
    for (let i = 0; i < 10; i++) out.push((await g.post("/staff/sign-in", { login, password: `guess number ${k} ${i}` }, { follow: false })).status);
    return out;
  }));
  that(results.flat().every((s) => s === 422 || s === 429), `${results.flat()}`);
  const counted = (await sql(`SELECT MAX(failures) FROM staff_try WHERE until_at > UNIX_TIMESTAMP() * 1000000`)).trim();
  that(Number(counted) >= 5 && Number(counted) < 20, `${counted} guesses were compared`);
  await guess.post("/staff/sign-in", { login, password: GOOD });
  that(!guess.path.startsWith("/staff/?") && guess.path !== "/staff/", "the right password during the pause");
  const own = await enter(login, GOOD, known);
  is(own.path, "/staff/", "the owner from a network where they have been");
});
await test("idle and absolute ends, a new password and a disabled account end sessions at once", async () => {
  const [login, password, id] = await person();
  const a = await enter(login, password);
  await a.post("/staff/sign-in/password", { new: GOOD, again: GOOD });
  const b = await enter(login, GOOD);
  const inside = async (x) => (await x.open("/staff/me"), x.path === "/staff/me");
  that(await inside(a) && await inside(b), "two sessions");
  is((await a.post("/staff/me/password", { old: "wrong wrong wrong", new: "kettle fjord 89 x", again: "kettle fjord 89 x" })).status, 422);
  await a.post("/staff/me/password", { old: GOOD, new: "kettle fjord 89 x", again: "kettle fjord 89 x" });
  is(a.path, "/staff/me?done=password");
  that(await inside(a), "this one goes on"); that(!await inside(b), "the other has ended");
  const c = await enter(login, "kettle fjord 89 x");
  that(await inside(c));
  const page = (await a.open("/staff/me")).text, other = /name="id" value="(\d+)"/.exec(page)[1];
  await a.post("/staff/me/sessions", { id: other }, { page: "/staff/me" });
  that(!await inside(c), "ended from the list");
  is((await a.post("/staff/me/sessions", { id: "x" }, { page: "/staff/me" })).status, 404);
  await sql(`UPDATE staff_session SET seen_at = seen_at - 31 * 60000000 WHERE staff_id = ${id}`);
  that(!await inside(a), "idle for 31 minutes");
  const d = await enter(login, "kettle fjord 89 x");
  await sql(`UPDATE staff_session SET expires_at = created_at WHERE staff_id = ${id}`);
  that(!await inside(d), "past its absolute end");
  const e = await enter(login, "kettle fjord 89 x");
  that(await inside(e));
  await ctl("staff", "disable", login);
  that(!await inside(e), "disabled");
});
await test("what hurts asks for the password again, and recovery codes are made anew", async () => {
  const b = await signInStaff("administrator", { fresh: true });
  await b.open("/staff/people/new");
  is(b.path, "/staff/confirm?next=%2Fstaff%2Fpeople%2Fnew");
  is((await b.post("/staff/confirm", { password: "wrong wrong wrong" })).status, 422);
  await b.post("/staff/confirm", { password: b.who.password, next: "/staff/people/new" });
  is(b.path, "/staff/people/new");
  const r = await b.post("/staff/me/recovery", {}, { page: "/staff/me" });
  is([...r.text.matchAll(/<code>([a-z0-9]{5}-[a-z0-9]{5})<\/code>/g)].length, 10);
  is((await b.open("/staff/me/totp")).status, 200);
  is((await b.post("/staff/me/totp", { code: "000000" })).status, 422);
  is((await b.post("/staff/me/recovery", {}, { page: "/staff/me", csrf: "forged" })).status, 403);
  is((await b.post("/staff/confirm", { password: "" })).status, 422);
});

// ---- people and services ------------------------------------------------------------------------------------------------
await test("an administrator adds a person, gives and takes roles, resets, disables; every act stands in the audit", async () => {
  const b = await signInStaff("administrator");
  await confirm(b);
  const login = `li.ming${Date.now() % 100000}`, unit = people["demo.officer"].unit;
  is((await b.post("/staff/people/new", { login: "Bad Login", name: "", unit: "no such unit", role: "root" })).status, 422, "bad fields");
  is((await b.post("/staff/people/new", { login: "demo.clerk", name: "李明", unit, role: "officer", scope: unit })).status, 422, "a taken login");
  const added = await b.post("/staff/people/new", { login, name: "李明", unit, role: "officer", scope: unit });
  const password = /<code class="key">([^<]+)</.exec(added.text)[1], id = await idOf(login);
  that((await b.open(`/staff/people?q=${login}`)).text.includes(login), "listed");
  that(!(await b.open(`/staff/people?q=zzz`)).text.includes(login), "the filter filters");
  is((await b.open("/staff/people?unit=no-such-unit")).status, 200);
  const page = `/staff/people/${id}`, token = () => b.token(page);
  const o = await enter(login, password);
  await o.post("/staff/sign-in/password", { new: GOOD, again: GOOD });
  is(o.path, "/staff/");
  is((await o.open("/staff/people")).status, 403, "an officer is no administrator");
  await b.post(`${page}/grant`, { role: "visitor", scope: "", area: "", category: "" }, { csrf: await token() });
  is(b.path, `${page}?done=granted`);
  await o.open("/staff/me");
  that(o.path.startsWith("/staff/sign-in"), "a changed role ends the session");
  is((await b.post(`${page}/grant`, { role: "nonsense" }, { csrf: await token() })).status, 422);
  await b.post(`${page}/revoke`, { role: "visitor", scope: "", area: "", category: "" }, { csrf: await token() });
  is(b.path, `${page}?done=revoked`);
  is((await b.post(`${page}/revoke`, { role: "nonsense" }, { csrf: await token() })).status, 422);
  const version = /name="version" value="(\d+)"/.exec((await b.open(page)).text)[1];
  await b.post(`${page}/edit`, { name: "李明明", unit, version }, { csrf: await token() });
  is(b.path, `${page}?done=saved`);
  is((await b.post(`${page}/edit`, { name: "李", unit, version }, { csrf: await token() })).status, 409, "an old version");
  is((await b.post(`${page}/edit`, { name: "", unit, version }, { csrf: await token() })).status, 422);
  const reset = await b.post(`${page}/reset`, { go: "password" }, { csrf: await token() });
  that(/<code class="key">/.test(reset.text), "a new password is shown");
  is((await enter(login, GOOD)).path, "/staff/sign-in", "the old one is gone");
  for (const go of ["totp", "sessions"]) { await b.post(`${page}/reset`, { go }, { csrf: await token() }); is(b.path, `${page}?done=${go}`); }
  is((await b.post(`${page}/reset`, { go: "everything" }, { csrf: await token() })).status, 422);
  await b.post(`${page}/state`, { go: "disable" }, { csrf: await token() });
  is(b.path, `${page}?done=disabled`);
  is((await b.post(`${page}/state`, { go: "maybe" }, { csrf: await token() })).status, 422);
  for (const action of ["staff_add", "role_grant", "role_revoke", "staff_edit", "password_reset", "totp_reset", "sessions_end", "staff_disable"])
    that(await audit(action, id) >= 1, `${action} is not in the audit`);
  is((await b.open("/staff/people/1")).status, 404); is((await b.open("/staff/people/x")).status, 404);
});
await test("an administrator reaches neither beyond the own units nor the own rights", async () => {
  const unit = people["demo.officer"].unit, other = people["demo.officer2"].unit;
  const [login, password, id] = await person("--unit", unit, "--role", "administrator", "--scope", unit);
  const b = await enter(login, password);
  await b.post("/staff/sign-in/password", { new: GOOD, again: GOOD });
  const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(b.page.text)[1].replaceAll(" ", "");
  await b.post("/staff/sign-in/totp", { code: await freshCode(secret) });
  await b.post("/staff/confirm", { password: GOOD });
  const list = (await b.open("/staff/people")).text;
  that(list.includes("demo.officer<") && !list.includes("demo.officer2") && !list.includes("demo.clerk"), "sees the own unit alone");
  is((await b.open(`/staff/people?unit=${other}`)).status, 404, "another unit");
  is((await b.open(`/staff/people/${await idOf("demo.officer2")}`)).status, 404, "a person of another unit");
  is((await b.open(`/staff/people/${await idOf("demo.officer")}`)).status, 200, "the control: the own unit");
  const csrf = await b.token("/staff/people/new");
  is((await b.post("/staff/people/new", { login: "x.beyond", name: "某", unit: other, role: "officer", scope: other }, { csrf })).status, 422);
  is((await b.post("/staff/people/new", { login: "x.beyond", name: "某", unit, role: "clerk", scope: "" }, { csrf })).status, 422, "a role for the whole city");
  is((await b.post(`/staff/people/${id}/grant`, { role: "officer", scope: unit }, { csrf })).status, 403, "the own rights");
  is((await b.post(`/staff/people/${id}/state`, { go: "disable" }, { csrf })).status, 403);
  const [, , chief] = await person("--unit", unit, "--role", "auditor");
  is((await b.open(`/staff/people/${chief}`)).status, 404, "somebody of the unit who holds more");
});
await test("a service exchanges its key for a token that says what it may do; an ended key ends its tokens", async () => {
  const unit = people["demo.officer"].unit, b = await signInStaff("administrator");
  await confirm(b);
  const name = `街道平台 ${Date.now()}`;
  is((await b.post("/staff/services", { name, unit, role: "administrator", scope: unit })).status, 422, "no machine is an administrator");
  await b.post("/staff/services", { name, unit, role: "officer", scope: unit });
  is(b.page.status, 200);
  const page = b.path;
  const shown = await b.post(page, { go: "key" });
  const key = /<code class="key">([^<]+)</.exec(shown.text)[1];
  that((await b.open("/staff/services")).text.includes(name), "listed");
  const from = network(), exchange = (k) => send("POST", "/api/v1/staff/token", { body: { key: k }, from });
  is((await exchange("sk_" + "A".repeat(43))).status, 401, "a made-up key");
  const token = (await exchange(key)).json.data.token;
  const me = await get("/api/v1/staff/me", { token, from });
  is(me.status, 200); is(me.json.data.unit, unit); is(me.json.data.grants[0].role, "officer");
  that(me.json.data.permits.includes("work") && !me.json.data.permits.includes("people"), `${me.json.data.permits}`);
  is((await get("/api/v1/staff/me", { from })).status, 401, "without a token");
  is((await get("/api/v1/staff/me", { token: token.slice(0, -2) + "xx", from })).status, 401, "a spoiled token");
  is((await get("/api/v1/me", { token, from })).status, 401, "a service is no citizen");
  that(!(await b.open(page)).text.includes(key), "the key is shown again");
  const hint = key.slice(3, 9);
  await b.post(page, { go: "end", hint });
  is((await exchange(key)).status, 401, "the key has ended");
  is((await get("/api/v1/staff/me", { token, from })).status, 401, "and its token");
  is((await b.post(page, { go: "nonsense" })).status, 422);
  const second = /<code class="key">([^<]+)</.exec((await b.post(page, { go: "key" })).text)[1], live = (await exchange(second)).json.data.token;
  is((await get("/api/v1/staff/me", { token: live, from })).status, 200);
  await b.post(page, { go: "disable" });
  is((await get("/api/v1/staff/me", { token: live, from })).status, 401, "a disabled service");
  is((await b.open("/staff/services/1")).status, 404);
});
await test("units are shown as they stood on a day", async () => {
  const b = await signInStaff("clerk");
  const now = await b.open("/staff/units"), down = /href="(\/staff\/units\?top=[^"]+)"/.exec(now.text)[1].replaceAll("&amp;", "&");
  is((await b.open(down)).status, 200);
  is((await b.open("/staff/units?on=2026-13-45")).status, 422);
  is((await b.open("/staff/units?top=NOSUCH")).status, 404);
  that((await b.open("/staff/units?on=1990-01-01")).text !== now.text, "long ago it was the same");
});

await test("an office behind one address: whoever asks too much is held, and nobody beside them", async () => {
  const net = network().replace(/\.1$/, ""), from = (n) => `${net}.${1 + (n % 6)}`; // nginx counts addresses
  const a = await signInStaff("analyst"), b = await signInStaff("editor");
  const forged = (who, n) => { who.from = from(n); return who.ask("POST", "/staff/me/sessions", { body: "", headers: { "Content-Type": "application/x-www-form-urlencoded" } }); };
  const one = await serviceToken("clerk", people["demo.clerk"].unit), two = await serviceToken("clerk", people["demo.clerk"].unit);
  const call = (token, n) => send("POST", "/api/v1/staff/tickets", { token, body: {}, key: `office-${n}-${Date.now()}`, from: from(n) });
  for (const [what, ask, usual] of [["person", (n) => forged(n < 0 ? b : a, Math.abs(n)), 403], ["service", (n) => call(n < 0 ? two : one, Math.abs(n)), 422]]) {
    let held = false;
    for (let n = 0; n < 1000 && !held; n += 20) held = (await Promise.all(Array.from({ length: 20 }, (_, i) => ask(n + i)))).some((r) => r.status === 429);
    that(held, `one ${what} is held`);
    is((await ask(-1)).status, usual, `another ${what} beside it`);
  }
});

// ---- the matrix ----------------------------------------------------------------------------------------------------------
// Written down apart from app/permission.c: who of the staff has which permit.
const PERMITS = {
  signed_in: "clerk dispatcher officer unit_manager supervisor visitor analyst editor auditor administrator",
  ticket: "clerk dispatcher officer unit_manager supervisor visitor auditor",
  desk: "clerk dispatcher", triage: "dispatcher", dispatch: "dispatcher", arbitrate: "supervisor", rules: "editor",
  work: "officer unit_manager", whistle: "officer unit_manager", extend: "unit_manager", supervise: "supervisor", visit: "visitor",
  urgent: "supervisor", wall: "unit_manager supervisor analyst", export: "supervisor analyst", kb: "editor", audit: "auditor",
  people: "administrator", calendar: "editor", templates: "unit_manager editor",
};
const ROLES = PERMITS.signed_in.split(" ");
const mayBy = (permits) => (role, permit) => (permits[permit] ?? "").split(" ").includes(role);
// Paths for a pattern: one that names nothing there is, one that names something.
const existing = { id: await idOf("demo.clerk"), no: await sql("SELECT ticket_no FROM ticket ORDER BY id LIMIT 1") };
const path = (r, there) => r.pattern.replace(/\{(\w+)\}/g, (_, n) => (there ? existing[n] ?? existing.id : n === "no" ? "SD2611220000000X" : "4000000001"));
const plain = (r) => `${r.status} ${r.text.replace(/[0-9a-f]{32}/g, "").replace(/(value|href)="[^"]*"/g, "")}`;
const ENDS_SESSION = new Set(["staff_password_post"]);

async function ask(who, r, where) {
  const from = network(); // a session is bound to none, and budgets are another test
  if (r.look === "api") return send(r.method, where, { token: who.token, from, body: r.body === "json" ? {} : undefined });
  who.browser.from = from;
  if (r.method === "GET") return who.browser.ask("GET", where);
  return who.browser.post(where, {}, { csrf: who.csrf, follow: false });
}
// What is wrong in the matrix of one role, by this table of permits.
async function wrong(role, who, rows, may) {
  const out = [];
  for (const r of rows) {
    if (!(r.permit in PERMITS)) { out.push(`${r.name}: no such permit ${r.permit}`); continue; }
    if (ENDS_SESSION.has(r.name)) continue;
    const answer = await ask(who, r, path(r, false)), refused = answer.status === 403 || answer.status === 401 || (answer.headers.location ?? "").startsWith("/staff/sign-in");
    if (may(role, r.permit) === refused) out.push(`${role} ${r.name}: ${answer.status}${refused ? ", although allowed" : ", although not allowed"}`);
    if (!may(role, r.permit) && refused && r.pattern.includes("{")) {
      const there = await ask(who, r, path(r, true));
      if (plain(there) !== plain(answer)) out.push(`${role} ${r.name}: tells what exists from what does not`);
    }
  }
  return out;
}
const page_rows = table.filter((r) => r.look === "page"), api_rows = table.filter((r) => r.look === "api");
async function asRole(role) {
  const browser = await signInStaff(role);
  return { browser, csrf: await browser.token("/staff/me"), from: browser.from };
}
for (const role of ROLES)
  await test(`matrix: ${role} and every page of the back office`, async () => is((await wrong(role, await asRole(role), page_rows, mayBy(PERMITS))).slice(0, 5).join("; "), ""));
await test("matrix: a permit given to one role too many, and one withheld, would be found", async () => {
  const who = await asRole("clerk"), few = page_rows.filter((r) => ["staff_people", "staff_home"].includes(r.name));
  is((await wrong("clerk", who, few, mayBy({ ...PERMITS, people: "administrator clerk", signed_in: "officer" }))).length, 2);
  is((await wrong("clerk", who, [{ ...few[0], permit: "brand_new" }], mayBy(PERMITS))).length, 1, "a permit nobody knows");
});
await test("matrix: services of every role and every call of the back office; a person's session is no use there", async () => {
  const out = [], from = network();
  for (const role of ROLES.filter((r) => !["administrator", "auditor"].includes(r))) {
    const who = { token: await serviceToken(role, people[loginOf(role)].unit, "", from), from }; // call-backs are the hotline centre's own
    out.push(...(await wrong(role, who, api_rows, mayBy(PERMITS))));
  }
  is(out.slice(0, 5).join("; "), "");
  for (const role of ["administrator", "auditor"]) {
    let refused = false;
    await serviceKey(role, people["demo.officer"].unit).catch(() => (refused = true));
    that(refused, `a service became ${role}`);
  }
  const b = await signInStaff("clerk");
  is((await b.ask("GET", "/api/v1/staff/me")).status, 401, "a cookie opens the API");
});
await test("nobody who has not signed in gets past the door, and a citizen's session is no use", async () => {
  for (const r of page_rows) {
    const answer = r.method === "GET" ? await get(path(r, false), { from: network() }) : await send("POST", path(r, false), { from: network(), headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "" });
    that(r.method === "GET" ? answer.status === 303 && answer.headers.location.startsWith("/staff/sign-in") : answer.status === 401, `${r.name}: ${answer.status}`);
  }
  const b = new Browser();
  await b.open("/new");
  await b.open("/staff/me");
  that(b.path.startsWith("/staff/sign-in"), b.path);
});
