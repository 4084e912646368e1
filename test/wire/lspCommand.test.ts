import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'mocha';

const cli = join(import.meta.dirname, '../../dist/cli.js');

for (const args of [[], ['--tcp'], ['--stdio', 'more']])
  it(`keysmith lsp ${args.join(' ')} says what it takes`, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'lsp', ...args], { encoding: 'utf8' });
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^keysmith: keysmith lsp takes --stdio: .*\n$/);
  });
