/*
 * staff_work.mjs - demands lived through by those who handle them, in a browser, and as the citizen reads it meanwhile.
 *
 * Staff press what the demand's own page offers; a citizen follows with number and code. What time alone would do is done to
 * the rows of the database. Acts one by one, with their refusals, are in tests/staff_life.mjs.
 */
import { assert, photo, until } from './kit.mjs';
import { comeDue, fill, holder, receipt } from './file.mjs';

const STREET = 'ST110105001', BUREAU = 'DB11010501', DEPARTMENT = 'BJ101';
const TEXT = '小区北门的路灯连续三天不亮，晚上看不清台阶，老人差点摔倒。';
const NOTE = '物业说灯杆归属还没有移交，先不要对外说。', ACCOUNT = '费用从维修资金列支，已请示分管领导。';
const bare = no => no.replaceAll('-', '');
const local = days => new Date(Date.now() + days * 86400e3 + 8 * 3600e3).toISOString().slice(0, 16); /* as a datetime field has it, in Beijing */
export const one = (w, no, what) => w.sql(`SELECT ${what} FROM ticket t WHERE t.ticket_no = '${bare(no)}'`);
export const street = w => w.sql('SELECT code FROM category WHERE level = 3 AND lead_kind = 1 AND valid_to = 99991231 AND response_level = 3 ORDER BY code LIMIT 1');
const ANSWER = '工作人员 11 月 22 日到现场更换了三盏路灯，当晚 19 时已经亮起。物业今后每周巡查一次，灯坏了可以直接打物业电话。';
let filings = 0;

/* A demand over the API, for journeys that begin where it has been filed. */
export async function filed(w, extra = {}) {
  const r = await fetch(`${w.origin}/api/v1/tickets`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `journey-${process.pid}-${Date.now()}-${++filings}` },
    body: JSON.stringify({ kind: 'help', text: TEXT, area_code: '110105001', address: '某某路 1 号北门', ...extra }),
  });
  const body = await r.json();
  assert.equal(r.status, 201, JSON.stringify(body));
  return { no: body.data.ticket_no, code: body.data.query_code };
}

/* The citizen's page, opened once with number and code. What it must never hold: staff, notes, accounts. */
export async function citizen(j, t, options = {}) {
  const v = await j.visitor({ width: 390, ...options });
  await v.go('/track', { look: false });
  await v.type('#ticket_no', t.no);
  await v.type('#query_code', t.code);
  await v.press('form[action="/track"] button');
  await v.on(`/track/${t.no}`);
  return v;
}
export async function reads(v, no, ...wanted) {
  await v.go(`/track/${no}`);
  const page = await v.text('body');
  for (const words of wanted) assert.ok(words instanceof RegExp ? words.test(page) : page.includes(words), `the citizen does not read ${words} in: ${page.replace(/\s+/g, ' ').slice(150, 900)}`);
  for (const hidden of [NOTE, ACCOUNT, '演示·', 'ST1101', 'DB1101', 'BJ1', '内部记录', '{', '}']) assert.ok(!page.includes(hidden), `the citizen reads “${hidden}”`);
}

/* Presses what the demand's page offers, fills in the form, sends it; back on the demand. `free`: the demand is out of sight then. */
export async function act(v, no, word, fields = {}, { free = false } = {}) {
  const at = `/staff/t/${no}`;
  if (v.path() !== at || !await offers(v, no, word)) await v.go(at, { look: false }); /* others may have moved it */
  await v.press(`main a[href="${at}/${word}"]`);
  await v.on(`${at}/${word}`);
  for (const [name, value] of Object.entries(fields)) {
    const select = `select[name="${name}"]`;
    if (Array.isArray(value)) for (const code of value) await tick(v, `input[name="${name}"][value="${code}"]`);
    else if (value === true) await v.choose(`input[name="${name}"]`);
    else if (await v.has(select)) await v.page.selectOption(select, value);
    else if (await v.has(`input[type=radio][name="${name}"]`)) await v.choose(`input[name="${name}"][value="${value}"]`);
    else if (await v.has(`input[type=datetime-local][name="${name}"]`)) await v.page.fill(`[name="${name}"]`, value);
    else await v.type(`[name="${name}"]`, value);
  }
  await v.press('#act .actions button');
  /* The worker may have moved the demand since the form was read: it comes back filled in, says so, and is sent again. */
  for (let i = 0; i < 3 && v.path() === `${at}/${word}` && await v.has('.errors a[href="#act"]'); i++) await v.press('#act .actions button');
  if (free) return v.on(at, 404);
  await v.on(at);
  assert.ok(await v.has('[role=status]'), `${word}: nothing is said about what was done`);
}
/* Units stand in folded groups. */
async function tick(v, selector) {
  if (!await v.page.locator(selector).isVisible()) await v.page.locator(`details:has(${selector}) > summary`).click();
  await v.page.check(selector);
}
const offers = (v, no, word) => v.has(`main a[href="/staff/t/${no}/${word}"]`);
const events = (w, no, code) => +w.sql(`SELECT COUNT(*) FROM event e JOIN ticket t ON t.id = e.ticket_id WHERE t.ticket_no = '${bare(no)}' AND e.code = ${code}`);

