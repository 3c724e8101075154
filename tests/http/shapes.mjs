// shapes.mjs - how refusals look, what the limits are, which headers every answer bears, and what broken clients get.
import net from "node:net";
import { test, is, that, send, get, raw, network, key, phone, file, FILING, Browser, PORT, routes, RUN, SLOW, multipart, PNG } from "./lib.mjs";

const table = await routes();
// The listener for this machine's own eyes.
const private_get = (path) => new Promise((done, fail) => {
  const s = net.connect(`${RUN}/private.sock`);
  let got = "";
  s.on("data", (d) => (got += d)); s.on("error", fail); s.on("close", () => done(got));
  s.write(`GET ${path} HTTP/1.1\r\nHost: private\r\nConnection: close\r\n\r\n`);
});
const envelope = (r, reason) => {
  that(/^application\/json/.test(r.headers["content-type"]), `content type ${r.headers["content-type"]} of ${r.text.slice(0, 80)}`);
  is(r.json.reason, reason, "reason"); is(Math.floor(r.json.code / 100), r.status, "code"); is(r.json.data === null || Array.isArray(r.json.data.fields), true, "data");
  that(/^[0-9a-f]{32}$/.test(r.json.request_id) && r.json.message.length > 2, r.text);
};
const page = (r) => {
  that(/^text\/html/.test(r.headers["content-type"]) && r.text.includes("<h1"), `no page: ${r.text.slice(0, 80)}`);
  that(/<title>错误：|<title>Error: /.test(r.text) || r.status === 404 || r.status >= 405, `title: ${/<title>.*?<\/title>/.exec(r.text)}`);
};
const form = (body) => ({ body, headers: { "Content-Type": "application/x-www-form-urlencoded" } });
const once = () => key();

