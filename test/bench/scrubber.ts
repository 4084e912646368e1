import { Secret } from '../../src/domain/secret.ts';
import { Scrubber } from '../../src/handover/scrubber.ts';
import { testSecret } from '../unit/fixtures.ts';

const streamBytes = 100 * 1024 * 1024;
const chunkBytes = 64 * 1024;

/** How fast what a command prints passes `keysmith run`, for output that is nearly the key and for output that is nothing like it. */
export async function bench(log: (line: string) => void): Promise<void> {
  const token = testSecret(99);
  const hex = (text: string): string => Buffer.from(text).toString('hex');
  for (const [name, line] of [
    ['near-matches', `${token.slice(0, 30)} ${token.slice(0, 8)}x ${token.slice(0, 50)}!\n`],
    ['near-matches in hex, base64 and escapes', nearlyEncoded(token, hex)],
    ['keys, and keys that break off late', `${token} ${token.slice(0, -1)}!\n`],
    ['the prefix again and again', 'sk_test_'],
    [
      'a log of JSON lines',
      '{"level":"info","at":"2026-11-24T17:00:00Z","message":"POST /v1/charges answered","ms":12}\n',
    ],
  ] as const) {
    const chunk = Buffer.from(line.repeat(Math.ceil(chunkBytes / line.length))).subarray(0, chunkBytes);
    const scrubber = new Scrubber(new Secret(token));
    const started = performance.now();
    let out = 0;
    for (let done = 0; done < streamBytes; done += chunk.length) out += scrubber.push(chunk).length;
    out += scrubber.end().length;
    const seconds = (performance.now() - started) / 1000;
    log(`${name}: ${(streamBytes / 1e6 / seconds).toFixed(0)} MB/s (${out} bytes out)`);
  }
}

function nearlyEncoded(token: string, hex: (text: string) => string): string {
  const part = token.slice(0, 30);
  const base64 = Buffer.from(part).toString('base64');
  return `${hex(part)} ${base64} ${part.replaceAll('_', '%5F')} ${part.replaceAll('_', String.raw`\u005f`)}\n`;
}
