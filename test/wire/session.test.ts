import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { EmulatorSession, type EmulatorState } from '../../src/management/emulatorSession.ts';
import { silentLog } from '../../src/shared/log.ts';

const program = join(import.meta.dirname, '../../dist/emulator.js');

const nextState = (session: EmulatorSession, kind: EmulatorState['kind']): Promise<EmulatorState> =>
  new Promise((resolve) => {
    session.onDidChangeState((state) => state.kind === kind && resolve(state));
  });

/** Two windows are two sessions on one data folder. */
describe('emulator session', () => {
  let data = '';
  let sessions: EmulatorSession[] = [];
  const window = (): EmulatorSession => {
    const session = new EmulatorSession({ program, data, log: silentLog });
    sessions.push(session);
    return session;
  };

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'keysmith-session-'));
    sessions = [];
  });
  afterEach(async () => {
    await Promise.all(sessions.map((session) => session.dispose()));
    rmSync(data, { recursive: true });
  });

  it('starts, lists the four default keys, and stops', async () => {
    const session = window();
    const started = await session.start(0);
    assert.ok(started.ok);
    const keys = await started.value.service.keys();
    assert.ok(keys.ok);
    assert.deepEqual(
      keys.value
        .filter(({ owner }) => 'account' in owner && owner.account === 'acct_1aTnTtAAB0hHJ26p')
        .map(({ mode, kind, name }) => `${mode} ${kind}: ${name}`),
      [
        'sandbox publishable: Publishable key',
        'sandbox secret: Secret key',
        'live publishable: Publishable key',
        'live secret: Secret key',
      ],
    );
    await session.stop();
    assert.equal(session.state.kind, 'stopped');
    const after = await started.value.service.keys();
    assert.equal(after.ok ? 'ok' : after.problem.kind, 'emulatorUnreachable');
  });

  it('starts one emulator however often it is asked', async () => {
    const session = window();
    const started = await Promise.all([session.start(0), session.start(0), session.start(0)]);
    assert.equal(new Set(started.map((one) => (one.ok ? one.value.origin : ''))).size, 1);
  });

  it('is shared by two windows that start at the same moment', async () => {
    const started = await Promise.all([window().start(0), window().start(0)]);
    assert.deepEqual(
      started.map(({ ok }) => ok),
      [true, true],
    );
    assert.equal(new Set(started.map((one) => (one.ok ? one.value.origin : ''))).size, 1);
  });

  it('goes on when a window that only joined it closes', async () => {
    const [first, second] = [window(), window()];
    await first.start(0);
    assert.ok(await second.join());
    await second.dispose();
    assert.ok(first.state.kind === 'running' && (await first.state.service.keys()).ok);
  });

  it('can be stopped by a window that only joined it', async () => {
    const [first, second] = [window(), window()];
    await first.start(0);
    await second.join();
    const stopped = nextState(first, 'stopped');
    await second.stop();
    await stopped;
    assert.deepEqual([first.state.kind, second.state.kind], ['stopped', 'stopped']);
  });

  it('is taken over, with its port and keys, by a window that had joined it', async () => {
    const [first, second] = [window(), window()];
    const started = await first.start(0);
    assert.ok(started.ok);
    const before = await started.value.service.keys();
    await second.join();
    const restarted = nextState(second, 'starting').then(() => nextState(second, 'running'));
    await first.dispose();
    await restarted;
    assert.ok(second.state.kind === 'running');
    assert.equal(second.state.origin, started.value.origin);
    assert.deepEqual(await second.state.service.keys(), before);
  });

  it('tells a window of changes made in another, within a second', async () => {
    const [first, second] = [window(), window()];
    const started = await first.start(0);
    const joined = await second.join();
    assert.ok(started.ok && joined);
    const keys = await joined.service.keys();
    assert.ok(keys.ok);
    const secret = keys.value.find(({ kind }) => kind === 'secret');
    const told = new Promise<number>((resolve) => {
      second.onDidChangeKeys(() => resolve(performance.now()));
    });
    const before = performance.now();
    assert.ok((await started.value.service.edit(secret?.id ?? '', { note: 'in the safe' })).ok);
    assert.ok((await told) - before < 1000);
  });

  it('joins nobody where nobody runs', async () => {
    const session = window();
    assert.equal(await session.join(), undefined);
    assert.equal(session.state.kind, 'stopped');
  });

  it('tells when the process is killed, and starts again on the same store', async () => {
    const session = window();
    const started = await session.start(0);
    assert.ok(started.ok);
    const before = await started.value.service.keys();
    const failed = nextState(session, 'failed');
    process.kill((JSON.parse(readFileSync(join(data, 'emulator.json'), 'utf8')) as { pid: number }).pid, 'SIGKILL');
    await failed;
    const again = await session.start(0);
    assert.ok(again.ok);
    assert.deepEqual(await again.value.service.keys(), before);
  });

  const emulatorPid = (): number =>
    (JSON.parse(readFileSync(join(data, 'emulator.json'), 'utf8')) as { readonly pid: number }).pid;
  const crash = async (all: readonly EmulatorSession[]): Promise<unknown[]> => {
    const told = all.map(
      (session) => new Promise<unknown>((resolve) => void session.onDidCrash((problem) => resolve(problem))),
    );
    const failed = Promise.all(all.map((session) => nextState(session, 'failed')));
    process.kill(emulatorPid(), 'SIGKILL');
    await failed;
    return await Promise.all(told);
  };

  it('has failed in every window after a crash, in the same words, and each says so', async () => {
    const all = [window(), window(), window()];
    const [first, second, third] = all as [EmulatorSession, EmulatorSession, EmulatorSession];
    await first.start(0);
    assert.ok((await second.join()) && (await third.join()));
    const problem = { kind: 'emulatorCrashed', why: '' };
    assert.deepEqual(await crash(all), [problem, problem, problem]);
    assert.deepEqual(
      all.map(({ state }) => state),
      all.map(() => ({ kind: 'failed', problem })),
    );
  });

  it('comes back in every window when one starts it again after a crash', async () => {
    const all = [window(), window()];
    const [first, second] = all as [EmulatorSession, EmulatorSession];
    await first.start(0);
    await second.join();
    await crash(all);
    const back = nextState(first, 'running');
    const again = await second.start(0);
    assert.ok(again.ok);
    await back;
    assert.ok(first.state.kind === 'running' && first.state.origin === again.value.origin);
  });

  it('is joined by a window that was open before another one started it', async () => {
    const [first, second] = [window(), window()];
    const joined = nextState(second, 'running');
    const started = await first.start(0);
    await joined;
    assert.ok(started.ok && second.state.kind === 'running' && second.state.origin === started.value.origin);
  });

  it('stays stopped in every window when somebody stopped it', async () => {
    const [first, second] = [window(), window()];
    const crashes: unknown[] = [];
    for (const session of [first, second]) session.onDidCrash((problem) => crashes.push(problem));
    await first.start(0);
    await second.join();
    const stopped = nextState(second, 'stopped');
    await first.stop();
    await stopped;
    assert.equal(await second.join(), undefined);
    assert.deepEqual([first.state.kind, second.state.kind, crashes], ['stopped', 'stopped', []]);
  });

  it('does not believe a stranger who took the port of a dead emulator', async () => {
    const asked: (string | undefined)[] = [];
    const stranger = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.end(JSON.stringify({ status: 'ok', proof: 'trust me' }));
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const origin = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    writeFileSync(join(data, 'emulator.json'), JSON.stringify({ origin, dashboardToken: 'x'.repeat(32), pid: 1 }));
    const session = window();
    assert.equal(await session.join(), undefined);
    assert.deepEqual(asked, [undefined]);
    const started = await session.start(0);
    assert.ok(started.ok && started.value.origin !== origin);
    stranger.close();
  });

  it('names a taken port and offers a free one', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const session = window();
    const started = await session.start(port);
    assert.ok(!started.ok && started.problem.kind === 'portTaken');
    assert.equal(started.problem.port, port);
    assert.ok((await session.start(started.problem.free)).ok);
    blocker.close();
  });

  it('refuses a damaged store', async () => {
    writeFileSync(join(data, 'emulator.db'), 'damage '.repeat(500));
    const started = await window().start(0);
    assert.equal(started.ok ? 'ok' : started.problem.kind, 'storeDamaged');
  });
});