/* Filed on the web by somebody who does not know the class; everybody who has a part in it, until it is closed. */
async function wholeLife(j) {
  const { w } = j, phone = w.phone(), filer = await j.visitor({ width: 390 });
  await fill(filer, { text: TEXT, phone, name: '陈测试', unsure: true, areas: ['110105', '110105001'] });
  const t = await receipt(filer), no = t.no, c = await citizen(j, t);
  await reads(c, no, '已收到，正在选派承办单位', '受理员正在选派承办单位');

  const dispatcher = await j.staff('dispatcher');
  await act(dispatcher, no, 'dispatch', { category_code: street(w), words: '请街道今天到现场看看。' });
  assert.equal(holder(w, no), STREET);
  await reads(c, no, /已派给.*等待签收/, '因为：类别', '请街道今天到现场看看。');

  const officer = await j.staff('officer', { keyboard: true });
  await officer.go('/staff/work');
  await officer.press(`.work a[href="/staff/t/${no}"]`);
  await officer.on(`/staff/t/${no}`);
  assert.ok(!(await officer.text('body')).includes(phone), 'a phone is not shown by itself');
  await act(officer, no, 'sign');
  await officer.press(`main a[href="/staff/t/${no}/reveal"]`);
  await officer.on(`/staff/t/${no}/reveal`);
  await officer.press('#act .actions button');
  await officer.on(`/staff/t/${no}/reveal`, 422);
  await officer.errors();
  await officer.type('#words', '约定上门查看的时间');
  await officer.press('#act .actions button');
  await officer.on(`/staff/t/${no}/reveal`);
  await officer.shown(new RegExp(phone));
  await officer.press(`main a[href="/staff/t/${no}/contact"]`);
  await officer.on(`/staff/t/${no}/contact`);
  await officer.choose('[name=reached][value=yes]');
  await officer.press('#act .actions button');
  await officer.on(`/staff/t/${no}`);
  await act(officer, no, 'note', { words: NOTE });
  await reads(c, no, /正在办理/, '签收', '承办人联系了你', '第 1 次，已接通。', '约定上门查看的时间');

  /* Two are called; one comes, the other only after its superior was told. */
  const desk = await j.staff('officer');
  await act(desk, no, 'whistle', { units: [DEPARTMENT, BUREAU], words: '请到现场确认灯杆归谁管。' });
  await reads(c, no, /吹哨，请.*到场一起办/, '请到现场确认灯杆归谁管。');
  const department = await j.staff('department'), bureau = await j.staff('bureau');
  await act(department, no, 'whistle-report');
  w.sql(`UPDATE whistle v JOIN ticket t ON t.id = v.ticket_id SET v.report_by = v.called_at - 1, v.next_at = v.called_at - 1 WHERE t.ticket_no = '${bare(no)}' AND v.called = '${BUREAU}'`);
  await until('the late one is told on', () => events(w, no, 35) === 1);
  await desk.go(`/staff/t/${no}`);
  await desk.shown(/还没有到场/);
  await reads(c, no, '报到了');
  assert.ok(!(await c.text('body')).includes('还没有到场'), 'who was late is between the units');
  await act(bureau, no, 'whistle-report');
  await act(bureau, no, 'whistle-deliver', { words: '线路已经换好，供电正常。' });
  await act(department, no, 'whistle-deliver', { words: '灯杆归街道管，已经书面确认。' });
  await desk.go(`/staff/t/${no}`);
  assert.equal(await desk.page.locator('.rows-table tbody tr').count() >= 3, true, 'lead and both called units stand side by side');
  await act(desk, no, 'extend', { until: local(8), words: '配件要从外地调运，请多等一天。' });
  await reads(c, no, '办完了自己的部分', '时限延长到', '配件要从外地调运，请多等一天。');
  await act(desk, no, 'reply', { outcome: 'solved', words: ANSWER, account: ACCOUNT });
  await reads(c, no, ANSWER, /已经答复/);
  await desk.go(`/staff/t/${no}`);

  await callBack(j, no, c);
  await secondLook(j, no, c);
}

