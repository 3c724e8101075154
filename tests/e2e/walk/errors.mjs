/*
 * errors.mjs - what goes wrong: nothing typed, too much, wrong files, a lost session, two clicks, the way back.
 */
import { writeFileSync } from 'node:fs';
import { assert, photo } from './kit.mjs';
import { fill, receipt } from './file.mjs';

const LONG = '灯'.repeat(2001);

async function emptyAndLong(j, options) {
  const v = await j.visitor(options);
  await v.go('/new');
  await v.press('main form[action="/new"] button.button:not(.text)');
  await v.on('/new', 422);
  assert.ok((await v.errors()).length >= 1);
  await v.sees('#errors');
  await v.type('#text', LONG);
  await v.choose('[name=kind][value=complaint]');
  await v.press('main form[action="/new"] button.button:not(.text)');
  await v.on('/new', 422);
  await v.errors();
  assert.equal(await v.page.inputValue('#text'), LONG, 'what was typed is kept, all of it');
  assert.ok(await v.page.isChecked('[value=complaint]'), 'the choice is kept');
  await v.sees('#text-error');
  /* The link in the summary leads to the field. */
  await v.page.click('#errors a[href="#text"]');
  assert.equal(new URL(v.page.url()).hash, '#text');
  await v.type('#text', '小区门口的井盖松动，走过会响，很危险。');
  await v.press('main form[action="/new"] button.button:not(.text)');
  await v.on('/new/category');
  await v.press('form[action="/new/category"][method=post] button');
  await v.on('/new/category', 422);
  await v.errors();
  await v.choose('#category-unsure');
  await v.press('form[action="/new/category"][method=post] button');
  await v.on('/new/place');
  await v.press('form[action="/new/place"][method=post] button');
  await v.on('/new/place', 422);
  await v.errors();
  /* A step may be left out by the address only as far as the answers go. */
  await v.go('/new/check');
  assert.notEqual(v.path(), '/new/check');
}

async function files(j) {
  const { w } = j, v = await j.visitor({ width: 320 });
  const big = `${w.scratch}/big.jpg`, text = `${w.scratch}/notes.jpg`, good = await photo(w, 'good.jpg');
  const bytes = Buffer.alloc(10 * 1024 * 1024 + 4096);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  writeFileSync(big, bytes);
  writeFileSync(text, 'This is a text, whatever its name says.\n'.repeat(20));
  await toPhotos(v);
  for (const path of [big, text]) {
    await v.files('#file', [good, path]);
    await v.press('[name=go][value=next]');
    await v.on('/new/photos', 422);
    await v.errors();
    await v.sees('#file-error');
    assert.ok(await v.has('.files-list li'), 'the good file is kept beside the refused one');
    await v.press('.files-list [name=remove]');
    await v.on('/new/photos');
    assert.ok(!await v.has('.files-list li'), 'a removed file is gone');
  }
  await v.press('[name=go][value=next]');
  await v.on('/new/contact');
  await v.type('#phone', '123');
  await v.press('form[action="/new/contact"] button');
  await v.on('/new/contact', 422);
  await v.errors();
  assert.equal(await v.page.inputValue('#phone'), '123');
}

async function toPhotos(v) {
  await v.go('/new', { look: false });
  await v.choose('[name=kind][value=help]');
  await v.type('#text', '小区门口的井盖松动，走过会响，很危险。');
  await v.press('main form[action="/new"] button.button:not(.text)');
  await v.choose('#category-unsure');
  await v.press('form[action="/new/category"][method=post] button');
  await v.choose('[name=area]');
  await v.press('main form[action="/new/place"][method=post] button');
  await v.choose('#area-unknown');
  await v.press('main form[method=post] button');
  await v.on('/new/place/address');
  await v.type('#address', '东门');
  await v.press('form[action="/new/place/address"] button:not([type=button])');
  await v.on('/new/photos');
}

/* Cookies gone half way: the page says what happened, holds what was typed, and one press goes on; without a draft filing begins anew. */
async function lostSession(j) {
  const v = await j.visitor();
  await v.go('/new');
  await v.choose('[name=kind][value=help]');
  await v.type('#text', '路灯不亮，从上周三开始的。');
  await v.context.clearCookies();
  await v.press('main form[action="/new"] button.button:not(.text)');
  await v.on('/new', 403);
  await v.shown(/你填的都在下面/);
  assert.ok(await v.has('main a[href="/"]'), 'a way on');
  assert.equal(await v.page.inputValue('#text'), '路灯不亮，从上周三开始的。', 'what was typed is there');
  await v.press('main form[action="/new"] button');
  await v.on('/new/category');
  await v.context.clearCookies();
  await v.go('/new/category', { look: false });
  assert.equal(v.path(), '/new', 'without its draft, filing begins at the beginning');
}

