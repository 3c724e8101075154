// lib.mjs - what the suites http and contract share: requests through nginx, tests by name, codes from the SMS folder,
// a browser without JavaScript. Everything is Node's own; nothing here knows a route.
//
// Networks: the programs keep their budgets by /24, nginx by address. Each test that sends much takes a network of its
// own from 127.0.0.0/8 with network(), so that tests do not spend each other's budget.
import http from "node:http";
import net from "node:net";
import { execFile } from "node:child_process";
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { randomUUID, randomInt } from "node:crypto";
import { demo, freshCode, loginOf } from "../staff.mjs";

export const PORT = Number(process.env.PORT);
export const VAR = process.env.VAR;
export const BIN = process.env.BIN;
export const SUITE = process.env.SUITE;
export const RUN = existsSync(`${VAR}/run.path`) ? readFileSync(`${VAR}/run.path`, "utf8").trim() : `${VAR}/run`; // of the sockets
export const SLOW = process.env.SAN ? 4 : 1; // how much longer things take
export const PATIENCE = Number(process.env.PATIENCE ?? 4) || 4; // how much longer than on a quiet machine to wait for something

// ---- tests -----------------------------------------------------------------------------------------------------------
export const names = [];
let failed = 0;
export async function test(name, body) {
  names.push(name);
  try {
    await body();
    console.log(`ok ${SUITE} ${name}`);
  } catch (e) {
    failed++;
    console.log(`not ok ${SUITE} ${name}: ${String(e.message).replace(/\s+/g, " ").slice(0, 400)}`);
    const at = String(e.stack).split("\n").filter((l) => /mjs:/.test(l))[0];
    if (at) console.log(`#   ${at.trim()}`);
  }
}
export function finish() {
  process.exit(failed ? 1 : 0);
}
export function is(got, wanted, what = "value") {
  if (got !== wanted) throw new Error(`${what}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
}
export function that(condition, what) {
  if (!condition) throw new Error(what);
}
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export async function until(seconds, what, probe) {
  const end = Date.now() + seconds * 1000 * PATIENCE;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await sleep(50);
  }
}

// ---- requests --------------------------------------------------------------------------------------------------------
let nets = 0;
export function network() {
  nets++;
  return `127.${10 + Math.floor(nets / 250)}.${(nets % 250) + 1}.1`;
}
const home = network();
const agent = new http.Agent({ keepAlive: false });

// body: object = JSON, string or Buffer as it is. Answers with status, headers (lower case), buffer, text, json.
export function send(method, path, { body, headers = {}, from = home, token, receipt, key, timeout = 20000 } = {}) {
  const out = { Host: `127.0.0.1:${PORT}`, ...headers };
  let bytes = body;
  if (body !== undefined && typeof body !== "string" && !Buffer.isBuffer(body)) {
    bytes = JSON.stringify(body);
    out["Content-Type"] ??= "application/json";
  }
  if (bytes !== undefined) out["Content-Length"] ??= Buffer.byteLength(bytes);
  if (token) out.Authorization = `Bearer ${token}`;
  if (receipt) out.Authorization = `Receipt ${receipt}`;
  if (key) out["Idempotency-Key"] = key;
  return new Promise((done, fail) => {
    const rq = http.request(
      { host: "127.0.0.1", port: PORT, localAddress: from, method, path, headers: out, agent, timeout: timeout * PATIENCE },
      (rs) => {
        const parts = [];
        rs.on("data", (p) => parts.push(p));
        rs.on("error", fail);
        rs.on("end", () => {
          const buffer = Buffer.concat(parts);
          const text = buffer.toString("utf8");
          let json;
          try { json = JSON.parse(text); } catch { json = undefined; }
          done({ status: rs.statusCode, headers: rs.headers, buffer, text, json, raw: rs.rawHeaders });
        });
      });
    rq.on("timeout", () => rq.destroy(new Error(`${method} ${path}: no answer in time`)));
    rq.on("error", fail);
    rq.end(bytes);
  });
}
export const get = (path, options) => send("GET", path, options);

// Bytes on a socket of their own, for what an HTTP library would refuse to send. Resolves with what came until the end.
export function raw(bytes, { from = home, wait = 3000 } = {}) {
  return new Promise((done) => {
    const s = net.connect({ host: "127.0.0.1", port: PORT, localAddress: from });
    let got = "";
    s.on("data", (d) => (got += d.toString("latin1")));
    s.on("error", () => done(got));
    s.on("close", () => done(got));
    s.setTimeout(wait * SLOW, () => s.destroy());
    s.write(bytes);
  });
}

export const key = () => `test-${randomUUID()}`;
export const phone = () => `13${randomInt(0, 10)}${String(randomInt(0, 1e8)).padStart(8, "0")}`;

// One file as multipart/form-data, with other fields in front.
export function multipart(files, fields = {}) {
  const mark = `----suda${randomUUID()}`;
  const parts = [];
  for (const [name, value] of Object.entries(fields).flatMap(([k, v]) => [v].flat().map((one) => [k, one])))
    parts.push(Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  for (const f of files) {
    parts.push(Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="${f.field ?? "file"}"; filename="${f.name ?? "a.png"}"\r\nContent-Type: ${f.type ?? "image/png"}\r\n\r\n`));
    parts.push(f.bytes, Buffer.from("\r\n"));
  }
  parts.push(Buffer.from(`--${mark}--\r\n`));
  return { body: Buffer.concat(parts), headers: { "Content-Type": `multipart/form-data; boundary=${mark}` } };
}
// A whole PNG of 2 x 2 pixels.
export const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==", "base64");