/* The time limit is over, the citizen has not answered: a visitor calls. */
async function callBack(j, no, c) {
  const { w } = j, at = `/staff/visits/${no}`;
  comeDue(w, no);
  await until('the call-back', () => one(w, no, '(SELECT COUNT(*) FROM visit v WHERE v.ticket_id = t.id)') === '1');
  await reads(c, no, '请你评价');
  w.sql(`UPDATE visit v JOIN ticket t ON t.id = v.ticket_id SET v.state = 2, v.call_at = 1 WHERE t.ticket_no = '${bare(no)}'`);
  const visitor = await j.staff('visitor');
  await visitor.go('/staff/visits');
  await visitor.press(`form[action="${at}/claim"] button`);
  await visitor.on(at);
  await visitor.press(`form[action="${at}/reveal"] button`);
  await visitor.on(/reveal$/, 200);
  await visitor.shown(/陈测试/);
  await visitor.choose('[name=contacted][value=yes]');
  await visitor.choose('[name=solved][value=no]');
  await visitor.choose('[name=satisfaction][value=dissatisfied]');
  await visitor.type('#words', '昨晚又灭了一盏。');
  await visitor.press('form.script .button');
  await visitor.on('/staff/visits');
  await reads(c, no, '12345 电话回访了你', '昨晚又灭了一盏。', /重新办理，由.*复核/);
}

/* Another unit than the one that was complained about looks again. */
async function secondLook(j, no, c) {
  const { w } = j, unit = holder(w, no);
  assert.notEqual(unit, STREET, 'another unit looks again');
  const dispatcher = await j.staff('dispatcher');
  await act(dispatcher, no, 'redispatch', { unit_code: DEPARTMENT, words: '请市级部门复核。' });
  const department = await j.staff('department');
  await act(department, no, 'sign');
  await reads(c, no, /正在复核/);
  await act(department, no, 'review', { review: 'upheld', words: '我们到现场看过，四盏灯都亮，新灭的一盏当场换好。' });
  await act(dispatcher, no, 'close', { words: '复核完成。' });
  assert.equal(one(w, no, 't.state'), '6');
  await reads(c, no, '已经办结', '复核完了', '新灭的一盏当场换好');
}

/* Returned twice: the first is granted and goes elsewhere, the second is refused and the unit handles it. */
async function returns(j) {
  const { w } = j, t = await filed(w, { category_code: street(w) }), no = t.no, c = await citizen(j, t);
  const officer = await j.staff('officer', { width: 390 });
  await act(officer, no, 'return', { ground: 'not_duty', words: '灯杆不归街道管理，有移交协议在案。' });
  await reads(c, no, '认为不该由它办，已提出异议', '12345 正在审核，期间仍由它负责');
  assert.ok(!(await c.text('body')).includes('移交协议在案'), 'the argument is between unit and arbiter');
  const arbiter = await j.staff('supervisor');
  await act(arbiter, no, 'return-decide', { approve: 'yes', words: '移交协议属实，改由市级部门办理。', unit_code: DEPARTMENT });
  assert.equal(holder(w, no), DEPARTMENT);
  await reads(c, no, /12345 同意.*退回/, '移交协议属实', /改派给/, '答复时限不变');
  await officer.go(`/staff/t/${no}`);
  assert.equal(await offers(officer, no, 'sign'), false, 'who is free of it has nothing to sign');
  const department = await j.staff('department');
  await act(department, no, 'return', { ground: 'not_area', words: '不在我们的管理范围，请核实边界。' });
  await act(arbiter, no, 'return-decide', { approve: 'no', words: '边界清楚，请继续办理。' });
  await reads(c, no, /12345 审核后，仍由.*办/, '边界清楚，请继续办理。');
  await department.go(`/staff/t/${no}`, { look: false });
  assert.equal(await offers(department, no, 'return'), false, 'two returns are all there are');
  await department.go(`/staff/t/${no}/return`, { look: false });
  assert.ok(!await department.has('#act'), 'nor is a third to be had by its address');
  await act(department, no, 'sign');
  await act(department, no, 'reply', { outcome: 'underway', words: ANSWER });
  await reads(c, no, ANSWER);
}

