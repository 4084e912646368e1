import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type * as vscode from 'vscode';
import { tokenFreeLog } from '../../../src/ui/tokenFreeLog.ts';
import { liveSecret } from '../fixtures.ts';

// The editor's `LogLevel.Trace`, by its number: there is no editor here.
const trace = JSON.parse('1') as vscode.LogLevel;

/** A log whose level the user has set to trace. */
function fakeLog(): { readonly log: vscode.LogOutputChannel; readonly written: unknown[] } {
  const written: unknown[] = [];
  const take = (...words: unknown[]): void => void written.push(...words);
  const log: vscode.LogOutputChannel = {
    name: 'Keysmith',
    logLevel: trace,
    onDidChangeLogLevel: (listener) => {
      listener(trace);
      return { dispose: () => undefined };
    },
    trace: take,
    debug: take,
    info: take,
    warn: take,
    error: take,
    append: take,
    appendLine: take,
    replace: take,
    clear: () => undefined,
    show: () => undefined,
    hide: () => undefined,
    dispose: () => take('disposed'),
  };
  return { log, written };
}

describe('the log of the language client', () => {
  it('never has the level at which the protocol is traced, and never hears of it', () => {
    const quiet = tokenFreeLog(fakeLog().log);
    assert.equal(quiet.logLevel, 3);
    quiet.onDidChangeLogLevel(() => assert.fail('it was told of a level'));
  });

  it('drops what is traced', () => {
    const { log, written } = fakeLog();
    const quiet = tokenFreeLog(log);
    quiet.trace('Params', liveSecret());
    quiet.debug(liveSecret());
    quiet.dispose();
    assert.deepEqual(written, []);
  });

  for (const write of ['info', 'warn', 'error', 'append', 'appendLine', 'replace'] as const) {
    it(`masks tokens in what it gets by ${write}`, () => {
      const { log, written } = fakeLog();
      tokenFreeLog(log)[write](`a ${liveSecret()} b`);
      assert.equal(written.length, 1);
      assert.match(String(written[0]), /^a sk_live_….{4} b$/);
    });
  }

  it('masks tokens in objects and errors', () => {
    const { log, written } = fakeLog();
    tokenFreeLog(log).error(new Error(liveSecret()), { text: liveSecret() }, [liveSecret()]);
    assert.equal(written.length, 3);
    assert.ok(!JSON.stringify(written).includes(liveSecret()));
  });
});