// ---- the machine behind ----------------------------------------------------------------------------------------------
export function program(name, words) {
  return new Promise((done) => {
    execFile(`${BIN}/${name}`, words, { timeout: 60000 }, (error, stdout, stderr) => done({ rc: error ? error.code ?? 1 : 0, stdout, stderr }));
  });
}
export async function ctl(...words) {
  const r = await program("sudactl", ["--config", `${VAR}/suda.conf`, ...words]);
  if (r.rc !== 0) throw new Error(`sudactl ${words[0]} ${words[1] ?? ""}: ${r.stderr.trim()}`);
  return r.stdout;
}
// The worker of the instance writes the same rows: what met it is run again, as every act of ours is. All of the text is, so that
// what changes rows stands alone in it, or can be done twice.
export async function sql(text) {
  for (let tries = 1; ; tries++) {
    const { error, stdout, stderr } = await new Promise((done) => {
      execFile("mariadb", ["--no-defaults", "--protocol=socket", `--socket=${RUN}/mariadb.sock`, "--batch", "--skip-column-names", "suda", "-e", text],
        (error, stdout, stderr) => done({ error, stdout, stderr }));
    });
    if (!error) return stdout.trim();
    if (tries === 20 || !/ERROR (1020|1205|1213)/.test(stderr)) throw new Error(`${/ERROR \d+.*/.exec(stderr)?.[0] ?? (stderr || error.message)}: ${text}`);
    await sleep(100);
  }
}
// How many demands have a card that holds, and how many of those it tells something else than the rows (sql/schema/0024_card.sql).
export async function cards() {
  const [held, wrong] = (await sql(`SELECT COUNT(*), COALESCE(GROUP_CONCAT(IF(x.card = c.card, NULL, CONCAT(x.card, ' IS ', c.card)) SEPARATOR '; '), '')
    FROM ticket_text x JOIN ticket_card c ON c.id = x.ticket_id WHERE SUBSTRING_INDEX(x.card, ' ', 1) = x.timeline_seq`)).split("\t");
  return { held: Number(held), wrong: wrong ?? "" };
}
// The routes of both programs, as they print them.
export async function routes() {
  const rows = [];
  for (const p of ["citizen", "staff", "open"]) {
    const lines = (await program(p, ["--routes"])).stdout.trim().split("\n").map((l) => l.split("\t"));
    for (const l of lines.slice(1)) rows.push(Object.fromEntries(lines[0].map((name, i) => [name, l[i]])));
  }
  return rows;
}
// Codes that the worker's file driver wrote for this phone, oldest first.
export function codes(to) {
  const found = [];
  for (const f of readdirSync(`${VAR}/sms`).filter((f) => f.endsWith(".txt")).sort()) {
    const text = readFileSync(`${VAR}/sms/${f}`, "utf8");
    const code = /(?<!\d)\d{6}(?!\d)/.exec(text.split("text=")[1] ?? "");
    if (text.includes(`to=${to}\n`) && /topic=sms_code/.test(text) && code) found.push(code[0]);
  }
  return found;
}
export const newest_code = (to, before = 0) => until(15, "the SMS with the code", () => codes(to).length > before && codes(to).at(-1));
export async function sign_in(number = phone(), from = network()) {
  const asked = await send("POST", "/api/v1/auth/sms", { body: { phone: number }, from });
  is(asked.status, 202, "asking for a code");
  const r = await send("POST", "/api/v1/auth/sms/verify", { body: { phone: number, code: await newest_code(number) }, from });
  is(r.status, 200, "signing in");
  return { phone: number, from, ...r.json.data };
}
export const FILING = { kind: "complaint", text: "小区北门的路灯连续三天不亮，晚上看不清台阶。", area_code: "110105", address: "某某路 1 号" };
export async function file(extra = {}, options = {}) {
  const r = await send("POST", "/api/v1/tickets", { body: { ...FILING, ...extra }, key: key(), from: network(), ...options });
  is(r.status, 201, `filing (${r.text.slice(0, 200)})`);
  return r.json.data;
}
// What the programs logged of each request: [{ route, status, reason }].
export function logged() {
  const rows = [];
  for (const s of ["citizen-fast", "citizen-slow", "staff-fast", "staff-slow", "open"])
    for (const line of readFileSync(`${VAR}/log/${s}/current`, "utf8").split("\n"))
      if (line.includes('"event":"request"')) rows.push(JSON.parse(line.slice(line.indexOf("{"))));
  return rows;
}

