/*
 * desk.mjs - the hotline centre: a call by keyboard alone, from its number to the answer that its filer reads; triage; lists.
 */
import { assert, photo, until } from './kit.mjs';

const once = () => `13${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`;

/* The clerk's hands stay on the keys: the page opens with the cursor in the number. */
async function answered(j, options) {
  const zh = options.lang !== 'en', v = await j.staff('clerk', options), page = v.page, number = once();
  await v.go('/staff/desk');
  /* The browser moves the cursor after the page has arrived; nobody types before it is there. */
  const cursor = id => until(`the cursor in ${id}`, () => page.evaluate(id => document.activeElement.id === id, id));
  await cursor('phone');
  let pages = 0;
  page.on('framenavigated', frame => { if (frame === page.mainFrame()) pages++; });
  await page.keyboard.insertText(number);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await v.on('/staff/desk');
  await cursor('text');
  assert.ok(await v.has('#caller'), 'the caller is shown');
  assert.ok(!page.url().includes(number), 'the number is in no address');
  await page.keyboard.insertText('想问小区门口的路灯坏了找谁修，晚上看不见台阶。');
  await v.choose('[name=kind][value=consult]');
  await v.press('[name=category] + button');
  await v.on('/staff/desk');
  assert.ok(await page.locator('[name=category_code]').count() > 1, 'classes are suggested');
  assert.equal(await page.inputValue('#text'), '想问小区门口的路灯坏了找谁修，晚上看不见台阶。', 'the words stay');
  assert.ok(await page.isChecked('[name=kind][value=consult]'), 'the kind stays');
  await v.tab('#district');
  await page.keyboard.insertText('');
  await page.keyboard.press('ArrowDown');
  await v.tab('summary >> nth=0').catch(() => {});
  await page.evaluate(() => document.querySelector('#answer').closest('details').querySelector('summary').focus());
  if (!await page.evaluate(() => document.querySelector('#answer').closest('details').open)) await page.keyboard.press('Enter');
  await v.press('button[value=answer]');
  await v.on('/staff/desk/files', 422);
  assert.ok((await v.errors()).length >= 1, 'an answer needs words');
  assert.equal(await page.inputValue('#text'), '想问小区门口的路灯坏了找谁修，晚上看不见台阶。', 'nothing is lost');
  await v.type('#answer', '路灯由区城市管理委维修，报修电话 96159，一般两天内修好。');
  await v.press('button[value=answer]');
  await v.on('/staff/desk/files');
  const [no, code] = await page.locator('.keys dd').allInnerTexts();
  assert.match(no, /^SD-/);
  assert.ok(pages <= 4, `a call costs four pages with one slip among them, so that it is recorded within a minute; it took ${pages}`);
  await until('Enter taking the next call', () => page.evaluate(() => document.activeElement.getAttribute('href') === '/staff/desk'));
  /* Who called reads the answer, and so does the next clerk. */
  const citizen = await j.visitor({ width: options.width, lang: options.lang });
  await citizen.go('/track', { look: false });
  await citizen.type('#ticket_no', no);
  await citizen.type('#query_code', code);
  await citizen.press('main form .button');
  await citizen.shown(/96159/);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await cursor('phone');
  await page.keyboard.insertText(number);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await v.on('/staff/desk');
  await v.shown(new RegExp(no));
  assert.ok(zh || await v.has('#caller [lang=zh-CN]'), 'Chinese words say so on an English page');
}

/* Dispatched, with a unit and a time to tell; diverted as the same matter by one button of the history. */
async function sent(j) {
  const v = await j.staff('clerk', { width: 390, elder: true }), page = v.page, number = once();
  const call = async text => {
    await v.go('/staff/desk', { look: false });
    await v.type('#phone', number);
    await v.choose('[name=kind][value=complaint]');
    await v.type('#text', text);
    await v.type('#place', '建外');
    await page.selectOption('#district', '110105');
    await v.press('[name=category] + button');
    await v.on('/staff/desk');
  };
  await call('楼下烧烤店每天营业到半夜，油烟很大，没法开窗睡觉。');
  assert.ok(await v.has('#street'), 'the district opens its streets');
  await v.choose('[name=category_code]');
  await v.press('[name=category] + button');
  await v.on('/staff/desk');
  await v.sees('.do time');
  await v.files('#file', [await photo(j.w, `call-${number}.jpg`)]);
  await v.press('button[value=attach]');
  await v.on('/staff/desk/files');
  assert.equal(await page.locator('#files [name=remove]').count(), 1, 'what the caller sent is attached');
  await v.press('#record');
  await v.on('/staff/desk/files');
  const no = await page.locator('.keys dd').first().innerText();
  await call('还是那家烧烤店，想问问办得怎么样了。');
  await v.press(`[name=pick][value="${no}"]`);
  await v.on('/staff/desk');
  assert.equal(await page.inputValue('#same'), no);
  await v.type('#wording', '你反映的油烟问题已派给街道办理，七天内答复，请凭编号看进度。');
  await v.choose('[name=category_code][value=unsure]');
  await v.press('button[value=divert]');
  await v.on('/staff/desk/files');
  assert.match(await v.text('h1'), /不派单/);
}

async function lists(j) {
  const dispatcher = await j.staff('dispatcher', { width: 390 });
  await dispatcher.go('/staff/triage');
  await (await j.staff('dispatcher', { lang: 'en' })).go('/staff/triage');
  await (await j.staff('supervisor', { width: 390 })).go('/staff/returns');
  await (await j.staff('unit_manager', { lang: 'en' })).go('/staff/extensions');
  await (await j.staff('officer', { width: 390 })).go('/staff/whistles');
  await (await j.staff('officer', { lang: 'en' })).go('/staff/whistles?all=1');
}

export const journeys = {
  'phone intake answered at once zh 1280 keyboard': j => answered(j, { width: 1280, lang: 'zh', keyboard: true }),
  'phone intake answered at once en 390 keyboard': j => answered(j, { width: 390, lang: 'en', keyboard: true }),
  'phone intake sent, then the same matter': sent,
  'lists of the hotline centre': lists,
};
