/*
 * wording.mjs - a wording that replies start from, in a browser: an editor writes it, an officer answers with it, a new version takes
 * its place, and retired it is offered no more. Who may keep which ones, and what is refused, is in tests/http.
 */
import { assert } from './kit.mjs';
import { act, citizen, filed, reads, street } from './staff_work.mjs';

const BODY = '您反映的〔地点〕路灯已于〔日期〕由工作人员换好，原因是〔原因〕。', LATER = '您反映的〔地点〕路灯已于〔日期〕换好，原因是〔原因〕，今后每周巡查。';
const ANSWER = '您反映的北门路灯已于 11 月 22 日晚由工作人员换好，原因是镇流器烧坏，保修两年。';

async function kept(j, options) {
  const { w } = j, title = `路灯答复 ${Date.now() % 1e6}`, editor = await j.staff('editor', options);
  const link = name => editor.page.locator('.rows-table a', { hasText: name });
  await editor.go('/staff/wordings');
  await editor.press('.head-row a.button');
  await editor.on('/staff/wordings/new');
  await editor.page.selectOption('#use', 'reply');
  await editor.page.selectOption('#word', 'solved');
  await editor.type('#title', title);
  await editor.type('#body', '路灯已经修好。');
  await editor.press('form.act .button');
  await editor.on('/staff/wordings/new', 422);
  await editor.errors(); /* it leaves nothing to fill */
  assert.equal(await editor.page.inputValue('#title'), title, 'nothing is lost');
  await editor.type('#body', BODY);
  await editor.press('form.act .button');
  await editor.on('/staff/wordings');
  assert.equal(await link(title).count(), 1);

  const t = await filed(w, { category_code: street(w) }), officer = await j.staff('officer', { width: 390 }), at = `/staff/t/${t.no}/reply`;
  await act(officer, t.no, 'sign');
  const offered = async name => {
    await officer.go(at, { look: false });
    return officer.page.locator('details.wordings a', { hasText: name }).count();
  };
  assert.equal(await offered(title), 1, 'the officer is offered it');
  await officer.page.locator('details.wordings > summary').click();
  await Promise.all([officer.page.waitForNavigation(), officer.page.locator('details.wordings a', { hasText: title }).click()]);
  await officer.on(at);
  assert.equal(await officer.page.inputValue('#words'), BODY, 'the reply begins with it');
  await officer.choose('[name=outcome][value=solved]');
  await officer.press('#act .actions button');
  await officer.on(at, 422);
  await officer.errors();
  assert.equal(await officer.page.inputValue('#words'), BODY, 'what stands open is asked for, and stays');

  /* Changed: the next one starts from the new version; the old one is read beside it. */
  await Promise.all([editor.page.waitForNavigation(), link(title).click()]);
  await editor.on(/^\/staff\/wordings\/\d+$/);
  const first = editor.path();
  await editor.type('#body', LATER);
  await editor.press('form.act .button:not(.warn)');
  await editor.on('/staff/wordings');
  assert.equal(await link(title).count(), 1, 'one version is in force');
  await editor.go(first);
  assert.ok(!await editor.has('#body'), 'an ended version is not changed');
  await editor.shown(/今后每周巡查/);
  await officer.type('#words', ANSWER);
  await officer.press('#act .actions button');
  await officer.on(`/staff/t/${t.no}`);
  await reads(await citizen(j, t), t.no, ANSWER);

  await editor.go('/staff/wordings');
  await Promise.all([editor.page.waitForNavigation(), link(title).click()]);
  await editor.press('form.act .button.warn');
  await editor.on('/staff/wordings');
  assert.equal(await link(title).count(), 0, 'retired');
  const next = await filed(w, { category_code: street(w) });
  await act(officer, next.no, 'sign');
  await officer.go(`/staff/t/${next.no}/reply`);
  assert.equal(await officer.page.locator('details.wordings a', { hasText: title }).count(), 0, 'and offered no more');
}

export const journeys = {
  'wordings written, used, changed, retired zh 1280': j => kept(j, { width: 1280 }),
};
