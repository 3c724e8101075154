// top10.mjs - one regression test for each of the OWASP API Security Top 10 of 2023.
import { test, is, that, send, get, network, key, file, FILING, sign_in, sql, multipart, PNG, phone, newest_code, codes, routes, PORT } from "./lib.mjs";

const a = await sign_in(), b = await sign_in();
const strip = (r) => `${r.status} ${r.text.replace(/[0-9a-f]{32}/g, "")}`;
const absent = "SD-261122-1234567-8";

await test("API1 object authorisation: another's demand, file and draft answer as absent ones do, for every call", async () => {
  const mine = await file({}, { token: a.access_token }), other = await file();
  const calls = [["GET", ""], ["GET", "/files/1"], ["POST", "/messages", { text: "看看" }], ["POST", "/urge"], ["POST", "/withdraw", {}], ["POST", "/object", { reason: "没有修好，又坏了。" }],
    ["POST", "/rating", { contacted: true, solved: true, satisfaction: "satisfied" }], ["POST", "/follow", {}]];
  for (const [method, end, body] of calls)
    for (const who of [{ token: b.access_token }, ...(end === "/follow" ? [] : [{ receipt: other.ticket_token }])]) {
      const there = await send(method, `/api/v1/tickets/${mine.ticket_no}${end}`, { body, ...who, from: network() }), not = await send(method, `/api/v1/tickets/${absent}${end}`, { body, ...who, from: network() });
      is(there.status, 404, end); is(strip(there), strip(not), `${end}: tells that it exists`);
    }
  const m = multipart([{ bytes: PNG }]), id = (await send("POST", "/api/v1/uploads", { ...m, token: a.access_token })).json.data.upload_id;
  const guess = `${BigInt(id.split("-")[0]) + 1n}-${id.split("-")[1]}`;
  for (const wrong of [guess, id.slice(0, -1) + (id.endsWith("A") ? "B" : "A"), id.split("-")[0]]) {
    const r = await send("POST", "/api/v1/tickets", { body: { ...FILING, uploads: [wrong] }, key: key(), token: b.access_token, from: network() });
    is(r.status, 422, wrong); is(r.json.data.fields[0].reason, "UPLOAD_GONE");
  }
  const taken = await send("POST", "/api/v1/tickets", { body: { ...FILING, uploads: [id] }, key: key(), token: a.access_token, from: network() });
  is(taken.status, 201, "its owner");
  is((await send("POST", "/api/v1/tickets", { body: { ...FILING, uploads: [id] }, key: key(), token: b.access_token, from: network() })).status, 422, "attached twice");
  is((await get(`/api/v1/tickets/${mine.ticket_no}`, { token: a.access_token })).status, 200, "its owner: the test could tell");
});
await test("API2 authentication: codes are few, short-lived and throttled; tokens of another kind, none, unsigned or changed are no good", async () => {
  const number = phone(), from = network();
  await send("POST", "/api/v1/auth/sms", { body: { phone: number }, from });
  const code = await newest_code(number);
  for (let i = 0; i < 5; i++) is((await send("POST", "/api/v1/auth/sms/verify", { body: { phone: number, code: String((Number(code) + 1 + i) % 1e6).padStart(6, "0") }, from })).status, 422);
  is((await send("POST", "/api/v1/auth/sms/verify", { body: { phone: number, code }, from: network() })).status, 422, "the right code after five wrong ones");
  const t = await file();
  const part = (o) => Buffer.from(JSON.stringify(o)).toString("base64url"), [head, claims, mac] = a.access_token.split(".");
  const told = JSON.parse(Buffer.from(claims, "base64url"));
  for (const [what, token] of [["a receipt token", t.ticket_token], ["a refresh token", a.refresh_token], ["unsigned", `${part({ alg: "none", typ: "JWT" })}.${claims}.`], ["unsigned, signature kept", `${part({ alg: "none", typ: "JWT" })}.${claims}.${mac}`],
    ["another subject", `${head}.${part({ ...told, sub: "c:1" })}.${mac}`], ["a changed byte", `${head}.${claims}.${mac.slice(0, -2)}AA`], ["none", ""], ["too long", "a".repeat(3000)]])
    is((await get("/api/v1/me", { headers: { Authorization: `Bearer ${token}` } })).status, 401, what);
  is((await get(`/api/v1/tickets/${t.ticket_no}`, { receipt: a.access_token })).status, 401, "an access token as receipt");
  is((await get("/api/v1/me", { headers: { Authorization: `Basic ${Buffer.from("a:b").toString("base64")}` } })).status, 401, "Basic");
  is((await get("/api/v1/me", { token: a.access_token })).status, 200, "the good one: the test could tell");
});
await test("API3 properties: what a client may not set is refused, what it may not see is not sent", async () => {
  for (const extra of [{ account_id: "1" }, { status: "closed" }, { channel: "phone" }, { is_demo: true }, { holder: "x" }, { contact: { phone_verified: true } }, { created_at: "2020-01-01T00:00:00Z" }, { __proto__x: 1 }]) {
    const r = await send("POST", "/api/v1/tickets", { body: { ...FILING, ...extra }, key: key(), from: network() });
    is(r.status, 422, JSON.stringify(extra)); is(r.json.data.fields[0].reason, "UNKNOWN_FIELD");
  }
  is((await send("PUT", "/api/v1/me", { body: { phone: "13800138000" }, token: a.access_token })).status, 422, "the phone of an account");
  const t = await file({ contact: { name: "王女士", phone: a.phone } }, { token: a.access_token });
  const seen = (await get(`/api/v1/tickets/${t.ticket_no}`, { receipt: t.ticket_token })).text;
  that(!seen.includes(a.phone) && !seen.includes("王女士") && !seen.includes("account"), "contact data of the filer are in the answer");
});
await test("API4 resources: bodies, depth, lists, pages, cursors and files have their limits", async () => {
  const deep = `{"text":${"[".repeat(40)}1${"]".repeat(40)}}`, json = { "Content-Type": "application/json" };
  is((await send("POST", "/api/v1/suggest", { body: deep, headers: json, from: network() })).status, 400, "depth");
  is((await send("POST", "/api/v1/suggest", { body: `{${Array.from({ length: 5000 }, (_, i) => `"f${i}":1`).join()}}`, headers: json, from: network() })).status, 422, "members");
  is((await send("POST", "/api/v1/tickets", { body: { ...FILING, uploads: Array(11).fill("1-a") }, key: key(), from: network() })).status, 422, "uploads");
  is((await get(`/api/v1/tickets?cursor=${"a".repeat(300)}`, { token: a.access_token })).status, 422, "cursor");
  that((await get("/api/v1/tickets?limit=100000&page_size=100000", { token: a.access_token })).json.data.items.length <= 50, "a page as long as the client likes");
  const files = multipart(Array.from({ length: 70 }, () => ({ field: "x", bytes: Buffer.from("x") })));
  is((await send("POST", "/api/v1/uploads", { ...files, from: network() })).status, 400, "parts");
  is((await send("POST", "/api/v1/tickets", { body: FILING, key: "k".repeat(256), from: network() })).status, 400, "key");
});
await test("API5 functions: what officers do is no citizen's, and guards stand in every route", async () => {
  for (const p of ["/api/v1/staff", "/api/v1/admin", "/api/v1/tickets/1/close", "/api/v1/tickets/1/dispatch", "/api/v1/tickets/1/reply", "/api/v1/tickets/1/publish", "/api/v1/users"])
    for (const method of ["GET", "POST"]) is((await send(method, p, { token: a.access_token, from: network() })).status, 404, `${method} ${p}`);
  for (const r of await routes()) {
    that(["public", "optional", "citizen", "ticket", "private", "staff"].includes(r.guard), `${r.name} has guard ${r.guard}`);
    that((r.guard === "staff") === (r.permit !== "-"), `${r.name}: a route of the staff without a permit, or another with one`);
    if (r.guard === "staff" && r.look === "api") is((await send(r.method, r.pattern.replace(/\{\w+\}/g, "1"), { token: a.access_token, from: network(), body: r.body === "json" ? {} : undefined })).status, 401, `a citizen's token at ${r.name}`);
    if (r.method !== "GET") that(r.csrf !== "safe", `${r.name} changes something and is called safe`);
  }
});
await test("API6 sensitive flows: codes by SMS are paced by phone and by network, filing by network", async () => {
  const number = phone();
  is((await send("POST", "/api/v1/auth/sms", { body: { phone: number }, from: network() })).status, 202);
  const again = await send("POST", "/api/v1/auth/sms", { body: { phone: number }, from: network() });
  is(again.status, 429); is(again.json.reason, "SMS_TOO_SOON"); that(Number(again.headers["retry-after"]) > 0, "Retry-After");
  await newest_code(number);
  is(codes(number).length, 1, "messages to one phone");
  const net = network().replace(/\.1$/, ""), start = Date.now();
  let filed = 0;
  for (let i = 0; i < 72; i++) filed += (await send("POST", "/api/v1/tickets", { body: FILING, key: key(), from: `${net}.${1 + (i % 3)}` })).status === 201;
  that(filed >= 60 && filed <= 61 + (Date.now() - start) / 1000, `${filed} demands at once from one network`);
});
await test("API7 requests to elsewhere: no field of a client is an address that is fetched", async () => {
  for (const body of [{ ...FILING, media_url: "http://127.0.0.1:1/" }, { ...FILING, callback: "http://127.0.0.1:1/" }, { ...FILING, uploads: ["http://127.0.0.1:1/a.png"] }])
    is((await send("POST", "/api/v1/tickets", { body, key: key(), from: network() })).status, 422, JSON.stringify(body).slice(-60));
  const svg = multipart([{ name: "a.svg", type: "image/svg+xml", bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:1/"/></svg>') }]);
  is((await send("POST", "/api/v1/uploads", { ...svg, from: network() })).status, 422, "a picture that fetches");
  const list = multipart([{ name: "a.mp4", type: "video/mp4", bytes: Buffer.from("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/a.ts\n") }]);
  is((await send("POST", "/api/v1/uploads", { ...list, from: network() })).status, 422, "a play list");
});
await test("API8 configuration: no stack, no version, no open door to other origins, faults told by number alone", async () => {
  const r = await get("/api/v1/config", { headers: { Origin: "http://evil.example" } });
  that(r.headers["access-control-allow-origin"] === undefined, "CORS on the API");
  is((await send("OPTIONS", "/api/v1/me", { headers: { Origin: "http://evil.example", "Access-Control-Request-Method": "PUT" } })).status >= 400, true, "a preflight passes");
  for (const p of ["/api/v1/kb/articles/'", "/api/v1/kb/articles/1%20OR%201=1", "/api/v1/areas?parent=1'--", "/api/v1/tickets/'%20OR%20'1'='1"]) {
    const bad = await get(p, { token: a.access_token });
    that(bad.status >= 400 && bad.status < 500, `${p}: ${bad.status}`);
    that(!/sql|maria|select|\.c:\d|stack/i.test(bad.text), `${p}: ${bad.text.slice(0, 120)}`);
  }
  is((await send("POST", "/api/v1/suggest", { body: { text: "'; DROP TABLE ticket; -- \" ` ${1}" }, from: network() })).status, 200);
  that(Number(await sql("SELECT COUNT(*) FROM ticket")) > 0, "the table is gone");
});
await test("API9 inventory: one version, every route printed and documented, no forgotten ones", async () => {
  for (const p of ["/api/v0/config", "/api/v2/config", "/api/config", "/v1/config", "/api/v1/debug", "/api/v1/test", "/server-status", "/.git/config", "/.env", "/phpinfo.php", "/actuator", "/swagger", "/api/v1/openapi.json"])
    is((await get(p)).status, 404, p);
  const all = (await routes()).filter((r) => r.pattern.startsWith("/api/"));
  that(all.every((r) => r.pattern.startsWith("/api/v1/") || r.name === "api"), "a route of another version");
});
await test("API10 what others send: a hostile name, type or content of a file decides nothing and is shown nowhere", async () => {
  const t = await file();
  for (const name of ["../../../etc/passwd", "a.php", "<script>alert(1)</script>.png", "a\0.png", "x".repeat(300) + ".png"]) {
    const m = multipart([{ bytes: PNG, name, type: "text/html" }]), r = await send("POST", "/api/v1/uploads", { ...m, from: network() });
    if (r.status >= 400 && r.status < 500) continue;
    is(r.status, 201, JSON.stringify(name)); is(r.json.data.media_type, "image/png", "by content");
    await send("POST", `/api/v1/tickets/${t.ticket_no}/messages`, { body: { uploads: [r.json.data.upload_id] }, receipt: t.ticket_token, from: network() });
  }
  const words = '<img src=x onerror=alert(1)>"\'&amp;{{7*7}}', u = await file({ text: `${words} 路灯不亮`, title: words });
  const json = await get(`/api/v1/tickets/${u.ticket_no}`, { receipt: u.ticket_token });
  is(json.json.data.title, words, "words come back as they were"); that(!json.text.includes("<img"), "a tag stands in the JSON as it is");
});
