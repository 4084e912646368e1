import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';

const root = join(import.meta.dirname, '../../src');
/** The one file that may give a message a button, and handle it. */
const notifier = 'ui/notifier.ts';

/** What a call has between its brackets, cut at the commas of its own level. Quotes hide brackets. */
function argumentsAt(text: string, open: number): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (const { 0: token, index } of text
    .slice(open)
    .matchAll(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|[()[\]{},]/g)) {
    const at = open + index;
    if ('([{'.includes(token)) depth += 1;
    if (')]}'.includes(token)) depth -= 1;
    if ((token === ',' && depth === 1) || depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
    if (depth === 0) break;
  }
  return parts.filter((part) => part !== '');
}

/** Why a file handles what a message or a button does by itself; nothing where all of it goes through the notifier. */
function offences(path: string, source: string): string[] {
  if (path === notifier) return [];
  const text = source.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  const messages = [...text.matchAll(/\bshow(?:Information|Warning|Error)Message\b(?<open>\s*\()?/g)].flatMap(
    (match) => {
      if (match.groups?.['open'] === undefined) return ['a message that is called by another name'];
      const [, options = '', ...buttons] = argumentsAt(text, match.index + match[0].length - 1);
      if (options === '' && buttons.length === 0) return [];
      if (!/\bmodal: true\b/.test(options)) return ['a message with a button'];
      const before = text.slice(0, match.index);
      return /\bawait vscode\s*\.window\s*\.$/.test(before) ? [] : ['a question whose answer is not awaited'];
    },
  );
  const handlers = [
    /\bonDid(?:Accept|Trigger\w*Button|ChangeValue)\(\s*async\b/g,
    /\bonDid(?:Accept|Trigger\w*Button)\([^;{]*?=>\s*void\b/g,
    /\brun: (?:async )?\([^)]*\) => void\b/g,
    /\bvoid [^;]*?\.then\(/g,
  ].flatMap((pattern) => [...text.matchAll(pattern)].map(() => 'a button whose failure nobody hears of'));
  return [...messages, ...handlers].map((why) => `${path}: ${why}`);
}

describe('what a message offers', () => {
  it('is handled by the notifier alone, and so is every other button', () => {
    const files = globSync(['ui/**/*.ts', 'extension.ts'], { cwd: root });
    assert.ok(files.length > 50 && files.includes(notifier));
    assert.deepEqual(
      files.flatMap((path) => offences(path, readFileSync(join(root, path), 'utf8'))),
      [],
    );
  });

  for (const [why, text] of [
    ['a message with a button', `void vscode.window.showInformationMessage(t('a, b'), 'Open').then(open);`],
    ['one over several lines', `void vscode.window\n  .showErrorMessage(\n    message,\n    ...buttons,\n  )`],
    ['one that is awaited', `const chosen = await vscode.window.showWarningMessage(message, never);`],
    ['one with options that are no question', `await vscode.window.showWarningMessage(message, { detail }, never);`],
    ['one by another name', `const { showErrorMessage } = vscode.window;`],
    ['a question that is not awaited', `void vscode.window.showWarningMessage(m, { modal: true }, yes).then(go);`],
    ['a prompt that is left to itself', `input.onDidAccept(async () => copy(secret))`],
    ['a promise behind a button', `input.onDidTriggerButton(() => void send())`],
    ['a promise behind an action', `{ label, run: () => void send() }`],
    ['a promise with a continuation', `void send(code).then((sent) => (id = sent));`],
  ] as const) {
    it(`would catch ${why}`, () => assert.ok(offences('ui/some.ts', text).length > 0));
  }

  for (const [why, text] of [
    ['a message without a button', `void vscode.window.showInformationMessage(vscode.l10n.t('{0}, {1}', a, b));`],
    ['a question', `const c = await vscode.window.showWarningMessage(m, { modal: true, detail }, yes, no);`],
    ['a comment', `// void vscode.window.showErrorMessage(message, button)`],
  ] as const) {
    it(`lets ${why} be`, () => assert.deepEqual(offences('ui/some.ts', text), []));
  }
});
