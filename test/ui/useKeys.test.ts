import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { eventually } from './eventually.ts';
import { asked, cancel, openKeys, openLive, orThrow, places, serviceOf, takeSecret, tidy } from './keyPerson.ts';
import type { Opened } from './opened.ts';
import { commandLines, secretsInFiles } from './secretSearch.ts';

/** Writes what a program finds in its environment to a file: of keys the hash only. */
const program = `const { createHash } = require('node:crypto');
const hashed = (text) => text && createHash('sha256').update(text).digest('hex');
const { STRIPE_SECRET_KEY, STRIPE_API_KEY, STRIPE_API_BASE } = process.env;
require('node:fs').writeFileSync(process.argv[2], JSON.stringify({
  secret: hashed(STRIPE_SECRET_KEY), api: hashed(STRIPE_API_KEY), base: STRIPE_API_BASE }));
if (STRIPE_SECRET_KEY) console.log('found ' + STRIPE_SECRET_KEY);
`;

interface Found {
  readonly secret?: string;
  readonly api?: string;
  readonly base?: string;
}

const find = (name: string): string => `'${process.execPath}' find.cjs ${name}`;

const launch = (name: string, more: object): object => ({
  name,
  type: 'node',
  request: 'launch',
  program: '${workspaceFolder}/find.cjs',
  ...more,
});

