import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openRequestLog, type RequestLog } from '../../../src/emulator/requestLog/requestLog.ts';
import type { RawRecord } from '../../../src/emulator/requestLog/requestRecord.ts';
import { requestSchema } from '../../../src/emulator/requestLog/requestSchema.ts';
import { scrubRecord } from '../../../src/emulator/requestLog/scrubRecord.ts';
import { openDatabase } from '../../../src/emulator/store/database.ts';
import { requestsKept, RequestTable } from '../../../src/emulator/requestLog/requestTable.ts';
import { silentLog } from '../../../src/shared/log.ts';
import { testSecret } from '../fixtures.ts';
import { aRawRecord } from './rawRecord.ts';

const now = new Date('2026-10-01T12:00:00Z');
const hour = 60 * 60 * 1000;
const later = (hours: number): Date => new Date(now.getTime() + hours * hour);

const aRequest = (id: string, over: Partial<RawRecord> = {}): RawRecord => ({
  ...aRawRecord({ id, time: now }),
  ...over,
});

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
    for (const room of waits) await room;
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

  it('asks for patience where what is on its way takes too much memory', async () => {
    const requestBody = '\n'.repeat(4_000_000); // no form and no JSON, so it is soon dealt with
    const waits = Array.from({ length: 12 }, (_, index) =>
      log.record(aRawRecord({ id: `req_${index}`, detail: { requestBody } })),
    );
    assert.deepEqual(
      waits.map((room) => room !== undefined),
      Array.from({ length: 12 }, (_, index) => index >= 8),
    );
    for (const room of waits) await room;
    assert.equal(log.record(aRequest('req_last')), undefined);
    assert.equal((await ids()).length, 13);
  });

  it('drops the oldest beyond its size, in its file too', () => {
    const opened = openDatabase(join(folder, 'small.db'), requestSchema);
    assert.ok(opened.ok);
    const table = new RequestTable(opened.value, { requests: 100_000, bytes: 1_000_000 });
    const large = aRawRecord({ detail: { requestBody: 'x '.repeat(4000), responseBody: 'y '.repeat(4000) } });
    for (let round = 0; round < 300; round += 1) {
      const small = Array.from({ length: 10 }, (_, index) => scrubRecord(aRequest(`req_${round}_${index}`)));
      table.write([...small, scrubRecord({ ...large, id: `req_${round}` })]);
    }
    const { data } = table.list({ limit: 5000 });
    const bytes = data.reduce((sum, one) => sum + JSON.stringify(one).length, 0);
    assert.ok(bytes > 700_000 && bytes < 1_500_000, `${bytes} bytes`);
    assert.equal(data[0]?.id, 'req_299');
    assert.equal(table.find('req_0'), undefined);
    assert.ok(statSync(join(folder, 'small.db')).size < 4_000_000);
    assert.deepEqual(
      opened.value.prepare('SELECT count(*) AS count FROM bodies').get(),
      opened.value.prepare('SELECT count(*) AS count FROM requests').get(),
    );
    opened.value.close();
  });

  it('goes on counting its size when it is opened again', async () => {
    void log.record(aRawRecord({ id: 'req_1', detail: { requestBody: 'x '.repeat(2000) } }));
    await log.close();
    const opened = openDatabase(path(), requestSchema);
    assert.ok(opened.ok);
    const table = new RequestTable(opened.value, { requests: 10, bytes: 4200 });
    table.write([scrubRecord(aRawRecord({ id: 'req_2', detail: { requestBody: 'x '.repeat(2000) } }))]);
    assert.deepEqual([table.find('req_1'), table.find('req_2')?.id], [undefined, 'req_2']);
    opened.value.close();
    log = open();
  });

  it('does not carry over what an older one wrote, whose secrets were looked for less thoroughly', async () => {
    const secret = testSecret();
    const older = openDatabase(join(folder, 'older.db'), {
      ...requestSchema,
      migrations: requestSchema.migrations.slice(0, 1),
    });
    assert.ok(older.ok);
    older.value
      .prepare("INSERT INTO requests (id, time, method, path, status, detail) VALUES ('req_1', 0, 'GET', ?, 200, '{}')")
      .run(`/v1/${secret}`);
    older.value.close();
    const opened = openRequestLog(join(folder, 'older.db'), silentLog);
    assert.ok(opened.ok);
    assert.deepEqual((await opened.value.list({ limit: 10 })).data, []);
    await opened.value.close();
    assert.ok(!readFileSync(join(folder, 'older.db')).includes(secret));
  });

  for (const [filter, expected] of [
    [{ outcome: 'refused' }, ['req_4']],
    [{ outcome: 'failed' }, ['req_3']],
    [{ outcome: 'letThrough' }, ['req_2']],
    [{ outcome: 'allowed' }, ['req_5', 'req_1']],
    [{ text: 'CUSTOMERS get' }, ['req_4', 'req_3']],
    [{ text: 'limit=3' }, ['req_5']],
    [{ text: 'permissionmissing' }, ['req_4', 'req_2']],
    [{ text: 'req_1' }, ['req_1']],
    [{ text: '%' }, []],
    [{ since: later(3) }, ['req_5', 'req_4', 'req_3']],
    [{ until: later(3) }, ['req_2', 'req_1']],
    [{ upTo: 'req_2' }, ['req_2', 'req_1']],
    [{ offset: 3 }, ['req_2', 'req_1']],
    [{ key: 'mk_1', offset: 1 }, ['req_1']],
  ] as const) {
    it(`finds by ${JSON.stringify(filter)}`, async () => {
      record5();
      const found = (await log.list({ limit: 10, ...filter })).data.map(({ id }) => id);
      assert.deepEqual(found, expected);
      if (!('offset' in filter)) assert.equal((await log.summary(filter)).count, expected.length);
    });
  }

  /** Five requests, an hour apart, the last the newest. */
  function record5(): void {
    const refused = { kind: 'permissionMissing', message: 'No.' };
    const all: Parameters<typeof aRawRecord>[0][] = [
      { path: '/v1/balance', key: 'mk_1' },
      { path: '/v1/balance', detail: { refused, letThrough: true } },
      { status: 404, detail: { refused: { kind: 'objectNotFound', message: 'No such customer.' } } },
      { status: 403, detail: { refused } },
      { path: '/v1/prices', query: 'limit=3', method: 'POST', key: 'mk_1', account: 'acct_1' },
    ];
    for (const [index, one] of all.entries())
      void log.record(aRawRecord({ id: `req_${index + 1}`, time: later(index + 1), ...one }));
  }

  it('says what there is to choose from, where a request stands, and how many there were a minute', async () => {
    record5();
    const summary = await log.summary({ text: 'balance' }, 'req_1');
    assert.deepEqual(summary, {
      newest: 'req_5',
      total: 5,
      count: 2,
      place: 1,
      statuses: [200, 403, 404],
      methods: ['GET', 'POST'],
      keys: ['mk_1'],
      accounts: ['acct_1'],
      minutes: [{ key: 'mk_1', minute: later(5).getTime() / 60_000, requests: 1, errors: 0 }],
    });
    void log.record(aRequest('req_6', { status: 401, time: later(5) }));
    const next = await log.summary({}, 'req_none');
    assert.deepEqual([next.total, next.place, next.statuses], [6, undefined, [200, 401, 403, 404]]);
    assert.equal(
      next.minutes.reduce((sum, { errors }) => sum + errors, 0),
      1,
    );
    log.clear();
    assert.deepEqual((await log.summary({})).statuses, []);
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