await test("404, 405, 413, 414, 415, 422, 400 and 401 as the envelope", async () => {
  envelope(await get("/api/v1/nothing"), "NOT_FOUND");
  const r = await send("DELETE", "/api/v1/tickets");
  is(r.status, 405); envelope(r, "METHOD_NOT_ALLOWED"); is(r.headers.allow.split(", ").sort().join(), "GET,HEAD,POST", "Allow");
  envelope(await send("POST", "/api/v1/tickets", { body: { text: "x".repeat(70000) }, key: once() }), "TOO_LARGE");
  envelope(await send("POST", "/api/v1/tickets", { body: "x".repeat(300000), headers: { "Content-Type": "application/json" }, key: once() }), "TOO_LARGE");
  envelope(await get(`/api/v1/kb/search?q=${"a".repeat(5000)}`), "URI_TOO_LONG");
  envelope(await send("POST", "/api/v1/tickets", { ...form("a=1"), key: once() }), "UNSUPPORTED_MEDIA_TYPE");
  envelope(await send("POST", "/api/v1/tickets", { body: {}, key: once() }), "INVALID_INPUT");
  envelope(await send("POST", "/api/v1/tickets", { body: "{", headers: { "Content-Type": "application/json" }, key: once() }), "BAD_JSON");
  const me = await get("/api/v1/me");
  envelope(me, "LOGIN_REQUIRED"); is(me.headers["www-authenticate"], "Bearer");
});
await test("the same as pages", async () => {
  const b = new Browser();
  const r = await send("DELETE", "/new");
  is(r.status, 405); page(r); that(/POST/.test(r.headers.allow), r.headers.allow);
  const missing = await get("/nothing/here");
  is(missing.status, 404); page(missing);
  const large = await b.ask("POST", "/new", form(`text=${"a".repeat(70000)}`));
  is(large.status, 413); page(large);
  const type = await b.ask("POST", "/new", { body: "{}", headers: { "Content-Type": "application/json" } });
  is(type.status, 415); page(type);
  const forged = await b.ask("POST", "/new", form("text=a"));
  is(forged.status, 403); page(forged);
  const invalid = await b.post("/new", { kind: "complaint", text: "短" });
  is(invalid.status, 422); page(invalid);
  that(invalid.text.includes("短"), "what was typed is lost");
});
await test("what is too large for nginx is told in the look of the place and the language of the reader", async () => {
  const body = "x".repeat(400000), type = { "Content-Type": "application/x-www-form-urlencoded" };
  const json = await send("POST", "/api/v1/tickets", { body, headers: { ...type, "Accept-Language": "en" } });
  is(json.status, 413); envelope(json, "TOO_LARGE"); that(/too large/.test(json.json.message), json.json.message);
  const html = await send("POST", "/new", { body, headers: type });
  is(html.status, 413); that(/^text\/html/.test(html.headers["content-type"]), "no page");
});
await test("what nginx itself refuses has our look, and the envelope for programs", async () => {
  const long = "b".repeat(9000), bad = [
    ["400", (p) => `GET ${p} HTTP/1.1\r\nBroken\u0001: a\r\nConnection: close\r\n\r\n`], // no Host
    ["400", (p) => `GET ${p} HTTP/1.1\r\nHost: a\r\nX-A: ${long}\r\n\r\n`],
    ["400", (p) => `POST ${p} HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n`],
    ["414", (p) => `GET ${p}?q=${long} HTTP/1.1\r\nHost: a\r\n\r\n`],
    ["405", (p) => `TRACE ${p} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`],
    ["400", (p) => `POST ${p} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n`],
  ];
  for (const [status, head] of bad) {
    const told = async (path) => Buffer.from(await raw(head(path)), "latin1").toString();
    const page = await told("/kb/search"), json = await told("/api/v1/tickets");
    that(page.startsWith(`HTTP/1.1 ${status} `) && page.includes("<h1>") && page.includes("诉达"), `${status}: ${page.slice(0, 300)}`);
    that(json.startsWith(`HTTP/1.1 ${status} `) && new RegExp(`"code":${status}00,"reason":"[A-Z_]+","message":"[^"]+","data":null,"request_id":"[0-9a-f]{32}"`).test(json), `${status}: ${json.slice(0, 900)}`);
    for (const got of [page, json]) that(!/<center>|nginx</.test(got), `the stock page: ${got.slice(-200)}`);
  }
  const none = await get("/static/none.css");
  is(none.status, 404); that(none.text.includes("诉达"), "our look");
});
await test("a head too large or too long for nginx is refused without its version", async () => {
  for (const head of [`GET /${"a".repeat(9000)} HTTP/1.1\r\nHost: a\r\n\r\n`, `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${"b".repeat(9000)}\r\n\r\n`]) {
    const got = await raw(head);
    that(/^HTTP\/1.1 (414|400) /.test(got), got.slice(0, 60)); that(!/nginx\/\d/.test(got), "a version");
  }
});
await test("unknown names: ignored in a query and in forms of pages, refused in JSON", async () => {
  is((await get("/api/v1/areas?utm_source=x&parent=110101&parent[]=1")).status, 200);
  is((await get("/kb/?utm_source=wechat")).status, 200);
  is((await new Browser().post("/new", { kind: "help", text: "井盖松动，很危险。", extra: "1" })).status, 200);
  envelope(await send("POST", "/api/v1/suggest", { body: { text: "路灯", is_admin: true } }), "INVALID_INPUT");
});
await test("lists of one parameter sent twice do not choose silently", async () => {
  const r = await get("/api/v1/kb/search?q=a&q=b");
  is(r.status, 422); is(r.json.data.fields[0].reason, "DUPLICATE");
});
await test("a file under a name that the form does not know is refused by that name, not dropped", async () => {
  const m = multipart([{ field: "file", bytes: PNG }, { field: "photo2", bytes: PNG }]);
  const r = await send("POST", "/api/v1/uploads", { body: m.body, headers: m.headers });
  is(r.status, 422, r.text); envelope(r, "INVALID_INPUT");
  is(r.json.data.fields.map((f) => `${f.field} ${f.reason}`).join(), "photo2 UNKNOWN_FIELD");
  const good = multipart([{ field: "file", bytes: PNG }]);
  is((await send("POST", "/api/v1/uploads", { body: good.body, headers: good.headers })).status, 201, "the same without it");
});
await test("HEAD answers as GET does, without a body", async () => {
  for (const p of ["/", "/kb/", "/api/v1/config", "/livez"]) {
    const r = await send("HEAD", p);
    is(r.status, 200, p); is(r.buffer.length, 0, p);
    that((await get(p)).buffer.length > 0, `${p}: the GET after a HEAD got its empty body`);
  }
});
await test("an address with the other slash leads to ours", async () => {
  const r = await get("/new/?x=1");
  is(r.status, 308); is(r.headers.location, "/new?x=1");
  is((await get("/kb")).headers.location, "/kb/");
});

