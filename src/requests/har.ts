import { headersOf, pathWithQuery } from './asCode.ts';
import type { LoggedRequest } from './loggedRequest.ts';

/** Requests as an HTTP archive (HAR 1.2), which browsers and proxies read. The header with the key is not there. */
export function toHar(requests: readonly LoggedRequest[], origin: string, version: string): string {
  const entries = requests.toReversed().map((request) => entryOf(request, origin));
  return `${JSON.stringify({ log: { version: '1.2', creator: { name: 'Keysmith', version }, entries } })}\n`;
}

function entryOf(request: LoggedRequest, origin: string): object {
  const { method, requestBody, responseBody, status, durationMs, time, id } = request;
  const type = requestBody.trimStart().startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    startedDateTime: time.toISOString(),
    time: durationMs,
    request: {
      method,
      url: origin + pathWithQuery(request),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(request).map(([name, value]) => ({ name, value })),
      queryString: [...new URLSearchParams(request.query)].map(([name, value]) => ({ name, value })),
      ...(requestBody === '' ? {} : { postData: { mimeType: type, text: requestBody } }),
      headersSize: -1,
      bodySize: Buffer.byteLength(requestBody),
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [{ name: 'Request-Id', value: id }],
      content: { size: Buffer.byteLength(responseBody), mimeType: 'application/json', text: responseBody },
      redirectURL: '',
      headersSize: -1,
      bodySize: Buffer.byteLength(responseBody),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
  };
}
