import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { askKey } from '../../../src/handover/askKey.ts';
import { KeyServer, type KeyProvider, type Wanted } from '../../../src/handover/keyServer.ts';
import { maxRequestBytes, refusal } from '../../../src/handover/protocol.ts';
import { silentLog } from '../../../src/shared/log.ts';
import { testSecret } from '../fixtures.ts';

describe('the socket for keys', () => {
  let server: KeyServer;
  let asked: Wanted[];
  let provide: KeyProvider;
  beforeEach(async () => {
    asked = [];
    provide = async () => ({ ok: true, token: testSecret(), name: 'our shop', mode: 'sandbox' });
    server = await KeyServer.listen(async (wanted, gone) => {
      asked.push(wanted);
      return await provide(wanted, gone);
    }, silentLog);
  });
  afterEach(() => server.close());

  const ask = (over: Partial<Parameters<typeof askKey>[0]> = {}): ReturnType<typeof askKey> =>
    askKey({ address: server.address, nonce: server.nonce, key: 'our shop', command: 'node x', ...over });

  /** What is answered to some bytes. */
  async function answerTo(bytes: string | Buffer, end = false): Promise<string> {
    const socket = connect(server.address);
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('error', () => undefined);
    if (end) socket.end(bytes);
    else socket.write(bytes);
    await once(socket, 'close');
    return text;
  }

  it('gives a key to who knows the nonce', async () => {
    const given = await ask();
    assert.ok(given.ok);
    assert.equal(given.value.secret.reveal(), testSecret());
    assert.deepEqual([given.value.name, given.value.mode], ['our shop', 'sandbox']);
    assert.deepEqual(asked, [{ key: 'our shop', command: 'node x' }]);
    given.value.done();
  });

  it('is for this user only', function () {
    if (process.platform === 'win32') this.skip();
    assert.equal(statSync(dirname(server.address)).mode & 0o777, 0o700);
    assert.equal(statSync(server.address).mode & 0o777, 0o600);
  });

  for (const nonce of ['', 'wrong', 'x'.repeat(64)]) {
    it(`asks nobody for the nonce “${nonce.slice(0, 8)}”`, async () => {
      const given = await ask({ nonce });
      assert.deepEqual(given, { ok: false, problem: { kind: 'refused', why: 'nonce', says: '' } });
      assert.deepEqual(asked, []);
    });
  }

  for (const [why, bytes] of [
    ['nonsense', 'hello\n'],
    ['no text', Buffer.from([0xff, 0xfe, 0x0a])],
    ['an empty line', '\n'],
    ['JSON of another kind', '[1,2]\n'],
    ['another version', `${JSON.stringify({ version: 2, nonce: 'a', key: 'k', command: 'c' })}\n`],
    ['no key', `${JSON.stringify({ version: 1, nonce: 'a', key: '', command: 'c' })}\n`],
    ['more than a request has', Buffer.alloc(maxRequestBytes + 1, 'a')],
  ] as const) {
    it(`refuses ${why}, and stays`, async () => {
      assert.equal(await answerTo(bytes), `${JSON.stringify(refusal('malformed'))}\n`);
      assert.deepEqual(asked, []);
      assert.ok((await ask()).ok);
    });
  }

  it('asks nobody for a line that is cut off', async () => {
    await answerTo('{"version":1', true);
    assert.deepEqual(asked, []);
    assert.ok((await ask()).ok);
  });

  it('shows a command in one line, without what moves a cursor', async () => {
    await ask({ command: `node \u001B[2J\n\t"a"   \u202Eb ${'x'.repeat(500)}` });
    assert.match(asked[0]?.command ?? '', /^node \[2J "a" b x{50,110}…$/);
  });

  it('says why no key is given', async () => {
    provide = async () => refusal('ambiguous', 'mk_1, mk_2');
    assert.deepEqual(await ask(), { ok: false, problem: { kind: 'refused', why: 'ambiguous', says: 'mk_1, mk_2' } });
  });

  it('tells when who got the key has ended', async () => {
    let ended: AbortSignal | undefined;
    provide = async (_, gone) => {
      ended = gone;
      return { ok: true, token: testSecret(), name: 'a', mode: 'live' };
    };
    const given = await ask();
    assert.ok(given.ok && ended);
    assert.equal(ended.aborted, false);
    given.value.done();
    if (!ended.aborted) await once(ended, 'abort');
  });

  it('hands nothing over where who asked has gone before the answer', async () => {
    let answered: (() => void) | undefined;
    const aborted = new Promise<void>((resolve) => {
      provide = async (_, gone) => {
        gone.addEventListener('abort', () => resolve());
        await new Promise<void>((done) => {
          answered = done;
        });
        return { ok: true, token: testSecret(), name: 'a', mode: 'sandbox' };
      };
    });
    const socket = connect(server.address);
    const request = { version: 1, nonce: server.nonce, key: 'k', command: 'c' };
    socket.write(`${JSON.stringify(request)}\n`, () => setTimeout(() => socket.destroy(), 20));
    await aborted;
    answered?.();
  });

  it('lets a bug of the provider end the question, not the server', async () => {
    provide = async () => await Promise.reject(new Error('a bug'));
    assert.deepEqual(await ask(), { ok: false, problem: { kind: 'windowGone' } });
    provide = async () => refusal('unknown');
    assert.equal((await ask()).ok, false);
    assert.equal(asked.length, 2);
  });

  it('is gone, with its folder, when the window is closed, and who waits is told', async () => {
    provide = () => new Promise(() => undefined);
    const waiting = ask();
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.close();
    assert.deepEqual(await waiting, { ok: false, problem: { kind: 'windowGone' } });
    assert.deepEqual(await ask(), { ok: false, problem: { kind: 'windowGone' } });
    if (process.platform !== 'win32') assert.equal(existsSync(dirname(server.address)), false);
    server = await KeyServer.listen(provide, silentLog);
  });
});