// ---- limits ----------------------------------------------------------------------------------------------------------
await test("five wrong codes from one network, then 429 with Retry-After; the holder elsewhere and other demands are not held up", async () => {
  const t = await file(), other = await file(), from = network();
  const look = (ticket_no, query_code, from_) => send("POST", "/api/v1/tickets/lookup", { body: { ticket_no, query_code }, from: from_ });
  is((await look(t.ticket_no, t.query_code, from)).status, 200);
  for (let i = 0; i < 5; i++) is((await look(t.ticket_no, `0000000${i}`, from)).status, 404, `try ${i}`);
  const held = await look(t.ticket_no, "00000007", from);
  is(held.status, 429); envelope(held, "LOOKUP_LIMITED"); that(Number(held.headers["retry-after"]) > 0, "Retry-After");
  is((await look(t.ticket_no, t.query_code, from)).status, 429, "the right code, after five wrong ones");
  is((await look(t.ticket_no, t.query_code, network())).status, 200, "from another network");
  is((await look(other.ticket_no, other.query_code, from)).status, 200, "another demand");
  const page_of = new Browser({ from });
  const r = await page_of.post("/track", { ticket_no: t.ticket_no, query_code: "00000008" });
  is(r.status, 429, "the page shares the count"); that(Number(r.headers["retry-after"]) > 0, "Retry-After of the page");
});
await test("eight requests together send one code, and each of the others says when to come back", async () => {
  const number = phone();
  const all = await Promise.all(Array.from({ length: 8 }, () => send("POST", "/api/v1/auth/sms", { body: { phone: number }, from: network() })));
  is(all.filter((r) => r.status === 202).length, 1, "codes");
  for (const r of all.filter((r) => r.status !== 202)) { is(r.status, 429); envelope(r, "SMS_TOO_SOON"); that(Number(r.headers["retry-after"]) > 0, "Retry-After"); }
});
await test("twelve wrong codes sent together get no more than five tries", async () => {
  const t = await file(), from = network();
  const all = await Promise.all(Array.from({ length: 12 }, (_, i) => send("POST", "/api/v1/tickets/lookup", { body: { ticket_no: t.ticket_no, query_code: `0000000${i % 10}` }, from })));
  const judged = all.filter((r) => r.status === 404).length;
  that(judged === 5 && all.filter((r) => r.status === 429).length === 7, `${judged} were judged: ${all.map((r) => r.status)}`);
});
await test("wrong, absent and malformed are one answer of one length, and take alike long", async () => {
  const t = await file(), kinds = [[t.ticket_no, "00000000"], ["SD-261122-1234567-8", t.query_code], ["nonsense", "?"]], texts = [];
  // A difference that the code makes is there in every series; one that a busy machine makes is not.
  const series = async () => {
    const took = [[], [], []];
    for (let round = 0; round < 12; round++)
      for (const [i, [ticket_no, query_code]] of kinds.entries()) {
        const start = process.hrtime.bigint();
        const r = await send("POST", "/api/v1/tickets/lookup", { body: { ticket_no, query_code }, from: network() });
        took[i].push(Number(process.hrtime.bigint() - start) / 1e6);
        is(r.status, 404);
        texts[i] = r.text.replace(/[0-9a-f]{32}/, "");
      }
    return took.map((l) => l.sort((a, b) => a - b)[6]);
  };
  let middle, spread = Infinity;
  for (let tries = 0; spread >= 8 * SLOW && tries < 6; tries++) {
    middle = await series();
    spread = Math.max(...middle) - Math.min(...middle);
  }
  is(texts[1], texts[0]); is(texts[2], texts[0]);
  that(spread < 8 * SLOW, `medians ${middle.map((m) => m.toFixed(1))} ms`);
});
await test("each budget by network is kept, told with Retry-After, and another network is free", async () => {
  const tries = { sms: ["POST", "/api/v1/auth/sms", { body: {} }, 30, 30], login: ["POST", "/api/v1/auth/refresh", { body: {} }, 60, 60], lookup: ["POST", "/api/v1/tickets/lookup", { body: {} }, 60, 60],
    file: ["POST", "/api/v1/tickets", { body: {} }, 60, 60], search: ["GET", "/api/v1/kb/search?q=", {}, 120, 240], write: ["POST", "/api/v1/kb/articles/1/feedback", { body: {} }, 120, 240], read: ["GET", "/api/v1/me?n=", {}, 300, 1200] };
  for (const [bucket, [method, path, options, burst, per_minute]] of Object.entries(tries)) {
    // Some addresses of one /24: nginx counts addresses, the programs networks.
    const net = network().replace(/\.1$/, ""), start = Date.now(), back = () => ((Date.now() - start) / 60000) * per_minute;
    let sent = 0, passed = 0, held;
    while (!held && sent < 2 * burst + back()) {
      const some = await Promise.all(Array.from({ length: 10 }, () => send(method, path.endsWith("=") ? path + sent++ : (sent++, path), { ...options, from: `${net}.${1 + (sent % 6)}` })));
      passed += some.filter((r) => r.status !== 429).length;
      held = some.find((r) => r.status === 429);
    }
    that(held, `${bucket}: ${passed} passed and none was held`);
    envelope(held, "LIMITED"); that(Number(held.headers["retry-after"]) >= 1, `${bucket}: Retry-After`);
    that(passed >= burst && passed <= burst + back() + 1, `${bucket}: ${passed} passed, the burst is ${burst}`);
    that((await send(method, path, { ...options, from: network() })).status !== 429, `${bucket}: another network`);
  }
});

