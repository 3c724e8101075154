// contract.mjs - every operation of the document, called; see run.
import { error_codes } from "./codes.mjs";
import { readFileSync, existsSync } from "node:fs";
import { createHmac } from "node:crypto";
import { test, finish, is, that, send, network, key, phone, multipart, PNG, ctl, sql, routes, newest_code, codes, until,
  sleep, FILING, VAR, SLOW, serviceKey } from "../http/lib.mjs";
import { demo } from "../staff.mjs";
import { doc, BASE, operations, judge, seen, promised, example, body_allowed, validator, faults } from "./document.mjs";

// One call of an operation; the reply is judged, its data returned when it is the status we want.
async function call(id, wanted, { path = {}, query, reason, ...options } = {}) {
  const op = operations.get(id);
  that(op, `no operation ${id}`);
  if (wanted < 300 && options.body && op.requestBody?.content["application/json"]) is(body_allowed(id, options.body), "", `${id}: the document on our body`);
  const at = BASE + op.path.replace(/\{(\w+)\}/g, (_, n) => encodeURIComponent(path[n])) + (query ? `?${new URLSearchParams(query)}` : "");
  const r = judge(id, await send(op.method, at, options));
  is(r.status, wanted, `${id} (${r.text.slice(0, 160)})`);
  if (reason) is(r.json.reason, reason, id);
  return r;
}
const data = async (...words) => (await call(...words)).json.data;
const field = (r, name, reason) => that(r.json.data.fields.some((f) => f.field === name && (!reason || f.reason === reason)), `field ${name} ${reason}: ${r.text}`);

// ---- the document itself ---------------------------------------------------------------------------------------------
await test("the document is served as it stands in the repository", async () => {
  const r = await send("GET", "/api/openapi.json");
  is(r.status, 200, "status");
  that(r.buffer.equals(readFileSync("openapi/openapi.json")), "other bytes");
  that(/^application\/json/.test(r.headers["content-type"]), r.headers["content-type"]);
});
const shape = validator({ type: "object", required: ["openapi", "info", "servers", "paths", "components"], properties: { openapi: { const: "3.1.0" },
  info: { type: "object", required: ["title", "version", "description"], properties: { title: {}, version: {}, description: {} } }, servers: {}, jsonSchemaDialect: {},
  tags: {}, components: {}, paths: { type: "object", additionalProperties: { type: "object", additionalProperties: { type: "object", required: ["operationId", "tags", "summary", "security", "responses"] } } } } });
await test("the document has the shape of OpenAPI 3.1, and every reference leads somewhere", () => {
  that(shape(doc), shape.errors && faults(shape));
  const walk = (node, at) => {
    if (!node || typeof node !== "object") return;
    if (typeof node.$ref === "string") that(node.$ref.slice(2).split("/").reduce((o, k) => o?.[k], doc), `${at}: ${node.$ref}`);
    for (const [k, v] of Object.entries(node)) walk(v, `${at}/${k}`);
  };
  walk(doc, "#");
  is(operations.size, Object.values(doc.paths).flatMap(Object.keys).length, "operationIds are unique; number");
  for (const op of operations.values())
    for (const name of op.path.match(/\{\w+\}/g) ?? []) that(op.parameters.some((p) => p.in === "path" && `{${p.name}}` === name), `${op.operationId}: ${name} is not described`);
});
await test("every example in the document is valid by its schema", () => {
  let n = 0;
  const content = (c, at) => {
    for (const [type, media] of Object.entries(c ?? {})) {
      if (type !== "application/json") continue;
      const given = [...(media.example !== undefined ? [media.example] : []), ...Object.values(media.examples ?? {}).map((e) => (e.$ref ? e.$ref.slice(2).split("/").reduce((o, k) => o[k], doc) : e).value)];
      const v = validator(media.schema);
      for (const e of given) { n++; that(v(e), `${at}: ${v.errors && faults(v)}`); }
    }
  };
  for (const op of operations.values()) {
    content(op.requestBody?.content, `${op.operationId} body`);
    for (const [status, r] of Object.entries(op.responses)) content((r.$ref ? r.$ref.slice(2).split("/").reduce((o, k) => o[k], doc) : r).content, `${op.operationId} ${status}`);
  }
  that(n > 100, `only ${n} examples`);
});

const table = await routes();
const missing = (rows, ops) => {
  const have = new Map([...ops.values()].map((o) => [`${o.method} ${BASE}${o.path}`, o.operationId]));
  const api = rows.filter((r) => r.pattern.startsWith("/api/v1/"));
  return [...api.filter((r) => have.get(`${r.method} ${r.pattern}`) !== r.name).map((r) => `${r.method} ${r.pattern} (${r.name}) is not in the document`),
    ...[...have.keys()].filter((k) => !api.some((r) => `${r.method} ${r.pattern}` === k)).map((k) => `${k} is in the document alone`)];
};
await test("routes and document name the same operations", () => is(missing(table, operations).join("; "), ""));
await test("a route that is not in the document would be found, and the other way round", () => {
  that(missing([...table, { method: "GET", pattern: "/api/v1/new-thing", name: "api_new_thing" }], operations).length === 1, "an undocumented route");
  that(missing(table.filter((r) => r.name !== "api_me"), operations).length === 1, "a documented path without a route");
});
await test("guards of the routes are the security of the document", () => {
  const wanted = { public: "", optional: ",Bearer", citizen: "Bearer", ticket: "Bearer,Receipt", staff: "Service" };
  for (const r of table.filter((r) => r.pattern.startsWith("/api/v1/")))
    is(operations.get(r.name).security.map((s) => Object.keys(s)[0] ?? "").join(","), wanted[r.guard], r.name);
});
await test("public error codes: document and program are one table", () => {
  const rows = error_codes(); // `node tests/contract/codes.mjs` writes them into the document
  const reason = doc.components.schemas.Reason;
  is(JSON.stringify(reason["x-codes"]), JSON.stringify(rows), "x-codes");
  is(reason.enum.join(), rows.map((r) => r.reason).join(), "enum");
});

