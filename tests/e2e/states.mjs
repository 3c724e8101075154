/*
 * states.mjs - looks at every template state: valid HTML, no axe violation at 390 and 1280 px in light and dark, nothing
 * wider than a 320 px screen, targets of 44 px (60 in large type) and in the back office of 24 px (44) at 1280, one A4 when
 * printed.
 *
 *     node states.mjs <directory of states> [name ...]
 *
 * The directory is made by the program `states`; ../static beside it must lead to the static files. A page that is known
 * to be broken in each of these ways is looked at first: if a check lets it pass, the whole run fails.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { HtmlValidate } from 'html-validate';

const here = dirname(fileURLToPath(import.meta.url));
const dir = resolve(process.argv[2] ?? '');
const only = process.argv.slice(3);
const axeSource = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const TARGET = 44, TARGET_ELDER = 60;
const TARGET_DENSE = 24; /* the tables of the back office on a wide screen: WCAG 2.5.8 itself */
const ONE_PAGE = /^(citizen_receipt|citizen_track)\.ok\./; /* printed on one A4 */

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'void-style': 'off', 'no-trailing-whitespace': 'off', 'long-title': 'off', 'attr-quotes': 'off',
    'doctype-style': 'off', 'no-inline-style': 'error', 'require-sri': 'off',
    'no-implicit-button-type': 'off',  /* a button in a form submits; that is what is meant */
    'tel-non-breaking': 'off',         /* short emergency numbers cannot break */
    'prefer-native-element': 'off',
    'form-dup-name': 'off',            /* several buttons of a form share a name: go=next, go=save */
    'no-redundant-role': 'off',        /* role=list and the like are kept where a style would drop them */
  },
});

/* Each must be caught by the check it names. */
const controls = {
  html: '<!DOCTYPE html><html lang="zh-CN"><head><title>x</title></head><body><main><p id="a">1</p><p id="a">2</p></main></body></html>',
  axe: '<!DOCTYPE html><html lang="zh-CN"><head><title>x</title></head><body><main><h1>x</h1><input type="text"></main></body></html>',
  dark: '<!DOCTYPE html><html lang="zh-CN"><head><title>x</title><style>@media(prefers-color-scheme:dark){p{color:#222;background:#333}}</style></head><body><main><h1>x</h1><p>words</p></main></body></html>',
  width: '<!DOCTYPE html><html lang="zh-CN"><head><title>x</title></head><body><main><h1>x</h1><div style="width:400px">x</div></main></body></html>',
  target: '<!DOCTYPE html><html lang="zh-CN"><head><title>x</title></head><body><main><h1>x</h1><button style="height:20px">x</button></main></body></html>',
  dense: '<!DOCTYPE html><html lang="zh-CN"><head><title>x</title><style>button{height:44px}@media(min-width:62rem){button{height:20px}}</style></head><body><main><h1>x</h1><button>x</button></main></body></html>',
  print: '<!DOCTYPE html><html lang="zh-CN"><head><title>x</title></head><body><main><h1>x</h1><div style="height:3000px">x</div></main></body></html>',
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: ['--no-sandbox', '--allow-file-access-from-files'] });
/*
 * A screen stays at one address and states are written into it, so axe and the style sheet are read once. Each has a
 * context of its own: screens of one context share one process and would wait for each other.
 */
const screen = () => browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true, reducedMotion: 'reduce' }).then(c => c.newPage());

