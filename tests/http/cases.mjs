// cases.mjs - every route has a test of its effect and one of a refusal, named in cases.txt.
//
// The table says where. That it says the truth is checked twice: the test must exist by that name, in whichever suite, and for the tests of
// this suite the programs' own logs must show the route with an effect and, for forms, with a refusal.
import { readFileSync, readdirSync } from "node:fs";
import { routes, logged, is, that } from "./lib.mjs";

function read() {
  const rows = new Map();
  for (const line of readFileSync("tests/http/cases.txt", "utf8").split("\n")) {
    if (!line || line.startsWith("#")) continue;
    const [route, effect, refusal] = line.split("\t");
    rows.set(route, { effect, refusal });
  }
  return rows;
}
// The names of another suite's tests: those given to test(), and the keys of the journeys of tests/e2e/walk.
function names_of(suite) {
  const folder = suite === "e2e" ? "tests/e2e/walk" : `tests/${suite}`;
  const text = readdirSync(folder).filter((f) => f.endsWith(".mjs")).map((f) => readFileSync(`${folder}/${f}`, "utf8")).join("\n");
  if (suite !== "e2e") return [...text.matchAll(/\btest\("([^"]+)"/g)].map((m) => m[1]);
  return [...text.matchAll(/export const journeys = \{([^]*?)\};/g)].flatMap((m) => [...m[1].matchAll(/(?:^|[{,])\s*'([^']+)'\s*:/gm)].map((k) => k[1]));
}
// What is wrong with the table, against these routes and these names.
function wrong(table, rows, http_names) {
  const out = [], known = new Map([["http", http_names], ...["contract", "e2e"].map((s) => [s, names_of(s)])]);
  for (const r of table) {
    const c = rows.get(r.name);
    if (!c) { out.push(`${r.name} is not in tests/http/cases.txt`); continue; }
    for (const [what, where] of [["effect", c.effect], ["refusal", c.refusal]]) {
      const [, suite, name] = /^(http|contract|e2e): (.+)$/.exec(where ?? "") ?? [];
      if (!suite) out.push(`${r.name}: ${what} names no test`);
      else if (!known.get(suite).includes(name)) out.push(`${r.name}: there is no test "${name}" in ${suite}`);
    }
  }
  for (const name of rows.keys()) if (!table.some((r) => r.name === name)) out.push(`${name} is no route`);
  return out;
}
export async function cases(test, names) {
  const table = (await routes()).filter((r) => r.guard !== "private"), rows = read();
  await test("every route has a test of an effect and one of a refusal", () => is(wrong(table, rows, names).slice(0, 6).join("; "), ""));
  await test("a route without a test, and a test that is not there, would be found", () => {
    is(wrong([...table, { name: "brand_new" }], rows, names).length - wrong(table, rows, names).length, 1, "a new route");
    const spoiled = new Map(rows);
    spoiled.set("home", { effect: "http: no such test", refusal: rows.get("home").refusal });
    is(wrong(table, spoiled, names).length - wrong(table, rows, names).length, 1, "a wrong name");
    const others = (effect) => wrong(table, new Map([...rows, ["home", { effect, refusal: rows.get("home").refusal }]]), names).length - wrong(table, rows, names).length;
    is(others("e2e: read figures zh 320"), 0, "a journey");
    is(others("e2e: read figures"), 1, "a part of a journey's name");
    is(others("contract: every example in the document"), 1, "a part of a test's name");
  });
  await test("what the table says of this suite stands in the programs' logs", () => {
    const log = logged(), missing = [];
    for (const r of table) {
      if (["open_livez", "staff_livez"].includes(r.name)) continue; // nginx asks the other program; this one is for its supervisor
      const mine = log.filter((l) => l.route === r.name);
      if (rows.get(r.name)?.effect.startsWith("http:") && !mine.some((l) => Number(l.status) < 400)) missing.push(`${r.name}: no effect`);
      if (rows.get(r.name)?.refusal.startsWith("http:") && r.method !== "GET" && !mine.some((l) => Number(l.status) >= 400)) missing.push(`${r.name}: no refusal`);
    }
    is(missing.join("; "), "");
    that(log.length > 500, `only ${log.length} requests in the logs`);
  });
}
