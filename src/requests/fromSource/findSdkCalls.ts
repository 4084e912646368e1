import { callsNamed, type SdkCall } from './sdkCalls.ts';

/** A call of an SDK that stands in a text. It is a guess: nobody ran it. */
export interface FoundCall {
  readonly call: SdkCall;
  /** Counted from 1. */
  readonly line: number;
}

/** Names with what joins them in any of the languages, up to the parenthesis of a call: `stripe.checkout.sessions.create(`. */
const chain =
  /(?:new\s+)?[$\\]?[A-Za-z_]\w*(?:\(\s*[$\w]*\s*\))?(?:\s*(?:\?\.|\.|->|::|\\)\s*\$?[A-Za-z_]\w*(?:\(\))?)+(?=\s*\()/g;
const joint = /\s*(?:\?\.|\.|->|::|\\)\s*/;

/** Variables that hold a client of the SDK. */
const clients = [
  /\b(\w+)\s*(?::\s*[\w.]+\s*)?:?=\s*(?:await\s+)?(?:new\s+)?(?:\\?Stripe\\|stripe\.|Stripe::|Stripe\.)?(?:Stripe|StripeClient|NewClient)(?:\.new)?\s*\(/g,
  /\b(\w+)\s*=\s*require\(\s*['"]stripe['"]\s*\)/g,
  /&?\bclient\.API\b/g,
];
/** Services of .NET: `var service = new CustomerService();` */
const services = /\b(\w+)\s*=\s*new\s+(?:Stripe\.)?((?:[A-Z]\w*\.)*)([A-Z]\w*)Service\s*\(/g;
/** A text that has nothing of this is no program for Stripe. */
const mentions = /stripe/i;

/** The calls of Stripe's SDKs in a program, in any of their languages. */
export function findSdkCalls(text: string): FoundCall[] {
  if (!mentions.test(text)) return [];
  const known = clientsOf(text);
  const imported = importedOf(text);
  const service = servicesOf(text);
  const lines = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const found: FoundCall[] = [];
  for (const { 0: written, index } of text.matchAll(chain)) {
    const call = callOf(written, { known, imported, service, text });
    if (!call) continue;
    const line = lines.findIndex((end) => end >= index);
    found.push({ call, line: line < 0 ? lines.length + 1 : line + 1 });
  }
  return found;
}

interface Program {
  readonly known: ReadonlySet<string>;
  readonly imported: ReadonlySet<string>;
  readonly service: ReadonlyMap<string, readonly string[]>;
  readonly text: string;
}

function callOf(written: string, program: Program): SdkCall | undefined {
  const segments = written
    .replace(/^new\s+/, '')
    .split(joint)
    .map((part) => part.replace(/\(.*\)$/, '').replace(/^[$\\]+/, ''))
    .filter((part) => part !== '');
  const [first = ''] = segments;
  const resource = program.service.get(first);
  if (resource) return choose(callsNamed([...resource, segments.at(-1) ?? '']), program.text);
  const called = segments.filter((part) => !/^v[12]$/i.test(part));
  for (let from = 0; from <= called.length - 2; from += 1) {
    const candidates = callsNamed(called.slice(from).map(withoutPrefix));
    if (candidates.length === 0) continue;
    const head = called.slice(0, from);
    if (isStripe(head, called[from] ?? '', program)) return choose(candidates, program.text);
  }
  return undefined;
}

/** `V1Customers` of Go, `CustomerService` of .NET. */
const withoutPrefix = (part: string): string => part.replace(/^V[12](?=[A-Z])/, '').replace(/(?<=\w)Service$/, '');

/** Whether what stands before a resource, or what brought the resource itself, is the SDK. */
function isStripe(head: readonly string[], resource: string, { known, imported }: Program): boolean {
  if (head.some((part) => /stripe/i.test(part) || known.has(part))) return true;
  return head.length === 0 && imported.has(resource);
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

function clientsOf(text: string): Set<string> {
  const names = clients.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''));
  // Go's older client: `sc := &client.API{}`, or `client.New(key, nil)`.
  for (const [, name = ''] of text.matchAll(/\b(\w+)\s*:?=\s*(?:&?client\.API\b|client\.New\()/g)) names.push(name);
  return new Set(names.filter(Boolean));
}

/** Classes and packages that are imported from the SDK, by the name under which they are called. */
function importedOf(text: string): Set<string> {
  const names = [
    /\bimport\s+(?:static\s+)?com\.stripe\.model\.(?:\w+\.)*(\w+)/g,
    /\buse\s+\\?Stripe\\(?:\w+\\)*(\w+)/g,
    /"github\.com\/stripe\/stripe-go(?:\/v\d+)?\/(?:\w+\/)*(\w+)"/g,
    /\bfrom\s+stripe(?:\.\w+)*\s+import\s+(\w+)/g,
  ].flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''));
  return new Set(names);
}

function servicesOf(text: string): Map<string, readonly string[]> {
  return new Map(
    [...text.matchAll(services)].map(([, variable = '', namespace = '', name = '']) => [
      variable,
      [...namespace.split('.').filter((part) => part !== '' && part !== 'Stripe'), name],
    ]),
  );
}
