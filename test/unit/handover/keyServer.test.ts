import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { askKeys } from '../../../src/handover/askKeys.ts';
import { KeyServer, type EarlierServer, type KeyProvider, type Wanted } from '../../../src/handover/keyServer.ts';
import { maxCommandBytes, maxRequestBytes, refusal, type KeyReply } from '../../../src/handover/protocol.ts';
import type { Mode } from '../../../src/domain/mode.ts';
import { silentLog } from '../../../src/shared/log.ts';
import { testSecret } from '../fixtures.ts';

const given = (mode: Mode): KeyReply => ({
  ok: true,
  keys: [{ variable: 'A', token: testSecret(), name: 'our shop', mode }],
});

describe('the socket for keys', () => {
  let server: KeyServer;
  let asked: Wanted[];
  let provide: KeyProvider;
  beforeEach(async () => {
    asked = [];
    provide = async () => given('sandbox');
    server = await KeyServer.listen(async (wanted, gone) => {
      asked.push(wanted);
      return await provide(wanted, gone);
    }, silentLog);
  });
  afterEach(() => server.close());

  const keys = [{ variable: 'A', key: 'our shop' }];
  const ask = (over: Partial<Parameters<typeof askKeys>[0]> = {}): ReturnType<typeof askKeys> =>
    askKeys({ address: server.address, nonce: server.nonce, keys, command: ['node', 'x'], ...over });

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
    const answer = await ask();
    assert.ok(answer.ok);
    const [key] = answer.value.keys;
    assert.equal(key?.secret.reveal(), testSecret());
    assert.deepEqual([key?.variable, key?.name, key?.mode, answer.value.base], ['A', 'our shop', 'sandbox', undefined]);
    assert.deepEqual(asked, [{ keys, command: ['node', 'x'], cut: false }]);
    answer.value.done();
  });

  it('is for this user only', function () {
    if (process.platform === 'win32') this.skip();
    assert.equal(statSync(dirname(server.address)).mode & 0o777, 0o700);
    assert.equal(statSync(server.address).mode & 0o777, 0o600);
  });

  for (const nonce of ['', 'wrong', 'x'.repeat(64)]) {
    it(`asks nobody for the nonce “${nonce.slice(0, 8)}”`, async () => {
      assert.deepEqual(await ask({ nonce }), { ok: false, problem: { kind: 'refused', why: 'nonce', says: '' } });
      assert.deepEqual(asked, []);
    });
  }

  const request = { version: 2, nonce: 'a', keys: [], command: ['c'], cut: false };
  for (const [why, bytes] of [
    ['nonsense', 'hello\n'],
    ['no text', Buffer.from([0xff, 0xfe, 0x0a])],
    ['an empty line', '\n'],
    ['JSON of another kind', '[1,2]\n'],
    ['another version', `${JSON.stringify({ ...request, version: 1 })}\n`],
    ['an empty key', `${JSON.stringify({ ...request, keys: [{ variable: 'A', key: '' }] })}\n`],
    ['a key that is none', `${JSON.stringify({ ...request, keys: [{ variable: 'A', key: 1 }] })}\n`],
    ['a variable that has no name', `${JSON.stringify({ ...request, keys: [{ variable: 'A=B', key: 'k' }] })}\n`],
    ['no command', `${JSON.stringify({ ...request, command: [] })}\n`],
    ['a command in one text', `${JSON.stringify({ ...request, command: 'c' })}\n`],
    ['a word about the length that is none', `${JSON.stringify({ ...request, cut: 'no' })}\n`],
    [
      'more keys than a command has',
      `${JSON.stringify({ ...request, keys: Array.from({ length: 51 }, (_, at) => ({ variable: `A${at}`, key: 'k' })) })}\n`,
    ],
    ['a whole request with too much behind it', `${JSON.stringify(request)}${' '.repeat(maxRequestBytes)}\n`],
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

  it('tells a command whole, whatever is in it', async () => {
    const command = ['node', '\u001B[2J\n\t"a"', '', '\u202Eb', 'x'.repeat(50_000)] as const;
    await ask({ command: [...command] });
    assert.deepEqual(asked[0]?.command, command);
    assert.equal(asked[0]?.cut, false);
  });

  it('tells of a command that is too long its program, and that there is more', async () => {
    await ask({ command: ['node', 'x'.repeat(maxCommandBytes)] });
    assert.deepEqual(asked, [{ keys, command: ['node'], cut: true }]);
    await ask({ command: ['\u0001'.repeat(maxRequestBytes)] });
    assert.deepEqual([asked[1]?.command.length, asked[1]?.cut], [1, true]);
  });

  it('says why no key is given', async () => {
    provide = async () => refusal('ambiguous', 'mk_1, mk_2');
    assert.deepEqual(await ask(), { ok: false, problem: { kind: 'refused', why: 'ambiguous', says: 'mk_1, mk_2' } });
  });

  it('tells when who got the key has ended', async () => {
    let ended: AbortSignal | undefined;
    provide = async (_, gone) => {
      ended = gone;
      return given('live');
    };
    const answer = await ask();
    assert.ok(answer.ok && ended);
    assert.equal(ended.aborted, false);
    answer.value.done();
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
        return given('sandbox');
      };
    });
    const socket = connect(server.address);
    socket.write(`${JSON.stringify({ ...request, nonce: server.nonce })}\n`, () =>
      setTimeout(() => socket.destroy(), 20),
    );
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

  describe('of a window that is loaded anew', () => {
    let next: KeyServer | undefined;
    afterEach(() => next?.close());
    const listenAgain = async (kept: EarlierServer = server.kept): Promise<KeyServer> => {
      next = await KeyServer.listen(async (wanted, gone) => provide(wanted, gone), silentLog, kept);
      return next;
    };

    it('is where it was, and known to the terminals of before', async () => {
      const { address, nonce, kept } = server;
      await server.close();
      const again = await listenAgain(kept);
      assert.equal(again.address, address);
      assert.notEqual(again.nonce, nonce);
      for (const known of [nonce, again.nonce]) assert.ok((await ask({ address, nonce: known })).ok);
      await again.close();
      const third = await listenAgain(again.kept);
      for (const known of [nonce, again.nonce, third.nonce]) assert.ok((await ask({ address, nonce: known })).ok);
      if (process.platform !== 'win32') {
        assert.equal(statSync(dirname(address)).mode & 0o777, 0o700);
        assert.equal(statSync(address).mode & 0o777, 0o600);
      }
    });

    it('keeps nothing by which anybody could ask', async () => {
      const kept = JSON.stringify(server.kept);
      assert.ok(!kept.includes(server.nonce));
      for (const hashed of server.kept.nonces) assert.equal((await ask({ nonce: hashed })).ok, false);
      assert.deepEqual(asked, []);
    });

    it('forgets the terminals of long ago', async () => {
      const { nonce } = server;
      let { kept } = server;
      await server.close();
      for (let load = 0; load < 20; load += 1) {
        const again = await listenAgain(kept);
        ({ kept } = again);
        await again.close();
      }
      const last = await listenAgain(kept);
      assert.equal((await ask({ address: last.address, nonce })).ok, false);
      assert.ok(kept.nonces.length <= 16);
    });

    it('is elsewhere where another window listens, which is left alone', async () => {
      const again = await listenAgain();
      assert.notEqual(again.address, server.address);
      assert.ok((await ask()).ok);
      assert.equal((await ask({ address: again.address })).ok, false, 'its nonces are its own');
    });

    it('is where it was, though the last one ended badly', async function () {
      if (process.platform === 'win32') this.skip();
      const { kept, nonce } = server;
      await server.close();
      const folder = dirname(kept.address);
      mkdirSync(folder);
      writeFileSync(kept.address, 'left behind');
      const again = await listenAgain(kept);
      assert.ok((await ask({ address: again.address, nonce })).ok);
      assert.equal(again.address, kept.address);
    });

    it('is elsewhere where what was kept names a place of others', async function () {
      if (process.platform === 'win32') this.skip();
      const outside = await mkdtemp(join(tmpdir(), 'other-'));
      writeFileSync(join(outside, 'kept.txt'), 'kept');
      for (const address of [
        join(outside, 'keys.sock'),
        join(outside, 'kept.txt'),
        join(tmpdir(), 'keysmith-x', 'y', 'keys.sock'),
        '/keys.sock',
        'keys.sock',
        '',
      ]) {
        const again = await listenAgain({ address, nonces: [] });
        assert.notEqual(again.address, address);
        assert.equal(readFileSync(join(outside, 'kept.txt'), 'utf8'), 'kept');
        await again.close();
      }
      await rm(outside, { recursive: true });
    });
  });

  it('is asked nothing where others may write to its folder', async function () {
    if (process.platform === 'win32') this.skip();
    chmodSync(dirname(server.address), 0o770);
    assert.deepEqual(await ask(), { ok: false, problem: { kind: 'notOurs' } });
    assert.deepEqual(asked, []);
  });
});
