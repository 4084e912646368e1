/** What the names of a program mean, as far as its text tells: by which of them it reaches Stripe. */
export interface SdkNames {
  /** Variables that hold a client of the SDK. */
  readonly clients: ReadonlySet<string>;
  /** Classes, packages and services by the name they are called by, with the resource each is: `checkout`, `Session`. */
  readonly resources: ReadonlyMap<string, readonly string[]>;
  /** All classes of the SDK are there by their own names, as after `import com.stripe.model.*`. */
  readonly all: boolean;
}

const clients = [
  // made here
  /\b(\w+)\s*(?::\s*[\w.]+\s*)?:?=\s*(?:await\s+)?(?:new\s+)?(?:\\?Stripe\\|stripe\.|Stripe::|Stripe\.)?(?:Stripe|StripeClient|NewClient)(?:\.new\b|\s*\()/g,
  /\b(\w+)\s*=\s*require\(\s*['"]stripe['"]\s*\)/g,
  /\b(\w+)\s*:?=\s*(?:&?client\.API\b|client\.New\()/g,
  // given by somebody: `StripeClient client`, `client: Stripe`, `client *stripe.Client`
  /\b(?:Stripe|StripeClient)\s+\$?(\w+)\s*[,;)=]/g,
  /\b(\w+)\s*\??\s*:\s*(?:stripe\.)?(?:Stripe|StripeClient)\b/g,
  /\b(\w+)\s+\*(?:stripe\.Client|client\.API)\b/g,
];

/** Services of .NET, made or declared: `var service = new CustomerService();`, `CustomerService service`. */
const services = [
  /\b(\w+)\s*=\s*new\s+(?:Stripe\.)?((?:[A-Z]\w*\.)*)([A-Z]\w*)Service\s*\(/g,
  /\b()(?:Stripe\.)?((?:[A-Z]\w*\.)*)([A-Z]\w*)Service\s+(\w+)\s*[,;)=]/g,
];

export function sdkNamesOf(text: string): SdkNames {
  return {
    clients: new Set(clients.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''))),
    resources: new Map([...importsOf(text), ...(/\bStripe\b/.test(text) ? servicesOf(text) : [])]),
    all: /\bimport\s+com\.stripe\.model\.(?:\w+\.)*\*/.test(text),
  };
}

type Named = readonly [name: string, resource: readonly string[]];

/** Lists are bounded, so that a hostile text costs no more than itself. */
function importsOf(text: string): Named[] {
  return [
    // Java, Kotlin
    ...each(text, /\bimport\s+com\.stripe\.model\.((?:\w+\.)*\w+)(?:\s+as\s+(\w+))?/g, '.'),
    // PHP: one, and several in braces
    ...each(text, /\buse\s+\\?Stripe\\((?:\w+\\)*\w+)(?:\s+as\s+(\w+))?\s*;/g, '\\'),
    ...[...text.matchAll(/\buse\s+\\?Stripe\\((?:\w+\\)*)\{([^}]{0,2000})\}/g)].flatMap(([, before = '', list = '']) =>
      listed(list).map(([path, as]) => named(before + path, '\\', as)),
    ),
    // Go: with a name of its own or without
    ...[...text.matchAll(/(?:\b(\w+)\s+)?"github\.com\/stripe\/stripe-go(?:\/v\d+)?\/([\w/]+)"/g)].map(
      ([, as, path = '']) => named(path, '/', as === 'import' ? undefined : as),
    ),
    // Python
    ...[...text.matchAll(/\bfrom\s+stripe((?:\.\w+)*)\s+import\s+(?:\(([^)]{0,2000})\)|([^\n]*))/g)].flatMap(
      ([, before = '', inside, line = '']) =>
        listed(inside ?? line).map(([name, as]) => named(`${before.slice(1)}.${name}`, '.', as)),
    ),
  ];
}

function servicesOf(text: string): Named[] {
  return services.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, made = '', namespace = '', name = '', declared = '']): Named => [
      made || declared,
      [...namespace.split('.').filter((part) => part !== '' && part !== 'Stripe'), name],
    ]),
  );
}

const each = (text: string, pattern: RegExp, joint: string): Named[] =>
  [...text.matchAll(pattern)].map(([, path = '', as]) => named(path, joint, as));

/** `Customer, Session as S` */
const listed = (list: string): (readonly [path: string, as: string | undefined])[] =>
  list.split(',').flatMap((item) => {
    const { path, as } = /^\s*(?<path>[\w\\]+)(?:\s+as\s+(?<as>\w+))?/.exec(item)?.groups ?? {};
    return path === undefined ? [] : [[path, as]];
  });

function named(path: string, joint: string, as: string | undefined): Named {
  const resource = path.split(joint).filter((part) => part !== '');
  return [as ?? resource.at(-1) ?? '', resource];
}