// ---- reference data --------------------------------------------------------------------------------------------------
async function not_changed(id, options = {}) {
  const first = await call(id, 200, options);
  const again = await call(id, 304, { ...options, headers: { ...options.headers, "If-None-Match": first.headers.etag } });
  is(again.buffer.length, 0, "bytes of a 304");
  await call(id, 200, { ...options, headers: { ...options.headers, "If-None-Match": '"another"' } });
  return first.json.data;
}
let config, area, category, article;
await test("config, areas, categories, shelves and articles: valid, with ETag and 304", async () => {
  config = await not_changed("api_config");
  const districts = (await not_changed("api_areas")).items;
  const streets = (await not_changed("api_areas", { query: { parent: districts[0].code } })).items;
  area = streets[0].code;
  that((await data("api_areas", 200, { query: { parent: area } })).items.every((a) => !a.has_children), "communities have no children");
  const all = (await not_changed("api_categories")).items;
  category = all.find((c) => c.level === 3).code;
  const some = (await data("api_categories", 200, { query: { parent: all[0].code } })).items;
  that(some.length > 1 && some.length < all.length, "categories below one");
  that((await not_changed("api_kb_categories")).items.length > 1, "shelves");
  article = "1";
  await not_changed("api_kb_article", { path: { id: article } });
});
await test("the two languages are two answers with two ETags", async () => {
  const zh = await call("api_config", 200), en = await call("api_config", 200, { headers: { "Accept-Language": "en" } }), query = await call("api_config", 200, { query: { lang: "en" } });
  that(zh.headers.etag !== en.headers.etag, "one ETag");
  is(zh.json.data.kinds[2].text, "投诉"); is(en.json.data.city, "Beijing"); is(query.json.data.city, "Beijing", "lang=en");
  await call("api_config", 200, { headers: { "Accept-Language": "en", "If-None-Match": zh.headers.etag } });
});
await test("unknown parents, articles and words are refused by name", async () => {
  field(await call("api_areas", 422, { query: { parent: "999999" } }), "parent", "NOT_A_CHOICE");
  field(await call("api_categories", 422, { query: { parent: "nothing" } }), "parent", "NOT_A_CHOICE");
  for (const id of ["0", "999999", "x1", "99999999999999999999"]) await call("api_kb_article", 404, { path: { id }, reason: "ARTICLE_NOT_FOUND" });
  field(await call("api_kb_search", 422), "q", "REQUIRED");
  field(await call("api_kb_search", 422, { query: { q: "字".repeat(101) } }), "q", "TOO_LONG");
});
await test("knowledge search: excerpts, pages by cursor, a cursor of another search is refused", async () => {
  const first = await data("api_kb_search", 200, { query: { q: "办理" } });
  that(first.items.length > 0 && first.items[0].parts.some((p) => p.excerpt.some((b) => b.hit)), "no hit is marked");
  that(first.has_more && first.next_cursor, "one page only");
  const second = await data("api_kb_search", 200, { query: { q: "办理", cursor: first.next_cursor } });
  that(!second.items.some((i) => first.items.some((j) => j.id === i.id)), "an article twice");
  await call("api_kb_search", 400, { query: { q: "规定", cursor: first.next_cursor }, reason: "CURSOR_INVALID" });
  is((await data("api_kb_search", 200, { query: { q: "饕餮貔貅螭吻" } })).items.length, 0, "items of nothing");
});
await test("was this useful: recorded, refused without an answer or an article", async () => {
  const before = await sql("SELECT COUNT(*) FROM kb_feedback");
  await call("api_kb_feedback", 201, { path: { id: article }, body: { useful: true, words: "写得清楚" } });
  that(await sql("SELECT COUNT(*) FROM kb_feedback") !== before, "no row");
  field(await call("api_kb_feedback", 422, { path: { id: article }, body: {} }), "useful", "REQUIRED");
  await call("api_kb_feedback", 404, { path: { id: "999999" }, body: { useful: false }, reason: "ARTICLE_NOT_FOUND" });
});
await test("suggestions for words: categories, articles, similar demands", async () => {
  const s = await data("api_suggest", 200, { body: { text: "小区路灯不亮", area_code: area } });
  that(s.categories.length > 0 && s.articles.length > 0 && Array.isArray(s.similar), JSON.stringify(s).slice(0, 200));
  field(await call("api_suggest", 422, { body: { text: "" } }), "text", "REQUIRED");
});

