import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, it } from 'mocha';
import { bundledTwice } from './bundledTwice.ts';
import { moduleState } from './moduleState.ts';

/** What a room may import: other rooms, and packages by name. `node:` modules are packages here. */
interface Border {
  readonly rooms: readonly string[];
  readonly packages: RegExp;
}

const borders: Readonly<Record<string, Border>> = {
  shared: { rooms: [], packages: /^node:(fs|fs\/promises|path|process)$/ },
  domain: { rooms: ['shared'], packages: /^(ipaddr\.js|node:crypto)$/ },
  emulator: {
    rooms: ['domain', 'shared'],
    packages: /^(node:|zod$|qs$|find-my-way$|entities$|@fastify\/busboy$|ipaddr\.js$|jose$)/,
  },
  requests: { rooms: ['domain', 'shared'], packages: /^(node:|qs$|zod$)/ },
  management: { rooms: ['requests', 'domain', 'shared'], packages: /^(node:|zod$)/ },
  vault: { rooms: ['domain', 'shared'], packages: /^zod$/ },
  leaks: {
    rooms: ['domain', 'shared'],
    packages: /^(node:|zod$|picomatch$|vscode-languageserver|yaml$|@vscode\/tree-sitter-wasm$)/,
  },
  handover: { rooms: ['domain', 'shared'], packages: /^(node:|zod$)/ },
  ui: {
    rooms: ['management', 'requests', 'vault', 'handover', 'domain', 'shared', 'leaks/protocol.ts'],
    packages: /^(vscode$|vscode-languageclient)/,
  },
  webview: { rooms: ['requests'], packages: /^(lit($|\/)|@vscode-elements\/|@tanstack\/lit-virtual$)/ },
  'extension.ts': {
    rooms: ['ui', 'management', 'vault', 'domain', 'shared', 'leaks/protocol.ts', 'handover/launcherFile.ts'],
    packages: /^vscode$/,
  },
  'cli.ts': {
    rooms: ['emulator', 'management', 'leaks', 'requests', 'handover', 'domain', 'shared'],
    packages: /^node:/,
  },
};

