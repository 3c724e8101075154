/*
 * kit.mjs - what the journeys share: browsers of every kind, hands (mouse or keyboard), the look at each page, SMS, sudactl.
 *
 * The look: a page is fetched as the visitor got it, and the very same HTML is written into a second browser with scripts
 * on, because axe needs them. html-validate reads the HTML as sent.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { HtmlValidate } from 'html-validate';
import { demo, freshCode, loginOf } from '../../staff.mjs';

export { assert };
const axeSource = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: { /* the same as in states.mjs, with the reasons there */
    'void-style': 'off', 'no-trailing-whitespace': 'off', 'long-title': 'off', 'attr-quotes': 'off', 'doctype-style': 'off',
    'no-inline-style': 'error', 'require-sri': 'off', 'no-implicit-button-type': 'off', 'tel-non-breaking': 'off',
    'prefer-native-element': 'off', 'form-dup-name': 'off', 'no-redundant-role': 'off',
  },
});
const ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PATIENCE_MS = 90000; /* a machine may be busy with other suites; nothing here judges speed */

export const sleep = ms => new Promise(done => setTimeout(done, ms));
export async function until(what, ask, ms = PATIENCE_MS) {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(150)) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error(`waited ${ms / 1000} s in vain for ${what}`);
}

export async function world(origin, variable, scratch) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: ARGS });
  const instance = Object.fromEntries(readFileSync(join(variable, 'instance'), 'utf8').trim().split('\n').map(l => l.split('=')));
  const seen = new Set(); /* shapes of pages that axe has looked at */
  const labs = []; /* of a browser with scripts, where axe looks at copies; those nobody uses now */
  let phones = 0;

  const w = {
    origin, variable, scratch, browser, sessions: new Map(),
    /* A phone nobody has yet. */
    phone: () => `139${String(10000000 + process.pid % 100000 * 100 + phones++).slice(-8)}`,
    ctl(...args) {
      const r = spawnSync(`${instance.BIN}/sudactl`, ['--config', join(variable, 'suda.conf'), ...args], { encoding: 'utf8', env: { ...process.env, SUDA_SQL: join(instance.TOP, 'sql') } });
      if (r.status !== 0) throw new Error(`sudactl ${args.join(' ')}: ${r.stdout} ${r.stderr}`);
      return r.stdout;
    },
    /* As the owner of the schema: what only time could do otherwise. */
    sql(text) {
      for (let tries = 1; ; tries++) {
        const r = spawnSync('mariadb', ['--no-defaults', '--protocol=socket', `--socket=${instance.RUN}/mariadb.sock`, '--user=suda_owner',
          `--password=${readFileSync(join(variable, 'secrets/db-owner'), 'utf8').trim()}`, '--batch', '--skip-column-names', 'suda', '-e', text], { encoding: 'utf8' });
        if (r.status === 0) return r.stdout.trim();
        /* The worker writes the same rows: what met it is run again, all of it, so one statement a text that changes. */
        if (tries === 20 || !/ERROR (1020|1205|1213)/.test(r.stderr)) throw new Error(`${r.error ?? r.stderr}: ${text}`);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      }
    },
    messages: (phone, topic) => readdirSync(join(variable, 'sms')).filter(f => /^\d+\.txt$/.test(f)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
      .map(f => readFileSync(join(variable, 'sms', f), 'utf8')).filter(t => t.includes(phone) && (!topic || topic.test(t))),
    sms: (phone, topic, after = 0, ms = PATIENCE_MS) => until(`an SMS ${topic} to ${phone}`, () => w.messages(phone, topic).slice(after).at(-1), ms),
    code: async (phone, after = 0) => /\b(\d{6})\b/.exec((await w.sms(phone, /topic=.*code/, after)).split('text=')[1])[1],
    /* Stays at one address; pages are written into it, so axe is read once. Screens of one context would share a process. */
    async lab() {
      if (labs.length) return labs.pop();
      const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      await page.goto(origin + '/rights');
      return page;
    },
    labDone: page => labs.push(page),
    journey: name => journey(w, name, seen),
    end: () => browser.close(),
  };
  return w;
}

