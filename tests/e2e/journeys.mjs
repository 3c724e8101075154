/*
 * journeys.mjs - walks through a running instance as people do, and prints one line for each journey.
 *
 *     node journeys.mjs <origin> <VAR of the instance> <folder for scratch files>
 *
 * A journey is a function in walk/; it throws at the first thing that is wrong. Its faults of form (axe, HTML, width) are
 * collected and told together at its end. SHOTS=folder keeps a full picture of each page.
 */
import { readdirSync } from 'node:fs';
import { world } from './walk/kit.mjs';

const [origin, variable, scratch] = process.argv.slice(2);
const only = (process.env.JOURNEYS ?? '').split(',').filter(Boolean);
const w = await world(origin, variable, scratch);
let bad = 0;
const files = readdirSync(new URL('./walk', import.meta.url)).filter(f => f.endsWith('.mjs') && f !== 'kit.mjs').sort();
const queue = [];
for (const file of files) {
  const { journeys } = await import(`./walk/${file}`);
  for (const [name, walk] of Object.entries(journeys)) {
    if (!only.length || only.some(o => name.startsWith(o) || file.startsWith(o))) queue.push([name, walk]);
  }
}
async function work() {
  for (let next; (next = queue.shift());) {
    const [name, walk] = next;
    const j = w.journey(name), began = Date.now();
    let failure = null;
    try { await walk(j); } catch (e) { failure = `${String(e.message).split('\n').slice(0, 3).join(' ')} (${where(e)}; at ${j.at()})`; }
    const faults = [...j.faults, ...(failure ? [failure] : [])];
    await j.end();
    if (faults.length) { bad++; console.log(`not ok journey ${name}: ${faults.slice(0, 5).join('; ').replace(/\s+/g, ' ')}${faults.length > 5 ? `; and ${faults.length - 5} more` : ''}`); }
    else console.log(`ok journey ${name}`);
    if (process.env.TIMES) console.log(`# ${name}: ${Math.round((Date.now() - began) / 1000)} s`);
  }
}
const where = e => (e.stack ?? '').split('\n').map(l => /walk\/(\w+\.mjs:\d+)/.exec(l)?.[1]).filter(l => l && !l.startsWith('kit')).at(0) ?? 'kit';
await Promise.all([work(), work()]);
await w.end();
process.exit(bad ? 1 : 0);
