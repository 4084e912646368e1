/**
 * One way in which a secret may be written, such as base64, as a machine that reads bytes: nodes, and which of them each byte leads to. Node
 * 0 is where reading begins. What is written may vary from letter to letter, as `%5F` and `_` do.
 */
export interface HiddenForm {
  /** As it is written without any escape. */
  readonly plain: Buffer;
  /** How many letters it has. */
  readonly length: number;
  /** How many letters at its beginning may be seen. */
  readonly open: number;
  /** What stands in the place of the rest. */
  readonly cover: Buffer;
  /** With so many letters read more than half of what must not be seen is there: the rest could be tried. */
  readonly enough: number;
  readonly nodes: readonly FormNode[];
  /** By how many letters were read, the node behind them. */
  readonly behind: readonly number[];
}

export interface FormNode {
  /** How many letters have been read. */
  readonly read: number;
  /** Whether bytes that led here may be a part of what must not be seen. */
  readonly held: boolean;
  /** The most bytes that can lead here. */
  most: number;
  /** Pairs: a byte, and a node that it leads to. There are thousands of nodes, and most have one pair. */
  readonly next: number[];
}

/** The nodes that a byte leads to. */
export function nextNodes({ nodes }: HiddenForm, node: number, byte: number): number[] {
  const { next = [] } = nodes[node] ?? {};
  const found: number[] = [];
  for (let at = 0; at < next.length; at += 2) if (next[at] === byte) found.push(next[at + 1] as number);
  return found;
}

function leads({ nodes }: HiddenForm, node: number, byte: number): boolean {
  const { next = [] } = nodes[node] ?? {};
  for (let at = 0; at < next.length; at += 2) if (next[at] === byte) return true;
  return false;
}

/** Whether a byte can be the first of a form. */
export const begins = (form: HiddenForm, byte: number): boolean => leads(form, 0, byte);

export interface FormText {
  readonly text: string;
  /** How many letters at its beginning may be seen. */
  readonly open: number;
  readonly cover: string;
}

/** As it is, and with any letter as `%5F`, `%255F`, `\u005f`, `\u{5f}` or `\x5f`, in whatever mixture. */
export function escapedForm(text: FormText): HiddenForm {
  const form = new FormBuilder(text);
  for (const letter of Buffer.from(text.text)) {
    form.letter((from, to) => {
      form.link(from, letter, to);
      if (letter < 0x80) escapes(form, from, letter, to);
    });
  }
  return form.build();
}

/** In base64, with either alphabet, also where it is broken into lines or a URL or JSON escapes it. */
export function base64Form(text: FormText): HiddenForm {
  const form = new FormBuilder(text);
  for (const letter of text.text) {
    form.letter((from, to) => {
      for (const written of base64Letters[letter] ?? [letter]) form.path(from, written, to);
    });
    form.pauses(lineEnds);
  }
  return form.build();
}

/** In hexadecimal digits of either case, also in lines and with something between the bytes. */
export function hexForm(text: FormText): HiddenForm {
  const form = new FormBuilder(text);
  for (const [index, digit] of text.text.split('').entries()) {
    form.letter((from, to) => {
      for (const written of new Set([digit.toLowerCase(), digit.toUpperCase()])) form.path(from, written, to);
    });
    if (index % 2 === 1) form.pauses(byteBorders);
  }
  return form.build();
}

const base64Letters: Readonly<Record<string, readonly string[]>> = {
  '+': ['+', '-', '%2B', '%2b', String.raw`\u002b`, String.raw`\u002B`],
  '/': ['/', '_', '%2F', '%2f', String.raw`\/`],
};
const lineEnds = ['\n', '\r\n', String.raw`\n`, String.raw`\r\n`] as const;
const byteBorders = [...lineEnds, ' ', '  ', ':', '-', ',', ', ', ' 0x', ',0x', ', 0x'] as const;

/** How often a text may have been escaped in a text that was escaped in turn. */
const percentLevels = 3;
const backslashes = 4;

const byteOf = (letter: string): number => letter.charCodeAt(0);
const slash = byteOf('\\');

function escapes(form: FormBuilder, from: number, letter: number, to: number): void {
  const [high, low] = [letter >> 4, letter & 15].map((digit) => digitBytes(digit));
  if (!high || !low) return;
  const digits = (start: number, end: number): void => {
    const middle = form.partial();
    for (const byte of high) form.link(start, byte, middle);
    for (const byte of low) form.link(middle, byte, end);
  };
  let percent = form.partial();
  form.link(from, byteOf('%'), percent);
  digits(percent, to);
  for (let level = 1; level < percentLevels; level += 1) {
    const again = form.partial();
    form.path(percent, '25', again);
    digits(again, to);
    percent = again;
  }
  const [unicode, short] = [form.partial(), form.partial()];
  let before = from;
  for (let count = 0; count < backslashes; count += 1) {
    const behind = form.partial();
    form.link(before, slash, behind);
    form.link(behind, byteOf('u'), unicode);
    form.link(behind, byteOf('x'), short);
    before = behind;
  }
  digits(short, to);
  const [long, braced, closing] = [form.partial(), form.partial(), form.partial()];
  form.path(unicode, '00', long);
  digits(long, to);
  form.link(unicode, byteOf('{'), braced);
  digits(braced, closing);
  form.link(closing, byteOf('}'), to);
}