// ---- sign-in ---------------------------------------------------------------------------------------------------------
const me = { phone: phone(), from: network() }, other = { phone: phone(), from: network() };
async function sign_in(who) {
  const had = codes(who.phone).length;
  const sent = await data("api_auth_sms", 202, { body: { phone: who.phone, purpose: "sign_in" }, from: who.from });
  that(sent.expires_in_s > 0 && sent.resend_after_s > 0, "times");
  who.code = await newest_code(who.phone, had);
  Object.assign(who, await data("api_auth_verify", 200, { body: { phone: who.phone, code: who.code }, from: who.from }));
}
await test("sign-in by SMS: a code arrives, opens an account once, and is spent", async () => {
  await sign_in(me);
  is(me.is_new, true, "is_new");
  field(await call("api_auth_verify", 422, { body: { phone: me.phone, code: me.code }, from: me.from }), "code", "CODE_WRONG");
  await call("api_auth_sms", 429, { body: { phone: me.phone }, from: me.from, reason: "SMS_TOO_SOON" });
  const older = (n, us) => sql(`INSERT INTO sms_code (id, phone_bidx, purpose, code_mac, created_at, expires_at, used_at) SELECT id + seq, phone_bidx, purpose, code_mac, created_at - ${us}, expires_at, 1 FROM sms_code JOIN seq_1_to_${n} WHERE id = (SELECT MAX(id) FROM sms_code WHERE purpose = 1)`);
  await older(4, 600e6);
  await call("api_auth_sms", 429, { body: { phone: me.phone }, from: me.from, reason: "SMS_HOUR_SPENT" });
  await older(5, 7200e6);
  await call("api_auth_sms", 429, { body: { phone: me.phone }, from: me.from, reason: "SMS_DAY_SPENT" });
  field(await call("api_auth_sms", 422, { body: { phone: "010-12345678" }, from: me.from }), "phone");
  field(await call("api_auth_sms", 422, { body: { phone: me.phone, pin: 1 }, from: me.from }), "pin", "UNKNOWN_FIELD");
  await sign_in(other);
});
await test("me: read, change, refused without a token", async () => {
  const a = await data("api_me", 200, { token: me.access_token });
  that(!a.phone.includes(me.phone.slice(3, 7)), `phone is not masked: ${a.phone}`);
  const b = await data("api_me_put", 200, { token: me.access_token, body: { name: "王女士", lang: "en" } });
  is(b.name, "王女士"); is(b.lang, "en");
  is((await data("api_me_put", 200, { token: me.access_token, body: { lang: "zh-CN" } })).name, "王女士", "the name stays");
  field(await call("api_me_put", 422, { token: me.access_token, body: { lang: "fr" } }), "lang", "NOT_A_CHOICE");
  await call("api_me", 401, { reason: "LOGIN_REQUIRED" });
});

// A token as the program would sign it, from the key of this instance: for what only time brings about.
function forged(change = {}, like = me.access_token) {
  const [, hex] = /^jwt \d+ \d+ ([0-9a-f]+)$/m.exec(readFileSync(`${VAR}/secrets/keys`, "utf8"));
  const [head, payload] = like.split(".");
  const claims = { ...JSON.parse(Buffer.from(payload, "base64url")), ...change };
  const text = `${head}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${text}.${createHmac("sha256", Buffer.from(hex, "hex")).update(text).digest("base64url")}`;
}
const now = () => Math.floor(Date.now() / 1000);
// A service that holds every role a service may hold, for the whole city: { key, token, unit, id }.
let service;
async function all_roles({ fresh = false } = {}) {
  if (service && !fresh) return service;
  const unit = demo(VAR)["demo.officer"].unit, made = await serviceKey("officer", unit, ""), id = await sql("SELECT MAX(id) FROM service_account");
  await sql(`INSERT IGNORE INTO staff_role (staff_id, role, granted_at, granted_by) SELECT ${id}, seq, 1, 0 FROM seq_1_to_8`);
  service = { key: made, unit, id, token: (await data("api_staff_token", 200, { body: { key: made }, from: network() })).token };
  return service;
}
const upload_options = () => { const m = multipart([{ bytes: PNG }]); return { body: m.body, headers: m.headers }; };
// Every operation with a guard, as it is called with a token that is no good.
const guarded = [["api_me"], ["api_me_put", { body: {} }], ["api_me_delete"], ["api_me_export"], ["api_auth_logout", { body: {} }], ["api_ticket_list"],
  ["api_ticket_track"], ["api_ticket_content"], ["api_ticket_message", { body: {} }], ["api_ticket_urge"], ["api_ticket_withdraw", { body: {} }],
  ["api_ticket_object", { body: {} }], ["api_ticket_rating", { body: {} }], ["api_ticket_follow", { body: {} }],
  ["api_upload", upload_options, "optional"], ["api_ticket_file", { body: FILING, key: key() }, "optional"]];
await test("every guarded operation: no token, a wrong one, an expired one", async () => {
  const expired = forged({ iat: now() - 2000, exp: now() - 1000, nbf: now() - 2000 });
  await call("api_me", 200, { token: forged() });
  for (const [id, options = {}, optional] of guarded) {
    const given = () => ({ path: { no: "SD-261122-1234567-8", id: "1" }, from: network(), ...(typeof options === "function" ? options() : options) });
    if (!optional) await call(id, 401, { ...given(), reason: "LOGIN_REQUIRED" });
    await call(id, 401, { ...given(), token: "a.b.c", reason: "TOKEN_INVALID" });
    await call(id, 401, { ...given(), token: expired, reason: "TOKEN_EXPIRED" });
  }
});

