import type { RawRecord } from '../../../src/emulator/requestLog/requestRecord.ts';

type Changes = Partial<Omit<RawRecord, 'detail'>> & { readonly detail?: Partial<RawRecord['detail']> };

/** An allowed request as it came, with what a test cares about changed. */
export const aRawRecord = ({ detail = {}, ...over }: Changes = {}): RawRecord => ({
  id: 'req_1',
  time: new Date('2026-10-01T12:00:00Z'),
  method: 'GET',
  path: '/v1/customers',
  query: '',
  status: 200,
  key: undefined,
  account: undefined,
  mode: undefined,
  ...over,
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
    ...detail,
  },
});
