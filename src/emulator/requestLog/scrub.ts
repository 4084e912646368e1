import { byteRuns, decodedRuns, percentDecoded, unescapings } from './decodings.ts';
import { rewriteJson, type Scalar } from './jsonText.ts';
import { removed, withoutSecretForms } from './secretForms.ts';
import { judgeName, namedInText } from './secretNames.ts';

/** Through how many encodings, one in the other, a secret is looked for. */
const deepest = 4;
/** How much of a text the log keeps. */
const longest = 8192;
const more = '…';

/** A text fit for the request log: without secrets, however they are encoded, and not longer than 8 KiB. */
export const scrub = (text: string): string => shortened(scrubValue(text, deepest));

/** A body, a form or JSON; `cut` where its end is missing. What is neither is not logged. */
export function scrubBody(text: string, cut = false): string {
  if (text === '') return '';
  const json = /^\s*[{[]/.test(text) ? scrubJson(text, deepest, cut) : undefined;
  if (json !== undefined) return shortened(withoutSecretForms(json));
  // oxlint-disable-next-line no-control-regex
  if (/[\0-\x1f]/.test(text))
    return `[${text.length}${cut ? ' or more' : ''} characters that are neither a form nor JSON]`;
  // The `&` of an entity would be taken for the end of a value.
  if (/&#?\w+;/.test(text) && hides(text, deepest)) return removed;
  return shortened(scrubText(scrubForm(text, deepest, cut), deepest));
}

/** A path; where it holds a secret, only the words of its route are left. */
export function scrubPath(path: string): string {
  const parts = path.split('/');
  const clean = !hides(path, deepest) && parts.every((part) => !hides(percentDecoded(part), deepest));
  return shortened(
    clean ? path : parts.map((part) => (routeWord.test(part) && !hides(part, deepest) ? part : removed)).join('/'),
  );
}

const routeWord = /^(?:v[12]|[a-z][a-z_]*)?$/;

const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}${more}` : text);

/** Texts that were found harmless: names of fields and most of their values come again and again. */
const harmless = new Set<string>();
const mostHarmless = 4096;
const longestHarmless = 64;

/** A value by itself, which may be a form or JSON once more. */
function scrubValue(text: string, depth: number): string {
  if (text.length > longestHarmless || depth < deepest) return scrubUnknown(text, depth);
  if (harmless.has(text)) return text;
  const written = scrubUnknown(text, depth);
  if (written !== text) return written;
  if (harmless.size >= mostHarmless) harmless.clear();
  harmless.add(text);
  return text;
}

function scrubUnknown(text: string, depth: number): string {
  const plain = scrubText(text, depth);
  if (plain === removed || depth === 0) return plain;
  if (/^\s*[{[]/.test(plain)) return scrubJson(plain, depth - 1, false) ?? plain;
  return plain.includes('=') ? scrubForm(plain, depth - 1, false) : plain;
}

/** A text without secrets, and without what becomes one when it is decoded. What is encoded goes first, while it is whole. */
function scrubText(text: string, depth: number): string {
  if (namedInText.test(text)) return removed;
  if (depth === 0) return withoutSecretForms(text);
  for (const decoded of unescapings(text)) if (hides(decoded, depth - 1)) return removed;
  let result = text;
  for (const { run, alignments, encoding } of byteRuns) {
    result = result.replaceAll(run, (found) => {
      for (const decoded of decodedRuns(found, alignments, encoding)) if (hides(decoded, depth - 1)) return removed;
      return found;
    });
  }
  return withoutSecretForms(result);
}

const hides = (text: string, depth: number): boolean => scrubValue(text, depth) !== text;

function scrubForm(text: string, depth: number, cut: boolean): string {
  const pairs = text.split('&');
  return pairs
    .map((pair, index) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, undefined] : [pair.slice(0, at), pair.slice(at + 1)];
      if (cut && index === pairs.length - 1) return value === undefined ? more : `${scrubName(name, depth)}=${more}`;
      const written = scrubName(name, depth);
      return value === undefined ? written : `${written}=${scrubField(formNames(name), value, depth)}`;
    })
    .join('&');
}

const scrubName = (name: string, depth: number): string => {
  return hides(formDecoded(name), depth) || hides(percentDecoded(name), depth) ? removed : name;
};

function scrubField(names: readonly string[], value: string, depth: number): string {
  if (value === '') return '';
  if (isSecret(names)) return removed;
  const plain = formDecoded(value);
  const written = scrubValue(plain, depth);
  // A `+` that nobody encoded is one of Base64 more often than a space.
  if (value.includes('+') && hides(percentDecoded(value), depth)) return removed;
  if (written === plain) return value;
  // An escape may stand for half a character, which nothing encodes.
  return written.toWellFormed().split(removed).map(encodeURIComponent).join(removed);
}

const formDecoded = (text: string): string => percentDecoded(text.replaceAll('+', ' '));

/** `a[b][]` is `a` and `b`, however often its brackets are encoded. */
function formNames(name: string): string[] {
  let plain = name;
  for (let round = 0; round < deepest && /%[0-9a-f]{2}/i.test(plain); round += 1) plain = percentDecoded(plain);
  return plain.split(/[[\].]+/).filter((part) => part !== '' && !/^\d+$/.test(part));
}

/** Undefined where it is no JSON. */
function scrubJson(text: string, depth: number, cut: boolean): string | undefined {
  return rewriteJson(text, cut, (scalar: Scalar) => {
    if (scalar.cut) return `"${more}"`;
    if (scalar.secret) return `"${removed}"`;
    const written = scrubValue(scalar.text, depth);
    return written === scalar.text ? undefined : JSON.stringify(written);
  });
}

/** By the names on the way to a value, the outermost first. */
function isSecret(names: readonly string[]): boolean {
  const innermost = names.at(-1);
  return (
    names.some((name) => judgeName(name) === 'all') || (innermost !== undefined && judgeName(innermost) !== undefined)
  );
}