// ---- filing ----------------------------------------------------------------------------------------------------------
let mine, upload;
const loose = async (options = {}) => (await data("api_upload", 201, { ...upload_options(), ...options })).upload_id;
await test("upload: a photo by its content, refused when it is none", async () => {
  upload = await loose({ token: me.access_token });
  const text = multipart([{ bytes: Buffer.from("just words, no picture"), name: "a.jpg", type: "image/jpeg" }]);
  field(await call("api_upload", 422, { body: text.body, headers: text.headers }), "file", "FILE_TYPE");
  const none = multipart([], { other: "1" });
  field(await call("api_upload", 422, { body: none.body, headers: none.headers }), "file", "REQUIRED");
  const broken = multipart([{ bytes: PNG }]);
  await call("api_upload", 400, { body: broken.body.subarray(0, broken.body.length - 10), headers: broken.headers, reason: "MULTIPART_BROKEN" });
  const many = multipart([], Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`f${i}`, "x"])));
  await call("api_upload", 400, { body: many.body, headers: many.headers, reason: "TOO_MANY_FIELDS" });
  const large = multipart([{ bytes: Buffer.alloc(52 << 20) }]);
  await call("api_upload", 413, { body: large.body, headers: large.headers });
  await call("api_upload", 415, { body: "file=1", headers: { "Content-Type": "text/plain" } });
});
await test("file a demand, signed in, with a photo; the document's own example is accepted", async () => {
  const body = { ...FILING, title: "路灯不亮", category_code: category, area_code: area, location: { lng: 116.39742, lat: 39.90923 }, uploads: [upload], applicant: "person",
    contact: { name: "王女士", phone: me.phone }, public: true, confidential: false, no_reply: false };
  mine = await data("api_ticket_file", 201, { body, key: key(), token: me.access_token, from: me.from });
  is(mine.phone_verified, true, "an account's own phone is proven");
  that(mine.track_url.endsWith(mine.ticket_no), mine.track_url);
  const given = { ...example("api_ticket_file"), category_code: category };
  is((await data("api_ticket_file", 201, { body: given, key: key(), from: network() })).phone_verified, false, "anonymous");
});
await test("filing: what is refused, and by which word", async () => {
  const from = network(), bad = (body, name, reason) => call("api_ticket_file", 422, { body, key: key(), from }).then((r) => field(r, name, reason));
  await bad({}, "kind", "REQUIRED");
  await bad({ ...FILING, text: "短" }, "text", "TOO_SHORT");
  await bad({ ...FILING, kind: "wish" }, "kind", "NOT_A_CHOICE");
  await bad({ ...FILING, area_code: "000000" }, "area_code", "NOT_A_CHOICE");
  await bad({ ...FILING, uploads: ["1-nothing"] }, "uploads", "UPLOAD_GONE");
  await bad({ ...FILING, location: { lng: 116 } }, "location.lat", "REQUIRED");
  await bad({ ...FILING, contact: { phone: "12" } }, "contact.phone");
  await bad({ ...FILING, extra: 1 }, "extra", "UNKNOWN_FIELD");
  await call("api_ticket_file", 400, { body: FILING, from, reason: "IDEMPOTENCY_KEY_REQUIRED" });
  await call("api_ticket_file", 400, { body: FILING, from, key: "short", reason: "IDEMPOTENCY_KEY_INVALID" });
  const once = key();
  await call("api_ticket_file", 201, { body: FILING, from, key: once });
  await call("api_ticket_file", 422, { body: { ...FILING, text: "另一件事情，同一个键。" }, from, key: once, reason: "IDEMPOTENCY_MISMATCH" });
});
await test("filing with the SMS code of the phone: proven without an account", async () => {
  const number = phone(), from = network();
  await call("api_auth_sms", 202, { body: { phone: number, purpose: "verify_phone" }, from });
  const once = key(), body = { ...FILING, contact: { phone: number, code: await newest_code(number) } };
  await call("api_ticket_file", 422, { body: { ...body, text: "短" }, key: key(), from }); // spends no code
  const filed = await data("api_ticket_file", 201, { body, key: once, from });
  is(filed.phone_verified, true, "phone_verified");
  is(JSON.stringify(await data("api_ticket_file", 201, { body, key: once, from })), JSON.stringify(filed), "the same, sent again");
  field(await call("api_ticket_file", 422, { body, key: key(), from }), "contact.code", "CODE_WRONG");
});

