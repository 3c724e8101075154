/*
 * file.mjs - the whole life of a demand: filed, receipt, progress, a photo added, signed, contacted, answered, rated.
 * Without JavaScript, in both languages, narrow and wide, and once without a mouse.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { assert, photo, until } from './kit.mjs';

const WORDS = '我们楼道里的灯坏了三天了，晚上老人上下楼看不见，差点摔倒，请尽快派人来修。';

/* Fills the pages of filing up to the check. Leaves out what is undefined. */
export async function fill(v, { text = WORDS, kind = 'help', phone, photos = [], address = '3号楼2单元门口', name, unsure = false, areas = [] }) {
  await v.go('/new');
  await v.choose(`[name=kind][value=${kind}]`);
  await v.type('#text', text);
  await v.press('main form[action="/new"] button.button:not(.text)');
  await v.on('/new/category');
  await v.choose(unsure ? '#category-unsure' : '[name=category]:not([value=unsure])');
  await v.press('form[action="/new/category"][method=post] button');
  await v.on('/new/place');
  for (const [i, step] of ['/new/place/street', '/new/place/community', '/new/place/address'].entries()) {
    await v.choose(areas[i] ? `[name=area][value="${areas[i]}"]` : '[name=area]:not([value=unknown])');
    await v.press('main form[method=post] button');
    await v.on(step);
  }
  await v.type('#address', address);
  await v.press('form[action="/new/place/address"] button:not([type=button])');
  await v.on('/new/photos');
  if (photos.length) {
    await v.files('#file', photos);
    await v.press('[name=go][value=upload]');
    await v.on('/new/photos');
    assert.equal(await v.page.locator('.files-list li').count(), photos.length, 'files listed');
  }
  await v.press('[name=go][value=next]');
  await v.on('/new/contact');
  if (phone) await v.type('#phone', phone);
  if (name) await v.type('#name', name);
  await v.press('form[action="/new/contact"] button');
  if (phone) {
    await v.on('/new/code');
    await v.type('#code', await v.code(phone));
    await v.press('[name=go][value=verify]');
  }
  await v.on('/new/check');
}

export async function receipt(v) {
  await v.press('form[action="/new/check"] button');
  await v.on('/receipt');
  const [no, code] = await v.page.locator('.keys dd').allInnerTexts();
  assert.match(no, /^SD-\d{6}-\d{7}-\d$/);
  assert.match(code, /^[0-9A-HJKMNP-TV-Z -]{8,9}$/);
  return { no, code };
}

const plain = no => no.replaceAll('-', '');
/* The unit that holds a demand now, by its code. */
export const holder = (w, no) => w.sql(`SELECT a.unit_code FROM ticket t JOIN assignment a ON a.id = t.lead_id WHERE t.ticket_no = '${plain(no)}'`);
export function officer(w, no, ...acts) {
  const unit = holder(w, no);
  assert.ok(unit, `nobody holds ${no}`);
  for (const [act, ...words] of acts) w.ctl('ticket', act, no, ...words, '--unit', unit);
}