const root = join(import.meta.dirname, '../../src');
const importPattern = /\b(?:from|import|require)\s*\(?\s*(['"`])(?<from>[^'"`\s]+)\1/g;

const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

const roomOf = (path: string): string => path.split('/')[0] ?? '';

/** The imports of a file, given by its path below `src`, that its room does not allow. */
function offences(path: string, text: string): string[] {
  const border = borders[roomOf(path)];
  if (!border) return [`${path}: there is no room called ${roomOf(path)}`];
  const imported = [...text.replaceAll(comments, '').matchAll(importPattern)].map(
    (match) => match.groups?.['from'] ?? '',
  );
  return imported.filter((from) => !allowed(path, from, border)).map((from) => `${path} -> ${from}`);
}

function allowed(path: string, from: string, border: Border): boolean {
  if (!from.startsWith('.')) return border.packages.test(from);
  const target = normalize(join(dirname(path), from)).replaceAll(sep, '/');
  return roomOf(target) === roomOf(path) || border.rooms.includes(target) || border.rooms.includes(roomOf(target));
}

describe('boundaries', () => {
  const files = globSync('**/*.ts', { cwd: root });

  it('finds the rooms it judges', () => {
    assert.deepEqual(new Set(files.map((path) => roomOf(path.replaceAll(sep, '/')))), new Set(Object.keys(borders)));
  });

  for (const [room] of Object.entries(borders)) {
    it(`${room} imports only what it may`, () => {
      const inRoom = files.map((path) => path.replaceAll(sep, '/')).filter((path) => roomOf(path) === room);
      assert.deepEqual(
        inRoom.flatMap((path) => offences(path, readFileSync(join(root, path), 'utf8'))),
        [],
      );
    });
  }

  for (const [why, path, text] of [
    ['vscode in the core', 'domain/key.ts', `import * as vscode from "vscode";`],
    ['an import for its effect', 'vault/vault.ts', `import 'vscode';`],
    ['a lazy import', 'ui/guard.ts', 'await import(`../emulator/emulator.ts`)'],
    ['a type import', 'domain/key.ts', `import type { Store } from '../emulator/store/store.ts';`],
    ['a re-export', 'shared/log.ts', `export { Secret } from '../domain/secret.ts';`],
    ['require', 'emulator/emulator.ts', `require('vscode')`],
    ['more of leaks than its protocol', 'ui/guard.ts', `import { findLeaks } from '../leaks/detect/findLeaks.ts';`],
    ['a room that does not exist', 'helpers/text.ts', ''],
  ] as const) {
    it(`would catch ${why}`, () => {
      assert.equal(offences(path, text).length, 1, relative(root, path));
    });
  }
});

describe('code that is bundled twice', () => {
  // See `esbuild.mjs`: a class that both the start and a lazy file use exists in both.
  it('does not tell its own classes by instanceof', () => {
    const texts = globSync(
      [
        'ui/**/*.ts',
        'management/**/*.ts',
        'vault/**/*.ts',
        'handover/**/*.ts',
        'domain/**/*.ts',
        'shared/**/*.ts',
        'extension.ts',
      ],
      { cwd: root },
    ).map((path) => readFileSync(join(root, path), 'utf8'));
    const own = new Set(texts.flatMap((text) => [...text.matchAll(/\bclass (\w+)/g)].map(([, name = '']) => name)));
    assert.ok(own.has('Secret') && own.has('Refusal'));
    const told = texts.flatMap((text) => [...text.matchAll(/\binstanceof (\w+)/g)].map(([, name = '']) => name));
    assert.deepEqual(
      told.filter((name) => own.has(name)),
      [],
    );
  });

  it('holds no state of its own: there would be two', async () => {
    const twice = await bundledTwice();
    assert.ok(twice.includes('domain/secret.ts') && twice.includes('ui/leaks/scanWorkspace.ts'), twice.join(' '));
    assert.ok(!twice.includes('ui/commands/createKey.ts') && !twice.includes('ui/tree/keyTree.ts'));
    assert.deepEqual(
      twice.flatMap((path) => moduleState(readFileSync(join(root, path), 'utf8')).map((state) => `${path}: ${state}`)),
      [],
    );
  });

  for (const [why, text] of [
    ['a counter', 'let scans = 0;'],
    ['a variable without a value', 'export let current: Scan | undefined;'],
    ['a Map', 'const known = new Map<string, Key>();'],
    ['a Set with a type', 'const seen: Set<string> = new Set();'],
    ['a WeakMap', 'export const owners = new WeakMap();'],
    ['an array', 'const waiting: string[] = [];'],
    ['an array over several lines', 'const waiting = [\n  first,\n];'],
    ['an object that is filled', 'const cache: Record<string, Key> = {};'],
    ['an object of a class', 'const changed = new EventEmitter<void>();'],
    ['a variable between others', "const a = 1;\n\nlet b = '';\n\nexport function f(): void {}"],
    ['a counter in a closure', 'const next = (() => {\n  let n = 0;\n  return () => (n += 1);\n})();'],
    ['what a function made', 'const listeners = makeListeners();'],
    ['several at once', 'let { a, b } = start;'],
    ['a pattern that remembers', 'const word = /a+/g;\nexport const has = (text: string) => word.test(text);'],
    ['a field of a class itself', 'export class Scan {\n  static #count = 0;\n}'],
    ['a container of a class itself', 'export class Scan {\n  static readonly all = new Map<string, Scan>();\n}'],
    ['what it cannot read', 'const a = 1'],
  ] as const) {
    it(`would catch ${why}`, () => assert.equal(moduleState(text).length, 1, moduleState(text).join()));
  }

  for (const [why, text] of [
    ['a number', 'const most = 200;'],
    ['a text', "export const view = 'keysmith.keys';"],
    [
      'a function',
      'export const now = (at: Date): Map<string, Date> => {\n  const all = new Map();\n  return all;\n};',
    ],
    ['a table that may only be read', 'const labels: ReadonlyMap<string, string> = new Map([[a, b]]);'],
    ['a list that may only be read', 'const all: readonly string[] = [a, b];'],
    ['a constant', "const modes = ['sandbox', 'live'] as const;"],
    ['a checked constant', 'const icons = { a } as const satisfies Record<Kind, string>;'],
    ['a pattern', 'const word = /a+/g;\nexport const count = (text: string) => text.matchAll(word);'],
    ['a comment', '/**\nlet scans = 0;\n*/\n// let more = 1;'],
    ['a method of a class itself', 'export class Scan {\n  static async open(path: string): Promise<Scan> {}\n}'],
  ] as const) {
    it(`lets ${why} be`, () => assert.deepEqual(moduleState(text), []));
  }
});