// ---- following -------------------------------------------------------------------------------------------------------
let receipt;
await test("lookup: number and code give a ticket token; wrong, absent and malformed answer alike", async () => {
  const from = network();
  const found = await data("api_ticket_lookup", 200, { body: { ticket_no: mine.ticket_no.toLowerCase().replaceAll("-", " "), query_code: mine.query_code.toLowerCase() }, from });
  is(found.ticket_no, mine.ticket_no);
  receipt = found.ticket_token;
  for (const [ticket_no, query_code] of [[mine.ticket_no, "00000000"], ["SD-261122-1234567-8", mine.query_code], ["rubbish", mine.query_code], [mine.ticket_no, "?"]])
    await call("api_ticket_lookup", 404, { body: { ticket_no, query_code }, from, reason: "LOOKUP_FAILED" });
  field(await call("api_ticket_lookup", 422, { body: {}, from }), "query_code", "REQUIRED");
  const five = network();
  for (let i = 0; i < 5; i++) await call("api_ticket_lookup", 404, { body: { ticket_no: mine.ticket_no, query_code: "0000000" + i }, from: five });
  await call("api_ticket_lookup", 429, { body: { ticket_no: mine.ticket_no, query_code: "00000009" }, from: five, reason: "LOOKUP_LIMITED" });
});
await test("track: by receipt, by owner, not by others; ETag and 304", async () => {
  const path = { no: mine.ticket_no };
  await until(20, "the worker cleans the photo, after which nothing changes", async () => (await data("api_ticket_track", 200, { path, receipt })).files[0].state === "ready");
  const t = await not_changed("api_ticket_track", { path, receipt });
  is(t.text, FILING.text); is(t.location.lng, 116.39742, "lng"); is(t.files.length, 1, "files"); is(t.channel.code, "miniprogram");
  that(t.timeline.length >= 2 && t.timeline[0].seq > t.timeline.at(-1).seq, "newest first");
  await not_changed("api_ticket_track", { path, token: me.access_token });
  await call("api_ticket_track", 404, { path, token: other.access_token, reason: "TICKET_NOT_FOUND" });
  await call("api_ticket_track", 404, { path: { no: "SD-261122-1234567-8" }, receipt, reason: "TICKET_NOT_FOUND" });
  const en = await data("api_ticket_track", 200, { path, receipt, query: { lang: "en" } });
  that(/^[ -~]+$/.test(en.status.text), `status in English: ${en.status.text}`);
});
await test("a photo of the demand: shown when the worker has cleaned it, to its holders alone", async () => {
  const no = mine.ticket_no;
  const id = (await data("api_ticket_track", 200, { path: { no }, receipt })).files[0].id;
  await until(20, "the worker cleans the photo", async () => (await data("api_ticket_track", 200, { path: { no }, receipt })).files[0].state === "ready");
  const r = await call("api_ticket_content", 200, { path: { no, id }, receipt });
  that(r.buffer.length > 20, "empty");
  await call("api_ticket_content", 200, { path: { no, id }, query: { size: "thumb" }, receipt });
  await call("api_ticket_content", 404, { path: { no, id }, token: other.access_token, reason: "NOT_FOUND" });
  await call("api_ticket_content", 404, { path: { no, id: "x" }, receipt, reason: "UPLOAD_NOT_FOUND" });
});
const act = (name, wanted, options = {}) => call(`api_ticket_${name}`, wanted, { path: { no: mine.ticket_no }, receipt, from: network(), ...options });
await test("message with a photo: an event, and the same one for the same key", async () => {
  const once = key(), body = { text: "今晚又不亮了。", uploads: [await loose()] };
  const a = await act("message", 201, { body, key: once }), b = await act("message", 201, { body, key: once });
  is(JSON.stringify(a.json.data), JSON.stringify(b.json.data), "the second answer");
  await act("message", 422, { body: { text: "别的" }, key: once, reason: "IDEMPOTENCY_MISMATCH" });
  field(await act("message", 422, { body: {} }), "text", "REQUIRED");
  for (const [name, body] of [["message", { text: "看看" }], ["withdraw", {}], ["object", { reason: "没有修好，又坏了。" }], ["rating", { contacted: true, solved: true, satisfaction: "satisfied" }]])
    await act(name, 400, { body, key: "x".repeat(256), reason: "IDEMPOTENCY_KEY_INVALID" });
  is((await data("api_ticket_track", 200, { path: { no: mine.ticket_no }, receipt })).files.length, 2, "files");
});
await test("urge: once, then too soon; other tickets and keys refused", async () => {
  const once = key();
  await act("urge", 201, { key: once });
  await act("urge", 201, { key: once });
  await act("message", 201, { body: { text: "看看" }, key: (mine.key = key()) });
  await act("urge", 429, { reason: "URGE_TOO_SOON" });
  await act("urge", 400, { key: "x".repeat(256), reason: "IDEMPOTENCY_KEY_INVALID" });
  await sql(`UPDATE ticket SET urge_count = 5 WHERE ticket_no = '${mine.ticket_no.replaceAll("-", "")}'`);
  await act("urge", 409, { reason: "URGE_SPENT" });
});
await test("acts on tickets that are not there, or not mine, are one 404", async () => {
  const bodies = { message: { text: "看看" }, urge: undefined, withdraw: {}, object: { reason: "没有修好，又坏了。" }, rating: { contacted: true, solved: true, satisfaction: "satisfied" } };
  for (const [name, body] of Object.entries(bodies))
    for (const who of [{ token: other.access_token }, { path: { no: "SD-261122-1234567-8" } }])
      await act(name, 404, { body, receipt: who.token ? undefined : receipt, ...who, reason: "TICKET_NOT_FOUND" });
  await call("api_ticket_follow", 404, { path: { no: mine.ticket_no }, token: other.access_token, body: {}, reason: "TICKET_NOT_FOUND" });
});
await test("objecting and rating before the reply are refused by the state; wrong words by name", async () => {
  await act("object", 409, { body: { reason: "没有修好，又坏了。" } });
  await act("rating", 409, { body: { contacted: true, solved: true, satisfaction: "satisfied" } });
  field(await act("rating", 422, { body: { contacted: true } }), "satisfaction", "REQUIRED");
  field(await act("object", 422, { body: { reason: "字".repeat(1001) } }), "reason", "TOO_LONG");
  field(await act("withdraw", 422, { body: { reason: "字".repeat(1001) } }), "reason", "TOO_LONG");
});
await test("the officers sign, contact, reply (sudactl); the timeline tells it; rate; object once", async () => {
  const unit = mine.holder.code;
  await ctl("ticket", "sign", mine.ticket_no, "--unit", unit);
  await ctl("ticket", "contact", mine.ticket_no, "--unit", unit);
  await ctl("ticket", "reply", mine.ticket_no, "路灯已经修好，请您查看。", "--unit", unit, "--outcome", "solved");
  const path = { no: mine.ticket_no };
  let t = await data("api_ticket_track", 200, { path, receipt });
  that(t.timeline.some((e) => e.event === "replied" && e.words.includes("路灯已经修好")), "the reply is not in the timeline");
  that(t.actions.includes("rate"), `actions: ${t.actions}`);
  const body = { contacted: true, solved: false, satisfaction: "dissatisfied", words: "当晚又坏了" }, once = key();
  const first = await act("rating", 201, { body, key: once });
  is(JSON.stringify((await act("rating", 201, { body, key: once })).json.data), JSON.stringify(first.json.data), "same key");
  await act("rating", 422, { body: { ...body, solved: true }, key: once, reason: "IDEMPOTENCY_MISMATCH" });
  await act("rating", 409, { body, reason: "RATING_DONE" });
  t = await data("api_ticket_track", 200, { path, receipt });
  is(t.rating.satisfaction.code, "dissatisfied");
  await act("object", 201, { body: { reason: "当晚又坏了。" }, key: (mine.object_key = key()) });
  await act("object", 422, { body: { reason: "另一个理由，不一样。" }, key: mine.object_key, reason: "IDEMPOTENCY_MISMATCH" });
  t = await data("api_ticket_track", 200, { path, receipt });
  that(t.timeline.some((e) => e.event === "objected"), "no objection");
  await ctl("ticket", "sign", mine.ticket_no, "--unit", t.holder.code).catch(() => {});
});
await test("withdraw: an end; nothing more can be done then", async () => {
  const from = network(), t = (await call("api_ticket_file", 201, { body: FILING, key: key(), from })).json.data, once = key();
  const on = (name, wanted, options) => act(name, wanted, { path: { no: t.ticket_no }, receipt: t.ticket_token, from, ...options });
  is((await on("withdraw", 201, { body: { reason: "已经修好了" }, key: once })).json.data.status.code, "withdrawn");
  await on("withdraw", 422, { body: { reason: "别的" }, key: once, reason: "IDEMPOTENCY_MISMATCH" });
  for (const [name, body] of [["withdraw", {}], ["urge", undefined], ["object", { reason: "没有修好，又坏了。" }], ["message", { text: "看看" }], ["rating", { contacted: true, solved: true, satisfaction: "satisfied" }]]) {
    const r = await on(name, 409, { body });
    that(["STATE_FORBIDS", "WITHDRAW_NOT_POSSIBLE", "RATING_CLOSED", "RATING_NOT_OPEN"].includes(r.json.reason), `${name}: ${r.json.reason}`);
  }
});
// ---- lists -----------------------------------------------------------------------------------------------------------
await test("my demands: pages by cursor without gap or repeat, filter, a foreign cursor refused", async () => {
  for (let i = 0; i < 22; i++) await call("api_ticket_file", 201, { body: { ...FILING, text: `第 ${i} 件：路灯不亮。` }, key: key(), token: me.access_token, from: network() });
  const seen_numbers = [];
  let cursor;
  do {
    const page = await data("api_ticket_list", 200, { token: me.access_token, query: cursor ? { cursor } : undefined });
    seen_numbers.push(...page.items.map((t) => t.ticket_no));
    is(page.has_more, page.next_cursor !== null, "has_more");
    cursor = page.next_cursor;
    if (cursor) {
      await call("api_ticket_list", 400, { token: other.access_token, query: { cursor }, reason: "CURSOR_INVALID" });
      await call("api_ticket_list", 400, { token: me.access_token, query: { cursor, status: "open" }, reason: "CURSOR_INVALID" });
    }
  } while (cursor);
  is(seen_numbers.length, 23, "demands"); is(new Set(seen_numbers).size, 23, "different ones");
  const open = await data("api_ticket_list", 200, { token: me.access_token, query: { status: "open" } }), closed = await data("api_ticket_list", 200, { token: me.access_token, query: { status: "done" } });
  that(open.items.length > 0 && closed.items.every((t) => !open.items.some((o) => o.ticket_no === t.ticket_no)), "filter");
  is((await data("api_ticket_list", 200, { token: other.access_token })).items.length, 0, "another's");
  const once = key(), [a, b] = seen_numbers;
  await call("api_ticket_urge", 201, { path: { no: a }, token: me.access_token, key: once, from: network() });
  await call("api_ticket_urge", 422, { path: { no: b }, token: me.access_token, key: once, from: network(), reason: "IDEMPOTENCY_MISMATCH" });
  field(await call("api_ticket_list", 422, { token: me.access_token, query: { status: "odd" } }), "status", "NOT_A_CHOICE");
});
await test("published demands: the redacted copy alone, in the list by area and one by one", async () => {
  is((await data("api_public_list", 200)).items.length, 0, "none yet");
  await call("api_ticket_follow", 404, { path: { no: mine.ticket_no }, token: me.access_token, body: {}, reason: "TICKET_NOT_FOUND" });
  await ctl("ticket", "publish", mine.ticket_no, "路灯不亮，已经修好。", "--title", "路灯", "--reply", "已经修好。");
  const items = await until(10, "the list shows it", async () => { const l = (await data("api_public_list", 200, { query: { area: area.slice(0, 6) } })).items; return l.length && l; });
  that(!JSON.stringify(items).includes(mine.ticket_no), "the number of the receipt is public");
  const one = await not_changed("api_public_one", { path: { id: items[0].public_id } });
  is(one.text, "路灯不亮，已经修好。"); is(one.reply, "已经修好。");
  for (const id of ["0000000000000000", mine.ticket_no, "x"]) await call("api_public_one", 404, { path: { id }, reason: "TICKET_NOT_FOUND" });
  field(await call("api_public_list", 422, { query: { area: "no such area!" } }), "area");
  await call("api_public_list", 400, { query: { cursor: "abc" }, reason: "CURSOR_INVALID" });
  mine.public_id = items[0].public_id;
});
await test("follow a published demand: by its public id, or my own by its number, on and off", async () => {
  for (const who of [{ path: { no: mine.public_id }, token: other.access_token }, { path: { no: mine.ticket_no }, token: me.access_token }]) {
    const on = await data("api_ticket_follow", 200, { ...who, body: { follow: true } });
    is(on.public_id, mine.public_id); is(on.following, true);
    is((await data("api_ticket_follow", 200, { ...who, body: {}, key: key() })).joined, on.joined, "following twice counts once");
    is((await data("api_ticket_follow", 200, { ...who, body: { follow: false } })).joined, on.joined - 1, "joined");
  }
  const path = { no: mine.public_id };
  field(await call("api_ticket_follow", 422, { path, token: me.access_token, body: { follow: "perhaps" } }), "follow", "WRONG_TYPE");
  await call("api_ticket_follow", 400, { path, token: me.access_token, body: {}, key: "x".repeat(256), reason: "IDEMPOTENCY_KEY_INVALID" });
});

