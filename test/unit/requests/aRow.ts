import type { RequestRow } from '../../../src/requests/panelProtocol.ts';

/** An allowed request as a row, with what a test cares about changed. */
export const aRow = (number: number, over: Partial<RequestRow> = {}): RequestRow => ({
  id: `req_${number}`,
  time: number * 1000,
  method: 'GET',
  path: '/v1/balance',
  status: 200,
  key: 'mk_1',
  account: 'acct_1',
  mode: 'sandbox',
  refused: '',
  letThrough: false,
  durationMs: 1,
  ...over,
});