/* Danger is not dispatched: the citizen's own page sends to the telephone, and the clerk says so when it was filed all the same. */
async function emergency(j) {
  const { w } = j, v = await j.visitor({ width: 390 });
  await v.go('/new/stop/emergency');
  for (const phone of ['110', '119', '120', '122']) await v.sees(`main a[href="tel:${phone}"]`);
  const t = await filed(w, { text: '楼下燃气味道很大，有人头晕。', category_code: undefined }), no = t.no, c = await citizen(j, t);
  const clerk = await j.staff('clerk');
  await act(clerk, no, 'divert', { class: 'emergency', words: '请马上离开房间，到室外拨打 119；燃气抢修电话 96777。我们也已经电话通知。' });
  assert.equal(one(w, no, 't.state'), '7');
  await reads(c, no, '已请你直接拨打紧急电话', '报警 110，急救 120，火灾 119', '到室外拨打 119', '请走进展里写明的渠道');
}

/* Two units at once: both see both clocks, and one of them answers. */
async function joint(j) {
  const { w } = j, t = await filed(w), no = t.no, c = await citizen(j, t, { width: 320 });
  const dispatcher = await j.staff('dispatcher', { lang: 'en' });
  await act(dispatcher, no, 'dispatch', { category_code: street(w), joint: DEPARTMENT });
  for (const role of ['officer', 'department']) {
    const v = await j.staff(role);
    await v.go(`/staff/t/${no}`);
    const rows = await v.page.locator('.rows-table tbody tr').filter({ hasText: '还剩' }).allInnerTexts();
    assert.ok(rows.some(r => r.includes('主办')) && rows.some(r => r.includes('双派')), `both clocks: ${rows}`);
    if (role === 'department') await act(v, no, 'cowork-report', { words: '线路已经检查，没有断点。' });
    else await act(v, no, 'sign');
  }
  await reads(c, no, '同时派给', /一起办，由.*答复你/);
}

/* Merged: the receipt goes on, and shows how the main one fares, but nothing of who filed it. */
async function merged(j) {
  const { w } = j, first = '先报的那一家写在这里的话，别家不该看到。';
  const main = await filed(w, { text: first, category_code: street(w) }), t = await filed(w), no = t.no;
  const dispatcher = await j.staff('dispatcher');
  await act(dispatcher, no, 'merge', { other: main.no });
  const officer = await j.staff('officer');
  await act(officer, main.no, 'sign');
  const c = await citizen(j, t);
  await reads(c, no, '并到同一件事', '签收');
  await act(officer, main.no, 'note', { words: NOTE });
  await act(officer, main.no, 'reply', { outcome: 'solved', words: ANSWER });
  await reads(c, no, ANSWER);
  assert.ok(!(await c.text('body')).includes(first), 'the words of the one who filed first');
  assert.ok(!(await c.text('body')).includes(main.no), 'the number of the one that was filed first');
}

