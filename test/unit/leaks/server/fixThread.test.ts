import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, it } from 'mocha';
import { FixThread } from '../../../../src/leaks/server/fixThread.ts';
import { throwawayFolder } from '../../../host/throwawayFolder.ts';
import { liveSecret } from '../../fixtures.ts';

const text = `f("${liveSecret(99)}");\n`;
const plan = {
  text,
  start: 3,
  end: text.length - 4,
  form: 'plain',
  language: 'javascript',
  path: 'a.js',
  variable: 'KEY',
} as const;

describe('the thread that works out fixes', () => {
  it('answers one question after the other', async () => {
    const thread = new FixThread();
    try {
      const answers = await Promise.all([
        thread.variable(plan),
        thread.ignoreLine({ ...plan, reason: 'old' }),
        thread.ignoreFile({ ...plan, reason: 'old' }),
      ]);
      assert.deepEqual(
        answers.map((answer) => answer.ok && answer.value.map((edit) => edit.text)),
        [['process.env.KEY'], [' // keysmith:ignore old'], ['// keysmith:ignore-file old\n']],
      );
    } finally {
      await thread.end();
    }
  });

  for (const [what, program] of [
    ['ends', `process.exit(1)`],
    ['fails', `throw new Error('no')`],
    ['never answers', `for (;;) {}`],
  ] as const) {
    it(`is lost where it ${what}, and another one answers the next question`, async () => {
      await using folder = await throwawayFolder();
      const file = join(folder.path, 'worker.mjs');
      // The first thread goes wrong; those behind it find the mark that it left.
      writeFileSync(
        file,
        `import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
parentPort.on('message', () => {
  const mark = new URL('mark', import.meta.url);
  if (existsSync(mark)) return parentPort.postMessage({ ok: true, value: [] });
  writeFileSync(mark, '');
  ${program};
});
`,
      );
      const thread = new FixThread(pathToFileURL(file), 1000);
      try {
        const [first, second] = await Promise.all([thread.variable(plan), thread.variable(plan)]);
        assert.ok(!first.ok && /cannot be understood/.test(first.problem));
        assert.deepEqual(second, { ok: true, value: [] });
      } finally {
        await thread.end();
      }
    });
  }

  it('answers a question that comes while it ends', async () => {
    const thread = new FixThread();
    try {
      await thread.variable(plan);
      const ended = thread.end();
      const answer = await thread.variable(plan);
      await ended;
      assert.ok(answer.ok);
      assert.ok((await thread.variable(plan)).ok);
    } finally {
      await thread.end();
    }
  });

  it('is not asked about a text that is too long', async () => {
    const thread = new FixThread(new URL('file:///nowhere/worker.mjs'));
    const answer = await thread.variable({ ...plan, text: text.repeat(20_000) });
    assert.ok(!answer.ok && /too large/.test(answer.problem));
  });
});
