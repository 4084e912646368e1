import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openRequestLog, type RequestLog } from '../../../src/emulator/requestLog/requestLog.ts';
import type { RawRecord } from '../../../src/emulator/requestLog/requestRecord.ts';
import { requestsKept } from '../../../src/emulator/requestLog/requestTable.ts';
import { silentLog } from '../../../src/shared/log.ts';
import { testSecret } from '../fixtures.ts';

const now = new Date('2026-10-01T12:00:00Z');
const hour = 60 * 60 * 1000;
const later = (hours: number): Date => new Date(now.getTime() + hours * hour);

function aRequest(id: string, over: Partial<RawRecord> = {}): RawRecord {
  return {
    id,
    time: now,
    method: 'GET',
    path: '/v1/customers',
    query: '',
    status: 200,
    key: undefined,
    account: undefined,
    mode: undefined,
    detail: {
      errorCode: undefined,
      context: undefined,
      address: '127.0.0.1',
      version: undefined,
      userAgent: undefined,
      idempotencyKey: undefined,
      durationMs: 1,
      requestBody: '',
      responseBody: '',
      passed: [],
      refused: undefined,
      permission: undefined,
      letThrough: false,
    },
    ...over,
  };
}

describe('RequestLog', () => {
  let folder = '';
  let log: RequestLog;
  const path = (): string => join(folder, 'requests.db');
  const open = (): RequestLog => {
    const opened = openRequestLog(path(), silentLog);
    assert.ok(opened.ok);
    return opened.value;
  };
  const ids = async (): Promise<string[]> => (await log.list({ limit: 2000 })).data.map(({ id }) => id);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-log-'));
    log = open();
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });

  it('shows every request that was recorded before it is asked, the newest first', async () => {
    for (let index = 0; index < 700; index += 1) void log.record(aRequest(`req_${index}`));
    assert.deepEqual(
      await ids(),
      Array.from({ length: 700 }, (_, index) => `req_${699 - index}`),
    );
    assert.equal((await log.find('req_7'))?.id, 'req_7');
    assert.equal(await log.find('req_none'), undefined);
  });

  it('keeps what it has over a close', async () => {
    void log.record(aRequest('req_1'));
    await log.close();
    log = open();
    assert.deepEqual(await ids(), ['req_1']);
  });

  it('forgets what was recorded before a clear, and nothing after it', async () => {
    void log.record(aRequest('req_1'));
    log.clear();
    void log.record(aRequest('req_2'));
    assert.deepEqual(await ids(), ['req_2']);
  });

  it('holds no token, wherever a client put it', async () => {
    const token = testSecret();
    const { detail, ...plain } = aRequest('req_1');
    void log.record({
      ...plain,
      path: `/v1/${token}`,
      query: `a=${token}`,
      detail: {
        ...detail,
        context: token,
        address: token,
        version: token,
        userAgent: `Stripe/v1 NodeBindings/23.1.0 ${token}`,
        idempotencyKey: token,
        requestBody: token,
        responseBody: `{"token": "${token}"}`,
        refused: { kind: 'unknownPath', message: `Unrecognized request URL (GET: /v1/${token})` },
      },
    });
    const found = await log.find('req_1');
    assert.equal(found?.detail.sdk, 'node 23.1.0');
    assert.ok(!JSON.stringify(found).includes(token));
  });

  it('asks for patience where more is on its way than it can write, and forgets nothing', async () => {
    const waits: Promise<void>[] = [];
    for (let index = 0; index < 10_000; index += 1) {
      const room = log.record(aRequest(`req_${index}`));
      if (room) waits.push(room);
    }
    assert.equal(waits.length, 10_000 - 8192 + 1);
    await Promise.all(waits);
    assert.equal(log.record(aRequest('req_last')), undefined);
    assert.equal((await log.list({ limit: 20_000 })).data.length, 10_001);
  });

  it('drops the oldest beyond its number', async () => {
    await log.close();
    const database = new DatabaseSync(path());
    database.exec(`
      INSERT INTO requests (id, time, method, path, status, detail)
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${requestsKept})
      SELECT 'req_old' || n, ${now.getTime()}, 'GET', '/', 200, '{}' FROM numbers`);
    database.close();
    log = open();
    for (const id of ['req_new1', 'req_new2']) void log.record(aRequest(id));
    const found = await Promise.all(['req_old1', 'req_old2', 'req_old3', 'req_new2'].map((id) => log.find(id)));
    assert.deepEqual(
      found.map((one) => one !== undefined),
      [false, false, true, true],
    );
  });

  it('drops those older than a week', async () => {
    void log.record(aRequest('req_old'));
    void log.record(aRequest('req_young', { time: later(1) }));
    assert.deepEqual(await ids(), ['req_young', 'req_old']);
    void log.record(aRequest('req_new', { time: later(7 * 24 + 0.5) }));
    assert.deepEqual(await ids(), ['req_new', 'req_young']);
  });

  it('is not opened where a newer version wrote it, and left as it is', async () => {
    await log.close();
    const newer = new DatabaseSync(path());
    newer.exec('PRAGMA user_version = 9');
    newer.close();
    const opened = openRequestLog(path(), silentLog);
    assert.ok(!opened.ok);
    assert.equal(opened.problem.kind, 'storeNewer');
  });
});