async function whole(j, options) {
  const { w } = j, v = await j.visitor(options), phone = w.phone();
  await v.go('/');
  await v.press('main a[href="/new"]');
  await v.on('/new');
  await fill(v, { phone, name: '李明', photos: [await photo(w, `a-${phone}.jpg`)] });
  await v.sees('#what');
  const { no, code } = await receipt(v);
  await v.go('/receipt'); /* survives a reload */
  assert.match(await v.text(), new RegExp(no));

  /* Another device: number and code, however typed. */
  const other = await j.visitor(options);
  await other.go('/track');
  await other.type('#ticket_no', ` ${no.toLowerCase().replaceAll('-', ' ')}`);
  await other.type('#query_code', code.toLowerCase());
  await other.press('form[action="/track"] button');
  await other.on(`/track/${no}`);
  await other.press(`a[href="/track/${no}/add"]`);
  await other.on(/\/add$/);
  await other.type('#text', '补充：二层的灯也坏了。');
  await other.files('#file', [await photo(w, `b-${phone}.jpg`, '#37a')]);
  await other.press('main form button');
  await other.on(`/track/${no}`);
  assert.match(await other.text('.timeline'), /二层的灯也坏了/);
  await until('two cleaned pictures', async () => {
    await other.go(`/track/${no}`, { look: false });
    return await other.page.locator('.photos img').count() >= 2;
  }, 40000);
  await other.look();
  for (const href of await other.page.locator('.photos a').evaluateAll(all => all.map(a => a.getAttribute('href')))) {
    const r = await other.fetch(href), body = await r.body();
    assert.equal(r.status(), 200, href);
    assert.equal(body.readUInt16BE(0), 0xffd8, `${href} is a JPEG`);
    assert.ok(!body.includes('Exif') && !body.includes('SudaTestCamera'), `${href} still holds Exif`);
  }
  assert.ok(readFileSync(`${w.scratch}/a-${phone}.jpg`).includes('SudaTestCamera'), 'control: the photo that was sent has Exif');

  officer(w, no, ['sign'], ['contact'], ['reply', '楼道灯已于今天上午更换，共三盏，已和您电话确认。']);
  await other.go(`/track/${no}`);
  assert.match(await other.text('.reply'), /共三盏/);
  /* Rating opens when the promised time has come; nothing but time does that. */
  comeDue(w, no);
  await until('the invitation to rate', async () => {
    await other.go(`/track/${no}`, { look: false });
    return other.has(`a[href="/track/${no}/rating"]`);
  }, 60000);
  await other.look();
  await other.press(`a[href="/track/${no}/rating"]`);
  await other.on(/\/rating$/);
  await other.choose('[name=contacted][value=yes]');
  await other.choose('[name=solved][value=yes]');
  await other.choose('[name=satisfaction]');
  await other.type('#words', '很快，谢谢。');
  await other.press('main form button');
  await other.on(/^\/(track\/|rate)/);
  await other.go(`/track/${no}`);
  assert.ok(!await other.has(`a[href="/track/${no}/rating"]`), 'a demand is rated once');
}

/* Moves the promise into the past, as if its days were over; the worker looks at what is due. */
export function comeDue(w, no) {
  const past = '(UNIX_TIMESTAMP(NOW(6)) - 60) * 1000000';
  w.sql(`UPDATE ticket t JOIN assignment a ON a.id = t.lead_id SET t.promise_at = ${past}, a.due_at = ${past}, a.next_at = ${past} WHERE t.ticket_no = '${plain(no)}'`);
}

/* A recording keeps its picture and loses what its camera wrote into it. */
async function video(j) {
  const { w } = j, v = await j.visitor({ width: 320 }), path = `${w.scratch}/clip.mp4`;
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10:duration=1', '-c:v', 'libx264', '-pix_fmt', 'yuv420p',
    '-metadata', 'location=+39.9042+116.4074/', '-metadata', 'comment=SudaTestCamera', path]);
  assert.ok(readFileSync(path).includes('SudaTestCamera'), 'control: the recording that is sent names its camera');
  await fill(v, { photos: [path], text: '半夜施工噪音很大，录了一段。' });
  const { no } = await receipt(v);
  const href = await until('the cleaned recording', async () => {
    await v.go(`/track/${no}`, { look: false });
    return v.page.locator('.photos a').first().getAttribute('href', { timeout: 500 }).catch(() => null);
  }, 40000);
  await v.look();
  const r = await v.fetch(href), body = await r.body();
  assert.equal(r.status(), 200);
  assert.equal(body.toString('latin1', 4, 8), 'ftyp', 'still a recording');
  for (const mark of ['SudaTestCamera', '+39.9042']) assert.ok(!body.includes(mark), `the recording still holds ${mark}`);
}

export const journeys = {
  'file with a recording': video,
  'file zh 1280': j => whole(j, { width: 1280 }),
  'file zh 320': j => whole(j, { width: 320 }),
  'file en 1280 by keyboard': j => whole(j, { width: 1280, lang: 'en', keyboard: true }),
  'file en 320': j => whole(j, { width: 320, lang: 'en' }),
};
