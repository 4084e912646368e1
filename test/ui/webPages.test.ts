import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'mocha';
import { chromium, type Browser } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../host/chromium.ts';
import { eventually } from './eventually.ts';
import type { Json } from '../wire/emulatorProgram.ts';
import { bearer, rawCall } from '../wire/rawCall.ts';
import { startSeeded, type Seeded } from '../wire/seeded.ts';

/** Leads to this machine, as a name does that its owner has rebound. */
const evil = 'evil.example';
const blank = '<!doctype html><title>page</title><body>';

/**
 * Whatever a page can send without being asked, as the browser's own script: what it could read of it is its value. Each request says
 * in its query how it was sent.
 */
const sendEverything = (at: string): string => `(async () => {
  const at = ${JSON.stringify(at)};
  const read = [];
  const body = 'name=Eve';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const requests = [
    ['/v1/customers', {}],
    ['/v1/customers?by=silent-get', { mode: 'no-cors' }],
    ['/v1/customers', { method: 'POST', body, headers }],
    ['/v1/customers?by=silent-post', { method: 'POST', body, headers, mode: 'no-cors' }],
    ['/v1/customers', { method: 'POST', body: new Blob([body]), keepalive: true, mode: 'no-cors' }],
    ['/v1/customers', { method: 'POST', body, headers: { authorization: 'Bearer made-up' } }],
    ['/v1/customers?key=pk_made_up', { method: 'POST', body: 'key=pk_made_up', headers }],
    ['/v1/customers/cus_none', { method: 'DELETE' }],
    ['/v2/iam/api_keys', {}],
    ['/v2/iam/api_keys', { method: 'POST', body: '{"type":"secret_key"}', mode: 'no-cors' }],
    ['/_dashboard/keys', {}],
    ['/_dashboard/enforcement', { method: 'POST', body: '{"enforcement":"off"}', mode: 'no-cors' }],
    ['/_dashboard/health?nonce=1', {}],
  ];
  for (const [path, request] of requests) {
    try {
      const response = await fetch(at + path, request);
      if (response.ok) read.push((request.method ?? 'GET') + ' ' + path + ': ' + (await response.text()));
    } catch {
      // refused by the browser
    }
  }
  navigator.sendBeacon(at + '/v1/customers?by=beacon', new URLSearchParams({ name: 'Eve' }));
  const loaded = (element, by) => new Promise((resolve) => {
    element.onload = element.onerror = resolve;
    element.src = at + '/v1/customers?by=' + by;
    document.body.append(element);
  });
  await loaded(document.createElement('img'), 'image');
  await loaded(document.createElement('script'), 'script');
  for (const [by, sandbox] of [['form-of-nobody', 'allow-scripts allow-forms'], ['form', 'allow-scripts allow-forms allow-same-origin']]) {
    const frame = document.createElement('iframe');
    frame.sandbox = sandbox;
    frame.srcdoc = '<form method=post action="' + at + '/v1/customers?by=' + by + '"><input name=name value=Eve></form><script>document.forms[0].submit()</scr' + 'ipt>';
    document.body.append(frame);
  }
  await new Promise((resolve) => {
    const socket = new WebSocket(at.replace('http', 'ws') + '/v1/customers?by=socket');
    socket.onerror = resolve;
    socket.onopen = () => resolve(read.push('a WebSocket was opened'));
  });
  return read;
})()`;
const ways = ['silent-get', 'silent-post', 'beacon', 'image', 'script', 'form-of-nobody', 'form', 'socket'];

describe('a web page and the emulator', () => {
  let emulator: Seeded;
  let browser: Browser;
  let pages: Server;
  let pageOrigin = '';

  before(async function () {
    const executablePath = await ensureChromium((line) => console.log(line));
    if (executablePath === undefined) {
      this.skip();
      return;
    }
    emulator = await startSeeded([{ name: 'secret' }, { name: 'publishable', kind: 'publishable' }]);
    pages = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(blank);
    }).listen(0, '127.0.0.1');
    await once(pages, 'listening');
    pageOrigin = `http://${evil}:${(pages.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath,
      args: [
        ...chromiumArgs,
        `--host-resolver-rules=MAP ${evil} 127.0.0.1`,
        '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests', // not every browser has them
      ],
    });
  });
  afterEach(() => emulator.plantAgain());
  after(async () => {
    await browser?.close();
    pages?.close();
    await emulator?.stop();
  });

  const contents = async (): Promise<unknown> => {
    const headers = bearer(emulator.token('secret'));
    const customers = (await rawCall(emulator, { path: '/v1/customers', headers })).json.data.length;
    const keys = (await emulator.dashboard('GET', '/keys')).json.data.map(({ id }: Json) => id);
    return [customers, keys, (await emulator.dashboard('GET', '/enforcement')).json.enforcement];
  };

  /** How the requests were sent that came since. */
  const arrived = async (): Promise<string[]> => {
    const { json } = await emulator.dashboard('GET', '/requests?limit=200&path=/v1/customers');
    return json.data.map(({ query }: Json) => new URLSearchParams(query).get('by'));
  };

  for (const enforcement of ['enforce', 'audit', 'off']) {
    for (const [what, name, rebound] of [
      ['of a stranger', '127.0.0.1', false],
      ['of a stranger who calls it localhost', 'localhost', false],
      ['whose name was rebound to this machine', evil, true],
    ] as const) {
      it(`${enforcement}: a page ${what} reads nothing and changes nothing`, async () => {
        await emulator.dashboard('POST', '/enforcement', { enforcement });
        const before = await contents();
        // Answers what the browser would ask its user for at a 401, and would wait for.
        const page = await browser.newPage({ httpCredentials: { username: 'made-up', password: '' } });
        if (rebound) await page.route('**/page', (route) => route.fulfill({ contentType: 'text/html', body: blank }));
        await page.goto(rebound ? `http://${evil}:${emulator.port}/page` : pageOrigin);
        assert.deepEqual(await page.evaluate(sendEverything(`http://${name}:${emulator.port}`)), []);
        await eventually('the page’s requests', arrived, (sent) => ways.every((way) => sent.includes(way)));
        assert.deepEqual(await contents(), before);
        await page.close();
      });
    }
  }

  it('enforce: a shop’s page makes a token with its publishable key, as Stripe.js does', async () => {
    const page = await browser.newPage();
    await page.goto(pageOrigin);
    const answer = await page.evaluate(
      async ([at, key]) => {
        const response = await fetch(`${at}/v1/tokens`, {
          method: 'POST',
          body: new URLSearchParams({ key: key ?? '' }),
        });
        return { status: response.status, json: (await response.json()) as { object?: string } };
      },
      [emulator.origin, emulator.token('publishable')],
    );
    assert.deepEqual([answer.status, answer.json.object], [200, 'token']);
  });
});
