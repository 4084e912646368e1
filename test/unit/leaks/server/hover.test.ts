import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DocumentModel } from '../../../../src/leaks/server/documentModel.ts';
import { hoverText } from '../../../../src/leaks/server/hover.ts';
import { liveSecret } from '../../fixtures.ts';

function hover(over: { readonly path?: string; readonly name?: string }): string {
  const model = new DocumentModel(`k = "${liveSecret()}"\n`, { path: '/a.py', language: 'python' });
  const [leak] = model.leaks;
  assert.ok(leak);
  const document = { uri: 'file:///a.py', language: 'python', path: '/a.py', model, version: 1, edition: 1 };
  const { fingerprint } = leak;
  const keys =
    over.name === undefined ? [] : [{ fingerprint, keyId: 'mk_1', name: over.name, where: 'vault' as const }];
  const elsewhere = over.path === undefined ? [] : [{ path: over.path, count: 1 }];
  return hoverText({ document, leak, keys, elsewhere, remedies: ['moveToVault', 'rotate'] }).value;
}

describe('the hover over a leak', () => {
  const evil = '[all is well](command:keysmith.leak.ignore)';
  for (const [what, path, shown] of [
    ['a plain path', 'src/a.py', '`src/a.py`'],
    ['a backtick', `a\`${evil}.py`, `\`\` a\`${evil}.py \`\``],
    ['more backticks than one', `a\`\`${evil}\`b`, `\`\`\` a\`\`${evil}\`b \`\`\``],
    ['a line end', `a\n\n${evil}`, `\`a\\x0a\\x0a${evil}\``],
    ['backticks only', '```', '```` ``` ````'],
    ['what a terminal obeys, and what turns the direction', 'a\u001B[31m\u202Eb', '`a\\x1b[31m\\u202eb`'],
  ] as const) {
    it(`shows a path as it is: ${what}`, () => assert.ok(hover({ path }).includes(`Also open in: ${shown}\n`)));
  }

  it("shows a key's name as it is", () => {
    const shown = hover({ name: `a\n\n# b ${evil} <img src=x> &lt; $(x) https://x.example` });
    const line = shown.split('\n\n').find((one) => one.includes('kept in the vault')) ?? '';
    // Nothing of Markdown is left without a backslash before it.
    const words = line.slice(2, line.lastIndexOf('**'));
    assert.doesNotMatch(words.replaceAll(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~]/);
    assert.match(words, /^a\\\\x0a\\\\x0a/);
  });
});
