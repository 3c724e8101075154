/*
 * account.mjs - signing in by code, my demands, name, export, signing out, deletion; and rating by the link of the message.
 */
import { assert } from './kit.mjs';
import { comeDue, fill, officer, receipt } from './file.mjs';

async function account(j, options) {
  const { w } = j, phone = w.phone(), filer = await j.visitor(options), v = await j.visitor(options);
  await fill(filer, { phone });
  const { no } = await receipt(filer);
  w.sql(`UPDATE sms_code SET created_at = created_at - 120 * 1000000`); /* the next code may be asked for at once */
  /* A code sent for filing is not one for signing in. */
  await v.go('/me', { look: false });
  assert.equal(v.path(), '/login', 'my demands ask to sign in');
  const had = w.messages(phone, /topic=.*code/).length;
  await v.type('#phone', phone);
  await v.press('form[action="/login"] button');
  await v.on('/login/code');
  const code = await w.code(phone, had);
  await v.type('#code', code === '000000' ? '000001' : '000000');
  await v.press('[name=go][value=verify]');
  await v.on('/login/code', 422);
  await v.errors();
  await v.type('#code', code);
  await v.press('[name=go][value=verify]');
  await v.on('/me');
  assert.ok(await v.has(`a[href="/track/${no}"]`), 'the demand filed with this phone is listed');
  for (const tab of ['/me?status=done', '/me?status=open']) await v.go(tab);
  assert.ok(await v.has(`a[href="/track/${no}"]`));
  await v.go('/me/account');
  await v.type('#name', '王小明');
  await v.press('form[action="/me/account"] button');
  await v.on('/me/account');
  assert.equal(await v.page.inputValue('#name'), '王小明');
  const kept = await v.context.cookies();
  const exported = await v.fetch('/me/export'), text = await exported.text();
  assert.equal(exported.status(), 200);
  assert.ok(text.includes(no.replaceAll('-', '')) || text.includes(no), 'the export holds the demand');
  assert.ok(text.includes('王小明'), 'and the name');
  await v.press('form[action="/logout"] button');
  await v.go('/me', { look: false });
  assert.equal(v.path(), '/login', 'signed out');
  /* The session itself is dead, not the cookie alone. */
  await v.context.clearCookies();
  await v.context.addCookies(kept);
  await v.go('/me', { look: false });
  assert.equal(v.path(), '/login', 'an old cookie opens nothing');
}

async function deletion(j) {
  const { w } = j, phone = w.phone(), v = await j.visitor({ width: 320 });
  await v.go('/login');
  await v.type('#phone', phone);
  await v.press('form[action="/login"] button');
  await v.on('/login/code');
  const kept = await v.context.cookies();
  await v.type('#code', await w.code(phone));
  await v.press('[name=go][value=verify]');
  await v.on('/me');
  const inside = (await v.context.cookies()).map(c => c.value).join();
  assert.notEqual(inside, kept.map(c => c.value).join(), 'signing in makes a new session');
  await v.go('/me/delete');
  await v.press('form[action="/me/delete"] button');
  await v.on('/me/delete', 422);
  await v.errors();
  await v.choose('#sure');
  await v.press('form[action="/me/delete"] button');
  await v.look();
  await v.go('/me', { look: false });
  assert.equal(v.path(), '/login', 'the account is gone');
}

/* Answered and due: the message carries a link that rates once, without signing in. */
async function ratingLink(j) {
  const { w } = j, phone = w.phone(), v = await j.visitor({ width: 320 });
  await fill(v, { phone, text: '小区东门路灯不亮，请维修。' });
  const { no } = await receipt(v);
  officer(w, no, ['sign'], ['contact'], ['reply', '路灯已经修好。']);
  comeDue(w, no);
  const link = /\/r\/[\w.~-]+/.exec(await w.sms(phone, /\/r\//, 0, 60000))[0];
  const guest = await j.visitor({ width: 320 });
  await guest.go(link, { look: false });
  await guest.on('/rate');
  assert.match(await guest.text(), new RegExp(no));
  assert.equal(w.sql(`SELECT r.state FROM rating r JOIN ticket t ON t.id = r.ticket_id WHERE t.ticket_no = '${no.replaceAll('-', '')}'`), '1', 'looking records nothing');
  await guest.press('main form button');
  await guest.on('/rate', 422);
  await guest.errors();
  await guest.choose('[name=contacted][value=yes]');
  await guest.choose('[name=solved][value=no]');
  await guest.choose('#satisfaction');
  await guest.press('main form button');
  await guest.on('/rate');
  assert.equal(w.sql(`SELECT r.state FROM rating r JOIN ticket t ON t.id = r.ticket_id WHERE t.ticket_no = '${no.replaceAll('-', '')}'`), '2', 'recorded');
  const again = await j.visitor();
  await again.go(link, { look: false });
  await again.look();
  assert.ok(!await again.has('[name=satisfaction]'), 'a link rates once');
  await again.go('/r/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', { look: false });
  assert.ok(!await again.has('[name=satisfaction]'), 'an invented link rates nothing');
  await again.look();
  /* Not solved: a second look, once. */
  await v.go(`/track/${no}`);
  await v.press(`a[href="/track/${no}/object"]`);
  await v.on(/\/object$/);
  await v.press('main form button');
  await v.on(/\/object$/, 422);
  await v.errors();
  await v.type('#reason', '今晚还是不亮。');
  await v.press('main form button');
  await v.on(`/track/${no}`);
  assert.ok(!await v.has(`a[href="/track/${no}/object"]`), 'one objection a demand');
}

async function urgeWithdraw(j) {
  const { w } = j, v = await j.visitor({ width: 320 });
  await fill(v, { text: '楼道堆放杂物堵住了消防通道。' });
  const { no } = await receipt(v);
  await v.go(`/track/${no}`);
  if (!await v.has(`a[href="/track/${no}/urge"]`)) {
    w.sql(`UPDATE ticket t JOIN assignment a ON a.id = t.lead_id SET t.created_at = t.created_at - 200000 * 1000000, a.started_at = a.started_at - 200000 * 1000000 WHERE t.ticket_no = '${no.replaceAll('-', '')}'`);
    await v.go(`/track/${no}`);
  }
  await v.press(`a[href="/track/${no}/urge"]`);
  await v.on(/\/urge$/);
  await v.press('main form button');
  await v.on(`/track/${no}`);
  assert.ok(!await v.has(`a[href="/track/${no}/urge"]`), 'the next one has to wait');
  await v.press(`a[href="/track/${no}/withdraw"]`);
  await v.on(/\/withdraw$/);
  await v.type('#reason', '已经自己清理了。');
  await v.press('main form button');
  await v.on(`/track/${no}`);
  assert.ok(!await v.has(`a[href="/track/${no}/withdraw"]`));
  assert.ok(!await v.has(`a[href="/track/${no}/urge"]`));
  /* The same numbers with a wrong code show nothing to a stranger. */
  const stranger = await j.visitor();
  await stranger.go(`/track/${no}`, { look: false });
  assert.ok(!(await stranger.text('body')).includes('消防通道'), 'a number alone opens nothing');
}

export const journeys = {
  'account zh 1280': j => account(j, { width: 1280 }),
  'account en 320': j => account(j, { width: 320, lang: 'en' }),
  'account deletion': deletion,
  'account rating link and objection': ratingLink,
  'account urge and withdraw': urgeWithdraw,
};
