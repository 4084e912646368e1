import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activateKeysmith, eventually, keysmithApi } from '../extension.ts';

describe('what other extensions and tasks get', () => {
  after(async () => (await activateKeysmith()).session.stop());

  it('a started emulator, once, however often it is asked for', async () => {
    await vscode.workspace.getConfiguration().update('keysmith.emulator.port', 0, vscode.ConfigurationTarget.Global);
    const { emulator } = await keysmithApi();
    const [first, second] = await Promise.all([emulator.ensureStarted(), emulator.ensureStarted()]);
    assert.equal(first.origin, second.origin);
    assert.equal((await fetch(`${first.origin}/v1/balance`)).status, 401);
  });

  it('word of changes of keys', async () => {
    const api = await keysmithApi();
    const { session } = await activateKeysmith();
    assert.ok(session.state.kind === 'running');
    const keys = await session.state.service.keys();
    assert.ok(keys.ok);
    const key = keys.value.find(({ kind }) => kind === 'secret');
    let told = 0;
    const subscription = api.onDidChangeKeys(() => (told += 1));
    await session.state.service.edit(key?.id ?? '', { note: 'told' });
    await eventually('a change', () => (told > 0 ? true : undefined));
    subscription.dispose();
  });

  it('no secret of a key that the vault does not have', async () => {
    assert.equal(await (await keysmithApi()).getSecret('mk_none', 'test.extension'), undefined);
  });

  it('a task that starts the emulator and ends well', async () => {
    const [task] = await vscode.tasks.fetchTasks({ type: 'keysmith' });
    assert.equal(task?.name, 'start emulator');
    const ended = new Promise<number | undefined>((resolve) => {
      vscode.tasks.onDidEndTaskProcess(({ exitCode }) => resolve(exitCode));
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await ended, 0);
  });
});