async function oneTicket(j) {
  const { w } = j, v = await j.visitor(), text = `楼下垃圾桶满了没人清，第${Date.now()}次反映。`;
  await fill(v, { text });
  const change = await v.page.locator('#what a[href*="to=check"]').evaluateAll(all => all.map(a => a.getAttribute('href')));
  assert.ok(change.length >= 3, `change links: ${change}`);
  for (const href of change) { /* each leads to its page with the answer there, and back to the check */
    await v.go(href);
    await v.press(href.includes('/photos') ? '[name=go][value=next]' : 'main form[method=post] button:not([type=button]):not(.text)');
    if (v.path() !== '/new/check') {
      for (let i = 0; i < 4 && v.path() !== '/new/check'; i++) {
        if (!await v.has('[name=area]:checked') && await v.has('[name=area]')) await v.choose('[name=area]:not([value=unknown])');
        await v.press(v.path() === '/new/photos' ? '[name=go][value=next]' : 'main form[method=post] button:not([type=button]):not(.text)');
      }
    }
    await v.on('/new/check');
  }
  await v.page.goBack();
  await v.go('/new/check');
  const before = tickets(w);
  /* Two clicks: the second while the first is under way. */
  await v.page.locator('form[action="/new/check"] button').first().dblclick({ noWaitAfter: true });
  await v.page.waitForURL('**/receipt');
  await v.on('/receipt');
  const no = (await v.page.locator('.keys dd').allInnerTexts())[0];
  await v.page.reload();
  await v.on('/receipt');
  assert.equal((await v.page.locator('.keys dd').allInnerTexts())[0], no, 'the receipt survives a reload');
  await v.page.goBack(); /* and sending once more from the page before */
  if (await v.has('form[action="/new/check"] button')) {
    await v.page.locator('form[action="/new/check"] button').first().click({ noWaitAfter: true });
    await v.page.waitForLoadState('load');
  }
  assert.equal(w.sql(`SELECT COUNT(*) FROM ticket_text WHERE body = '${text}'`), '1', 'one demand, however often it is sent');
  assert.ok(tickets(w) > before);
}
const tickets = w => +w.sql('SELECT COUNT(*) FROM ticket');

/* Go on with another device by the link of a saved draft. */
async function saved(j) {
  const v = await j.visitor({ width: 320 }), other = await j.visitor({ lang: 'en' });
  await v.go('/new', { look: false });
  await v.choose('[name=kind][value=help]');
  await v.type('#text', '先写到这里，回家再继续说。');
  await v.press('[name=go][value=save]');
  await v.on('/new/saved');
  await v.press('main form[action="/new/saved"] button');
  await v.on('/new/saved');
  const link = await v.page.locator('.words a').getAttribute('href');
  await other.go(link, { look: false });
  await other.on('/new/resume'); /* shown, and taken by a button */
  await other.press('[name=go][value=take]');
  await other.on('/new/category'); /* where it was left */
  await other.go('/new');
  assert.match(await other.page.inputValue('#text'), /回家再继续/);
}

async function stops(j, options) {
  const { w } = j, v = await j.visitor(options);
  await v.go('/new');
  await v.press('main a[href="/new/stop"]');
  await v.on('/new/stop');
  const classes = await v.page.locator('main a[href^="/new/stop/"]').evaluateAll(all => all.map(a => a.getAttribute('href')));
  assert.equal(classes.length, 6, 'six classes of Article 11');
  for (const href of classes) {
    await v.go(href);
    assert.ok(await v.has('.doors, a[href="/track"], a[href^="/kb"]'), `${href} shows a door`);
    await v.sees('main form button');
  }
  if (options.width !== 320) return;
  /* A record is wanted all the same: it is filed, diverted at once, and told so. */
  await fillWords(v);
  await v.go('/new/stop/outside');
  await v.press('main form button');
  for (let i = 0; i < 6 && v.path() !== '/new/check'; i++) {
    await v.look();
    if (v.path() === '/new') await v.press('main form[action="/new"] button.button:not(.text)');
    else if (v.path() === '/new/category') { await v.choose('#category-unsure'); await v.press('form[action="/new/category"][method=post] button'); }
    else if (await v.has('[name=area]')) { await v.choose('[name=area]'); await v.press('main form[method=post] button'); }
    else if (v.path() === '/new/place/address') { await v.type('#address', '东门'); await v.press('main form[method=post] button:not([type=button])'); }
    else if (v.path() === '/new/photos') await v.press('[name=go][value=next]');
    else await v.press('main form[method=post] button');
  }
  await v.on('/new/check');
  const { no } = await receipt(v);
  assert.equal(w.sql(`SELECT diversion > 0 FROM ticket WHERE ticket_no = '${no.replaceAll('-', '')}'`), '1', 'recorded with its class');
}
async function fillWords(v) {
  await v.go('/new', { look: false });
  await v.choose('[name=kind][value=help]');
  await v.type('#text', '和邻居因为装修噪音起了纠纷，想请人调解一下。');
  await v.press('main form[action="/new"] button.button:not(.text)');
  await v.on('/new/category');
}

async function lost(j) {
  const v = await j.visitor({ width: 320 });
  await v.go('/track', { look: false });
  await v.press('form[action="/track"] button');
  await v.on('/track', 422);
  await v.errors();
  await v.type('#ticket_no', 'SD-261122-1234567-8');
  await v.type('#query_code', 'ABCD1234');
  await v.press('form[action="/track"] button');
  await v.on('/track', null);
  assert.ok(v.status() >= 400 && v.status() < 500);
  await v.go('/no-such-page', { look: false });
  assert.equal(v.status(), 404);
  await v.look();
}

export const journeys = {
  'errors empty and long zh 320': j => emptyAndLong(j, { width: 320 }),
  'errors empty and long en 1280': j => emptyAndLong(j, { lang: 'en' }),
  'errors files': files,
  'errors lost session': lostSession,
  'errors two clicks, back and change': oneTicket,
  'errors saved draft': saved,
  'errors six stops zh': j => stops(j, { width: 320 }),
  'errors six stops en': j => stops(j, { width: 1280, lang: 'en' }),
  'errors number not known': lost,
};
