import type { PlaceRow } from './row.ts';

const takes = `declare function take(key: string): void;\nexport {};\n`;

/** Judged under strict rules, where a variable may be absent. */
export const typescriptRows: readonly PlaceRow[] = [
  ['an argument that must be a text', true, `${takes}take('§');`],
  ['a script', true, `declare function take(key: string): void;\ntake('§');`],
  ['a constant with a type', true, `export const key: string = '§';`],
  ['a constant', true, `${takes}export const key = '§';\ntake(key);`],
  ['a constant as it is', false, `export const key = '§' as const;`],
  ['an object as it is', true, `${takes}export const all = { key: '§' } as const;\ntake(all.key);`],
  ['an assertion', true, `export const key = '§' as string;`],
  ['an assertion of a type of its own', false, `export const key = '§' as '§';`],
  ['what satisfies', true, `export const key = '§' satisfies string;`],
  ['a type', false, `export type Key = '§';`],
  ['a constant of a type of its own', false, `export const key: 'x' | '§' = '§';`],
  ['a parameter of a type of its own', false, `export function f(key: 'x' | '§' = 'x'): string {\n  return key;\n}`],
  ['a type in a template', false, 'export type Key = `§${string}`;'],
  ['a member of an interface', false, `export interface A {\n  '§': string;\n}`],
  ['an enumeration', false, `export enum A {\n  Key = '§',\n}`],
  ['the name in an enumeration', false, `export enum A {\n  '§' = 'a',\n}`],
  ['a constant enumeration', false, `export const enum A {\n  Key = '§',\n}`],
  [
    'a field',
    true,
    `export class A {\n  private readonly key: string = '§';\n  get(): string {\n    return this.key;\n  }\n}`,
  ],
  ['a static field', true, `export class A {\n  static readonly key = '§';\n}`],
  ['the name of a field', false, `export class A {\n  '§' = 1;\n}`],
  ['an index', false, `const map = { a: 1, '§': 2 };\nexport const b = map['§'];`],
  ['a name of an object', false, `export const map = { '§': 2 };`],
  ['what is declared elsewhere', false, `declare module '§' {\n  const a: string;\n}\nexport {};`],
  ['a constant that is declared elsewhere', false, `export declare namespace N {\n  const key: '§';\n}`],
  ['an import', false, `import type { A } from '§';\nexport type B = A;`],
  ['a parameter', true, `export function f(key = '§'): string {\n  return key;\n}`],
  ['a function that returns a text', true, `export function f(): string {\n  return '§';\n}`],
  ['an arrow in a function', true, `export const f = (): (() => string) => () => 'Bearer §';`],
  ['a part of a template', true, 'export const header: string = `Bearer §`;'],
  ['literals that are joined', true, `export const key: string = '‹' + '›';`],
  [
    'a case',
    true,
    `export function f(a: string): number {\n  switch (a) {\n    case '§':\n      return 1;\n    default:\n      return 2;\n  }\n}`,
  ],
  ['a record', true, `export const all: Record<string, string> = { key: '§' };`],
  ['a decorator', true, `declare function mark(key: string): ClassDecorator;\n@mark('§')\nexport class A {}`],
  ['a namespace', true, `export namespace N {\n  export const key: string = '§';\n}`],
  ['not null', true, `export const key: string = '§'!;`],
  ['two in a file', true, `${takes}take('§');\ntake('§');`],
  ['a tuple', true, `export const pair: [string, number] = ['§', 1];`],
];

/** With elements. */
export const tsxRows: readonly PlaceRow[] = [
  ['an attribute that must be a text', true, `export const a = <key-form token="§" />;`],
  ['a part of an attribute', true, `export const a = <key-form token="Bearer §" />;`],
  ['the text of an element', true, `export const a = <key-form token="a">§</key-form>;`],
  ['a property in braces', true, `export const a = <key-form token={'§'} />;`],
  ['a type argument', false, `declare function f<T>(): T;\nexport const a = f<'§'>();`],
];

/** What the rows need to be there. */
export const elementTypes = `declare namespace JSX {
  interface Element {
    readonly is: 'element';
  }
  interface IntrinsicElements {
    'key-form': { token: string; children?: string };
  }
  interface ElementChildrenAttribute {
    children: object;
  }
}
`;
