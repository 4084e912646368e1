import type { PlaceRow } from './row.ts';

/** Programs in JavaScript that say what they made of the key. */
export const javascriptRows: readonly PlaceRow[] = [
  ['an argument', true, `console.log('§');`],
  ['a constant', true, `const key = "§";\nconsole.log(key);`],
  ['a template', true, 'console.log(`§`);'],
  ['a part of a template', true, 'const x = 1;\nconsole.log(`Bearer § ${x}`);'],
  ['a part of a literal', true, `console.log('Bearer §');`],
  ['a part of a literal with quotes, dollars and backticks', true, `console.log("it's \\"\`\${x}\` §\\" \\n");`],
  ['an address', true, `console.log("https://§:@api.stripe.com");`],
  ['literals that are joined', true, `console.log('‹' + "›");`],
  ['literals that are joined and more', true, `console.log('a ' + '‹' + "›" + ' b');`],
  ["an object's value", true, `console.log({ key: '§' }.key);`],
  ["an object's name", false, `console.log(Object.keys({ '§': 1 })[0]);`],
  ['a computed name', false, `console.log(Object.keys({ ['§']: 1 })[0]);`],
  ['a name in a pattern', false, `const { '§': a = 'no' } = {};\nconsole.log(a);`],
  ['a default in a pattern', true, `const { a = '§' } = {};\nconsole.log(a);`],
  ['a default of a parameter', true, `function f(a = '§') {\n  return a;\n}\nconsole.log(f());`],
  ['a list', true, `console.log(['a', '§', 'b'].join());`],
  ['an index', true, `console.log({}['§'] ?? 'none');`],
  [
    'a case',
    true,
    `switch ('x') {\n  case '§':\n    console.log('is');\n    break;\n  default:\n    console.log('is not');\n}`,
  ],
  ['a directive', false, `'§';\nconsole.log(1);`],
  ['a directive of a function', false, `function f() {\n  '§';\n  return 1;\n}\nconsole.log(f());`],
  ['a field of a class', true, `class A {\n  key = '§';\n}\nconsole.log(new A().key);`],
  ['a static field', true, `class A {\n  static key = '§';\n}\nconsole.log(A.key);`],
  ['the name of a field', false, `class A {\n  '§' = 1;\n}\nconsole.log(Object.keys(new A()).length);`],
  ['the name of a method', false, `class A {\n  '§'() {\n    return 1;\n  }\n}\nconsole.log(typeof A);`],
  ['a text of a tag', false, 'const tag = (t) => t.raw[0];\nconsole.log(tag`§`);'],
  ['an arrow', true, `const f = () => '§';\nconsole.log(f());`],
  ['a condition', true, `console.log('' || '§');`],
  ['a part with a method', true, `console.log('a §'.length);`],
  ['a choice', true, `console.log(true ? '§' : 'no');`],
  ['a literal in a template', true, 'console.log(`a ${"§"} b`);'],
  ['a spread and a list over lines', true, `console.log(...[\n  '§',\n  'b',\n]);`],
  ['a comment', false, `// §\nconsole.log(1);`],
  ['a comment over lines', false, `/*\n * §\n */\nconsole.log(1);`],
  ['a regular expression', false, `console.log(/§/.test('a'));`],
  ['escapes', true, `console.log('\\u0073§'.slice(1));`],
  ['a line behind a line without an end', true, `const a = 1\nconst b = '§'\nconsole.log(a, b)`],
];

/** For modules only. */
export const moduleRows: readonly PlaceRow[] = [
  ['the source of an import', false, `import a from '§';\nexport { a };`],
  ['the source of an export', false, `export * from '§';`],
  ['what is exported', true, `export const key = '§';\nexport default '§';`],
  [
    'a condition of an import',
    true,
    `import { readFileSync } from 'node:fs';\nexport const f = () => readFileSync('§');`,
  ],
];

/** With elements, for which a bundler is the judge. */
export const elementRows: readonly PlaceRow[] = [
  ['an attribute', true, `export const a = <A k="§" />;`],
  ['a part of an attribute', true, `export const a = <A k="Bearer §" />;`],
  ['an attribute with entities', false, `export const a = <A k="&quot;§" />;`],
  ['an attribute in braces', true, `export const a = <A k={'§'} />;`],
  ['the text of an element', true, `export const a = <A>§</A>;`],
  ['a part of the text of an element', true, `export const a = (\n  <A>\n    The key is § today.\n  </A>\n);`],
  ['the text of a fragment', true, `export const a = <>§</>;`],
];
