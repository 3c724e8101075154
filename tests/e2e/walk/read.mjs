/*
 * read.mjs - what everybody may read: knowledge, figures, published demands; and how pages look in the dark, large, on
 * paper, and how much they weigh.
 */
import { assert } from './kit.mjs';

async function knowledge(j, options) {
  const v = await j.visitor(options);
  await v.go('/kb/');
  await v.type('main form[action="/kb/search"] [name=q]', '接诉即办');
  await v.press('main form[action="/kb/search"] button');
  await v.on('/kb/search');
  assert.ok(await v.page.locator('.rows li').count() >= 1, 'results');
  assert.match(await v.text('.rows li'), /接诉即办|接[\s\S]*诉/);
  const href = await v.page.locator('.rows li a').first().getAttribute('href');
  await v.go(href);
  assert.ok(v.path().startsWith('/kb/'));
  const hash = new URL(v.page.url()).hash;
  if (hash) assert.ok(await v.page.evaluate(id => document.getElementById(id) !== null, decodeURIComponent(hash.slice(1))), `the anchor ${hash} exists`);
  const here = v.page.url();
  for (const answer of ['yes', 'no']) {
    await v.go(here, { look: false });
    await v.press(`[name=useful][value=${answer}]`);
    await v.on('/kb/feedback', null);
    assert.ok(v.status() < 300, `feedback ${answer}: ${v.status()}`);
  }
  await v.go('/kb/search?q=' + encodeURIComponent('量子纠缠超导悬浮'));
  if (await v.has('.empty a[href="/new"]')) {
    await v.press('.empty a[href="/new"]');
    await v.look();
    assert.ok(v.status() < 300);
  }
}

async function figures(j, options) {
  const v = await j.visitor(options);
  await v.go('/stats/');
  const all = ['/stats/days', '/stats/districts', '/stats/categories', '/stats/channels', '/stats/on-time', '/stats/method'];
  for (const path of options.width === 320 ? all : all.slice(0, 2)) {
    await v.go(path);
    assert.equal(v.status(), 200, path);
    if (path === '/stats/method') continue;
    assert.ok(await v.page.locator('table tbody tr').count() >= 1, `${path} has a table`);
    const files = await v.page.locator('ul.files a').evaluateAll(all => all.map(a => a.getAttribute('href')));
    const csv = files.find(f => /csv/.test(f)), json = files.find(f => /json/.test(f));
    assert.ok(csv && json, `${path} offers CSV and JSON: ${files}`);
    const c = await v.fetch(csv), d = await v.fetch(json);
    assert.match(c.headers()['content-type'], /text\/csv/);
    const lines = (await c.text()).trim().split(/\r?\n/);
    assert.ok(lines.length >= 2, `${csv} has rows`);
    assert.match(d.headers()['content-type'], /json/);
    JSON.parse(await d.text());
    for (const f of files.filter(f => /svg|embed/.test(f))) assert.equal((await v.fetch(f)).status(), 200, f);
  }
}

async function published(j, options) {
  const v = await j.visitor(options);
  await v.go('/public');
  const rows = await v.page.locator('.rows a[href^="/public/"]').count();
  await v.page.selectOption('#area', { index: 1 });
  await v.press('form.filter button');
  await v.on('/public');
  if (rows) {
    await v.go('/public', { look: false });
    await v.press('.rows a[href^="/public/"]');
    await v.on(/^\/public\/.+/);
    if (await v.has('a[href^="/new/join"], form[action="/new/join"]')) {
      await v.press('a[href^="/new/join"], form[action="/new/join"] button');
      await v.look();
    }
  }
  for (const path of ['/rights', '/privacy', '/accessibility', '/api/']) await v.go(path);
}

