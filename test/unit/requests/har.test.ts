import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { toHar } from '../../../src/requests/har.ts';
import { readExport, writeExport } from '../../../src/requests/requestExport.ts';
import { aRequest } from './aRequest.ts';

const posted = aRequest({
  id: 'req_2',
  method: 'POST',
  query: 'a=1',
  requestBody: 'name=é',
  responseBody: '{}',
  version: '2026-10-28.endive',
});

describe('requests as files', () => {
  it('are read as they were written', () => {
    const requests = [posted, aRequest({ refused: { kind: 'noKey', message: 'no' } })];
    assert.deepEqual(readExport(writeExport(requests)), { ok: true, value: requests });
  });

  it('are an HTTP archive, oldest first, without a key', () => {
    const text = toHar([posted, aRequest()], 'http://127.0.0.1:1', '1.0.0');
    const { log } = JSON.parse(text) as { log: { version: string; entries: readonly Record<string, unknown>[] } };
    assert.equal(log.version, '1.2');
    assert.equal(log.entries.length, 2);
    assert.doesNotMatch(text, /authorization/i);
    assert.deepEqual(log.entries[1]?.['request'], {
      method: 'POST',
      url: 'http://127.0.0.1:1/v1/customers?a=1',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [{ name: 'Stripe-Version', value: '2026-10-28.endive' }],
      queryString: [{ name: 'a', value: '1' }],
      postData: { mimeType: 'application/x-www-form-urlencoded', text: 'name=é' },
      headersSize: -1,
      bodySize: 7,
    });
  });
});
