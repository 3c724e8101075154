// outage.mjs - programs and database stopped: what nginx and the programs answer then, and that they come back.
import { test, is, that, send, get, network, key, FILING, VAR, until, SLOW } from "./lib.mjs";
import { execFileSync } from "node:child_process";

const sv = (act, service) => execFileSync("sv", [act, `./service/${service}`], { cwd: VAR, stdio: "ignore" });
const envelope = (r) => {
  is(r.status, 503, "status"); is(r.json?.reason, "UNAVAILABLE", r.text.slice(0, 100)); is(r.json.code, 50300); is(r.json.data, null);
  that(/^[0-9a-f]{32}$/.test(r.json.request_id), "request_id"); that(Number(r.headers["retry-after"]) > 0, "Retry-After"); is(r.headers["cache-control"], "no-store");
};
const home = () => get("/").then((r) => r.status);
await test("with the programs stopped nginx answers 503: the envelope, or a page that says what to do", async () => {
  for (const s of ["citizen-fast", "citizen-slow"]) sv("down", s);
  await until(20, "the program is gone", async () => (await home()) === 503);
  envelope(await get("/api/v1/me"));
  const en = await send("POST", "/api/v1/tickets", { body: FILING, key: key(), headers: { "Accept-Language": "en" } });
  envelope(en); that(/busy/.test(en.json.message), en.json.message);
  envelope(await send("POST", "/api/v1/auth/sms", { body: { phone: "13800138000" } }));
  const page = await get("/new");
  is(page.status, 503); that(/^text\/html/.test(page.headers["content-type"]) && /12345/.test(page.text), "no page"); that(page.headers["retry-after"], "Retry-After");
  that(/default-src 'none'/.test(page.headers["content-security-policy"]), "policy");
  is((await get("/kb/")).status, 200, "the reading program goes on");
});
await test("they come back, and a demand is filed", async () => {
  for (const s of ["citizen-fast", "citizen-slow"]) sv("up", s);
  await until(20, "the program is back", async () => (await home()) === 200);
  is((await send("POST", "/api/v1/tickets", { body: FILING, key: key(), from: network() })).status, 201);
});
await test("with the database stopped the programs answer 503 themselves, and recover by themselves", async () => {
  sv("down", "mariadb");
  await until(20, "no database", async () => (await get("/readyz")).status !== 200);
  envelope(await send("POST", "/api/v1/tickets", { body: FILING, key: key(), from: network() }));
  envelope(await get("/api/v1/kb/articles/2"));
  const page = await get("/track");
  that([200, 503].includes(page.status), `the page of following: ${page.status}`);
  is((await get("/livez")).status, 200, "alive all the same");
  sv("up", "mariadb");
  await until(40, "the database is back", async () => (await get("/readyz")).status === 200);
  const once = key();
  await until(20, "filing", async () => (await send("POST", "/api/v1/tickets", { body: FILING, key: once, from: network() })).status === 201);
});