/* Preferences stay; dark and large are readable; the emergency numbers and the menu do not go on paper. */
async function looks(j) {
  const v = await j.visitor({ width: 320 });
  await v.go('/');
  await v.press('.prefs a[href*="elder"]');
  await v.look();
  assert.ok(await v.has('html[data-elder="1"]'), 'large type');
  const size = () => v.page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize));
  assert.ok(await size() >= 18, `letters of ${await size()} px`);
  await v.go('/new');
  assert.ok(await v.has('html[data-elder="1"]'), 'it stays on the next page');
  await v.go('/kb/', { look: false });
  assert.ok(await v.has('html[data-elder="1"]'), 'also on pages from the public cache');
  await v.press('.prefs a[href*="elder"]');
  assert.ok(!await v.has('html[data-elder="1"]'), 'and it goes');

  const e = await j.visitor({ width: 1280, lang: 'zh', dark: true });
  await e.go('/');
  const dark = await e.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await e.page.emulateMedia({ colorScheme: 'light' }).then(() => e.page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  assert.notEqual(dark, light, 'dark mode has its own ground');
  await e.page.emulateMedia({ media: 'print' });
  assert.equal(await e.page.locator('header nav').isVisible(), false, 'no menu on paper');
  await e.page.emulateMedia({ media: 'screen' });
  await e.sees('.urgent a[href="tel:119"]');

  const f = await j.visitor({ lang: 'en' });
  for (const path of ['/', '/new', '/kb/', '/stats/', '/track']) {
    await f.go(path, { look: path === '/stats/' });
    assert.equal(await f.page.evaluate(() => document.documentElement.lang), 'en', `English stays on ${path}`);
  }
}

/* What the first view costs on the wire: compressed bytes as the browser counts them. */
async function weight(j) {
  for (const path of ['/', '/new']) {
    const v = await j.visitor({ script: true, width: 390 });
    const cdp = await v.context.newCDPSession(v.page), kinds = new Map(), bytes = new Map();
    await cdp.send('Network.enable');
    cdp.on('Network.responseReceived', e => kinds.set(e.requestId, e.type));
    cdp.on('Network.loadingFinished', e => bytes.set(e.requestId, e.encodedDataLength));
    await v.page.goto(path, { waitUntil: 'networkidle' });
    const of = type => [...bytes].filter(([id]) => !type || kinds.get(id) === type).reduce((sum, [, n]) => sum + n, 0);
    assert.ok(of() > 0 && of('Document') > 0, 'something was counted');
    assert.ok(of() <= 60 * 1024, `${path}: ${of()} bytes`);
    assert.ok(of('Script') <= 15 * 1024, `${path}: ${of('Script')} bytes of script`);
    assert.ok(kinds.size <= 6, `${path}: ${kinds.size} requests`);
    assert.ok(![...kinds.values()].includes('Font'), `${path} loads a font`);
    const refused = [];
    v.page.on('console', m => m.type() === 'error' && refused.push(m.text()));
    await v.page.reload({ waitUntil: 'networkidle' });
    assert.deepEqual(refused, [], 'the console is silent: the security policy refuses nothing of ours');
  }
}

/* With scripts: the counter counts, a class is suggested, one press sends once. */
async function scripted(j) {
  const v = await j.visitor({ script: true, width: 390 });
  await v.go('/new', { look: false });
  await v.page.fill('#text', '');
  await v.page.locator('#text').pressSequentially('楼道灯坏了没人修');
  await v.page.waitForFunction(() => /\b8\b/.test(document.querySelector('#text-count').textContent));
}

export const journeys = {
  'read knowledge zh 320': j => knowledge(j, { width: 320 }),
  'read knowledge en 1280': j => knowledge(j, { lang: 'en' }),
  'read figures zh 320': j => figures(j, { width: 320 }),
  'read figures en 1280': j => figures(j, { lang: 'en' }),
  'read published zh 320': j => published(j, { width: 320 }),
  'read published en 1280': j => published(j, { lang: 'en' }),
  'read large, dark, paper, language': looks,
  'read weight of the first view': weight,
  'read with scripts': scripted,
};