// ---- bad requests, for every operation with a body -------------------------------------------------------------------
await test("every operation with a body: broken JSON, another type, too much of it", async () => {
  let calls = 0;
  for (const [id, op] of operations) {
    if (!op.requestBody?.content["application/json"]) continue;
    if (op.security.some((s) => s.Service) && calls++ % 10 === 0) await all_roles({ fresh: true }); // each has a budget of its own
    const of_path = { no: mine.ticket_no, id: article };
    const who = op.security.some((s) => s.Bearer) ? { token: me.access_token } : op.security.some((s) => s.Service) ? { token: (await all_roles()).token } : {};
    const options = (body, type = "application/json") => ({ path: of_path, body, headers: { "Content-Type": type }, from: network(), key: op.parameters?.some((p) => p.$ref?.includes("Idempotency")) ? key() : undefined, ...who });
    for (const text of ["{", "[]", '{"a":1,"a":2}', "", '{"a":NaN}', "\ufeff{}"]) await call(id, 400, { ...options(text), reason: "BAD_JSON" });
    await call(id, 415, options("a=1", "application/x-www-form-urlencoded"));
    await call(id, 413, options(JSON.stringify({ text: "字".repeat(30000) })));
  }
});
await test("an address with a broken escape or a NUL is a bad request, in the envelope, for every operation", async () => {
  for (const [id, op] of operations) {
    const path = `${BASE}${op.path.replace(/\{\w+\}/g, "1")}`;
    for (const bad of ["?x=%00%zz&q=%zz&parent=%zz&status=%zz&area=%zz"]) {
      if (op.method !== "GET" || !/query/.test(JSON.stringify(op.parameters ?? ""))) continue;
      const r = await send(op.method, path + bad, { token: op.security.length ? me.access_token : undefined });
      if (r.status === 400) judge(id, r);
    }
  }
  const r = judge("api_kb_search", await send("GET", `${BASE}/kb/search?q=%zz`));
  is(r.status, 400); is(r.json.reason, "BAD_REQUEST");
  const long = judge("api_kb_search", await send("GET", `${BASE}/kb/search?q=${"a".repeat(5000)}`));
  is(long.status, 414);
  const many = judge("api_kb_search", await send("GET", `${BASE}/kb/search?${"a=1&".repeat(300)}q=x`));
  is(many.json.reason, "TOO_MANY_FIELDS");
});
await test("every budget answers 429 with Retry-After in the envelope", async () => {
  const buckets = new Map(table.filter((r) => r.pattern.startsWith("/api/v1/")).map((r) => [r.bucket, r.name]));
  for (const [bucket, id] of buckets) {
    const op = operations.get(id), from = network(), start = Date.now(), back = () => (Date.now() - start) / 50; // at most 1,200 a minute come back
    let limited;
    for (let i = 0; i < Math.min(600 + back(), 4000) && !limited; i += 20) {
      const some = await Promise.all(Array.from({ length: 20 }, (_, n) => send(op.method, BASE + op.path.replace(/\{\w+\}/g, "1") + `?n=${i + n}`, { from, ...(op.requestBody && { body: {} }) })));
      const held = some.find((r) => r.status === 429);
      if (held) limited = judge(id, held);
    }
    that(limited, `${bucket}: no 429`);
  }
});