function journey(w, name, seen) {
  const contexts = [], faults = [];
  let lab = null, last = '';
  const j = {
    w, name, faults, at: () => last,
    async visitor({ width = 1280, lang = 'zh', script = false, keyboard = false, dark = false, elder = false } = {}) {
      const context = await w.browser.newContext({
        baseURL: w.origin, javaScriptEnabled: script, viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light',
        locale: lang === 'en' ? 'en-GB' : 'zh-CN', reducedMotion: 'reduce', acceptDownloads: true,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      contexts.push(context);
      const v = await visitor(j, context, await context.newPage(), { width, lang, script, keyboard });
      if (lang === 'en') await v.go('/?lang=en', { look: false });
      if (elder) await v.go('/?elder=1', { look: false });
      return v;
    },
    /* A visitor who is signed in to the back office as demo.<role>, or as any login of the demo staff. A session is shared by
     * the journeys; `fresh` signs in anew, for those that end it. */
    async staff(role, options = {}) {
      const who = demo(w.variable)[loginOf(role)], v = await j.visitor(options);
      assert.ok(who, `there is no demo staff ${role}`);
      v.who = who;
      if (!options.fresh && w.sessions.has(who.login)) {
        await v.context.addCookies([w.sessions.get(who.login)]);
        await v.go('/staff/', { look: false });
        if (v.path() === '/staff/') return v;
      }
      await v.go('/staff/sign-in', { look: false });
      await v.page.fill('#login', who.login);
      await v.page.fill('#password', who.password);
      await v.page.locator('.gate form .button').first().click();
      for (let i = 0; who.totp && i < 4 && (i === 0 || v.path() === '/staff/sign-in/code'); i++) {
        await v.page.fill('#code', await freshCode(who.totp));
        await v.page.locator('.gate form .button').first().click();
      }
      await v.page.waitForURL('**/staff/');
      if (!options.fresh) w.sessions.set(who.login, (await v.context.cookies()).find(c => c.name === 'staff'));
      return v;
    },
    fault: text => faults.push(text),
    moved: url => { last = url.replace(w.origin, ''); },
    async judge(html, url, width) {
      const path = url.replace(w.origin, '');
      const report = await validator.validateString(html);
      for (const m of report.results.flatMap(r => r.messages).filter(m => m.severity === 2)) faults.push(`${path} html ${m.ruleId}: ${m.message} (line ${m.line})`);
      /* One look of axe at each kind of page, by its shape: which states there are is the matter of states.mjs. */
      const shape = `${width} ${/<html[^>]*>/.exec(html)} ${path.replace(/SD-[\d-]+|[\w-]{16,}/g, '*')} ${/<main.*<\/main>/s.exec(html)?.[0].replace(/"[^"]*"|>[^<]*</gs, '').length}`;
      if (seen.has(shape)) return;
      seen.add(shape);
      lab ??= await w.lab();
      await lab.setViewportSize({ width, height: 900 });
      await lab.setContent(html);
      if (!await lab.evaluate(() => 'axe' in window)) await lab.evaluate(axeSource);
      const found = await lab.evaluate(async () => {
        const all = await axe.run(document, { resultTypes: ['violations'], preload: false, runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } });
        return all.violations.map(v => `${v.id} ${v.nodes[0].target.join(' ')}`);
      });
      faults.push(...found.map(f => `${path} axe ${f}`));
    },
    async end() {
      if (lab) w.labDone(lab);
      for (const c of contexts) await c.close().catch(() => {});
    },
  };
  return j;
}

async function visitor(j, context, page, { width, lang, script, keyboard }) {
  const w = j.w;
  let received = null, shot = 0;
  page.on('response', r => {
    if (r.request().isNavigationRequest() && r.frame() === page.mainFrame() && (r.status() < 300 || r.status() >= 400)) received = r;
  });
  const v = {
    page, context, width, code: w.code,
    status: () => received?.status(),
    html: () => received.text(),
    text: selector => page.locator(selector ?? 'main').first().innerText(),
    has: selector => page.locator(selector).count().then(n => n > 0),
    path: () => new URL(page.url()).pathname,
    /* The address, then the look. `look: false` where the same page was seen a moment ago. */
    async go(path, { look = true } = {}) {
      await page.goto(path);
      if (look) await v.look();
    },
    /* Where we are, by path or pattern; then the look. */
    async on(path, status = 200) {
      const here = new URL(page.url()).pathname;
      assert.ok(path instanceof RegExp ? path.test(here) : path === here, `expected to be on ${path}, is on ${here}: ${(await page.locator('main').innerText().catch(() => '')).slice(0, 200)}`);
      if (status) assert.equal(v.status(), status, `status of ${here}`);
      await v.look();
    },
    async look() {
      j.moved(page.url());
      const here = page.url().replace(w.origin, '');
      const faults = await page.evaluate(lang => {
        const faults = [], root = document.documentElement, h1 = [...document.querySelectorAll('h1')];
        if (h1.length !== 1 || !h1[0].innerText.trim() || h1[0].getBoundingClientRect().height === 0) faults.push(`${h1.length} h1`);
        if (document.title.trim().length < 2) faults.push('no title');
        /* In the back office the heading names the screen as its title does, and what of its kind it is about. */
        const plain = s => s.replace(/\s+/g, ' ').trim(), screen = plain(document.title.replace(/^(错误：|Error:)/, '').replace(/ - [^-]*$/, ''));
        if (location.pathname.startsWith('/staff/') && h1.length && !plain(h1[0].textContent).includes(screen)) faults.push(`the heading "${plain(h1[0].textContent)}" does not name "${screen}"`);
        if (!root.lang.startsWith(lang)) faults.push(`lang is ${root.lang}, wanted ${lang}`);
        if (root.scrollWidth > root.clientWidth) faults.push(`${root.scrollWidth} px wide on ${root.clientWidth}: ${[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 3).map(e => e.tagName + '.' + e.className).join(' ')}`);
        if (!location.pathname.startsWith('/staff/') && !document.querySelector('.urgent a[href="tel:110"]')) faults.push('no emergency numbers');
        if (document.querySelector('#errors') && !document.title.match(/^(错误|Error)/)) faults.push('errors, but the title does not begin with it');
        return faults;
      }, lang);
      for (const f of faults) j.fault(`${here} ${f}`);
      await j.judge(await received.text(), page.url().split('#')[0], width);
      if (process.env.SHOTS) {
        mkdirSync(process.env.SHOTS, { recursive: true });
        await page.screenshot({ path: join(process.env.SHOTS, `${j.name.replace(/\W+/g, '-')}-${String(++shot).padStart(2, '0')}${new URL(page.url()).pathname.replace(/\W+/g, '-')}.png`), fullPage: true });
      }
    },
    async errors() {
      assert.ok(await v.has('#errors a'), `no error summary on ${page.url()}`);
      return page.locator('#errors li').allInnerTexts();
    },
    shown: async pattern => assert.match(await v.text('body'), pattern),
    sees: async selector => assert.ok(await page.locator(selector).first().isVisible(), `${selector} is not visible`),
    /* A file of this site, as this visitor may fetch it. */
    fetch: (path, options = {}) => context.request.fetch(path.startsWith('http') ? path : w.origin + path, { maxRedirects: 0, ...options }),
    ...(keyboard ? keys(j, page) : mouse(page)),
  };
  /* A press that leads to another page: waits for the answer. */
  const press = v.press;
  v.press = async selector => {
    const arrived = page.waitForEvent('framenavigated', f => f === page.mainFrame());
    arrived.catch(() => {}); /* told by the await below, unless the press itself failed */
    await press(selector);
    await arrived;
    await page.waitForLoadState('load');
  };
  return v;
}

const mouse = page => ({
  type: (selector, text) => page.fill(selector, text),
  choose: selector => page.check(selector),
  press: selector => page.locator(selector).first().click({ noWaitAfter: true }),
  files: (selector, paths) => page.setInputFiles(selector, paths),
});

/* Tab, arrows, Space and Enter alone; every stop must show where the focus is. */
function keys(j, page) {
  const STOPS = 160;
  const tab = async selector => {
    for (let i = 0; i < STOPS; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(selector => {
        const e = document.activeElement;
        if (!e || e === document.body) return { there: false, seen: true };
        const mark = e.matches('[type=radio], [type=checkbox]') ? e.closest('label') ?? e : e, visible = n => {
          const s = getComputedStyle(n);
          return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
        };
        const box = mark.getBoundingClientRect();
        return { there: e.matches(selector), seen: (visible(e) || visible(mark)) && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
          what: `${e.tagName}${e.id ? '#' + e.id : ''} ${e.textContent.trim().slice(0, 20)}`,
          group: e.type === 'radio' && document.querySelector(selector)?.name === e.name };
      }, selector);
      if (!at.seen) j.fault(`${j.at()} no visible focus on ${at.what}`);
      if (at.there || at.group) return at;
    }
    throw new Error(`${STOPS} tabs do not reach ${selector}`);
  };
  return {
    tab,
    async type(selector, text) {
      await tab(selector);
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    },
    async choose(selector) {
      let at = await tab(selector);
      for (let i = 0; i < STOPS && !at.there; i++) { /* a group of radio buttons is one stop; arrows move in it */
        await page.keyboard.press('ArrowDown');
        at = { there: await page.evaluate(s => document.activeElement.matches(s), selector) };
      }
      if (!await page.evaluate(() => document.activeElement.checked)) await page.keyboard.press('Space');
    },
    async press(selector) {
      await tab(selector);
      await page.keyboard.press('Enter');
    },
    async files(selector, paths) {
      await tab(selector);
      /* Chromium now and then opens no chooser for a key that follows a page too soon; a person would press again. */
      let chooser = null;
      for (let tries = 0; !chooser && tries < 10; tries++)
        [chooser] = await Promise.all([page.waitForEvent('filechooser', { timeout: 4000 }).catch(() => null), page.keyboard.press('Space')]);
      assert.ok(chooser, `${selector} opens a file chooser by keyboard`);
      await chooser.setFiles(paths);
    },
  };
}

/* A JPEG of the browser's own making, with a place (GPS) and a camera written into it. */
export async function photo(w, name = 'photo.jpg', colour = '#a73') {
  const path = join(w.scratch, name);
  const context = await w.browser.newContext({ viewport: { width: 640, height: 480 } });
  const page = await context.newPage();
  await page.setContent(`<body style="margin:0;background:linear-gradient(135deg,${colour},#468)"><p style="font-size:80px;color:#fff">${name}</p></body>`);
  const jpeg = await page.screenshot({ type: 'jpeg', quality: 80 });
  await context.close();
  writeFileSync(path, Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)]));
  return path;
}
/* Exif 2.3: IFD0 with Make and a pointer to the GPS IFD, which says 39° 54' 27" N. */
function exif() {
  const tiff = Buffer.alloc(140);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  const entry = (at, tag, type, n, value) => { tiff.writeUInt16LE(tag, at); tiff.writeUInt16LE(type, at + 2); tiff.writeUInt32LE(n, at + 4); tiff.writeUInt32LE(value, at + 8); };
  entry(10, 0x010f, 2, 14, 38);      /* Make */
  entry(22, 0x8825, 4, 1, 56);       /* GPS IFD */
  tiff.write('SudaTestCamera', 38, 'latin1');
  tiff.writeUInt16LE(2, 56);
  entry(58, 0x0001, 2, 2, 0x4e);     /* GPSLatitudeRef N */
  entry(70, 0x0002, 5, 3, 90);       /* GPSLatitude */
  [39, 1, 54, 1, 27, 1].forEach((n, i) => tiff.writeUInt32LE(n, 90 + i * 4));
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(2 + 6 + tiff.length, 2);
  return Buffer.concat([head, Buffer.from('Exif\0\0', 'latin1'), tiff]);
}