describe('using keys without seeing them', () => {
  let opened: Opened;
  let sandbox: { readonly id: string; readonly token: string };
  let live: { readonly id: string; readonly token: string };
  before(async () => {
    opened = await openKeys({
      settings: { 'terminal.integrated.gpuAcceleration': 'off', 'terminal.integrated.showExitAlert': false },
      prepare: async (folder) => {
        await writeFile(join(folder, 'find.cjs'), program);
        await mkdir(join(folder, '.vscode'));
        const configurations = [
          launch('with the chosen', { keysmith: true, args: ['debugged.json'] }),
          launch('by name', { env: { STRIPE_SECRET_KEY: 'keysmith:Secret key' }, args: ['named.json'] }),
          launch('in a terminal', { keysmith: true, console: 'integratedTerminal', args: ['typed.json'] }),
          launch('by an input', { env: { STRIPE_SECRET_KEY: '${input:key}' }, args: ['input.json'] }),
          launch('as an argument', { args: ['argument.json', '${input:key}'] }),
        ];
        const inputs = [{ id: 'key', type: 'command', command: 'keysmith.secretFor', args: { key: 'Secret key' } }];
        const text = JSON.stringify({ version: '0.2.0', configurations, inputs });
        await writeFile(join(folder, '.vscode', 'launch.json'), text);
        const task = {
          type: 'keysmith',
          task: 'run',
          label: 'find it',
          key: 'Secret key',
          command: find('task.json'),
          problemMatcher: [],
        };
        await writeFile(join(folder, '.vscode', 'tasks.json'), JSON.stringify({ version: '2.0.0', tasks: [task] }));
      },
    });
    sandbox = await usualKey('sandbox');
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const hashed = (token: string): string => hash('sha256', token, 'hex');
  async function usualKey(mode: 'sandbox' | 'live'): Promise<{ id: string; token: string }> {
    const service = await serviceOf(opened);
    const key = orThrow(await service.keys()).find((one) => one.kind === 'secret' && one.mode === mode);
    assert.ok(key);
    return { id: key.id, token: mode === 'live' ? '' : orThrow(await service.reveal(key.id)).secret.reveal() };
  }
  /** Types a line into the terminal that has the focus. */
  async function type(line: string): Promise<void> {
    const { page } = opened.driver;
    await page.locator('.terminal-wrapper.active .xterm-screen').first().waitFor();
    await page.waitForTimeout(1500); // a shell reads its own settings first
    await page.locator('.terminal-wrapper.active .xterm-screen').first().click();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  }
  async function found(name: string): Promise<Found> {
    const text = await eventually(
      `The file ${name}`,
      () => readFile(join(opened.folder, name), 'utf8').catch(() => ''),
      (now) => now !== '',
    );
    return JSON.parse(text) as Found;
  }
  async function openShell(): Promise<void> {
    const { driver } = opened;
    await driver.runCommand('Create New Terminal (With Profile)');
    await driver.quickInput.pick('Stripe shell (sandbox)');
  }
  async function killTerminals(): Promise<void> {
    await opened.driver.runCommand('Terminal: Kill All Terminals');
  }
  const tabs = async (): Promise<string> =>
    (
      await opened.driver.page
        .locator('.part.panel')
        .innerText()
        .catch(() => '')
    ).replaceAll('\n', ' ');
  const loud = async (shown: boolean): Promise<void> => {
    await eventually(
      `A status bar that ${shown ? 'is' : 'is not'} loud`,
      () => opened.driver.statusBarItems(),
      (items) => items.some(({ text }) => text.includes('LIVE key in use')) === shown,
    );
  };
  async function choose(variable: string, id: string): Promise<void> {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Choose Keys for This Workspace');
    await asked(driver, 'Which variable?');
    await driver.quickInput.pick(variable);
    await asked(driver, 'Which key for');
    await driver.quickInput.type(id);
    await driver.quickInput.accept();
    await driver.waitForNotification('from now on.');
  }

  it('asks once to stop restoring terminals, and hands nothing over without a yes', async () => {
    const { driver } = opened;
    await openShell();
    await asked(driver, 'Which key for STRIPE_SECRET_KEY, STRIPE_API_KEY?');
    await driver.quickInput.type(sandbox.id);
    await driver.quickInput.accept();
    assert.match((await driver.dialog()).message, /writes the environment of its terminals to disk/);
    await driver.clickDialogButton('Cancel');
    await type(find('none.json'));
    assert.deepEqual(await found('none.json'), {});
    await killTerminals();
    await openShell();
    await driver.dialog();
    await driver.clickDialogButton('Stop Restoring Terminals');
    await type(find('shell.json'));
    const { origin } = { origin: (await found('shell.json')).base ?? '' };
    assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(await found('shell.json'), {
      secret: hashed(sandbox.token),
      api: hashed(sandbox.token),
      base: origin,
    });
    await loud(false);
    await killTerminals();
  });

  it('puts keys into new terminals of the window, until it is told to stop', async () => {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Put Keys into New Terminals');
    await driver.waitForNotification('New terminals of this window get “Secret key” (Sandbox).');
    await driver.runCommand('Terminal: Create New Terminal');
    await type(find('injected.json'));
    assert.equal((await found('injected.json')).secret, hashed(sandbox.token));
    await killTerminals();
    await driver.runCommand('Keysmith: Stop Putting Keys into New Terminals');
    await driver.waitForNotification('New terminals get no key any more.');
    await driver.runCommand('Terminal: Create New Terminal');
    await type(find('stopped.json'));
    assert.deepEqual(await found('stopped.json'), {});
  });

  it('runs a task with a key in its environment', async () => {
    const { driver } = opened;
    await driver.runCommand('Tasks: Run Task');
    await asked(driver, 'Select the task to run');
    await driver.quickInput.type('find it');
    await driver.quickInput.accept();
    assert.equal((await found('task.json')).secret, hashed(sandbox.token));
    await killTerminals();
    await driver.runCommand('Terminal: Create New Terminal');
  });

  it('runs a command with a key by keysmith run, and masks what it prints', async () => {
    await type(`keysmith run --key ${sandbox.id} -- ${find('run.json')} | tee run.txt`);
    assert.equal((await found('run.json')).secret, hashed(sandbox.token));
    const printed = await eventually(
      'What was printed',
      () => readFile(join(opened.folder, 'run.txt'), 'utf8'),
      (text) => text.includes('\n'),
    );
    assert.equal(printed, `found sk_test_…${sandbox.token.slice(-4)}\n`);
    await type('keysmith run --key nothing -- true 2> refused.txt; echo $? >> refused.txt');
    const refused = await eventually(
      'The refusal',
      () => readFile(join(opened.folder, 'refused.txt'), 'utf8').catch(() => ''),
      (text) => text.endsWith('125\n'),
    );
    assert.match(refused, /^keysmith: there is no key "nothing"/);
    await killTerminals();
  });

  it('still knows a terminal that survived a reload of the window', async () => {
    const { driver } = opened;
    await driver.runCommand('Terminal: Create New Terminal');
    await type('echo "$KEYSMITH_NONCE" | sha256sum > before.txt');
    await eventually(
      'The terminal',
      () => readFile(join(opened.folder, 'before.txt'), 'utf8').catch(() => ''),
      (text) => text !== '',
    );
    await driver.reload();
    // The page shows the terminal before it is joined to its shell again: what is typed until then is lost.
    await eventually(
      'The same terminal',
      async () => {
        await type('echo "$KEYSMITH_NONCE" | sha256sum > after.txt');
        return await readFile(join(opened.folder, 'after.txt'), 'utf8').catch(() => '');
      },
      (text) => text !== '',
      60_000,
    );
    await type(`until keysmith run --key ${sandbox.id} -- ${find('reloaded.json')}; do sleep 0.2; done`);
    assert.equal((await found('reloaded.json')).secret, hashed(sandbox.token));
    const [was, now] = await Promise.all(
      ['before.txt', 'after.txt'].map((name) => readFile(join(opened.folder, name), 'utf8')),
    );
    assert.equal(was, now, 'it is the same shell');
    await killTerminals();
  });

  it('hands the chosen key to a debug session that asks for it', async () => {
    await debug('with the chosen');
    assert.equal((await found('debugged.json')).secret, hashed(sandbox.token));
    const text = await readFile(join(opened.folder, '.vscode', 'launch.json'), 'utf8');
    assert.ok(text.includes('"keysmith":true') && !text.includes(sandbox.token.slice(8)));
  });

  it('hands a key to a debug session whose environment names it', async () => {
    await debug('by name');
    assert.equal((await found('named.json')).secret, hashed(sandbox.token));
  });

  it('hands none to a debug session whose environment is typed into a terminal', async () => {
    await debug('in a terminal');
    await opened.driver.waitForNotification('the editor types the environment into a terminal');
  });

  it('hands a key to an input, after asking, and none where it would be an argument', async () => {
    const { driver } = opened;
    await debug('by an input');
    assert.match((await driver.dialog()).message, /Hand the key “Secret key” \(Sandbox\) to a launch configuration/);
    await driver.clickDialogButton('Allow in This Window');
    assert.equal((await found('input.json')).secret, hashed(sandbox.token));
    await debug('as an argument');
    await driver.waitForNotification('a key stands outside “env”');
    assert.equal(await readFile(join(opened.folder, 'argument.json'), 'utf8').catch(() => 'none'), 'none');
  });

  async function debug(name: string): Promise<void> {
    const { driver } = opened;
    await driver.runCommand('Debug: Select and Start Debugging');
    await driver.quickInput.type(`debug ${name}`);
    await driver.quickInput.pick(name);
  }

  describe('that are live', () => {
    before(async () => {
      const { driver } = opened;
      await driver.openView();
      await openLive(driver); // a reload has closed it
      await tidy(opened);
      live = await usualKey('live');
      await driver.tree.clickAction(places.liveSecret, 'Reveal Key');
      await driver.dialog();
      await driver.clickDialogButton('Reveal Once');
      live = { ...live, token: await takeSecret(driver, 'Secret key · LIVE') };
      await tidy(opened);
      await choose('STRIPE_SECRET_KEY', live.id);
    });

    it('asks, names the key, its mode and where it goes, and hands nothing over without a yes', async () => {
      const { driver } = opened;
      await driver.runCommand('Keysmith: Put Keys into New Terminals');
      const { message, detail } = await driver.dialog();
      assert.equal(message, 'Hand the LIVE key “Secret key” to every new terminal of this window?');
      assert.match(detail, /Mode: LIVE/);
      await driver.page.keyboard.press('Enter'); // the button that hands over is not the one that Enter presses
      await driver.page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
      await loud(false);
      await driver.runCommand('Terminal: Create New Terminal');
      await type(find('cancelled.json'));
      assert.deepEqual(await found('cancelled.json'), {});
      await killTerminals();
    });

    it('is loud in the status bar while they are put into terminals', async () => {
      const { driver } = opened;
      await driver.runCommand('Keysmith: Put Keys into New Terminals');
      await driver.dialog();
      await driver.clickDialogButton('Hand Over LIVE Key');
      await loud(true);
      const item = driver.page.locator('.statusbar-item').filter({ hasText: 'LIVE key in use' });
      assert.match((await item.getAttribute('class')) ?? '', /error-kind/);
      await driver.runCommand('Terminal: Create New Terminal');
      await type(find('live.json'));
      const { secret, api, base } = await found('live.json');
      assert.deepEqual([secret, api], [hashed(live.token), hashed(sandbox.token)]);
      assert.ok(base);
      await driver.clickStatusBarItem('LIVE key in use');
      await driver.waitForNotification('New terminals get no key any more.');
      await loud(true); // one is open that has it
      await driver.reload();
      await loud(true);
      await tidy(opened);
      await killTerminals();
      await loud(false);
    });

    it('asks for a shell, which is called LIVE and is loud while it is open', async () => {
      const { driver } = opened;
      await openShell();
      assert.match((await driver.dialog()).message, /to a new terminal\?$/);
      await driver.clickDialogButton('Hand Over LIVE Key');
      await loud(true);
      await eventually('The name of the terminal', tabs, (text) => text.includes('Stripe shell (LIVE)'));
      await killTerminals();
      await loud(false);
    });

    it('asks for a debug session, and starts none without a yes', async () => {
      const { driver, folder } = opened;
      await rm(join(folder, 'debugged.json'));
      await debug('with the chosen');
      const { message, detail } = await driver.dialog();
      assert.match(message, /to a debug session\?$/);
      assert.match(detail, /^name: "with the chosen"$/m);
      assert.match(detail, /^program: .*find\.cjs.*$/m);
      assert.match(detail, /^args: debugged\.json$/m);
      await driver.clickDialogButton('Cancel');
      await driver.page.waitForTimeout(1500);
      assert.equal(await readFile(join(folder, 'debugged.json'), 'utf8').catch(() => 'none'), 'none');
      await debug('with the chosen');
      await driver.dialog();
      await driver.clickDialogButton('Hand Over LIVE Key');
      assert.equal((await found('debugged.json')).secret, hashed(live.token));
      await loud(false);
    });

    it('asks for keysmith run, and is loud while the command runs', async () => {
      const { driver } = opened;
      await driver.runCommand('Terminal: Create New Terminal');
      await type(`keysmith run --key ${live.id} -- sh -c 'sleep 4; ${find('liveRun.json').replaceAll("'", '')}'`);
      const { message, detail } = await driver.dialog();
      assert.match(message, /to a command\?$/);
      assert.match(detail, /^Command: sh -c "sleep 4; \S+ find\.cjs liveRun\.json"$/m);
      await driver.clickDialogButton('Hand Over LIVE Key');
      await loud(true);
      assert.ok(!(await commandLines()).includes(live.token.slice(8)));
      assert.equal((await found('liveRun.json')).secret, hashed(live.token));
      await loud(false);
      await killTerminals();
    });

    it('writes none of them anywhere', async () => {
      const { driver, workbench, folder, profile } = opened;
      await driver.reload();
      await driver.page.waitForTimeout(2000);
      const secrets = new Map([['the live key', live.token]]);
      assert.deepEqual(await secretsInFiles([workbench.temporary, profile, folder], secrets), []);
    });

    it('hands none over where a setting says never', async () => {
      const { driver } = opened;
      await driver.changeSettings({
        'keysmith.use.liveKeys': 'never',
        'terminal.integrated.persistentSessionReviveProcess': 'never',
      });
      await driver.runCommand('Keysmith: Put Keys into New Terminals');
      await driver.waitForNotification('No live key is handed over, because keysmith.use.liveKeys is “never”');
      await loud(false);
    });
  });

  it('leaves a choice alone that is cancelled', async () => {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Choose Keys for This Workspace');
    const { items } = await asked(driver, 'Which variable?');
    assert.match(items.find(({ label }) => label === 'STRIPE_API_KEY')?.description ?? '', /^Sandbox · Secret key/);
    await cancel(driver);
    await rm(join(opened.folder, 'none.json'));
  });
});

describe('using keys in an untrusted workspace', () => {
  it('hands nothing over, and says so', async () => {
    const { openWorkbench } = await import('./opened.ts');
    await using opened = await openWorkbench({ trusted: false });
    const { driver } = opened;
    await driver.runCommand('Keysmith: Put Keys into New Terminals');
    await driver.waitForNotification('No key is handed over in an untrusted workspace.');
  });
});

it('warns once of a key that the editor itself was started with', async () => {
  await using opened = await openKeys({ environment: { STRIPE_API_KEY: 'set elsewhere' } });
  const { driver } = opened;
  const choose = async (again: boolean): Promise<void> => {
    await driver.runCommand('Keysmith: Choose Keys for This Workspace');
    if (again) {
      await asked(driver, 'Which variable?');
      await driver.quickInput.pick('STRIPE_SECRET_KEY');
    }
    await asked(driver, 'Which key for');
    await driver.quickInput.accept();
    await driver.waitForNotification('from now on.');
  };
  await choose(false);
  const { text, severity } = await driver.waitForNotification('started with STRIPE_API_KEY');
  assert.equal(severity, 'warning');
  assert.ok(!text.includes('set elsewhere'));
  await driver.clearNotifications();
  await choose(true);
  assert.ok((await driver.notifications()).every((one) => !one.text.includes('started with')));
});
