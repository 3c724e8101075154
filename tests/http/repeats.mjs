// repeats.mjs - the same request twice: keys, races, uploads that break off.
import { test, is, that, send, get, ctl, network, key, file, FILING, sql, multipart, PNG, sleep, PORT, VAR, until, SLOW, sign_in } from "./lib.mjs";
import { execFileSync } from "node:child_process";
import net from "node:net";
import { readdirSync } from "node:fs";

const post = (body, options) => send("POST", "/api/v1/tickets", { body, ...options });
const without_id = (text) => text.replace(/"request_id":"[0-9a-f]{32}"/, "");
await test("same key, same body: the same bytes again, apart from the request id", async () => {
  for (const who of [{}, { token: (await sign_in()).access_token }]) {
    const once = key(), first = await post(FILING, { key: once, ...who }), again = await post(FILING, { key: once, ...who, from: network() });
    is(first.status, 201); is(again.status, 201);
    is(without_id(again.text), without_id(first.text), "the second answer");
    that(again.json.request_id !== first.json.request_id, "one request id for two requests");
    is((await post({ ...FILING, text: "同一个键，另一件事情。" }, { key: once, ...who })).json.reason, "IDEMPOTENCY_MISMATCH");
  }
});
await test("a refused request leaves its key free", async () => {
  const once = key();
  is((await post({ ...FILING, area_code: "000000" }, { key: once })).status, 422);
  is((await post(FILING, { key: once })).status, 201);
});
await test("keys of different people and routes do not meet", async () => {
  const once = key(), a = await sign_in(), b = await sign_in();
  const numbers = [];
  for (const who of [{}, { token: a.access_token }, { token: b.access_token }]) numbers.push((await post(FILING, { key: once, ...who })).json.data.ticket_no);
  is(new Set(numbers).size, 3, "demands");
  const receipts = [await file(), await file()];
  for (const t of receipts) is((await send("POST", `/api/v1/tickets/${t.ticket_no}/urge`, { receipt: t.ticket_token, key: once })).status, 201, "urging");
});
const count = async () => Number(await sql("SELECT COUNT(*) FROM ticket"));
await test("200 double sends less than 10 ms apart: one demand and one answer for each key", async () => {
  const before = await count(), rounds = 200;
  let late = 0;
  for (let done = 0; done < rounds; done += 8) {
    await Promise.all(Array.from({ length: Math.min(8, rounds - done) }, async (_, i) => {
      const once = key(), body = { ...FILING, text: `重复提交 ${done + i}：路灯不亮。` }, from = network();
      const [a, b] = await Promise.all([post(body, { key: once, from }), sleep(i).then(() => post(body, { key: once, from }))]);
      for (const r of [a, b]) that(r.status === 201 || r.json?.reason === "IDEMPOTENCY_IN_PROGRESS", `${r.status} ${r.text.slice(0, 150)}`);
      if (a.status === 201 && b.status === 201) is(without_id(b.text), without_id(a.text), "two answers");
      else late++;
    }));
  }
  is(await count() - before, rounds, "demands");
  that(late < rounds / 2, `${late} times the second was put off`);
});
await test("without a common key, two sends are two demands: the counting can fail", async () => {
  const before = await count();
  await Promise.all([post(FILING, { key: key() }), post(FILING, { key: key() })]);
  is(await count() - before, 2, "demands");
});
await test("five urges at once with one key are one event", async () => {
  const t = await file(), once = key();
  const all = await Promise.all(Array.from({ length: 5 }, () => send("POST", `/api/v1/tickets/${t.ticket_no}/urge`, { receipt: t.ticket_token, key: once })));
  is(all.map((r) => r.status).join(), "201,201,201,201,201");
  is(new Set(all.map((r) => without_id(r.text))).size, 1, "different answers");
});

// ---- uploads that break off ------------------------------------------------------------------------------------------
const files_below = (folder) => { try { return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => e.name); } catch { return []; } };
const lying = () => files_below(`${VAR}/files`).length + files_below(`${VAR}/tmp`).length;
// The worker moves files about; it rests while they are counted.
const worker = (act) => execFileSync("sv", ["-w", "15", act, "./service/worker"], { cwd: VAR, stdio: "ignore" });
worker("down");
const rows = () => sql("SELECT COUNT(*) FROM upload");
await test("a client that leaves at half of its upload leaves no file and no row", async () => {
  const m = multipart([{ bytes: Buffer.concat([PNG, Buffer.alloc(300000, 7)]) }]);
  const before = lying(), had = await rows();
  for (let i = 0; i < 5; i++)
    await new Promise((done) => {
      const s = net.connect({ host: "127.0.0.1", port: PORT, localAddress: network() });
      s.on("error", done); s.on("close", done);
      s.write(`POST /api/v1/uploads HTTP/1.1\r\nHost: 127.0.0.1:${PORT}\r\nContent-Type: ${m.headers["Content-Type"]}\r\nContent-Length: ${m.body.length}\r\n\r\n`);
      s.write(m.body.subarray(0, m.body.length / 2), () => setTimeout(() => s.destroy(), 30));
    });
  await sleep(500 * SLOW);
  is(lying(), before, "files"); is(await rows(), had, "rows");
});
await test("a whole upload leaves one file and one row: the counting can fail", async () => {
  const before = lying(), had = Number(await rows()), m = multipart([{ bytes: PNG }]);
  is((await send("POST", "/api/v1/uploads", m)).status, 201);
  is(Number(await rows()) - had, 1, "rows"); that(lying() > before, "files");
});
await test("a refused upload is read to its end, and leaves nothing", async () => {
  const before = lying(), had = await rows();
  const m = multipart([{ bytes: Buffer.alloc(3 << 20, 65), name: "a.png" }]);
  is((await send("POST", "/api/v1/uploads", m)).status, 422, "no picture");
  is((await send("POST", "/api/v1/uploads", { ...m, token: "a.b.c" })).status, 401, "no token");
  is((await send("POST", "/api/v1/uploads", { body: m.body, headers: { "Content-Type": "image/png" } })).status, 415, "no form");
  await until(5, "no file is left", () => lying() === before);
  is(await rows(), had, "rows");
});
worker("up");

// ---- figures: by now there is something to show ----------------------------------------------------------------------
await test("figures: page, CSV, JSON, SVG and embed of each", async () => {
  await ctl("demo", "--days", "10", "--tickets", "400");
  const figures = ["days", "districts", "categories", "channels", "on-time"];
  const kinds = [["", "text/html"], [".csv", "text/csv"], [".json", "application/json"], [".svg", "image/svg+xml"], ["/embed", "text/html"]];
  for (const [end, type] of kinds) {
    for (const f of figures) {
      const r = await get(`/stats/${f}${end}`);
      is(r.status, 200, f + end); that(r.headers["content-type"].startsWith(type), `${f}${end}: ${r.headers["content-type"]}`);
    }
    is((await get(`/stats/nothing${end}`)).status, 404, `nothing${end}`);
  }
  that(/frame-ancestors \*/.test((await get(`/stats/${figures[0]}/embed`)).headers["content-security-policy"]), "the embed cannot be embedded");
});

