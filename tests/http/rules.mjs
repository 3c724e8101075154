// rules.mjs - the dispatch rules as an editor meets them: drafted, changed, tried, put in force, followed by the next demand, brought back.
import { test, is, that, sql, send, sendTwice, file, network, signInStaff, until } from "./lib.mjs";

const LAMPS = "050406"; // street lamps: a class with a unit of its own
const CITY = "市水务局"; // which has nothing to do with lamps
const inForce = () => sql("SELECT COALESCE(MAX(id), 0) FROM rule_set WHERE state = 2");
const rule = (more) => ({ category_prefix: LAMPS, area_prefix: "", lead_kind: "city", lead_ref: CITY, response_level: "2", co_refs: "", note: "试点", go: "save", ...more });
const confirmed = async (b, path) => {
  await b.open(path);
  if (!b.path.startsWith("/staff/confirm")) return;
  await b.post("/staff/confirm", { password: b.who.password, next: path }, { page: b.path });
};

await test("dispatch rules: drafted, tried, put in force, followed by the next demand with its number, brought back", async () => {
  const b = await signInStaff("editor"), before = await inForce(), old = await file({ category_code: LAMPS });
  await b.open("/staff/rules");
  is(b.page.status, 200);
  await b.post("/staff/rules", { note: "短" }, { page: "/staff/rules" });
  is(b.page.status, 422, "a draft without a reason");
  await sendTwice(b, "/staff/rules", "/staff/rules", { note: "路灯试点由市里直接办" });
  is(await sql("SELECT COUNT(*) FROM rule_set WHERE note = '路灯试点由市里直接办'"), "1", "drafted once");
  const at = b.path.split("?")[0], set = at.split("/").pop();
  that(/^\/staff\/rules\/\d+$/.test(at), `leads to ${b.path}`);
  await b.open(`${at}?category_prefix=0504&unit=${encodeURIComponent("城市管理")}`);
  is(b.page.status, 200);
  await b.open(`${at}/try?days=366`);
  that(b.page.text.includes("没有诉求会换单位"), "a copy moves nothing");
  const form = { page: `${at}/rule/0` };
  await b.post(`${at}/rule/0`, rule({ lead_ref: "没有这个局" }), form);
  is(b.page.status, 422, "a unit that nobody knows");
  that(b.page.text.includes("没有这个局"), "what was typed is lost");
  await b.post(`${at}/rule/0`, rule({ go: "preview" }), form);
  that(/路灯照明”，地点在全市：由[^。]*水务局承办，\d+ 小时内答复/.test(b.page.text), "plain words");
  is(await sql(`SELECT COUNT(*) FROM rule_set_rule WHERE set_id = ${set} AND lead_ref = '${CITY}' AND note = '试点'`), "0", "a preview keeps nothing");
  await sendTwice(b, form.page, form.page, rule());
  is(await sql(`SELECT COUNT(*) FROM rule_set_rule WHERE set_id = ${set} AND lead_ref = '${CITY}' AND note = '试点'`), "1", "one rule");
  const number = await sql(`SELECT MAX(id) FROM rule_set_rule WHERE set_id = ${set}`);
  await b.open(`${at}/rule/${number}`);
  that(b.page.text.includes(CITY), "the rule can be opened again");
  await b.open(`${at}/changes`);
  that(b.page.text.includes(number), "what changes");
  await b.open(`${at}/try?days=366`);
  that(b.page.text.includes(old.ticket_no), "the demand that would move is an example");
  await b.open(`${at}/try?days=367`);
  is(b.page.status, 422, "more days than a year");
  is(await inForce(), before, "nothing is in force by looking");
  await confirmed(b, `${at}/publish`);
  await b.post(`${at}/publish`, {}, { page: `${at}/publish` });
  is(await inForce(), set, `in force (${b.page.status} ${b.path})`);
  const followed = await until(45, "a new demand follows the rule", async () => {
    const t = await file({ category_code: LAMPS });
    return (await sql(`SELECT e.params FROM event e JOIN ticket t ON t.id = e.ticket_id WHERE t.ticket_no = '${t.ticket_no.replaceAll("-", "")}' AND e.code = 2`)).includes(`rule=${number}`) ? t : undefined;
  });
  const seen = await send("GET", `/api/v1/tickets/${followed.ticket_no}`, { from: network(), receipt: followed.ticket_token, headers: { "Accept-Language": "zh-CN" } });
  that(seen.text.includes(`第 ${number} 条`), `the citizen reads the number of the rule: ${seen.status}`);
  await b.post(`${at}/rule/${number}`, rule({ go: "remove" }), { page: "/staff/rules" });
  is(b.page.status, 409, "a version in force is not changed");
  await b.post(`${at}/publish`, {}, { page: "/staff/rules" });
  is(b.page.status, 409, "put in force twice");
  await confirmed(b, `/staff/rules/${before}/revert`);
  await b.post(`/staff/rules/${before}/revert`, { note: "" }, { page: "/staff/rules" });
  is(b.page.status, 422, "brought back without a reason");
  await sendTwice(b, `/staff/rules/${before}/revert`, `/staff/rules/${before}/revert`, { note: "试点结束了，恢复原来" });
  is(await sql("SELECT COUNT(*) FROM rule_set WHERE note = '试点结束了，恢复原来'"), "1", "brought back once");
  that(Number(await inForce()) > Number(set), "brought back as a version of its own");
});
await test("dispatch rules: a stale draft is refused, a dropped one is over; whoever is no editor sees nothing", async () => {
  const b = await signInStaff("editor"), sets = [];
  for (let i = 0; i < 2; i++) {
    await b.post("/staff/rules", { note: `第 ${i} 份同时的草稿` }, { page: "/staff/rules" });
    sets.push(b.path.split("?")[0]);
  }
  await confirmed(b, `${sets[0]}/publish`);
  await b.post(`${sets[0]}/publish`, {}, { page: "/staff/rules" });
  await b.post(`${sets[1]}/publish`, {}, { page: "/staff/rules" });
  is(b.page.status, 409, "another version came into force");
  await b.open(`${sets[1]}/drop`);
  is(b.page.status, 200);
  await b.post(`${sets[1]}/drop`, {}, { page: "/staff/rules" });
  that(b.path.includes("done=dropped"), `leads to ${b.path}`);
  await b.post(`${sets[1]}/drop`, {}, { page: "/staff/rules" });
  is(b.page.status, 409, "dropped twice");
  for (const path of ["/staff/rules/999999", "/staff/rules/x", "/staff/rules/999999/changes", "/staff/rules/999999/try", `${sets[0]}/rule/x`]) {
    const status = (await b.open(path)).status;
    that(status === 404 || status === 409, `${path} gives ${status}`);
  }
  const officer = await signInStaff("officer");
  for (const path of ["/staff/rules", "/staff/rules/0", `${sets[0]}/publish`]) is((await officer.open(path)).status, 403, path);
});
await test("wordings: an editor adds, changes and retires one; a manager keeps the own unit's; officers read them on the reply's page", async () => {
  const b = await signInStaff("editor"), title = `路灯答复 ${Date.now() % 1e6}`, at = { page: "/staff/wordings/new" };
  const wording = { use: "reply", word: "solved", lang: "zh-CN", title, body: "您好，〔哪里〕的路灯已于〔日期〕修好，原因是〔原因〕。" };
  await b.post("/staff/wordings/new", { ...wording, body: "您好，路灯已经修好，谢谢您。" }, at);
  is(b.page.status, 422, "a wording that demands nothing");
  that(b.page.text.includes(title), "what was typed is lost");
  await b.post("/staff/wordings/new", { ...wording, word: "legal" }, at);
  is(b.page.status, 422, "a word of another use");
  await sendTwice(b, at.page, at.page, wording);
  await b.open("/staff/wordings");
  is(b.page.text.split(title).length - 1, 1, "kept once");
  const path = new RegExp(`href="(/staff/wordings/\\d+)"[^>]*>${title}<`).exec(b.page.text)[1];
  const officer = await signInStaff("officer"), t = await file({ category_code: await sql("SELECT code FROM category WHERE level = 3 AND lead_kind = 1 AND valid_to = 99991231 AND response_level = 3 ORDER BY code LIMIT 1"), area_code: "110105001" });
  await officer.post(`/staff/t/${t.ticket_no}/sign`, {}, { page: `/staff/t/${t.ticket_no}/sign` });
  that((await officer.open(`/staff/t/${t.ticket_no}/reply`)).text.includes(title), "the officer is not offered it");
  await b.post(path, { ...wording, title: `${title} 二` });
  that(b.path.includes("done=saved") && b.page.text.includes(`${title} 二`), `leads to ${b.path}`);
  await b.open(path);
  that(!/name="body"/.test(b.page.text) && b.page.text.includes(`${title} 二`), "an ended version is read alone, beside the new one");
  await b.post(path, wording, { csrf: await b.token("/staff/wordings/new") });
  is(b.page.status, 409, "a version that was changed meanwhile");
  const next = new RegExp(`href="(/staff/wordings/\\d+)"[^>]*>${title} 二<`).exec((await b.open("/staff/wordings")).text)[1];
  const manager = await signInStaff("unit_manager");
  is((await manager.open(next)).status, 404, "a manager and what is for everybody");
  await manager.open("/staff/wordings");
  is(manager.page.status, 200);
  await manager.post("/staff/wordings/new", wording, { page: "/staff/wordings/new" });
  is(manager.page.status, 422, "a manager writes for everybody");
  await b.post(`${next}/retire`, {}, { page: next });
  that(b.path.includes("done=retired") && !b.page.text.includes(`${title} 二`), `leads to ${b.path}`);
  that(!(await officer.open(`/staff/t/${t.ticket_no}/reply`)).text.includes(title), "a retired wording is offered");
  await b.post(`${next}/retire`, {}, { csrf: await b.token("/staff/wordings/new") });
  is(b.page.status, 409, "retired twice");
  await b.post("/staff/wordings/new", { ...wording, unit_code: "ST110105001", title: `${title} 街道` }, { page: "/staff/wordings/new?unit=ST110105001" });
  const own = new RegExp(`href="(/staff/wordings/\\d+)"[^>]*>${title} 街道<`).exec(b.page.text)[1];
  await b.post(`${own}/retire`, {}, { page: own });
  is(b.path, "/staff/wordings?done=retired&unit=ST110105001", "back to the list it stood in");
  that(!b.page.text.includes(`${title} 街道`), "gone from it");
  is((await b.open("/staff/wordings/x")).status, 404);
  is((await officer.open("/staff/wordings")).status, 403, "an officer");
});
await test("wordings: a form sent twice is kept once; for another category, or with another word, it is another wording", async () => {
  const b = await signInStaff("editor"), title = `同一张表 ${Date.now() % 1e6}`, page = "/staff/wordings/new";
  const wording = { use: "reply", word: "solved", lang: "zh-CN", category_prefix: "0504", title, body: "您好，〔哪里〕的路灯已于〔日期〕修好。" };
  const kept = () => sql(`SELECT GROUP_CONCAT(CONCAT(category_prefix, ' ', word) ORDER BY id) FROM reply_template WHERE title = '${title}'`);
  const { csrf, once } = await sendTwice(b, page, page, wording);
  is(await kept(), "0504 solved");
  for (const other of [{ category_prefix: "0502" }, { word: "underway" }]) is((await b.post(page, { ...wording, ...other, once }, { csrf, follow: false })).status, 303);
  is(await kept(), "0504 solved,0502 solved,0504 underway", "what was answered \"saved\" is there");
});