/* A report of misconduct names a unit: for its people there is no such demand, and nobody who handles it learns who told. */
async function informer(j) {
  const { w } = j, clerk = await j.staff('clerk'), phone = w.phone(), name = '线人甲';
  await clerk.go('/staff/desk', { look: false });
  await clerk.type('#phone', phone);
  await clerk.type('#name', name);
  await clerk.choose('[name=kind][value=report]');
  await clerk.type('#text', '街道工作人员收钱后不管占道摊位，摊位在北门外，每天傍晚都在。');
  await clerk.choose('[name=category_code][value=unsure]');
  await clerk.page.selectOption('#district', '110105');
  await clerk.press('[name=category] + button');
  await clerk.on('/staff/desk');
  await clerk.page.selectOption('#street', '110105001');
  await clerk.page.locator('details:has(#reported_unit) > summary').click();
  await clerk.type('#reported_unit', w.sql(`SELECT name FROM unit WHERE code = '${STREET}' ORDER BY valid_from DESC LIMIT 1`));
  await clerk.press('#record');
  await clerk.on('/staff/desk/files');
  const [no, code] = await clerk.page.locator('.keys dd').allInnerTexts(), c = await citizen(j, { no, code });
  assert.equal(one(w, no, 't.reported_unit'), STREET);
  await c.go(`/track/${no}/add`, { look: false });
  await c.type('#text', '补一张照片。');
  await c.files('#file', [await photo(w, `told-${phone}.jpg`)]);
  await c.press('main form button');

  /* The rules would send this class to the very street. */
  const dispatcher = await j.staff('dispatcher');
  await dispatcher.go(`/staff/t/${no}/dispatch`, { look: false });
  await dispatcher.page.selectOption('[name=category_code]', street(w));
  await dispatcher.page.selectOption('[name=unit_code]', STREET);
  await dispatcher.press('#act .actions button');
  await dispatcher.on(`/staff/t/${no}/dispatch`, 422);
  await dispatcher.errors();
  await act(dispatcher, no, 'dispatch', { category_code: street(w) });
  const unit = holder(w, no);
  assert.ok(unit && unit !== STREET, `dispatched to ${unit}`);
  await dispatcher.go(`/staff/t/${no}`);
  await dispatcher.sees('.notice.bad');
  const path = await until('the cleaned photo', async () => {
    await dispatcher.go(`/staff/t/${no}`, { look: false });
    return dispatcher.page.locator('.photos a').first().getAttribute('href', { timeout: 500 }).catch(() => null);
  }, 40000);
  assert.equal((await dispatcher.fetch(path)).status(), 200, 'control: the hotline centre opens the photo');

  const named = await j.staff('officer');
  await named.go(`/staff/t/${no}`);
  assert.equal(named.status(), 404, 'for the unit that was named there is no such demand');
  const plain = async () => (await named.text()).replace(/SD-[\d-]+|[0-9a-f]{16}/g, '');
  const absent = await plain();
  await named.go('/staff/t/SD-261122-1234567-0', { look: false });
  assert.equal(await plain(), absent, 'exactly as when there is none');
  await named.go('/staff/work', { look: false });
  assert.ok(!(await named.text()).includes(no), 'nor in the list');
  for (const address of [path, path.replace('/file/', '/thumb/'), `/staff/t/${no}/note`]) assert.equal((await named.fetch(address)).status(), 404, address);
  const boss = await j.staff('unit_manager');
  await boss.go(`/staff/t/${no}`, { look: false });
  assert.equal(boss.status(), 404, 'nor for who leads it');

  /* Whoever handles it reads what happened, never who told. */
  const away = unit === 'BJ110105' ? 'district' : 'department';
  if (away === 'department') await act(dispatcher, no, 'redispatch', { unit_code: DEPARTMENT });
  const handler = await j.staff(away);
  await act(handler, no, 'sign');
  const seen = await handler.text('body');
  for (const secret of [phone, name]) assert.ok(!seen.includes(secret), 'who told is on the page');
  assert.equal(await offers(handler, no, 'reveal'), false, 'a look at the contact is not offered');
  await handler.go(`/staff/t/${no}/reveal`, { look: false });
  assert.ok(!await handler.has('#act'), 'nor to be had by its address');
  await reads(c, no, '签收', '补一张照片。');
}

export const journeys = {
  'staff work secret informer': informer,
  'staff work whole life': wholeLife,
  'staff work returned twice': returns,
  'staff work emergency': emergency,
  'staff work joint dispatch': joint,
  'staff work merged': merged,
};