// ---- the end of tokens -----------------------------------------------------------------------------------------------
await test("refresh: rotated; twice at once a sibling; later theft, which ends the family", async () => {
  const who = { phone: phone(), from: network() };
  await sign_in(who);
  const refresh = (token, wanted, reason) => call("api_auth_refresh", wanted, { body: { refresh_token: token }, from: who.from, reason });
  const second = (await refresh(who.refresh_token, 200)).json.data;
  that(second.refresh_token !== who.refresh_token && !second.is_new, "not rotated");
  const sibling = (await refresh(who.refresh_token, 200)).json.data;
  await refresh(second.refresh_token, 200);
  await sleep(2100);
  await refresh(who.refresh_token, 401, "REFRESH_REUSED");
  await refresh(sibling.refresh_token, 401);
  await refresh("nothing", 401, "REFRESH_INVALID");
  field(await call("api_auth_refresh", 422, { body: {}, from: who.from }), "refresh_token", "REQUIRED");
});
await test("sign-out everywhere ends access and refresh tokens at once", async () => {
  const who = { phone: phone(), from: network() };
  await sign_in(who);
  field(await call("api_auth_logout", 422, { token: who.access_token, body: { refresh_token: 1 }, from: who.from }), "refresh_token", "WRONG_TYPE");
  await call("api_auth_logout", 200, { token: who.access_token, body: {}, from: who.from });
  await call("api_me", 401, { token: who.access_token, reason: "LOGIN_REQUIRED" });
  await call("api_ticket_list", 401, { token: who.access_token });
  await call("api_upload", 401, { ...upload_options(), token: who.access_token, from: who.from, reason: "LOGIN_REQUIRED" });
  await call("api_auth_refresh", 401, { body: { refresh_token: who.refresh_token }, from: who.from, reason: "REFRESH_INVALID" });
});
await test("sign-out of one device ends its tokens at once, everywhere with 401, and leaves the others", async () => {
  const who = { phone: phone(), from: network() }, elsewhere = { phone: who.phone, from: network() };
  await sign_in(who);
  await sql("UPDATE sms_code SET created_at = created_at - 61000000");
  await sign_in(elsewhere);
  const { ticket_no: no } = await data("api_ticket_file", 201, { body: FILING, token: who.access_token, key: key(), from: who.from });
  await call("api_auth_logout", 200, { token: who.access_token, body: { refresh_token: who.refresh_token }, from: who.from });
  await call("api_auth_refresh", 401, { body: { refresh_token: who.refresh_token }, from: who.from });
  const token = who.access_token, reason = "LOGIN_REQUIRED", body = { text: "补充一点" };
  await call("api_me", 401, { token, reason });
  await call("api_ticket_track", 401, { path: { no }, token, reason });
  await call("api_ticket_message", 401, { path: { no }, token, body, key: key(), reason });
  await call("api_ticket_urge", 401, { path: { no }, token, key: key(), reason });
  await call("api_ticket_file", 401, { body: FILING, token, key: key(), from: who.from, reason });
  await call("api_upload", 401, { ...upload_options(), token, from: who.from, reason });
  await call("api_me", 200, { token: elsewhere.access_token });
  await call("api_ticket_track", 200, { path: { no }, token: elsewhere.access_token });
  await call("api_ticket_track", 404, { path: { no: "SD-261122-1234567-8" }, token: elsewhere.access_token, reason: "TICKET_NOT_FOUND" });
});
await test("my data: export in full, deletion ends the account and its tokens", async () => {
  const x = await data("api_me_export", 200, { token: me.access_token });
  is(x.phone, me.phone, "the phone in full"); is(x.tickets.length, 23, "tickets");
  is((await data("api_me_delete", 200, { token: me.access_token })).running_tickets > 0, true, "running demands");
  await call("api_me", 401, { token: me.access_token });
  await call("api_me_export", 401, { token: me.access_token });
  await call("api_ticket_track", 401, { path: { no: mine.ticket_no }, token: me.access_token, reason: "LOGIN_REQUIRED" });
  const t = await data("api_ticket_track", 200, { path: { no: mine.ticket_no }, receipt });
  that(!JSON.stringify(t).includes(me.phone), "the phone is still there");
});

