import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'mocha';
import type { Problem } from '../../src/domain/problem.ts';
import { Secret } from '../../src/domain/secret.ts';
import { watchChanges } from '../../src/management/changeWatch.ts';
import { emulatorKeyService } from '../../src/management/emulatorKeyService.ts';
import type { KeyService } from '../../src/management/keyService.ts';
import { fakeToken } from '../unit/fixtures.ts';

const token = fakeToken('sk_test', 40);

describe('what an emulator answers', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function answering(answer: (response: ServerResponse) => void): Promise<KeyService> {
    server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return emulatorKeyService({ origin, dashboardToken: new Secret('x'.repeat(32)) });
  }
  const sending =
    (status: number, body: string) =>
    (response: ServerResponse): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(body);

  for (const [what, answer, why] of [
    ['a page', sending(200, `<html>${token}</html>`), 'GET /keys: 200, not JSON'],
    ['nothing', sending(200, ''), 'GET /keys: 200, not JSON'],
    ['half an answer', sending(200, `{"data":[{"id":"${token}"`), 'GET /keys: 200, not JSON'],
    [
      'an answer of another version',
      sending(200, `{"keys":["${token}"]}`),
      'GET /keys: 200, “data” is missing; “has_more” is missing',
    ],
    [
      'a key without a mode',
      sending(200, '{"data":[{"id":"mk_1"}],"has_more":false}'),
      /^GET \/keys: 200, “data\[0\]\.mode” is missing;/,
    ],
    ['a failure in HTML', sending(502, '<h1>Bad gateway</h1>'), 'GET /keys: 502, not JSON'],
    ['an error without words', sending(500, '{"error":"odd"}'), 'GET /keys: 500, an error without words'],
  ] as const) {
    it(`is called unreadable where it is ${what}, and nothing of it is told`, async () => {
      const keys = await (await answering(answer)).keys();
      assert.ok(!keys.ok && keys.problem.kind === 'answerUnreadable', JSON.stringify(keys));
      if (typeof why === 'string') assert.equal(keys.problem.why, why);
      else assert.match(keys.problem.why, why);
      assert.ok(!JSON.stringify(keys).includes(token.slice(12, 30)));
    });
  }

  it('is called unreachable where it breaks off', async () => {
    const service = await answering((response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"data":');
      setImmediate(() => response.destroy());
    });
    const keys = await service.keys();
    assert.equal(keys.ok ? 'ok' : keys.problem.kind, 'emulatorUnreachable');
  });

  it('is waited for by a watch where it cannot be read, and ends the watch where nobody answers', async () => {
    let asked = 0;
    const told: string[] = [];
    const service = await answering((response) => {
      asked += 1;
      if (asked === 1) sending(200, 'nonsense')(response);
      else if (asked === 2) sending(200, '{"count":1,"stopping":false}')(response);
      else if (asked === 3) sending(200, '{"count":2,"stopping":false}')(response);
      else response.destroy();
    });
    const problem = await new Promise<Problem>((resolve) => {
      watchChanges(service, {
        changed: () => told.push('changed'),
        stopping: () => told.push('stopping'),
        lost: resolve,
      });
    });
    assert.deepEqual([asked, told, problem.kind], [4, ['changed'], 'emulatorUnreachable']);
  });
});
