import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogReport } from '../../../src/emulator/requestLog/logMessages.ts';
import { RequestLogger } from '../../../src/emulator/requestLog/requestLogger.ts';
import type { RawRecord, RequestPage } from '../../../src/emulator/requestLog/requestRecord.ts';
import { requestSchema } from '../../../src/emulator/requestLog/requestSchema.ts';
import { openDatabase } from '../../../src/emulator/store/database.ts';
import { aRawRecord } from './rawRecord.ts';

describe('the thread of the request log', () => {
  it('leaves out what cannot be looked through for secrets, says so without it, and writes the rest', () => {
    const opened = openDatabase(undefined, requestSchema);
    assert.ok(opened.ok);
    const reports: LogReport[] = [];
    const logger = new RequestLogger(opened.value, (report) => reports.push(report));
    const time = new Date('2026-10-01T12:00:00Z');
    const odd = { ...aRawRecord({ id: 'req_odd', time }), path: { no: 'text' } } as unknown as RawRecord;
    logger.carryOut({
      kind: 'write',
      records: [aRawRecord({ id: 'req_1', time }), odd, aRawRecord({ id: 'req_2', time })],
    });
    logger.carryOut({ kind: 'list', ask: 1, filter: { limit: 10 } });
    const answer = reports.find((report) => report.kind === 'answer');
    const page = answer?.value as RequestPage;
    assert.deepEqual(page.data.map(({ id }) => id).toSorted(), ['req_1', 'req_2']);
    assert.deepEqual(
      reports.filter(({ kind }) => kind === 'leftOut'),
      [{ kind: 'leftOut' }],
    );
    logger.carryOut({ kind: 'close', ask: 2 });
  });
});
