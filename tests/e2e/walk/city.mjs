/*
 * city.mjs - what is decided for the whole city, in a browser: the dispatch rules from a draft to the next demand and back, and an
 * urgent mode from the notice on the home page to a demand in the fast lane, until it is over. Refusals are in tests/http.
 *
 * Other journeys walk the same city meanwhile: the rule is one for wires, the mode one for roads of a district of its own.
 */
import { assert, until } from './kit.mjs';
import { holder } from './file.mjs';
import { citizen, filed, one, reads } from './staff_work.mjs';

const WIRES = '050407', WATER = '市水务局', HAIDIAN = '110108001', YANQING = '110119', ROADS = '050405';
const LINES = '楼前的架空线缠成一团，垂到了人行道上。', ROAD = '村口的断头路一下雪就走不了车。';
const table = v => v.page.locator('.rows-table').first();

/* Files again until what was decided is known everywhere. */
const followed = (w, what, demand, is) => until(what, async () => {
  const t = await filed(w, demand);
  return await is(t.no) ? t : null;
});

async function confirmed(v, path) {
  if (v.path() === '/staff/confirm') {
    await v.on('/staff/confirm');
    await v.type('#password', v.who.password);
    await v.press('.gate form .button');
  }
  await v.on(path);
}

async function rules(j, options) {
  const { w } = j, demand = { text: LINES, category_code: WIRES, area_code: HAIDIAN, kind: 'complaint' };
  const v = await j.staff('editor', options), before = await filed(w, demand), unit = holder(w, before.no);
  const set = w.sql('SELECT COALESCE(MAX(id), 0) FROM rule_set WHERE state = 2');
  assert.match(unit, /^DB110108/, 'wires are the matter of the district');
  await v.go('/staff/rules');
  await v.type('#note', '架空线试点由市里直接办');
  await v.press('form.act button');
  await v.on(/^\/staff\/rules\/\d+$/);
  const at = v.path();
  await v.type('#category_prefix', WIRES);
  await v.press('form.filters button');
  await v.on(at);
  assert.equal(await table(v).locator('tbody tr').count(), 1, 'one rule for wires');
  await v.press('.rows-table tbody a');
  await v.on(/\/rule\/\d+$/);
  await v.page.selectOption('#lead_kind', 'city');
  await v.type('#lead_ref', WATER);
  await v.press('[value=preview]');
  await v.on(/\/rule\/\d+$/);
  assert.match(await v.text('.notice'), /架空线.*水务局承办/, 'the rule in plain words');
  await v.press('[value=save]');
  await v.on(at);
  await v.press(`a[href="${at}/try"]`);
  await v.on(`${at}/try`);
  const moved = await table(v).locator('tbody tr').filter({ hasText: '海淀' }).innerText();
  assert.match(moved, /海淀区城市管理委[\s\S]*水务局/, 'before and after stand side by side');
  assert.ok(+/\d+/.exec(await v.text('h1'))[0] > 0, 'the heading says how many would move');
  assert.equal(holder(w, (await filed(w, demand)).no), unit, 'trying changes nothing');
  await v.press('.back a');
  await v.on(at);
  await v.press(`a[href="${at}/publish"]`);
  await confirmed(v, `${at}/publish`);
  await v.press('form.act button');
  await v.on('/staff/rules');
  await v.sees('[role=status]');
  const t = await followed(w, 'a new demand to go to the new unit', demand, no => !holder(w, no).startsWith('DB'));
  const c = await citizen(j, t);
  await reads(c, t.no, /派给.*水务局/);
  assert.equal(holder(w, before.no), unit, 'what was sent before stays where it is');
  await v.press(`a[href="/staff/rules/${set}"]`);
  await v.on(`/staff/rules/${set}`);
  await v.press(`a[href="/staff/rules/${set}/revert"]`);
  await confirmed(v, `/staff/rules/${set}/revert`);
  await v.type('#note', '试点结束，恢复原来的规则');
  await v.press('form.act button');
  await v.on('/staff/rules');
  await followed(w, 'a new demand to go to the old unit again', demand, no => holder(w, no) === unit);
}

async function urgent(j) {
  const { w } = j, demand = { text: ROAD, category_code: ROADS, area_code: `${YANQING}001` };
  const v = await j.staff('supervisor', { width: 390, keyboard: true }), home = await j.visitor({ width: 390 }), foreign = await j.visitor({ lang: 'en' });
  const zh = '延庆大雪：道路不通的诉求先办，两小时内答复。', en = 'Heavy snow in Yanqing: blocked roads come first.', reason = '延庆发布暴雪红色预警。';
  const told = (c, words, yes) => until(`the notice ${yes ? 'to come' : 'to go'}`, async () => {
    await c.go(`/?${Date.now()}`, { look: false });
    return (await c.text('body')).includes(words) === yes;
  });
  assert.notEqual(one(w, (await filed(w, demand)).no, 't.response_level'), '1', 'not a matter of two hours by itself');
  await v.go('/staff/urgent');
  await v.press('a[href="/staff/urgent/new"]');
  await v.on('/staff/urgent/new');
  await v.type('#name', '延庆暴雪');
  await v.type('#reason', reason);
  await v.page.locator('details:has([value="0504"]) > summary').press('Enter');
  await v.choose('[name=categories][value="0504"]');
  await v.choose(`[name=areas][value="${YANQING}"]`);
  await v.choose('[name=level][value="1"]');
  await v.page.fill('#ends_at', new Date(Date.now() + 30 * 3600e3).toISOString().slice(0, 16));
  await v.type('#notice_zh', zh);
  await v.type('#notice_en', en);
  await v.press('[value=preview]');
  await v.on('/staff/urgent/new');
  assert.match(await v.text('.notice'), /还没有开启/);
  await v.press('[value=start]');
  await v.on(/^\/staff\/urgent\/\d+$/);
  const at = v.path();
  await told(home, zh, true);
  await home.go('/');
  await home.sees('.mode');
  await told(foreign, en, true);
  const t = await followed(w, 'a demand in the fast lane', demand, no => one(w, no, 't.response_level') === '1');
  await reads(await citizen(j, t), t.no, reason, /2 小时/);
  await v.press(`a[href="${at}/end"]`);
  await v.on(`${at}/end`);
  await v.type('#reason', '预警已经解除。');
  await v.press('form.act button');
  await v.on(at);
  await v.shown(/已结束/);
  await told(home, zh, false);
  await followed(w, 'a demand at its own pace again', demand, no => one(w, no, 't.response_level') !== '1');
}

export const journeys = {
  'dispatch rules drafted, tried, put in force, brought back zh 1280 keyboard': j => rules(j, { width: 1280, keyboard: true }),
  'urgent mode from its notice to its end 390 keyboard': urgent,
};