// ---- a browser without JavaScript ------------------------------------------------------------------------------------
export class Browser {
  constructor(options = {}) {
    this.from = options.from ?? network();
    this.headers = options.headers ?? {};
    this.cookies = new Map();
    this.path = "/";
  }
  async ask(method, path, { body, headers = {} } = {}) {
    const cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
    const r = await send(method, path, { body, from: this.from, headers: { ...this.headers, ...(cookie && { Cookie: cookie }), ...headers } });
    for (const c of r.headers["set-cookie"] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(c);
      if (/max-age=0\b/i.test(c) || value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    r.path = path;
    return r;
  }
  async follow(r) {
    for (let i = 0; i < 6 && [301, 302, 303, 307, 308].includes(r.status); i++) r = await this.ask("GET", new URL(r.headers.location, "http://x" + r.path).href.replace(/^http:\/\/x/, "").replace(`http://127.0.0.1:${PORT}`, ""));
    this.page = r;
    this.path = r.path;
    return r;
  }
  async open(path) {
    return this.follow(await this.ask("GET", path));
  }
  // The token of the page that is open, or of the one named.
  async token(path) {
    const page = path ? await this.open(path) : this.page;
    const found = /name="csrf"\s+value="([^"]+)"/.exec(page.text);
    that(found, `no form token on ${page.path} (${page.status})`);
    return found[1];
  }
  async post(path, fields = {}, { headers = {}, page, follow = true, csrf } = {}) {
    const token = csrf ?? (await this.token(page ?? path));
    const form = new URLSearchParams();
    if (token) form.append("csrf", token);
    for (const [k, v] of Object.entries(fields)) for (const one of [v].flat()) form.append(k, one);
    const r = await this.ask("POST", path, { body: form.toString(), headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: `http://127.0.0.1:${PORT}`, ...headers } });
    return follow ? this.follow(r) : r;
  }
}

// A form of a page, sent twice by a double click: both lead to the same place. What it was sent with, and where that is.
export async function sendTwice(b, page, path, fields) {
  const csrf = await b.token(page), once = /name="once" value="([^"]+)"/.exec(b.page.text)?.[1];
  that(once, `no key in the form of ${page}`);
  const [one, two] = await Promise.all([1, 2].map(() => b.post(path, { ...fields, once }, { csrf, follow: false })));
  is(`${one.status},${two.status}`, "303,303", `a double click on ${page}`);
  is(one.headers.location, two.headers.location, `a double click on ${page}`);
  await b.follow(one);
  return { csrf, once };
}

// ---- the back office ---------------------------------------------------------------------------------------------------
// A browser that is signed in as demo.<role>, or as any login of the demo staff. One session a login is shared by all tests
// of the suite; { fresh: true } signs in anew, for tests that end their session.
const signedIn = new Map();
export async function signInStaff(role, { fresh = false, from = network() } = {}) {
  const who = demo(VAR)[loginOf(role)];
  that(who, `there is no demo staff ${role}`);
  const b = new Browser({ from });
  b.who = who;
  if (!fresh && signedIn.has(who.login)) {
    b.cookies = new Map(signedIn.get(who.login));
    await b.open("/staff/");
    if (b.path === "/staff/") return b;
  }
  await b.open("/staff/sign-in");
  await b.post("/staff/sign-in", { login: who.login, password: who.password });
  // A code that another run used a moment ago is refused; the next one is not.
  for (let i = 0; who.totp && i < 4 && b.path.startsWith("/staff/sign-in/code"); i++) await b.post("/staff/sign-in/code", { code: await freshCode(who.totp) });
  is(b.path, "/staff/", `signing in as ${who.login}`);
  if (!fresh) signedIn.set(who.login, new Map(b.cookies));
  return b;
}
// A key of a service with one role for one unit ("" = whole city), made by the operator; and a token for it.
export async function serviceKey(role, unit, scope = unit) {
  const words = ["staff", "key", `Test ${role}`, "--unit", unit, "--role", role, "--scope", scope];
  return (await ctl(...words)).trim().split("\t")[1];
}
export async function serviceToken(role, unit, scope = unit, from = network()) {
  const r = await send("POST", "/api/v1/staff/token", { body: { key: await serviceKey(role, unit, scope) }, from });
  is(r.status, 200, "a key gives a token");
  return r.json.data.token;
}