// ---- services --------------------------------------------------------------------------------------------------------
await test("a service's key becomes a token, and the token says what it may do", async () => {
  const from = network(), unit = demo(VAR)["demo.officer"].unit, made = await serviceKey("officer", unit), id = await sql("SELECT MAX(id) FROM service_account");
  const { token } = await data("api_staff_token", 200, { body: { key: made }, from });
  const who = await data("api_staff_me", 200, { token, from });
  is(who.unit, unit); is(who.grants.length, 1); that(who.permits.includes("work") && !who.permits.includes("dispatch"), `${who.permits}`);
  await call("api_staff_token", 401, { body: { key: "sk_nothing" }, from, reason: "TOKEN_INVALID" });
  field(await call("api_staff_token", 422, { body: {}, from }), "key", "REQUIRED");
  await call("api_staff_me", 401, { from, reason: "LOGIN_REQUIRED" });
  await call("api_staff_me", 401, { token: "a.b.c", from, reason: "TOKEN_INVALID" });
  await call("api_staff_me", 401, { token: forged({ iat: now() - 2000, exp: now() - 1000, nbf: now() - 2000 }, token), from, reason: "TOKEN_EXPIRED" });
  await call("api_staff_me", 200, { token: forged({}, token), from });
  await sql(`DELETE FROM staff_role WHERE staff_id = ${id}`);
  await call("api_staff_me", 403, { token, from, reason: "DENIED" });
});

// ---- controls and what is left ---------------------------------------------------------------------------------------
await test("a reply with a missing, an odd or a new field would be refused", async () => {
  const good = await send("GET", `${BASE}/config`);
  judge("api_config", good);
  const spoiled = (change) => { const r = { ...good, json: structuredClone(good.json) }; change(r); r.text = JSON.stringify(r.json); return r; };
  const refused = (what, change) => { let ok = false; try { judge("api_config", spoiled(change)); } catch { ok = true; } that(ok, `${what} was accepted`); };
  refused("a missing request_id", (r) => delete r.json.request_id);
  refused("a missing field inside", (r) => delete r.json.data.limits.photos);
  refused("a number for a text", (r) => { r.json.data.city = 1; });
  refused("a new field", (r) => { r.json.data.secret = "x"; });
  refused("a missing ETag", (r) => { r.headers = { ...r.headers, etag: undefined }; });
  refused("an undescribed status", (r) => { r.status = 299; });
  refused("another content type", (r) => { r.headers = { ...r.headers, "content-type": "text/html" }; });
});
// ---- the back office -------------------------------------------------------------------------------------------------
await import("./staff_life.mjs");
await import("./staff_board.mjs");

// What cannot be brought about from outside, or is shown elsewhere; everything else in the document was seen above.
const elsewhere = [
  [/ 500 /, "a mistake of ours"], [/ 503 /, "shown by the suite http with stopped programs"], [/ CLIENT_GONE$/, "nobody is left to read it"],
  [/ VERSION$/, "a race that the server repeats by itself"], [/ TIMELINE_FULL$/, "needs 500 events; shown in the domain tests"],
  [/ (OBJECTION_LATE|OBJECTION_SPENT|RATING_CLOSED|RATING_NOT_OPEN|WITHDRAW_NOT_POSSIBLE)$/, "by time and state; shown in the domain tests"],
  [/ 414 /, "one for all, shown above"], [/ 400 BAD_REQUEST$/, "one for all, shown above"], [/ 400 TOO_MANY_FIELDS$/, "one for all, shown above"],
  [/ 429 LIMITED$/, "one a budget, shown above"], [/ 429 LOOKUP_LIMITED$/, "shown above"],
];
await test("every status and reason of the document was seen, or stands in the list with its cause", () => {
  const unseen = promised().filter((p) => !seen.has(p) && !elsewhere.some(([pattern]) => pattern.test(p)));
  is(unseen.join("; "), "", `${unseen.length} not seen`);
  that(elsewhere.every(([pattern]) => promised().some((p) => pattern.test(p))), "an entry of the list excuses nothing");
});
finish();