// ---- headers ---------------------------------------------------------------------------------------------------------
const css = /href="(\/static\/[^"]+\.css)"/.exec((await get("/")).text)[1], js = /src="(\/static\/[^"]+\.js)"/.exec((await get("/")).text)?.[1];
function protected_headers(r, what, kind) {
  is(r.headers["x-content-type-options"], "nosniff", `${what}: nosniff`);
  is(r.headers["referrer-policy"], "same-origin", `${what}: referrer`);
  that(r.headers["permissions-policy"], `${what}: permissions`);
  that(!/nginx\/|php/i.test(`${r.headers.server}${r.headers["x-powered-by"] ?? ""}`), `${what}: a version`);
  if (kind === "static") return;
  const csp = r.headers["content-security-policy"] ?? "";
  that(csp.startsWith("default-src 'none'") && !/unsafe|\*(?!$)/.test(csp.replace("frame-ancestors *", "")), `${what}: policy ${csp}`);
  that(/frame-ancestors/.test(csp), `${what}: frames`);
  that(r.headers["cache-control"], `${what}: cache`);
}
await test("every page, file and reply bears the protecting headers", async () => {
  for (const p of ["/", "/new", "/track", "/login", "/me", "/kb/", "/kb/1", "/stats/", "/public", "/nothing", "/api/", "/api/v1/config", "/api/v1/me", "/api/v1/nothing", "/api/openapi.json", "/livez", "/stats/method"])
    protected_headers(await get(p), p);
  for (const p of [css, js].filter(Boolean)) {
    const r = await get(p);
    protected_headers(r, p, "static"); that(/immutable/.test(r.headers["cache-control"]), `${p}: cache`);
  }
});
await test("answers that depend on who asks are never stored; those for everybody set no cookie", async () => {
  for (const p of ["/", "/new", "/track", "/login", "/api/v1/me"]) that(/no-store/.test((await get(p)).headers["cache-control"]), p);
  for (const p of ["/kb/", "/kb/1", "/stats/", "/public", "/api/v1/config", "/api/v1/areas"]) {
    const r = await get(p);
    that(/public/.test(r.headers["cache-control"]) && !r.headers["set-cookie"], p);
  }
});
await test("cookies: HttpOnly, SameSite, for the whole site, without a domain", async () => {
  const b = new Browser(), set = [];
  for (const p of ["/new", "/?lang=en", "/kb/?elder=1"]) set.push(...((await b.ask("GET", p)).headers["set-cookie"] ?? []));
  that(set.length >= 3, `cookies: ${set}`);
  for (const c of set) {
    that(/; *HttpOnly/i.test(c) && /; *SameSite=(Lax|Strict)/i.test(c) && /; *Path=\//i.test(c) && !/domain=/i.test(c), c);
    that(!/secure/i.test(c) || c.startsWith("__Host-"), c);
  }
});
await test("the API reads no cookie, and pages read no token", async () => {
  const b = new Browser();
  await b.post("/new", { kind: "help", text: "井盖松动，很危险。" });
  is((await b.ask("GET", "/api/v1/me")).status, 401);
  const t = await file();
  is((await get(`/track/${t.ticket_no}`, { receipt: t.ticket_token })).status, 303, "a page by a receipt token asks for the code");
});

// ---- broken and hostile clients --------------------------------------------------------------------------------------
const status_of = (text) => [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map((m) => Number(m[1]));
await test("request smuggling: two lengths, length and chunks, odd chunks, a space before the colon", async () => {
  const end = "\r\n\r\n", hidden = "GET /livez HTTP/1.1\r\nHost: hidden\r\n\r\n";
  const head = `POST /api/v1/suggest HTTP/1.1\r\nHost: 127.0.0.1:${PORT}\r\nContent-Type: application/json\r\n`;
  for (const [what, text] of [["two lengths", `${head}Content-Length: 2\r\nContent-Length: 40${end}{}${hidden}`], ["length and chunks", `${head}Content-Length: 5\r\nTransfer-Encoding: chunked${end}0\r\n\r\n${hidden}`],
    ["a space before the colon", `${head}Transfer-Encoding : chunked${end}0\r\n\r\n${hidden}`], ["an odd encoding", `${head}Transfer-Encoding: xchunked${end}0\r\n\r\n${hidden}`],
    ["an odd chunk", `${head}Transfer-Encoding: chunked${end}-1\r\n\r\n${hidden}`], ["a length that is none", `${head}Content-Length: +2${end}{}${hidden}`], ["no host", `GET /livez HTTP/1.1${end}`],
    ["two hosts", `GET /livez HTTP/1.1\r\nHost: a\r\nHost: b${end}`]]) {
    const got = status_of(await raw(text, { wait: 1500 }));
    that(got.length === 1 && got[0] >= 400, `${what}: ${got}`);
  }
  const two = status_of(await raw(`${hidden}${hidden.replace("Host: hidden", "Host: hidden\r\nConnection: close")}`));
  is(two.join(), "200,200", "two good requests in one packet: the counting can fail");
});
await test("chunked bodies are read whole, and their limits hold", async () => {
  const body = JSON.stringify({ text: "路灯不亮" }), chunk = (s) => `${Buffer.byteLength(s).toString(16)}\r\n${s}\r\n`;
  const head = (path) => `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${PORT}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
  is(status_of(await raw(Buffer.from(`${head("/api/v1/suggest")}${chunk(body)}0\r\n\r\n`)))[0], 200);
  is(status_of(await raw(`${head("/api/v1/suggest")}${chunk("x".repeat(70000))}0\r\n\r\n`))[0], 413);
});
await test("header injection: what a client sends comes back in no header", async () => {
  for (const p of ["/?lang=en%0d%0aSet-Cookie:%20a=b", "/kb/?lang=en&x=%0d%0aX-Bad:1", "/new/%0d%0aX-Bad:1/", "/login?next=%0d%0aX-Bad:%201", "/login?next=//evil.example", "/login?next=/%5cevil.example", "/kb?x=%0aX-Bad:1"]) {
    const r = await get(p);
    that(!r.headers["x-bad"] && !(r.headers["set-cookie"] ?? []).some((c) => c.startsWith("a=b")), p);
    that(!/evil\.example/.test(r.headers.location ?? ""), `${p}: ${r.headers.location}`);
  }
  const host = await raw("GET /kb HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  that(!/Location: .*evil/.test(host), "the Host header became an address");
  const t = await send("POST", "/api/v1/tickets", { body: FILING, key: once(), headers: { Host: "evil.example" } });
  that(!t.text.includes("evil.example"), "the Host header became the address of a demand");
});
await test("path traversal: nothing outside the routes is reached", async () => {
  for (const p of ["/static/../../secrets/keys", "/static/..%2f..%2fsecrets/keys", "/static/%2e%2e/%2e%2e/secrets/keys", "/_files/raw/aa/x", "/_busy/json/503", "/api/v1/../../secrets/keys", "/new/..;/x", "/api/v1/tickets/..%2fpublic",
    "/kb/..%2f..%2fetc%2fpasswd", "/stats/%2e%2e%2fx.csv", "/api/openapi.json/../../nginx/nginx.conf", "/%00", "/new%00.css"]) {
    const got = await raw(`GET ${p} HTTP/1.1\r\nHost: 127.0.0.1:${PORT}\r\nConnection: close\r\n\r\n`);
    that([400, 404].includes(status_of(got)[0]), `${p}: ${got.slice(0, 40)}`);
    that(!/encrypt 1|root:x|worker_processes/.test(got), `${p}: a file of the machine`);
  }
});
await test("odd methods, versions and bytes get an answer of 4xx or 5xx, and the next request a good one", async () => {
  for (const text of ["TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/9.9\r\nHost: a\r\n\r\n", "get / HTTP/1.1\r\nHost: a\r\n\r\n", "\x16\x03\x01\x02\x00\x01", "GET /%ff%fe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "PATCH /api/v1/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"]) {
    const got = status_of(await raw(text, { wait: 1500 }));
    that(got.length === 0 || got[0] >= 400, `${JSON.stringify(text.slice(0, 20))}: ${got}`);
  }
  is((await get("/livez")).status, 200);
});
await test("live and ready: every program says so, and refuses what is not asked that way", async () => {
  for (const p of ["/livez", "/readyz"]) {
    is((await get(p)).status, 200, p); is((await send("POST", p)).status, 405, p);
  }
  for (const pool of ["citizen-fast", "citizen-slow", "staff-fast", "staff-slow", "open"])
    for (const what of ["readyz", "metrics"]) that((await private_get(`/${what}/${pool}`)).startsWith("HTTP/1.1 200"), `${what} of ${pool}`);
  that((await private_get("/metrics/nothing")).startsWith("HTTP/1.1 404"), "a pool that is not there");
});
await test("private addresses answer nobody outside", async () => {
  for (const p of ["/metrics", "/_files/", "/_busy/page/503"]) is((await get(p)).status, 404, p);
  is((await get("/metrics", { headers: { "SUDA-PRIVATE": "1", SUDA_PRIVATE: "1" } })).status, 404);
});
await test("headers of the client that pretend to be the proxy's change nothing", async () => {
  const from = network();
  let last;
  for (let i = 0; i < 40; i++) last = await send("POST", "/api/v1/auth/sms", { body: {}, from, headers: { "X-Real-IP": `10.0.${i}.1`, "X-Forwarded-For": `10.0.${i}.1`, REMOTE_ADDR: `10.0.${i}.1` } });
  is(last.status, 429, "a made-up address escaped the budget");
});
await test("every route refuses the methods it does not know", async () => {
  const paths = new Map();
  for (const r of table.filter((r) => r.guard !== "private")) paths.set(r.pattern, [...(paths.get(r.pattern) ?? []), r]);
  for (const [pattern, rows] of paths) {
    const method = ["PUT", "DELETE", "POST"].find((m) => !rows.some((r) => r.method === m));
    const r = await send(method, pattern.replace(/\{\w+\}/g, "1"), { from: network() });
    // A path with a name in it may be another row's as well; then that row's own refusal is as good.
    // What is written to a path of the reading program goes to the other one, which does not know it.
    that(r.status === 405 || ((/\{|public/.test(pattern) || rows[0].program === "open") && r.status >= 400), `${method} ${pattern}: ${r.status}`);
    if (r.status === 405) that(r.headers.allow, `${pattern}: no Allow`);
    if (pattern.startsWith("/api/")) that(r.json?.reason, `${pattern}: no envelope`);
  }
});