function digitBytes(digit: number): number[] {
  const written = digit.toString(16);
  return [...new Set([written, written.toUpperCase()])].map(byteOf);
}

class FormBuilder {
  readonly #text: FormText;
  readonly #plain: Buffer;
  readonly #nodes: FormNode[] = [];
  readonly #behind: number[] = [0];
  /** How many letters there are so far. */
  #letters = 0;
  /** Where the next letter may begin: behind the last one, and behind a pause after it. */
  #starts: readonly number[];

  constructor(text: FormText) {
    this.#text = text;
    this.#plain = Buffer.from(text.text);
    this.#starts = [this.#whole()];
  }

  /** Adds a letter; `write` links the node where it begins with that behind it. */
  letter(write: (from: number, to: number) => void): void {
    const to = this.#node(this.#letters + 1, this.#letters + 1 > this.#text.open);
    for (const from of this.#starts) write(from, to);
    this.#starts = [to];
    this.#behind.push(to);
    this.#letters += 1;
  }

  /** Lets one of some texts stand between the last letter and the next one. */
  pauses(texts: readonly string[]): void {
    const [behind] = this.#starts;
    if (behind === undefined || this.#letters === this.#plain.length) return;
    const after = this.#whole();
    for (const text of texts) this.path(behind, text, after, () => this.#whole());
    this.#starts = [behind, after];
  }

  /** A node within a letter. */
  partial(): number {
    return this.#node(this.#letters, this.#letters >= this.#text.open && this.#letters > 0);
  }

  path(from: number, text: string, to: number, within = () => this.partial()): void {
    const bytes = Buffer.from(text);
    let node = from;
    for (const byte of bytes.subarray(0, -1)) {
      const next = within();
      this.link(node, byte, next);
      node = next;
    }
    const last = bytes.at(-1);
    if (last !== undefined) this.link(node, last, to);
  }

  link(from: number, byte: number, to: number): void {
    const [before, behind] = [this.#nodes[from], this.#nodes[to]];
    if (!before || !behind) return;
    before.next.push(byte, to);
    behind.most = Math.max(behind.most, before.most + 1);
  }

  build(): HiddenForm {
    const { open, cover } = this.#text;
    const { length } = this.#plain;
    return {
      plain: this.#plain,
      length,
      open,
      cover: Buffer.from(cover),
      enough: open + Math.floor((length - open) / 2) + 1,
      nodes: this.#nodes,
      behind: this.#behind,
    };
  }

  /** A node between letters. */
  #whole(): number {
    return this.#node(this.#letters, this.#letters > this.#text.open);
  }

  #node(read: number, held: boolean): number {
    return this.#nodes.push({ read, held, most: 0, next: [] }) - 1;
  }
}

/** How far a form can be read from a place in some bytes. */
export interface Followed {
  /** How many letters were read, and where the last of them ends. */
  readonly read: number;
  readonly end: number;
  /** Where the letters end that may be seen. */
  readonly hiddenFrom: number;
  /** The bytes ended before the form did. */
  readonly alive: boolean;
  /** Alive, and the last bytes may be a part of what must not be seen. */
  readonly held: boolean;
}

export function follow(form: HiddenForm, bytes: Buffer, from: number, to = bytes.length): Followed {
  const plain = plainLetters(form, bytes, from, to);
  const at = from + plain;
  const hiddenFrom = from + Math.min(plain, form.open);
  if (plain === form.length) return { read: plain, end: at, hiddenFrom, alive: false, held: false };
  if (at === to) return { read: plain, end: at, hiddenFrom, alive: true, held: plain > form.open };
  return leads(form, form.behind[plain] ?? 0, bytes[at] as number)
    ? followMachine(form, bytes, { from, at, read: plain, to })
    : { read: plain, end: at, hiddenFrom, alive: false, held: false };
}

/** How many letters stand there without any escape. */
function plainLetters({ plain, length }: HiddenForm, bytes: Buffer, from: number, to: number): number {
  const most = Math.min(length, to - from);
  let count = 0;
  while (count < most && bytes[from + count] === plain[count]) count += 1;
  return count;
}

interface Reading {
  readonly from: number;
  /** Up to here there are no escapes. */
  readonly at: number;
  readonly read: number;
  readonly to: number;
}

function followMachine(form: HiddenForm, bytes: Buffer, { from, at, read: plain, to }: Reading): Followed {
  let nodes: readonly number[] = [form.behind[plain] ?? 0];
  let [read, end, hiddenFrom] = [plain, at, from + Math.min(plain, form.open)];
  for (let place = at; place < to && read < form.length; place += 1) {
    const byte = bytes[place] as number;
    const next = [...new Set(nodes.flatMap((node) => nextNodes(form, node, byte)))];
    if (next.length === 0) return { read, end, hiddenFrom, alive: false, held: false };
    for (const node of next) {
      const reached = form.nodes[node]?.read ?? 0;
      if (reached <= read) continue;
      [read, end] = [reached, place + 1];
      if (reached <= form.open) hiddenFrom = end;
    }
    nodes = next;
  }
  const alive = read < form.length;
  return { read, end, hiddenFrom, alive, held: alive && nodes.some((node) => form.nodes[node]?.held) };
}
