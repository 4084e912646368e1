import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { dashboardKinds } from './badRequests/dashboardKinds.ts';
import { headerKinds } from './badRequests/headerKinds.ts';
import { parameterKinds } from './badRequests/parameterKinds.ts';
import { protocolKinds } from './badRequests/protocolKinds.ts';
import { sendRaw, type RawReply } from './badRequests/rawClient.ts';
import type { Attempt, BadKind, Doors, Expected } from './badRequests/requestText.ts';
import { startProgram, type EmulatorProgram, type Json } from './emulatorProgram.ts';
import { seededRandom } from '../unit/seededRandom.ts';

type Plane = 'api' | 'dashboard';

const apiKinds: readonly BadKind[] = [...parameterKinds, ...headerKinds, ...protocolKinds];
const all = { api: 10_000, dashboard: 1000 };
/** Sent at the same time. */
const connections = 16;
/** For a slow machine. */
const patienceMs = 120_000;
const mebibyte = 1024 * 1024;
/** How much memory may grow by over all bad requests: about 1200 bytes for each. */
const mostGrown = 12 * mebibyte;

/** How many of each kind make up all. */
function countsOf(kinds: readonly BadKind[], total: number): readonly (readonly [BadKind, number])[] {
  const fixed = kinds.reduce((sum, { count = 0 }) => sum + count, 0);
  const open = kinds.filter(({ count }) => count === undefined).length;
  return kinds.map((kind) => [kind, kind.count ?? Math.ceil((total - fixed) / open)] as const);
}

const apiCounts = countsOf(apiKinds, all.api);

const apiTypes = new Set(['invalid_request_error', 'idempotency_error', 'api_error']);
const dashboardStatuses = new Set([400, 401, 404, 408, 409, 413, 431]);

/** What is wrong with a reply, or undefined. */
function faultOf(plane: Plane, { status, headers, body }: RawReply, expected: Expected): string | undefined {
  if (headers.get('content-type') !== 'application/json') return 'it is not of type application/json';
  if (headers.has('injected')) return 'it has a header that was sent in';
  let json: Json;
  try {
    json = JSON.parse(body);
  } catch {
    return 'its body is no JSON';
  }
  if (status === 200) return expected === 'refused' ? 'it is accepted' : undefined;
  if (expected === 'good') return 'it is refused';
  const { message, type, code } = json.error ?? {};
  if (typeof message !== 'string' || message === '') return 'it has no message';
  if (plane === 'dashboard') {
    if (!dashboardStatuses.has(status)) return `the dashboard plane has no status ${status}`;
    return typeof code === 'string' ? undefined : 'it has no code';
  }
  if (!apiTypes.has(type)) return `Stripe has no type ${type}`;
  const said = status >= 400 && status < 500;
  return said || (status === 501 && code === 'not_emulated') ? undefined : `the status is ${status}`;
}

function faultIn(
  plane: Plane,
  { replies: expected = ['refused'], marks = [] }: Attempt,
  replies: RawReply[],
): string | undefined {
  if (expected === 'some') {
    const faults = replies.map((reply) => faultOf(plane, reply, 'answered'));
    return replies.length === 0 ? 'there is no reply' : faults.find((fault) => fault !== undefined);
  }
  if (replies.length !== expected.length) return `there are ${replies.length} replies instead of ${expected.length}`;
  for (const [index, reply] of replies.entries()) {
    const fault = faultOf(plane, reply, expected[index] ?? 'refused');
    if (fault !== undefined) return `reply ${index}: ${fault}`;
    const mark = marks[index];
    if (mark !== undefined && !reply.body.includes(mark)) return `reply ${index}: it is no answer to ${mark}`;
  }
  return undefined;
}

const answered = (outcome: string | RawReply[]): string =>
  typeof outcome === 'string' ? '' : outcome.map(({ status, body }) => `${status} ${printed(body)}`).join('\n');

const printed = (text: string): string => JSON.stringify(text.length > 1500 ? `${text.slice(0, 1500)}…` : text);

