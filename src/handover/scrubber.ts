import type { Secret } from '../domain/secret.ts';
import { StreamCover, type Covered } from './streamCover.ts';

/** Replaces a token by its mask in bytes that come in parts; in base64 too, which is how HTTP's Basic credentials have it. */
export class Scrubber {
  readonly #covers: readonly StreamCover[];

  constructor(secret: Secret) {
    this.#covers = [plain(secret), base64(secret)].map((covered) => new StreamCover(covered));
  }

  /** What of the input so far may go out. */
  push(input: Buffer): Buffer {
    return this.#covers.reduce((bytes, cover) => cover.push(bytes), input);
  }

  /** What was held back, at the end of the input. */
  end(): Buffer {
    return this.#covers.reduce((bytes, cover) => Buffer.concat([cover.push(bytes), cover.end()]), Buffer.alloc(0));
  }
}

/** How much of a token its mask shows at its beginning. */
const openOf = ({ mask }: Secret): string => mask.slice(0, mask.indexOf('…'));

function plain(secret: Secret): Covered {
  const open = openOf(secret);
  return { text: secret.reveal(), open: Buffer.byteLength(open), cover: secret.mask.slice(open.length) };
}

/** The last letters are left out where they say something of what follows the token: a colon, a line's end. */
function base64(secret: Secret): Covered {
  const token = Buffer.from(secret.reveal());
  const whole = token.length - (token.length % 3);
  const open = Math.floor((Buffer.byteLength(openOf(secret)) * 4) / 3);
  return { text: token.toString('base64', 0, whole), open, cover: '…' };
}
