import type { LoggedRequest } from '../../../src/requests/loggedRequest.ts';

/** An allowed request, with what a test cares about changed. */
export const aRequest = (over: Partial<LoggedRequest> = {}): LoggedRequest => ({
  id: 'req_1',
  time: new Date('2026-01-01T00:00:00Z'),
  method: 'GET',
  path: '/v1/customers',
  query: '',
  status: 200,
  key: 'mk_1',
  account: 'acct_1',
  mode: 'sandbox',
  errorCode: undefined,
  context: undefined,
  address: '127.0.0.1',
  version: undefined,
  userAgent: undefined,
  sdk: undefined,
  idempotencyKey: undefined,
  durationMs: 1,
  requestBody: '',
  responseBody: '',
  passed: [],
  refused: undefined,
  permission: 'customer_read',
  letThrough: false,
  ...over,
});

export const refusedFor = (kind: string, over: Partial<LoggedRequest> = {}): LoggedRequest =>
  aRequest({ status: 403, refused: { kind, message: '' }, ...over });
