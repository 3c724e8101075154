/*
 * staff.mjs - signing in to the back office of a test instance, for the suites http, contract and e2e.
 *
 * `demo` makes the demo staff of an instance once and reads who they are; a role is the word of app/permission.h, and logins
 * are demo.<role> (and demo.officer2, demo.bureau, demo.department, demo.district, demo.manager of a street).
 */
import { createHmac } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LOGINS = { unit_manager: 'demo.manager' };
export const loginOf = role => (role.includes('.') ? role : LOGINS[role] ?? `demo.${role}`);

/* { 'demo.clerk': { login, password, totp, role, unit }, ... } */
export function demo(variable) {
  const file = join(variable, 'demo-staff.txt');
  if (!existsSync(file)) {
    const instance = Object.fromEntries(readFileSync(join(variable, 'instance'), 'utf8').trim().split('\n').map(l => l.split('=')));
    execFileSync(join(instance.BIN, 'sudactl'), ['--config', join(variable, 'suda.conf'), 'staff', 'demo', '--file', file], { encoding: 'utf8' });
  }
  return Object.fromEntries(readFileSync(file, 'utf8').trim().split('\n').map(l => {
    const [login, password, totp, role, unit] = l.split('\t');
    return [login, { login, password, totp: totp === '-' ? null : totp, role, unit }];
  }));
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
export function totpAt(secret, step) {
  const bits = [...secret.replace(/ /g, '')].map(c => LETTERS.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest(), at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}
/* A code that was not used before: each is good once, and one step to either side is accepted, so that three sign-ins fit into
 * half a minute; a fourth waits. One process alone may sign in with one secret. */
const used = new Map();
export async function freshCode(secret) {
  for (;;) {
    /* One step old is good still, but not when the next step begins while the code is on its way. */
    const now = Math.floor(Date.now() / 30000), oldest = Math.floor((Date.now() + 10000) / 30000) - 1;
    const step = Math.max((used.get(secret) ?? 0) + 1, oldest);
    if (step <= now + 1) {
      used.set(secret, step);
      return totpAt(secret, step);
    }
    await new Promise(done => setTimeout(done, 500));
  }
}
