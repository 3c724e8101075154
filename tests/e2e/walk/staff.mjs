/*
 * staff.mjs - the back office as people meet it: the first sign-in of somebody new with password and authenticator, oneself,
 * people and their roles, services, units, problems in its own look, and the way out.
 */
import { assert } from './kit.mjs';
import { freshCode } from '../../staff.mjs';

const GOOD = 'tractor plum violin 7', gate = '.gate form .button';
let made = 0;

async function firstSignIn(j, options) {
  const { w } = j, v = await j.visitor(options), login = `journey.${++made}.${process.pid}`;
  const [, password] = w.ctl('staff', 'add', login, '--make', '--name', '演示·新来的管理员', '--role', 'administrator').trim().split('\t');
  await v.go('/staff/');
  assert.equal(v.path(), '/staff/sign-in');
  await v.press(gate);
  await v.on('/staff/sign-in', 422);
  assert.equal((await v.errors()).length, 2, 'login and password are asked for');
  await v.type('#login', login);
  await v.type('#password', 'not the right one');
  await v.press(gate);
  await v.on('/staff/sign-in', 422);
  assert.equal(await v.page.inputValue('#login'), login, 'the login stays');
  assert.equal(await v.page.inputValue('#password'), '', 'the password does not');
  await v.type('#password', password);
  await v.press(gate);
  await v.on('/staff/sign-in/password');
  await v.type('#new', 'password2026');
  await v.type('#again', 'password2026');
  await v.press(gate);
  await v.on('/staff/sign-in/password', 422);
  await v.type('#new', GOOD);
  await v.type('#again', GOOD);
  await v.press(gate);
  await v.on('/staff/sign-in/totp');
  assert.ok(await v.has('.qr svg'), 'a code to scan');
  const secret = (await v.page.locator('.secret code').textContent()).replaceAll(' ', '');
  await v.type('#code', '000000');
  await v.press(gate);
  await v.on('/staff/sign-in/totp', 422);
  await v.type('#code', await freshCode(secret));
  await v.press(gate);
  await v.on('/staff/sign-in/totp');
  assert.equal(await v.page.locator('.codes li').count(), 10);
  await v.press('.gate a.button');
  await v.on('/staff/');
  assert.ok(await v.has('.desk-nav a[href="/staff/people"]'), 'people are in the navigation');
  assert.ok(!await v.has('.desk-nav a[href="/staff/work"]'), 'and a worklist is not');
  return { v, login, secret };
}

async function desk(j, options) {
  const { v, login, secret } = await firstSignIn(j, options);
  for (const path of ['/staff/me', '/staff/me/password', '/staff/people', '/staff/services', '/staff/units', '/staff/units?on=2026-99-99']) await v.go(path);
  await v.go('/staff/people/new');
  await v.on('/staff/confirm');
  await v.type('#password', GOOD);
  await v.press(gate);
  await v.on('/staff/people/new');
  await v.press('main form .button');
  await v.on('/staff/people/new', 422);
  const other = `journey.other.${++made}.${process.pid}`;
  await v.type('#name', '演示·新同事');
  await v.type('#login', other);
  await v.type('#unit', '北京市市民热线服务中心');
  await v.page.selectOption('#role', 'clerk');
  await v.press('main form .button');
  await v.on('/staff/people/new');
  assert.match(await v.text('code.key'), /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
  await v.press('.gate a.button');
  await v.on(/^\/staff\/people\/\d+$/);
  const there = v.path();
  await v.press('form[action$="/state"] button');
  await v.on(there);
  assert.ok(await v.has('.tag.late'), 'disabled');
  await v.go('/staff/me/totp');
  await v.go('/staff/no-such-page');
  assert.equal(v.status(), 404);
  await v.go('/staff/people/1');
  assert.equal(v.status(), 404);
  assert.ok(await v.has('.desk-nav'), 'a problem keeps the frame');
  /* The other language, large type, and out. */
  await v.press('.desk-bar form button');
  await v.on('/staff/sign-in');
  await v.type('#login', login);
  await v.type('#password', GOOD);
  await v.press(gate);
  await v.on('/staff/sign-in/code');
  await v.type('#code', '111111');
  await v.press(gate);
  await v.on('/staff/sign-in/code', 422);
  await v.type('#code', await freshCode(secret));
  await v.press(gate);
  await v.on('/staff/');
}

async function refused(j) {
  const v = await j.staff('clerk');
  await v.go('/staff/people');
  assert.equal(v.status(), 403);
  await v.shown(/管理员/);
  await v.go('/staff/me');
  const shared = await j.staff('clerk', { width: 390, elder: true });
  await shared.go('/staff/');
  await shared.go('/staff/me');
}

export const journeys = {
  'staff desk zh 1280': j => desk(j, { width: 1280, lang: 'zh' }),
  'staff desk en 390 keyboard': j => desk(j, { width: 390, lang: 'en', keyboard: true }),
  'staff refused': refused,
};
