/*
 * control.mjs - the look at a page must find what is wrong: one planted page, broken in each way that it judges.
 */
import { assert } from './kit.mjs';

const BROKEN = `<!DOCTYPE html><html lang="fr"><head><title>Broken page</title><style>:focus{outline:none}</style></head><body><main><h1>1</h1><h1>2</h1>
<p id="a">1</p><p id="a">2</p><input type="text"><div style="width:900px">wide</div><div class="errors" id="errors"></div><a href="/x" id="x">x</a></main></body></html>`;

async function planted(j) {
  const w = j.w, inner = w.journey('control planted'), v = await inner.visitor({ width: 320, keyboard: true });
  try {
    await v.page.route('**/planted', route => route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: BROKEN }));
    await v.go('/planted');
    await v.tab('#x');
    await v.page.route('**/staff/planted', route => route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: BROKEN }));
    await v.go('/staff/planted');
    for (const wanted of [/2 h1/, /lang is fr/, /px wide on 320/, /no emergency/, /title does not begin/, /html no-dup-id/, /axe label/, /no visible focus/, /does not name/])
      assert.ok(inner.faults.some(f => wanted.test(f)), `the look let pass ${wanted}; it saw ${inner.faults.join(' | ')}`);
  } finally {
    await inner.end();
  }
}

export const journeys = { 'control the look finds what is broken': planted };
