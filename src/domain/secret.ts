const prefixPattern = /^(?:(?:[a-z]+_)*(?:test|live)|whsec|oak)_/;

/** What may be shown of a token: its prefix, dots, its last four characters (none of a body too short to hide behind them). */
export function maskToken(text: string): string {
  const prefix = prefixPattern.exec(text)?.[0] ?? '';
  const tail = text.length - prefix.length >= 12 ? text.slice(-4) : '';
  return `${prefix}…${tail}`;
}

const tokens = /(?:(?:[rs]k|sk_org|rkcs)_(?:test|live)_|whsec_|oak_)[0-9A-Za-z]{8,}/g;

/** A text in which a token may stand by mistake, such as what was typed where a key's name belongs, with the masks of its tokens. */
export const maskTokens = (text: string): string => text.replaceAll(tokens, maskToken);

/**
 * A token that must not be seen. It prints as its mask wherever a value can be printed by accident; `reveal` is the only way to its
 * text, so the callers of `reveal` are the list to audit.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  get mask(): string {
    return maskToken(this.#text);
  }

  toString(): string {
    return this.mask;
  }

  toJSON(): string {
    return this.mask;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Secret(${this.mask})`;
  }
}
