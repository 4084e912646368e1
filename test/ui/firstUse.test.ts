import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parseToken } from '../../src/domain/token.ts';
import { repositoryRoot } from '../host/repository.ts';
import { liveSecret } from '../unit/fixtures.ts';
import { eventually } from './eventually.ts';
import { shownSecret } from './keyPerson.ts';
import { openWorkbench, picturePath, type Opened } from './opened.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string }[] };
  };
}

describe('a new user', () => {
  let opened: Opened;
  before(async () => {
    opened = await openWorkbench({
      prepare: (folder) => writeFile(join(folder, 'leaky.js'), `const key = '${liveSecret()}';\n`),
    });
  });
  after(() => opened[Symbol.asyncDispose]());

  const origin = async (): Promise<string> => {
    const bar = (await opened.driver.statusBarItems()).find(({ text }) => text.includes('Stripe'));
    return /http:\/\/[\d.:]+/.exec(bar?.ariaLabel ?? '')?.[0] ?? '';
  };
  const statusWith = async (token: string): Promise<number> =>
    (await fetch(`${await origin()}/v1/balance`, { headers: { authorization: `Bearer ${token}` } })).status;

  it('is welcomed with one button', async () => {
    await opened.driver.openView();
    await eventually(
      'A welcome with one button',
      async () => (await opened.driver.tree.welcome())?.buttons ?? [],
      (buttons) => buttons.join(', ') === 'Start Emulator',
    );
    await opened.driver.screenshot(await picturePath('welcome-dark'));
  });

  const platform = ['Example organization', 'Platform'];
  const sandboxSecret = [...platform, 'Sandbox', 'Standard keys', 'Secret key'];
  const liveSecretKey = [...platform, 'LIVE', 'Standard keys', 'Secret key'];
  const openLive = async (): Promise<void> => {
    await opened.driver.tree.expand([...platform, 'LIVE']);
    await opened.driver.tree.expand([...platform, 'LIVE', 'Standard keys']);
  };

  it('starts the emulator and sees the keys of the organization', async () => {
    await opened.driver.tree.clickWelcomeButton('Start Emulator');
    await opened.driver.waitForNotification('The Stripe emulator is running at http://127.0.0.1:');
    await openLive();
    const rows = await opened.driver.tree.rows();
    assert.deepEqual(
      rows.map(({ level, label, icon }) => `${level} ${label} ${icon}`),
      [
        '1 Example organization organization',
        '2 Organization keys key',
        '2 Platform account',
        '3 Sandbox beaker',
        '4 Standard keys key',
        '5 Publishable key globe',
        '5 Secret key key',
        '4 Restricted keys shield',
        '3 LIVE broadcast',
        '4 Standard keys key',
        '5 Publishable key globe',
        '5 Secret key key',
        '4 Restricted keys shield',
        '3 Connected account plug',
        '2 Standalone account account',
      ],
    );
    assert.match(rows[6]?.ariaLabel ?? '', /^Secret key, secret key, Sandbox, ends in \w{4}, never used/);
    assert.match(rows[11]?.ariaLabel ?? '', /^Secret key, secret key, LIVE, ends in \w{4}, never used/);
  });

  it('copies the sandbox secret and has a key that the emulator accepts', async () => {
    await opened.driver.tree.clickAction(sandboxSecret, 'Copy Key');
    await opened.driver.waitForNotification('Copied the sandbox key “Secret key”.');
    const token = await opened.driver.readClipboard();
    assert.equal(parseToken(token)?.mode, 'sandbox');
    assert.equal(await statusWith(token), 200);
    assert.equal(await statusWith(`${token}x`), 401);
  });

  it('sees the sandbox secret in a box, until Escape', async () => {
    await opened.driver.tree.clickAction(sandboxSecret, 'Reveal Key');
    const box = await shownSecret(opened.driver, 'Secret key · Sandbox');
    assert.equal(await statusWith(box.token), 200);
    await opened.driver.quickInput.escape();
    await opened.driver.quickInput.waitForClosed();
  });

  it('can say no to revealing a live secret, and nothing happens', async () => {
    await opened.driver.tree.clickAction(liveSecretKey, 'Reveal Key');
    const dialog = await opened.driver.dialog();
    assert.match(dialog.message, /LIVE key “Secret key”/);
    assert.match(dialog.detail, /only once/);
    await opened.driver.clickDialogButton('Cancel');
    assert.equal(await opened.driver.quickInput.isOpen(), false);
  });

  it('reveals a live secret once; then it comes from the vault, also after a reload', async () => {
    await opened.driver.tree.clickAction(liveSecretKey, 'Reveal Key');
    await opened.driver.dialog();
    await opened.driver.clickDialogButton('Reveal Once');
    const box = await shownSecret(opened.driver, 'Secret key · LIVE');
    assert.match(box.says, /only time it could be revealed.*kept in the vault/);
    assert.equal(await statusWith(box.token), 200);
    await opened.driver.quickInput.escape();

    await opened.driver.reload();
    await opened.driver.openView();
    await openLive();
    await opened.driver.tree.clickAction(liveSecretKey, 'Copy Key');
    await opened.driver.dialog();
    await opened.driver.clickDialogButton('Copy LIVE Key');
    await opened.driver.waitForNotification('Copied the LIVE key “Secret key”.');
    assert.equal(await opened.driver.readClipboard(), box.token);
  });

  it('uses the command palette: every command is there, and asks which key', async () => {
    const { contributes } = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')) as Manifest;
    const texts = JSON.parse(await readFile(join(repositoryRoot, 'package.nls.json'), 'utf8')) as Record<
      string,
      string
    >;
    const hidden = contributes.menus.commandPalette.map(({ command }) => command);
    const notNow = new Set([
      'keysmith.emulator.start',
      'keysmith.key.hide',
      'keysmith.clearFilter',
      'keysmith.record.stop',
      ...hidden,
    ]);
    for (const { command, title } of contributes.commands) {
      const name = `Keysmith: ${texts[title.replaceAll('%', '')]}`;
      const listed = await opened.driver.findCommands(name);
      assert.equal(listed.includes(name), !notNow.has(command), name);
      await opened.driver.quickInput.escape();
    }
    await opened.driver.runCommand('Keysmith: Copy Key');
    const asked = await opened.driver.quickInput.waitFor('Copy Key');
    assert.equal(asked.placeholder, 'Choose a key');
    assert.ok(asked.items.some(({ description }) => description.startsWith('LIVE · sk_live_…')));
    await opened.driver.quickInput.escape();
    await opened.driver.quickInput.waitForClosed();
  });

  it('sees a live key in source as an error, masked', async () => {
    await opened.driver.openFile('leaky.js');
    const found = await eventually(
      'A finding',
      () => opened.driver.editorDiagnostics(),
      (shown) => shown.length > 0,
    );
    const [leak] = found;
    assert.deepEqual(
      [leak?.file, leak?.severity, leak?.source, leak?.code, leak?.line],
      ['leaky.js', 'error', 'Keysmith', 'live-secret-key', 1],
    );
    assert.ok(!JSON.stringify(found).includes(liveSecret().slice(8, -4)));
  });

  for (const [theme, name] of [
    ['Dark Modern', 'dark'],
    ['Light Modern', 'light'],
    ['Dark High Contrast', 'high-contrast'],
  ] as const) {
    it(`can be looked at in ${theme}`, async () => {
      await opened.driver.setTheme(theme);
      await opened.driver.clearNotifications();
      await opened.driver.page.waitForTimeout(500);
      await opened.driver.screenshot(await picturePath(`tree-${name}`));
    });
  }

  it('is told when the emulator dies, and starts it again with the same keys', async () => {
    const before = (await opened.driver.tree.rows()).map(({ description }) => description);
    const discovery = await findFile(opened.workbench.userData, 'emulator.json');
    assert.ok(discovery);
    const { pid } = JSON.parse(await readFile(discovery, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await opened.driver.page.getByText('The Stripe emulator is not running any more.').first().waitFor();
    assert.ok((await opened.driver.statusBarItems()).some(({ text }) => text.includes('Stripe: failed')));
    await opened.driver.tree.clickWelcomeButton('Start Emulator');
    await openLive();
    assert.deepEqual(
      (await opened.driver.tree.rows()).map(({ description }) => description),
      before,
    );
  });

  it('stops the emulator and is welcomed again', async () => {
    await opened.driver.runCommand('Keysmith: Stop Emulator');
    await opened.driver.page.getByText('See, reveal and rehearse Stripe API keys').first().waitFor();
  });
});

describe('a taken port', () => {
  it('is named, and a free one is offered and works', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => {
      blocker.once('listening', resolve);
    });
    const { port } = blocker.address() as AddressInfo;
    await using opened = await openWorkbench({ settings: { 'keysmith.emulator.port': port } });
    await opened.driver.openView();
    await opened.driver.tree.clickWelcomeButton('Start Emulator');
    const toast = await opened.driver.waitForNotification(`another program uses port ${port}`);
    const [button = ''] = toast.buttons;
    assert.match(button, /^Use Port \d+ Now$/);
    await opened.driver.clickNotificationButton(button);
    await opened.driver.waitForNotification('The Stripe emulator is running at');
    blocker.close();
  });
});

async function findFile(folder: string, name: string): Promise<string | undefined> {
  const files = await readdir(folder, { recursive: true });
  const found = files.find((file) => file.endsWith(name));
  return found === undefined ? undefined : join(folder, found);
}