/* In dark only colours differ, so only they are looked at again. Answers leave the browser as short lines: whole reports are long. */
async function axeFaults(page, rules) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axeSource);
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
  return page.evaluate(async runOnly => {
    const found = await axe.run(document, { resultTypes: ['violations'], preload: false, runOnly });
    return found.violations.map(v => `${v.id} ${v.nodes[0].target.join(' ')}${v.nodes.length > 1 ? ` and ${v.nodes.length - 1} more` : ''} ${v.id === 'color-contrast' ? v.nodes[0].any[0].message : ''}`);
  }, runOnly);
}
async function htmlFaults(html) {
  const report = await validator.validateString(html);
  return report.results.flatMap(r => r.messages).filter(m => m.severity === 2).map(m => `${m.ruleId}: ${m.message} (line ${m.line})`);
}
/* Wider than the screen: regions that scroll by themselves (tables) are allowed. */
const widthFault = page => page.evaluate(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest('.table, .scroll, .desk-nav ul'));
  return [`${root.scrollWidth} px wide: ${wide.slice(0, 3).map(e => e.tagName + '.' + e.className).join(', ')}`];
});
/* Links inside a sentence are exempt (WCAG 2.5.8); what stands alone is not. */
const targetFaults = (page, least) => page.evaluate(least => {
  const inSentence = a => a.closest('p, li, dd, td, th, h1, h2, h3, figcaption, blockquote, summary, .law') && getComputedStyle(a).display.startsWith('inline') && !getComputedStyle(a).display.includes('flex');
  return [...document.querySelectorAll('a[href], button, select, textarea, input:not([type=hidden]), summary')].filter(e => {
    if (e.closest('.skip') || e.matches('.skip') || !e.checkVisibility()) return false;
    if (e.tagName === 'A' && inSentence(e)) return false;
    const box = (e.matches('[type=radio], [type=checkbox]') ? e.closest('label') : e).getBoundingClientRect();
    return box.height > 0 && box.height < least - 0.6;
  }).slice(0, 3).map(e => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 20)} is ${Math.round(e.getBoundingClientRect().height)} px high`);
}, least);
async function printFault(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true, format: 'A4' });
  const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  return pages === 1 ? [] : [`${pages} pages on paper`];
}

/*
 * The pages of the back office are as many as all others together, and what axe judges is the same in every language and type
 * size of one state: it looks at each state in zh, at ok in en too, and at the dark colours in ok and error. Large type differs
 * in one attribute, so its HTML is judged in the state ok. Widths and targets are looked at in all of them.
 */
const desk = name => name.startsWith('staff_');
const seenByAxe = name => !desk(name) || /\.zh\.html$/.test(name) || /\.ok\.en\./.test(name);
const seenInDark = name => !/\.(en|elder)\./.test(name) /* the colours are those of zh */ && !(desk(name) && /\.(empty|overflow)\./.test(name));
const validated = name => !desk(name) || !/\.elder\./.test(name) || /\.ok\./.test(name);

async function look(page, html, name) {
  const faults = [];
  const add = (what, list) => faults.push(...list.map(f => `${what}: ${f}`));
  const elder = name.includes('.elder');
  if (validated(name)) add('html', await htmlFaults(html));
  await page.emulateMedia({ colorScheme: 'light', media: null });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.setContent(html);
  if (seenByAxe(name)) add('390 light', await axeFaults(page));
  add('target', await targetFaults(page, elder ? TARGET_ELDER : TARGET));
  await page.setViewportSize({ width: 320, height: 640 });
  add('320', await widthFault(page));
  await page.setViewportSize({ width: 1280, height: 900 });
  add('1280', await widthFault(page));
  if (desk(name)) add('1280 target', await targetFaults(page, elder ? TARGET : TARGET_DENSE));
  if (seenInDark(name)) {
    await page.emulateMedia({ colorScheme: 'dark' });
    add('1280 dark', await axeFaults(page, ['color-contrast', 'link-in-text-block']));
  }
  if (ONE_PAGE.test(name) || name === 'control print') add('print', await printFault(page));
  return faults;
}

const names = only.length ? only.map(n => n.endsWith('.html') ? n : n + '.html') : readFileSync(join(dir, 'states.txt'), 'utf8').trim().split('\n');
const screens = await Promise.all(Array.from({ length: Math.min(3, Math.max(2, availableParallelism())) }, screen));
await Promise.all(screens.map(s => s.goto('file://' + join(dir, names[0])))); /* ../static is found from there */

let bad = 0;
/*
 * Every page template is drawn by a state: the program's sources call its function. A sheet that nothing draws is an unused
 * function, which the compiler refuses.
 */
if (!only.length) {
  const sources = readdirSync(join(here, 'states')).filter(f => f.endsWith('.c')).map(f => readFileSync(join(here, 'states', f), 'utf8')).join('\n');
  const drawn = new Set([...sources.matchAll(/\btmpl_(\w+?)\(/g)].map(m => m[1]));
  const plain = new Set([...sources.matchAll(/^PLAIN\((\w+)\)/gm)].map(m => `citizen_${m[1]}`)); /* words alone: the macro calls it */
  const missing = templates => templates.filter(t => !drawn.has(t) && !plain.has(t));
  const pages = ['citizen', 'open', 'error', 'staff'].flatMap(d => readdirSync(join(here, '../../templates', d)).filter(f => f.endsWith('.html')).map(f => `${d}_${f.slice(0, -5)}`));
  const left = missing(pages);
  if (pages.length && !left.length) console.log('ok states show every page template');
  else { bad++; console.log(`not ok states show every page template: nothing draws ${left.join(', ') || 'any'}`); }
  if (missing(['staff_nobody_draws_me']).length) console.log('ok states control template');
  else { bad++; console.log('not ok states control template: a template that no state draws was let pass'); }
}
const expect = { html: /^html: no-dup-id/, axe: /^390 light: label/, dark: /^1280 dark: color-contrast/, width: /^320: /, target: /^target: /, dense: /^1280 target: /, print: /^print: / };
for (const [kind, html] of Object.entries(controls)) {
  const faults = await look(screens[0], html, `${kind === 'dense' ? 'staff_' : ''}control ${kind}`);
  if (faults.some(f => expect[kind].test(f))) console.log(`ok states control ${kind}`);
  else { bad++; console.log(`not ok states control ${kind}: let pass a page that is broken; saw ${faults.join('; ')}`); }
}

/* One line a template state: languages and type sizes together, told as soon as the last of them was seen. */
const groups = new Map();
const keyOf = name => name.split('.').slice(0, 2).join('.');
for (const name of names) groups.set(keyOf(name), { faults: [], left: (groups.get(keyOf(name))?.left ?? 0) + 1 });
function tell(key, { faults }) {
  if (!faults.length) console.log(`ok states ${key}`);
  else { bad++; console.log(`not ok states ${key}: ${faults.slice(0, 4).join('; ')}${faults.length > 4 ? `; and ${faults.length - 4} more` : ''}`); }
}
const queue = [...names];
async function work(page) {
  for (let name; (name = queue.shift());) {
    const key = keyOf(name), group = groups.get(key);
    const faults = await look(page, readFileSync(join(dir, name), 'utf8'), name);
    group.faults.push(...faults.map(f => `${name.split('.').slice(2, -1).join('.')} ${f}`));
    if (!--group.left) tell(key, group);
  }
}
await Promise.all(screens.map(work));
await browser.close();
process.exit(bad ? 1 : 0);
