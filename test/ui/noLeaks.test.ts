import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import {
  asked,
  cancel,
  copied,
  finishCreation,
  makeKey,
  openKeys,
  places,
  saveAs,
  statusWith,
  takeSecret,
  tidy,
} from './keyPerson.ts';
import type { Opened } from './opened.ts';
import { commandLines, filesIn, readBrowser, secretsIn, secretsInFiles } from './secretSearch.ts';
import { fakeToken } from '../unit/fixtures.ts';
import { eventually } from './eventually.ts';
import { RequestPanelPage } from './requestPanel.ts';

/**
 * What a person does with secrets in a day; then everything that was written is read.
 *
 * Two places may hold a secret and do. The vault is the editor's secret storage, which here is an encrypted record of the browser: it is
 * read like all else and no secret is found in it. The emulator's database stands for Stripe's own servers, which can show a sandbox secret
 * at any time; a live one is not in it any more.
 */
describe('after a day with secrets', () => {
  const emulatorStore = 'User/globalStorage/keysmith.keysmith/emulator/';
  const isEmulatorStore = (leak: string): boolean =>
    / in \S*User\/globalStorage\/keysmith\.keysmith\/emulator\/emulator\.db(-wal|-shm)?$/.test(leak);

  /** In this time a browser writes down what stands in the fields of a page. */
  const browserWritesMs = 5000;

  let opened: Opened;
  /** The secrets that were seen, by what they are. */
  const secrets = new Map<string, string>();
  const inFiles = (): Promise<string[]> => {
    const { workbench, profile, folder } = opened;
    return secretsInFiles([workbench.temporary, profile, folder], secrets);
  };
  const inBrowser = async (): Promise<string> => await opened.driver.page.evaluate<string>(readBrowser);
  const printed = (): string => `${opened.workbench.logs()}\n${opened.driver.consoleText()}`;

  before(async () => {
    opened = await openKeys({ settings: { 'keysmith.clipboard.clearAfterSeconds': 0 } });
    await revealAndCopy();
    await createAndDuplicate();
    await rotate();
    await moveIntoVault();
    for (const token of secrets.values()) await statusWith(opened, token);
    await readRequests();
    await tidy(opened);
    const { driver } = opened;
    await driver.runCommand('Keysmith: Show Log');
    await driver.page.locator('.output-view .monaco-editor.focused').waitFor(); // it takes the focus late
    await driver.runCommand('Keysmith: Show What Is Stored');
    await asked(driver, 'Choose a key to copy it');
    await cancel(driver);
    await tidy(opened);
    // The workbench writes its state some time after it changed.
    await driver.reload();
    await driver.page.waitForTimeout(2000);
  });
  after(() => opened[Symbol.asyncDispose]());

  async function revealAndCopy(): Promise<void> {
    const { driver } = opened;
    await driver.tree.clickAction(places.sandboxSecret, 'Reveal Key');
    await driver.quickInput.waitFor('Secret key · Sandbox');
    await driver.page.waitForTimeout(browserWritesMs);
    secrets.set('the revealed sandbox secret', await takeSecret(driver, 'Secret key · Sandbox'));
    await tidy(opened);
    await driver.tree.clickAction(places.liveSecret, 'Reveal Key');
    await driver.dialog();
    await driver.clickDialogButton('Reveal Once');
    const live = await takeSecret(driver, 'Secret key · LIVE');
    secrets.set('the revealed live secret', live);
    await tidy(opened);
    await driver.tree.clickAction(places.liveSecret, 'Copy Key');
    await driver.dialog();
    await driver.clickDialogButton('Copy LIVE Key');
    await copied(driver, live);
    await driver.page.evaluate('navigator.clipboard.writeText("")');
  }

  async function createAndDuplicate(): Promise<void> {
    const { driver } = opened;
    await tidy(opened);
    await driver.tree.clickAction(places.liveStandard, 'Create Secret Key');
    await asked(driver, 'Create Secret Key (1/3)');
    await driver.quickInput.answer('made');
    await asked(driver, 'Create Secret Key (2/3)');
    await driver.quickInput.accept();
    await asked(driver, 'Enter the verification code');
    secrets.set('the created live secret', await finishCreation(driver, 'made · LIVE'));
    await tidy(opened);
    await driver.tree.clickMenu([...places.liveStandard, 'made'], 'Duplicate Key');
    await asked(driver, 'Name of the new key');
    await driver.quickInput.answer('made again');
    await asked(driver, 'Enter the verification code');
    secrets.set('the duplicated live secret', await finishCreation(driver, 'made again · LIVE'));
  }

  /** Once with the old token in an environment file that is to have the new one, and once in one that is to stay. */
  async function rotate(): Promise<void> {
    const { driver, folder } = opened;
    for (const [name, file, button] of [
      ['deployed', '.env', 'Replace'],
      ['deployed by hand', '.env.hand', 'Cancel'],
    ] as const) {
      const { secret } = await makeKey(opened, { name, kind: 'restricted', permissions: ['balance_read'] });
      const old = secret.reveal();
      secrets.set(`the old one of ${file}`, old);
      await writeFile(join(folder, file), `PORT=4242\nSTRIPE_API_KEY=${old}\n`);
      await driver.tree.expand(places.sandboxRestricted);
      await tidy(opened);
      await driver.tree.clickAction([...places.sandboxRestricted, name], 'Rotate Key');
      await asked(driver, 'When does the old key end?');
      await driver.quickInput.pick('In 1 hour');
      assert.equal((await driver.dialog()).detail, file);
      await driver.clickDialogButton(button);
      secrets.set(`the new one of ${file}`, await takeSecret(driver, `${name} · Sandbox`));
      await asked(driver, 'Add a Note');
      await cancel(driver);
    }
  }

  let panelPage = '';
  /** Opens requests, sends one again, copies one and exports them all. */
  async function readRequests(): Promise<void> {
    const { driver, folder } = opened;
    await tidy(opened);
    const panel = new RequestPanelPage(driver);
    await panel.open();
    await panel.choose('Mode', 'Sandbox');
    await panel.row('200, GET, /v1/balance').click();
    await panel.explains('/v1/balance');
    await panel.detail.locator('vscode-toolbar-button[label="Send Again"]').click();
    await panel.detail.locator('vscode-toolbar-button[label="Copy as curl"]').click();
    await eventually(
      'The copy',
      () => driver.readClipboard(),
      (text) => text.startsWith('curl '),
    );
    panelPage = `${await panel.frame.locator('html').innerHTML()}${await driver.readClipboard()}`;
    for (const name of ['requests.json', 'requests.har']) {
      await driver.runCommand('Keysmith: Export Requests…');
      await saveAs(driver, 'Export Requests', join(folder, name));
      await driver.waitForNotification('Exported');
      await tidy(opened);
    }
  }

  /** One that is pasted, and the one that an environment file was left with. */
  async function moveIntoVault(): Promise<void> {
    const { driver } = opened;
    const pasted = fakeToken('sk_live', 99);
    secrets.set('the pasted live secret', pasted);
    for (const from of ['Paste a key…', 'STRIPE_API_KEY']) {
      await tidy(opened);
      await driver.runCommand('Keysmith: Move an Existing Key into the Vault');
      await asked(driver, 'Which key?');
      await driver.quickInput.pick(from);
      if (from === 'Paste a key…') {
        await asked(driver, 'Paste a secret, restricted or organization key');
        await driver.quickInput.type(pasted);
        await driver.page.waitForTimeout(browserWritesMs);
        await driver.quickInput.accept();
      }
      // The other one is the emulator's own, and keeps the name that it has there.
      if (from === 'Paste a key…') {
        await asked(driver, 'Name under which it is kept');
        await driver.quickInput.answer(`moved: ${from}`);
      }
      await driver.waitForNotification('is in the vault.');
    }
  }

  it('no secret stands in the panel of requests, or in what is copied from it', () => {
    assert.ok(panelPage.includes('/v1/balance') && panelPage.includes('curl '));
    assert.deepEqual(secretsIn(Buffer.from(panelPage), 'the panel', secrets), []);
  });

  it('there are nine different secrets to look for', () => {
    assert.equal(new Set(secrets.values()).size, 9);
    for (const token of secrets.values()) assert.match(token, /^[sr]k_(test|live)_\w{24,}$/);
  });

  it('no file of the editor, of the extension or of the browser has one, but the emulator’s database', async () => {
    const { workbench, profile } = opened;
    const files = await filesIn(workbench.temporary);
    const log = files.find((file) => file.endsWith('Keysmith.log')) ?? '';
    assert.match(await readFile(log, 'utf8'), /emulator/i, 'the output channel is among the files');
    assert.ok((await filesIn(profile)).length > 50, 'the browser’s profile is where it is thought to be');
    const leaks = await inFiles();
    assert.ok(
      leaks.some((leak) => leak.startsWith('the revealed sandbox secret in ') && isEmulatorStore(leak)),
      'a search that would find one',
    );
    assert.deepEqual(
      leaks.filter((leak) => !isEmulatorStore(leak)),
      ['the new one of .env in .env', 'the old one of .env.hand in .env.hand'],
      'the workspace has what the person put or wanted there, and no copy of it',
    );
  });

  it('the emulator’s database has no live one, which may not be revealed any more', async () => {
    const leaks = await secretsInFiles([join(opened.workbench.userData, emulatorStore)], secrets);
    assert.deepEqual(
      leaks.filter((leak) => leak.includes('live')),
      [],
    );
  });

  it('neither the server nor the browser’s console printed one', () => {
    assert.ok(printed().length > 100);
    assert.deepEqual(secretsIn(Buffer.from(printed()), 'what was printed', secrets), []);
  });

  it('the browser keeps none, though the vault is in it: that is encrypted', async () => {
    const kept = await inBrowser();
    assert.ok(kept.includes('secrets.provider'), 'the vault is where it is thought to be');
    assert.match(kept, /keysmith/i, 'so is the extension’s own state');
    assert.deepEqual(secretsIn(Buffer.from(kept), 'the browser', secrets), []);
  });

  it('no row, tooltip or message that is shown has one', async () => {
    assert.deepEqual(secretsIn(Buffer.from(await opened.driver.page.content()), 'the page', secrets), []);
  });

  it('no process was started with one', async () => {
    assert.deepEqual(secretsIn(Buffer.from(await commandLines()), 'a command line', secrets), []);
  });

  describe('a secret that was written elsewhere would be found', () => {
    const [what, form] = ['the pasted live secret', (write: (token: string) => string | Buffer) => write] as const;
    for (const [why, at, write] of [
      ['in a log', 'logs/planted.log', form((token) => `[info] ${token} was used`)],
      [
        'in global storage',
        'User/globalStorage/keysmith.keysmith/planted.json',
        form((token) => `{"token":"${token}"}`),
      ],
      ['beside the emulator’s database', `${emulatorStore}emulator.json`, form((token) => token)],
      ['in two-byte characters', 'User/planted.bin', form((token) => Buffer.from(`x${token}`, 'utf16le'))],
      ['in base64', 'User/planted.txt', form((token) => Buffer.from(`{"a":"${token}"}`).toString('base64'))],
      ['in hexadecimal', 'User/planted.hex', form((token) => Buffer.from(token).toString('hex'))],
      ['without its first half', 'User/planted.half', form((token) => token.slice(token.length / 2))],
      ['without its second half', 'User/planted.half', form((token) => token.slice(0, 60))],
    ] as const) {
      it(why, async () => {
        const file = join(opened.workbench.userData, at);
        const before = await readFile(file).catch(() => undefined);
        await writeFile(file, write(secrets.get(what) ?? ''));
        const leaks = await inFiles();
        await (before ? writeFile(file, before) : rm(file));
        assert.deepEqual(
          leaks.filter((leak) => leak.startsWith(what) && !isEmulatorStore(leak)).map((leak) => leak.endsWith(at)),
          [true],
        );
      });
    }

    it('in the browser’s storage and console', async () => {
      const token = secrets.get(what) ?? '';
      await opened.driver.page.evaluate(`localStorage.setItem('planted', '${token}')`);
      const kept = await inBrowser();
      await opened.driver.page.evaluate(`localStorage.removeItem('planted')`);
      assert.deepEqual(secretsIn(Buffer.from(kept), 'the browser', secrets), [`${what} in the browser`]);
      await opened.driver.page.evaluate(`console.log('${token}')`);
      assert.deepEqual(secretsIn(Buffer.from(printed()), 'the console', secrets), [`${what} in the console`]);
    });
  });
});
