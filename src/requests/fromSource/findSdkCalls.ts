import { callsNamed, type SdkCall } from './sdkCalls.ts';
import { sdkNamesOf, type SdkNames } from './sdkNames.ts';

/** A call of an SDK that stands in a text. It is a guess: nobody ran it. */
export interface FoundCall {
  readonly call: SdkCall;
  /** Counted from 1. */
  readonly line: number;
}

/** Names with what joins them in any of the languages: `stripe.checkout.sessions.create`, `\Stripe\Refund::create`. Bounded, so that time grows with the text. */
const names = String.raw`(?<![\w$])(?:new\s+)?[$\\]?[A-Za-z_]\w*(?:\(\s*[$\w]*\s*\))?(?:\s*(?:\?\.|\.|->|::|\\)\s*\$?[A-Za-z_]\w*(?:\(\))?){1,12}`;
const called = new RegExp(String.raw`${names}(?=\s*\()`, 'g');
/** Ruby's calls need no parenthesis. */
const bare = new RegExp(names, 'g');
const joint = /\s*(?:\?\.|\.|->|::|\\)\s*/;

/** A text that has nothing of this is no program for Stripe. */
const mentions = /stripe/i;

/** The calls of Stripe's SDKs in a program, in any of their languages. `file`: its name, which tells the language. */
export function findSdkCalls(text: string, file = ''): FoundCall[] {
  if (!mentions.test(text)) return [];
  const program = { ...sdkNamesOf(text), text, bare: file.endsWith('.rb') };
  const lines = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const found: FoundCall[] = [];
  for (const { 0: written, index } of text.matchAll(program.bare ? bare : called)) {
    const call = callOf(written, program);
    if (!call) continue;
    const line = lines.findIndex((end) => end >= index);
    found.push({ call, line: line < 0 ? lines.length + 1 : line + 1 });
  }
  return found;
}

interface Program extends SdkNames {
  readonly text: string;
  /** Any name may be a call. */
  readonly bare: boolean;
}

function callOf(written: string, program: Program): SdkCall | undefined {
  const parts = written
    .replace(/^new\s+/, '')
    .split(joint)
    .map((part) => part.replace(/^[$\\]+/, ''))
    .filter((part) => part !== '' && !/^v[12](?:\(\))?$/i.test(part));
  // What is done with an answer stands behind: `Customer.list().auto_paging_iter()`.
  for (let end = parts.length; end >= 2; end -= 1) {
    if (end < parts.length && !program.bare && !parts[end - 1]?.endsWith(')')) continue;
    const call = named(
      parts.slice(0, end).map((part) => part.replace(/\(.*\)$/, '')),
      program,
    );
    if (call) return call;
  }
  return undefined;
}

function named(segments: readonly string[], program: Program): SdkCall | undefined {
  const [first = '', ...rest] = segments;
  const resource = program.resources.get(first);
  const known = resource && choose(callsNamed([...resource, ...rest].map(withoutPrefix)), program.text);
  if (known) return known;
  for (let from = 0; from <= segments.length - 2; from += 1) {
    const candidates = callsNamed(segments.slice(from).map(withoutPrefix));
    if (candidates.length === 0) continue;
    if (isStripe(segments.slice(0, from), segments[from] ?? '', program)) return choose(candidates, program.text);
  }
  return undefined;
}

/** `V1Customers` of Go, `CustomerService` of .NET. */
const withoutPrefix = (part: string): string => part.replace(/^V[12](?=[A-Z])/, '').replace(/(?<=\w)Service$/, '');

/** Whether what stands before a resource, or what brought the resource itself, is the SDK. */
function isStripe(head: readonly string[], resource: string, { clients, all, text }: Program): boolean {
  if (head.some((part) => /stripe/i.test(part) || clients.has(part))) return true;
  if (head.length > 0) return false;
  return (all && /^[A-Z]/.test(resource)) || (/^[A-Z]\w*Service$/.test(resource) && /\busing\s+Stripe\b/.test(text));
}

/** One of the methods that a name may mean: the one whose namespace the text speaks of. */
function choose(candidates: readonly SdkCall[], text: string): SdkCall | undefined {
  if (candidates.length < 2) return candidates[0];
  const lower = text.toLowerCase();
  const namespaced = candidates.filter(({ name }) => {
    const namespace = name.split('.').slice(0, -2);
    return namespace.length > 0 && namespace.every((part) => lower.includes(part.toLowerCase()));
  });
  const plain = candidates.find(({ name }) => name.split('.').length === 2);
  return namespaced.length === 1 ? namespaced[0] : (plain ?? namespaced[0]);
}
