// logs.mjs - after all that this suite did: no log, of nginx or of a program, holds what people typed or who they are.
import { test, is, that, send, get, network, key, VAR, sql, sleep, until } from "./lib.mjs";
import { readdirSync, readFileSync } from "node:fs";

const texts = () => readdirSync(`${VAR}/log`, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
  .map((e) => [`${e.parentPath ?? e.path}/${e.name}`.slice(VAR.length), readFileSync(`${e.parentPath ?? e.path}/${e.name}`, "utf8")]);
// Phones, names and words of the tests; numbers and codes of demands, SMS codes, tokens.
const patterns = { "a phone": /(?<![0-9a-f.])1[3-9]\d{9}(?![0-9a-f])/, "the number of a demand": /SD-?\d{6}-?\d{7}-?\d/i, "a name": /王女士|李先生/, "words of a demand": /路灯|井盖|%E8%B7%AF%E7%81%AF/i,
  "a token": /eyJ[A-Za-z0-9_-]{10,}/, "a query string": /"path":"[^"]*\?/, "a link's secret": /"path":"\/(?:r|d)\/[A-Za-z0-9_%-]{12,}/, "a whole address": /"net":"[\d.]+\.[1-9]\d*"/ };
const found = (logs) => logs.flatMap(([name, text]) => text.split("\n").flatMap((line) => Object.entries(patterns).filter(([, p]) => p.test(line.replace(/"request_id":"[0-9a-f]+"|"id":"[0-9a-f]+"|"trace":"[0-9a-f]+"|"at":"[^"]*"/g, ""))).map(([what]) => `${what} in ${name}: ${line.slice(0, 200)}`)));
await test("no personal data, no words, no keys in any log of this suite", async () => {
  const t = await send("POST", "/api/v1/tickets/lookup", { body: { ticket_no: "SD-261122-1234567-8", query_code: "7K3Q9M2D" }, from: network() });
  is(t.status, 404);
  await get("/track/SD-261122-1234567-8?phone=13800138000");
  await get("/r/abcdefghijklmnopqrstuvwxyz012345");
  await get("/d/abcdefghijklmnopqrstuvwxyz012345");
  await get("/api/v1/kb/search?q=13800138000");
  await get("/13800138000", { headers: { "User-Agent": "13800138000", Referer: "http://x/13800138000", Cookie: "phone=13800138000" } }).catch(() => {});
  await sleep(300);
  const logs = texts();
  that(logs.some(([n, text]) => n.includes("nginx") && text.includes('"path":"/track/-"')), "the access log does not mask numbers, or is empty");
  is(found(logs).slice(0, 3).join(" | "), "");
});
await test("a phone, a number, a name or a token in a log would be found", () => {
  for (const line of ['{"path":"/x","phone":"13800138000"}', '{"detail":"SD-261122-1234567-8"}', '{"detail":"王女士"}', '{"path":"/r/abcdefghijklmnopqrstu"}', '{"path":"/a?b=c"}', "Bearer eyJhbGciOiJIUzI1NiJ9.x"])
    is(found([["/log/x", line]]).length > 0, true, line);
});
await test("a problem can be found in the logs by the number that the client was shown", async () => {
  const r = await get("/api/v1/kb/articles/999999");
  await until(5, "the number in both logs", () => texts().filter(([, text]) => text.includes(r.json.request_id)).length >= 2);
});
