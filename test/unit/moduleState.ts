/** What a declaration may begin with that nobody can change: the compiler holds a read-only type, and the engine a primitive. */
const unchangeable = [
  /^(?:async )?(?:function\b|\([^]*?\)(?::[^]*?)? =>|\w+ =>)/, // code
  /^(?:-?[\d'"`]|true\b|false\b|undefined\b|null\b)/, // a primitive
  /^\/(?![*/])/, // a pattern: one that is read with `exec` again and again is caught by its flag below
  /^Symbol\(/,
  /^new Intl\.\w+\(/,
  /^new Text(?:En|De)coder\(/,
];
const readOnlyType = /^(?:Readonly(?:Set|Map|Array)?\b|readonly\b|\(?Readonly<)/;
const readOnlyValue = /\bas const(?: satisfies [^]*)?$/;
const primitiveType = /^(?:string|number|boolean|symbol|bigint)\b(?!\[)|=>/;

interface Declaration {
  readonly word: string;
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** The declarations of a module itself: those at the left margin, as the formatter leaves them. */
function declarationsOf(text: string): Declaration[] {
  const pattern =
    /^(?:export )?(?<word>const|let|var) (?<name>\w+|[[{][^]*?[\]}])(?<type>: (?:[^=]|=>)*?)?(?: = (?<value>[^]*?))?;$/gm;
  return [...text.matchAll(pattern)].map(({ groups = {} }) => ({
    word: groups['word'] ?? '',
    name: groups['name'] ?? '',
    type: (groups['type'] ?? '').replace(/^: /, '').trim(),
    value: (groups['value'] ?? '').trim(),
  }));
}

const begun = /^(?:export )?(?:const|let|var) /gm;
const staticField = /^ {2}(?:private |protected )?static (?!readonly |async |get |\*)#?\w+ ?[:=;][^\n]*/gm;
const staticContainer = /^ {2}static readonly #?\w+(?!: [Rr]eadonly)[^=\n]* = (?:new |\[|\{)[^\n]*/gm;

/** What of a module can change while the program runs, each with why. What its type lets nobody change is none. */
export function moduleState(source: string): string[] {
  const text = source.replaceAll(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  const declarations = declarationsOf(text);
  const unread = [...text.matchAll(begun)].length - declarations.length;
  const found = declarations.flatMap(({ word, name, type, value }) => {
    if (word !== 'const') return [`${word} ${name}`];
    const remembers = /^\/.*\/[a-z]*[gy][a-z]*$/.test(value) && new RegExp(`\\b${name}\\.(?:exec|test)\\b`).test(text);
    if (remembers) return [`${name}: a pattern that remembers where it was`];
    const called = /^\((?:\(|function|async)/.test(value); // what a function that is called at once declares lives on in it
    if (!called && unchangeable.some((start) => start.test(value))) return [];
    if (readOnlyType.test(type) || primitiveType.test(type) || readOnlyValue.test(value)) return [];
    return [`${name}: ${value.split('\n')[0]}`];
  });
  const fields = [staticField, staticContainer].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([field]) => field.trim()),
  );
  return [...found, ...fields, ...(unread === 0 ? [] : [`${unread} declarations that could not be read`])];
}
