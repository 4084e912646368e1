import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { startEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import { silentLog } from '../../src/shared/log.ts';

const patience = { headers: 500, request: 900, idle: 400, farewell: 200 };
/** Long enough for every limit and the time between two looks at them. */
const soonMs = 2000;

describe('clients that are slow', () => {
  let emulator: Emulator;
  let port = 0;
  before(async () => {
    const started = await startEmulator({ port: 0, data: undefined, log: silentLog, patience });
    assert.ok(started.ok);
    emulator = started.value;
    port = Number(new URL(emulator.origin).port);
  });
  after(() => emulator.stop());

  const head = 'POST /v1/customers HTTP/1.1\r\nHost: x\r\n';

  /** Sends a text, then a byte of another every 20 ms, until the server hangs up; tells what it answered. */
  async function drip(text: string, drops: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    socket.write(text);
    const dripping = setInterval(() => socket.write(drops), 20);
    try {
      return await everything(socket);
    } finally {
      clearInterval(dripping);
      socket.destroy();
    }
  }

  for (const [what, text, drops] of [
    ['sends nothing at all', '', ''],
    ['sends its request line byte by byte', 'GET /v1/', 'x'],
    ['never ends its headers', head, 'X: y\r\n'],
    ['never ends a header', `${head}X: `, 'y'],
    ['never sends its body', `${head}Content-Length: 10\r\n\r\n`, ''],
    ['sends its body byte by byte', `${head}Content-Length: 1000\r\n\r\n`, 'x'],
    ['sends its chunks byte by byte', `${head}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'],
    ['never ends its trailers', `${head}Transfer-Encoding: chunked\r\n\r\n0\r\n`, 'X: y\r\n'],
  ] as const) {
    it(`tells one that ${what} that it was too slow`, async () => {
      const answer = await drip(text, drops);
      assert.match(answer, /^HTTP\/1\.1 408 Request Timeout\r\n/);
      const { error } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as { error: Record<string, string> };
      assert.deepEqual([error['type'], error['code']], ['invalid_request_error', 'request_timeout']);
    });
  }

  it('answers what came before first', async () => {
    const answer = await drip('GET /v1/none HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/', '');
    assert.deepEqual(answer.match(/^HTTP\/1\.1 \d+/gm), ['HTTP/1.1 401', 'HTTP/1.1 408']);
  });

  it('waits for one that is slow but ends in time', async () => {
    const socket = connect(port, '127.0.0.1');
    for (const piece of [head, 'Connection: close\r\n', 'Content-Length: 3\r\n\r\n', 'a', '=', 'b']) {
      socket.write(piece);
      await sleep(30);
    }
    assert.match(await everything(socket), /^HTTP\/1\.1 401 /);
  });

  it('hangs up on one that keeps its connection and asks nothing more', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /v1/none HTTP/1.1\r\nHost: x\r\n\r\n');
    assert.deepEqual((await everything(socket)).match(/^HTTP\/1\.1 \d+/gm), ['HTTP/1.1 401']);
  });

  for (const [what, bad] of [
    ['a request that is none', 'nonsense\r\n\r\n'],
    ['a body that is too large', `${head}Content-Length: 9999999\r\n\r\n`],
  ] as const) {
    it(`cuts off one that is refused for ${what} and never stops sending`, async () => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => undefined); // it will be cut off
      socket.write(bad);
      const sending = setInterval(() => socket.write('x'.repeat(1000)), 5);
      try {
        assert.match(await everything(socket), /^HTTP\/1\.1 4(?:00|13) /);
        for (let waited = 0; waited < soonMs && !socket.destroyed; waited += 20) await sleep(20);
        assert.ok(socket.destroyed);
      } finally {
        clearInterval(sending);
        socket.destroy();
      }
    });
  }

  it('serves others while two hundred of them hang', async () => {
    const hanging = Array.from({ length: 200 }, () => drip('GET /v1/', 'x'));
    for (let count = 0; count < 50; count += 1) {
      const started = performance.now();
      await (await fetch(`${emulator.origin}/v1/none`)).json();
      assert.ok(performance.now() - started < soonMs);
    }
    for (const answer of await Promise.all(hanging)) assert.match(answer, /^HTTP\/1\.1 408 /);
  });

  it('gives one that reads late all its answers in order', async () => {
    const socket = connect(port, '127.0.0.1');
    const length = 2000;
    socket.pause();
    const last = (index: number): string => (index === length - 1 ? 'Connection: close\r\n' : '');
    for (let index = 0; index < length; index += 1)
      socket.write(
        `GET /v1/none/${index} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer none${index}x\r\n${last(index)}\r\n`,
      );
    await sleep(200);
    const answers = (await everything(socket)).match(/Invalid API Key provided: [^"]*/g) ?? [];
    assert.equal(answers.length, length);
    assert.ok(answers.every((answer, index) => answer.endsWith(`none${index}x`.slice(-4))));
  });
});

/** All that the server sends until it ends the connection. */
async function everything(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.resume();
  await once(socket, 'end', { signal: AbortSignal.timeout(soonMs * 3) });
  return text;
}