describe('bad requests', () => {
  let data = '';
  let emulator: EmulatorProgram;
  let doors: Doors;

  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'keysmith-bad-'));
    emulator = await startProgram(['--data', data]);
    doors = await openDoors(emulator);
  });
  after(async () => {
    await emulator.stop('SIGKILL');
    rmSync(data, { recursive: true });
  });

  /** `turn`: each sends others of the same kind. */
  async function sendAll(plane: Plane, kind: BadKind, count: number, turn = 1): Promise<void> {
    const random = seededRandom(kind.name.length * 7919 + count * 31 + turn);
    let sent = 0;
    const work = async (): Promise<void> => {
      while (sent < count) {
        sent += 1;
        const attempt = kind.make(random, doors);
        const outcome = await sendRaw(emulator.port, attempt).catch((error: Error) => error.message);
        const fault = typeof outcome === 'string' ? outcome : faultIn(plane, attempt, outcome);
        if (fault !== undefined)
          assert.fail(`${fault}\n${printed(attempt.bytes.toString('latin1'))}\n${answered(outcome)}`);
      }
    };
    await Promise.all(Array.from({ length: connections }, work));
    await worksStill();
  }

  /** Memory after some time without bad requests, the least of several looks. */
  async function restingMemory(): Promise<number> {
    let least = Number.POSITIVE_INFINITY;
    for (let look = 0; look < 5; look += 1) {
      for (let count = 0; count < 200; count += 1) await worksStill();
      least = Math.min(least, memoryOf(emulator) ?? 0);
    }
    return least;
  }

  async function memoryAfterAll(turn: number): Promise<number> {
    for (const [kind, count] of apiCounts) await sendAll('api', kind, count, turn);
    return await restingMemory();
  }

  /** One right request: the emulator lives, and no bad one has changed what it says. */
  async function worksStill(): Promise<void> {
    const response = await fetch(`${emulator.origin}/v1/customers/none`, {
      headers: { authorization: `Bearer ${doors.token}` },
    });
    const { error } = (await response.json()) as Json;
    assert.deepEqual(Object.keys(error).toSorted(), ['code', 'doc_url', 'message', 'param', 'request_log_url', 'type']);
    assert.equal(emulator.process.exitCode, null);
  }

  describe('of the API', () => {
    for (const [kind, count] of apiCounts) it(kind.name, () => sendAll('api', kind, count));
  });

  describe('of the dashboard plane', () => {
    for (const [kind, count] of countsOf(dashboardKinds, all.dashboard))
      it(kind.name, () => sendAll('dashboard', kind, count));
  });

  describe('all of them', () => {
    it(`are ${all.api} and more`, () => assert.ok(apiCounts.reduce((sum, [, count]) => sum + count, 0) >= all.api));

    it('leave memory as it is when they come again', async function () {
      if (memoryOf(emulator) === undefined) {
        console.log('      SKIPPED: there is no /proc to read the memory of a process from');
        this.skip();
      }
      let before = await memoryAfterAll(2); // it has now seen the heaviest of them several times, and keeps room for them
      let least = Number.POSITIVE_INFINITY; // a leak grows every time
      for (let turn = 3; turn < 6 && least > mostGrown; turn += 1) {
        const now = await memoryAfterAll(turn);
        least = Math.min(least, now - before);
        before = now;
      }
      assert.ok(least <= mostGrown, `${Math.round(least / mebibyte)} MiB more than before`);
    }).timeout(patienceMs);

    it('leave the store sound and the log readable', async () => {
      const { status, json } = await emulator.dashboard('GET', '/requests?limit=1000');
      assert.deepEqual([status, json.data.length], [200, 1000]);
      assert.equal(await emulator.stop(), 0);
    });
  });
});

/** Resident memory of a process in bytes; undefined where that cannot be told. */
function memoryOf({ process: { pid } }: EmulatorProgram): number | undefined {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return undefined;
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(path, 'utf8'))?.[1]) * 1024;
}

async function openDoors(emulator: EmulatorProgram): Promise<Doors> {
  const { origin, dashboardToken } = emulator;
  const account = 'acct_1aTnTtAAB0hHJ26p';
  const { id } = (await emulator.dashboard('POST', '/verifications', { account, mode: 'sandbox' })).json;
  const { data } = (await emulator.dashboard('GET', '/outbox')).json;
  const [{ code }] = data;
  const made = await emulator.dashboard('POST', '/keys', {
    account,
    mode: 'sandbox',
    kind: 'secret',
    name: 'Limited',
    addresses: ['10.0.0.0/8'],
    verification: { id, code },
  });
  assert.equal(made.status, 200);
  const keys = (await emulator.dashboard('GET', `/keys?mode=sandbox&account=${account}`)).json.data;
  const standard = keys.find(({ kind, name }: Json) => kind === 'secret' && name !== 'Limited');
  const { token } = (await emulator.dashboard('POST', `/keys/${standard.id}/reveal`)).json;
  return { authority: new URL(origin).host, token, limited: made.json.token, dashboardToken };
}
