import data from './sdkCalls.data.json' with { type: 'json' };

/** What a method of the SDK sends. */
export interface SdkCall {
  /** As the SDK for Node names it: `checkout.sessions.create`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly permission: string;
}

/** What other languages call the same. */
const synonyms: Readonly<Record<string, string>> = {
  new: 'create',
  get: 'retrieve',
  fetch: 'retrieve',
  all: 'list',
  modify: 'update',
  delete: 'del',
  destroy: 'del',
};

/**
 * The methods that a name may mean, whatever a language makes of it: `PaymentIntent.create`, `payment_intents.create` and
 * `paymentIntents.create` are one. The resource may come without its namespace; then all that fit are given.
 */
export function callsNamed(segments: readonly string[]): readonly SdkCall[] {
  return index.get(keyOf(segments)) ?? [];
}

/** A method of the SDK for a request, with the ids that it takes first. */
export interface NamedCall {
  readonly name: string;
  readonly ids: readonly string[];
}

/** The method that sends a request; of several the one whose path says most of it, as `/v1/customers/search` does. */
export function callOf(method: string, path: string): NamedCall | undefined {
  const segments = path.split('/');
  const [best] = Object.entries(data)
    .filter(([, call]) => call.method === method && fits(call.path.split('/'), segments))
    .toSorted(([, one], [, other]) => idsIn(one.path).length - idsIn(other.path).length);
  if (!best) return undefined;
  const [name, call] = best;
  const ids = call.path.split('/').flatMap((part, at) => (part.startsWith(':') ? [decodedOf(segments[at])] : []));
  return { name, ids };
}

const fits = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length === segments.length &&
  pattern.every((part, at) => (part.startsWith(':') ? segments[at] !== '' : part === segments[at]));
const idsIn = (path: string): string[] => path.split('/').filter((part) => part.startsWith(':'));

function decodedOf(segment = ''): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const letters = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
/** Not quite grammar, but the same for a word and for its plural. */
const singular = (word: string): string =>
  letters(word)
    .replace(/ies$/, 'y')
    .replace(/(?<=s|x|ch|sh)es$/, '')
    .replace(/(?<!s)s$/, '');

function keyOf(segments: readonly string[]): string {
  const method = letters((segments.at(-1) ?? '').replace(/(?:A|_a)sync$/, ''));
  return [...segments.slice(0, -1).map(singular), synonyms[method] ?? method].join('.');
}

const index = buildIndex();

function buildIndex(): Map<string, SdkCall[]> {
  const found = new Map<string, SdkCall[]>();
  for (const [name, call] of Object.entries(data)) {
    const parts = name.split('.').filter((part) => part !== 'v2');
    const keys = parts.slice(0, -1).map((_, from) => keyOf(parts.slice(from)));
    // In one word, as Go's `V1CheckoutSessions`.
    if (parts.length > 2) keys.push(keyOf([parts.slice(0, -1).join(''), parts.at(-1) ?? '']));
    for (const key of keys) found.set(key, [...(found.get(key) ?? []), { name, ...call }]);
  }
  return found;
}
