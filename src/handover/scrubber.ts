import type { Secret } from '../domain/secret.ts';
import { base64Form, escapedForm, hexForm, type HiddenForm } from './hiddenForm.ts';
import { StreamCover } from './streamCover.ts';

/** More are not looked for: the first ones are those that were handed over. */
const mostSecrets = 32;

/**
 * Replaces secrets by their masks in bytes that come in parts, also where they stand in base64, which is how HTTP's Basic credentials have
 * them, in hexadecimal digits, or with the escapes of URLs and JSON.
 */
export class Scrubber {
  readonly #cover: StreamCover;

  constructor(...secrets: readonly Secret[]) {
    const known = new Map(secrets.map((secret) => [secret.reveal(), secret]));
    this.#cover = new StreamCover([...known.values()].slice(0, mostSecrets).flatMap(formsOf));
  }

  /** What of the input so far may go out. */
  push(input: Buffer): Buffer {
    return this.#cover.push(input);
  }

  /** What was held back, at the end of the input. */
  end(): Buffer {
    return this.#cover.end();
  }
}

function formsOf(secret: Secret): HiddenForm[] {
  const token = secret.reveal();
  const { mask } = secret;
  /** How much of a token its mask shows at its beginning. */
  const shown = mask.slice(0, mask.indexOf('…'));
  const open = Buffer.byteLength(shown);
  return [
    escapedForm({ text: token, open, cover: mask.slice(shown.length) }),
    ...[0, 1, 2].map((before) => base64Form(inBase64(Buffer.from(token), open, before))),
    hexForm({ text: Buffer.from(token).toString('hex'), open: open * 2, cover: '…' }),
  ];
}

/**
 * A token in base64, where one or two more bytes stand before it in its group of three: only the letters that say nothing but of the token.
 */
function inBase64(token: Buffer, open: number, before: number): { text: string; open: number; cover: string } {
  const bits = before * 8;
  const first = Math.ceil(bits / 6);
  const lettersOf = (bytes: number): number => Math.floor((bits + bytes * 8) / 6) - first;
  const text = Buffer.concat([Buffer.alloc(before), token]).toString('base64');
  return { text: text.slice(first, first + lettersOf(token.length)), open: Math.max(0, lettersOf(open)), cover: '…' };
}
