import { decodeHTML } from 'entities';

/** A text once more, as it reads without percent-encoding, JSON's escapes, HTML's entities or look-alike characters; one each, where it differs. */
export function* unescapings(text: string): Generator<string> {
  for (const [mark, unescape] of escapes) {
    if (!mark.test(text)) continue;
    const plain = unescape(text);
    if (plain !== text) yield plain;
  }
}

const escapes: readonly (readonly [mark: RegExp, unescape: (text: string) => string])[] = [
  [/%[0-9a-f]{2}/i, percentDecoded],
  [/\\/, jsonUnescaped],
  [/&/, decodeHTML],
  // oxlint-disable-next-line no-control-regex
  [/[^\0-\x7f]/, (text) => text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '')],
];

/** What is no percent-encoding stays as it is. */
export function percentDecoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

const short: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** What JSON and JavaScript write with a backslash. */
export function jsonUnescaped(text: string): string {
  return text.replaceAll(
    /\\(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2})|([^ux]))/gi,
    (_, four?: string, braced?: string, hex?: string, one?: string) =>
      one === undefined ? character(Number.parseInt(four ?? braced ?? hex ?? '', 16)) : (short[one] ?? one),
  );
}

const character = (code: number): string => (code <= 0x10_ff_ff ? String.fromCodePoint(code) : '');

/** Where encoded bytes may stand, with how they are read. They need not begin where the run begins. */
export const byteRuns: readonly {
  readonly run: RegExp;
  readonly alignments: number;
  readonly encoding: 'base64' | 'hex';
}[] = [
  { run: /[0-9a-f]{14,}/gi, alignments: 2, encoding: 'hex' },
  { run: /[0-9A-Za-z+/_-](?:\r?\n?[0-9A-Za-z+/_-]){9,}={0,2}/g, alignments: 4, encoding: 'base64' },
];

/**
 * Nine characters of ASCII as they look in Base64: the high bit of each is a bit of one of its letters. Of what is no encoded text,
 * such as an id, hardly any looks like that, and none is decoded.
 */
const asciiInBase64 = /(?:[A-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589].){3}/;
const asciiInHex = /(?:[2-7][0-9a-f]){7}/i;

/** The texts that a run of encoded bytes may stand for. */
export function* decodedRuns(run: string, alignments: number, encoding: 'base64' | 'hex'): Generator<string> {
  const plain = run.replaceAll(/[\r\n]/g, '');
  if (!(encoding === 'hex' ? asciiInHex : asciiInBase64).test(plain)) return;
  for (let from = 0; from < alignments; from += 1) yield Buffer.from(plain.slice(from), encoding).toString('latin1');
}
