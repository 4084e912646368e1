/** What a schema has found wrong, as `zod` tells it. Its own message is for whoever writes a schema, and is not shown. */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: string;
  readonly format?: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly divisor?: number;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly errors?: readonly (readonly SchemaIssue[])[];
}

/** One thing that is wrong: where, such as `keys[0].name` (empty for the whole), and what: `must be text`. */
export interface Complaint {
  readonly path: string;
  readonly words: string;
}

/**
 * What is wrong with a value that does not fit its schema, in words that say what would fit. Nothing of the value is in them but names of
 * fields: it may hold a secret.
 */
export function complaintsOf(issues: readonly SchemaIssue[], value: unknown): Complaint[] {
  return issues.flatMap((issue) => complaints(issue, value, []));
}

/** The same as one line: `“expires.minutes” must be at most 10080; “mode” is missing`. `whole` is what stands for the value itself. */
export function whatIsWrong(issues: readonly SchemaIssue[], value: unknown, whole: string): string {
  const all = complaintsOf(issues, value);
  const told = all.slice(0, mostTold).map(({ path, words }) => {
    const fits = /^(?:must|is) /.test(words);
    if (path === '') return fits ? `${whole} ${words}` : words;
    return fits ? `“${path}” ${words}` : `“${path}”: ${words}`;
  });
  const more = all.length - told.length;
  return told.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** A line as a sentence. */
export const asSentence = (line: string): string => {
  const text = line.charAt(0).toUpperCase() + line.slice(1);
  return /[.?!]$/.test(text) ? text : `${text}.`;
};

/** A file that is wrong from end to end need not be told so line by line. */
const mostTold = 3;

function complaints(issue: SchemaIssue, value: unknown, base: readonly PropertyKey[]): Complaint[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => ({
      path: pathWords([...path, key]),
      words: 'is not known here: leave it out',
    }));
  if (issue.code === 'invalid_union' && issue.errors) {
    const form = meant(issue.errors, at(value, path));
    if (form) return form.flatMap((inner) => complaints(inner, value, path));
  }
  return [{ path: pathWords(path), words: words(issue, at(value, path)) }];
}

/** Of the forms that a value might have had, the one that was meant: it has complaints inside, and of those the fewest about names. */
function meant(forms: readonly (readonly SchemaIssue[])[], value: unknown): readonly SchemaIssue[] | undefined {
  const inside = forms.filter((form) => form.some(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'));
  const aboutNames = (form: readonly SchemaIssue[]): number =>
    form.filter(({ path, code }) => code === 'unrecognized_keys' || at(value, path) === undefined).length;
  return inside.toSorted((one, other) => aboutNames(one) - aboutNames(other))[0];
}

function words(issue: SchemaIssue, value: unknown): string {
  // Words of our own begin with a small letter, those of the library do not.
  if (/^[a-z]/.test(issue.message)) return issue.message;
  if (value === undefined && issue.code !== 'custom') return 'is missing';
  return `must ${expectation(issue)}`;
}

/** What would fit, behind “must”. */
function expectation(issue: SchemaIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `be ${typeWords[issue.expected ?? ''] ?? 'of another type'}`;
    case 'invalid_value':
      return `be ${(issue.values ?? []).map((one) => JSON.stringify(one)).join(' or ')}`;
    case 'invalid_format':
      return `be ${formatWords[issue.format ?? ''] ?? 'written in another form'}`;
    case 'not_multiple_of':
      return `be a multiple of ${issue.divisor}`;
    case 'too_small':
      return limitWords(issue.origin, 'at least', issue.minimum);
    case 'too_big':
      return limitWords(issue.origin, 'at most', issue.maximum);
    case 'invalid_union':
      return alternatives(issue.errors ?? []);
    default:
      return 'be something else';
  }
}

function alternatives(forms: readonly (readonly SchemaIssue[])[]): string {
  const each = new Set(forms.flatMap((form) => form.map((issue) => expectation(issue).replace(/^be /, ''))));
  return `be ${[...each].join(' or ') || 'something else'}`;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const formatWords: Readonly<Record<string, string>> = {
  datetime: 'a time such as 2027-01-31T12:00:00Z',
  date: 'a date such as 2027-01-31',
  safeint: 'a whole number',
};

function limitWords(
  origin: string | undefined,
  bound: 'at least' | 'at most',
  limit: number | bigint | undefined,
): string {
  const units = Number(limit) === 1 ? unitWords[origin ?? '']?.[0] : unitWords[origin ?? '']?.[1];
  if (units === undefined) return `be ${bound} ${limit}`;
  return bound === 'at least' && Number(limit) === 1 ? 'not be empty' : `have ${bound} ${limit} ${units}`;
}

const unitWords: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, name) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[name], value);

const pathWords = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');
