import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { fakeToken, liveSecret, testSecret } from '../unit/fixtures.ts';
import { eventually } from './eventually.ts';
import {
  asked,
  cancel,
  copied,
  describedAs,
  keyNamed,
  makeKey,
  openKeys,
  places,
  refused,
  takeSecret,
  tidy,
  treeLines,
} from './keyPerson.ts';
import type { Opened } from './opened.ts';
import type { RowPath } from './treeView.ts';

const root = 'Kept in the vault';

describe('rows of the vault, and several rows', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys();
    await opened.driver.page.setViewportSize({ width: 1280, height: 1400 }); // rows out of view cannot be found
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  /** Selects rows as a person does: the first by a click, the others with Ctrl. */
  const select = async (paths: readonly RowPath[]): Promise<void> => {
    const { driver } = opened;
    const [first, ...others] = paths;
    await driver.tree.click(first ?? []);
    await driver.page.keyboard.down('ControlOrMeta');
    for (const path of others) await driver.tree.click(path);
    await driver.page.keyboard.up('ControlOrMeta');
  };
  const keep = async (token: string, name: string): Promise<void> => {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Move an Existing Key into the Vault');
    await asked(driver, 'Paste a secret');
    await driver.quickInput.answer(token);
    await asked(driver, 'Name under which it is kept');
    await driver.quickInput.answer(name);
    await driver.waitForNotification(`key “${name}” is in the vault.`);
    await tidy(opened);
  };

  it('refuses half a key with a sentence', async () => {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Move an Existing Key into the Vault');
    await asked(driver, 'Paste a secret');
    await driver.quickInput.answer(fakeToken('sk_live', 23));
    await refused(driver, 'This is only a part of a key');
    await cancel(driver);
  });

  it('shows a key that was put in by hand, offers what makes sense, and renames it', async () => {
    const { driver } = opened;
    await keep(liveSecret(), 'our shop');
    const row = await driver.tree.row([root, 'LIVE', 'our shop']);
    assert.equal(row.description, `LIVE · sk_live_…${liveSecret().slice(-4)} · secret key`);
    assert.match(row.ariaLabel, /^our shop, secret key, LIVE, ends in .{4}, in vault/);
    assert.deepEqual(await driver.tree.menu([root, 'LIVE', 'our shop']), [
      'Reveal Key',
      'Copy Key',
      'Rename in Vault',
      'Forget from Vault',
      'View Request Logs',
      'Open API Keys on the Stripe Dashboard',
    ]);
    await driver.tree.clickAction([root, 'LIVE', 'our shop'], 'Copy Key');
    await driver.dialog();
    await driver.clickDialogButton('Copy LIVE Key');
    await copied(driver, liveSecret());
    await tidy(opened);
    await driver.tree.clickMenu([root, 'LIVE', 'our shop'], 'Rename in Vault');
    assert.equal((await asked(driver, 'Rename in Vault')).value, 'our shop');
    await driver.quickInput.answer('their shop');
    await driver.tree.row([root, 'LIVE', 'their shop']);
  });

  it('forgets several keys with one question that names them all', async () => {
    const { driver } = opened;
    await keep(testSecret(), 'our sandbox');
    const paths = [
      [root, 'Sandbox', 'our sandbox'],
      [root, 'LIVE', 'their shop'],
    ];
    await select(paths);
    assert.deepEqual(await driver.tree.menu(paths[1] ?? []), ['Forget from Vault']);
    await driver.tree.clickMenu(paths[1] ?? [], 'Forget from Vault');
    const { message, detail } = await driver.dialog();
    assert.equal(message, 'Forget these 2 keys?');
    assert.match(detail, /“their shop”, LIVE, .*it is lost/);
    assert.match(detail, /“our sandbox”, Sandbox, .*it is lost/);
    await driver.clickDialogButton('Cancel');
    assert.ok((await treeLines(driver)).some((line) => line.includes(root)));
    await driver.tree.clickMenu(paths[1] ?? [], 'Forget from Vault');
    await driver.dialog();
    await driver.clickDialogButton('Forget');
    await eventually(
      'A tree without the vault',
      () => treeLines(driver),
      (lines) => !lines.some((line) => line.includes(root)),
    );
  });

  it('deletes several sandbox keys with one question, a live one with its own', async () => {
    const { driver } = opened;
    for (const name of ['first', 'second']) await makeKey(opened, { name });
    await makeKey(opened, { name: 'third', mode: 'live' });
    const paths = [
      [...places.sandboxStandard, 'first'],
      [...places.sandboxStandard, 'second'],
      [...places.liveStandard, 'third'],
    ];
    for (const path of paths) await driver.tree.row(path);
    await tidy(opened);
    await select(paths);
    await driver.tree.clickMenu(paths[0] ?? [], 'Delete Key');
    const { message, detail, buttons } = await driver.dialog();
    assert.equal(message, 'Delete these 2 Sandbox keys?');
    assert.match(detail, /“first”.*\n“second”/);
    assert.ok(buttons.includes('Delete 2 Keys'));
    await driver.clickDialogButton('Delete 2 Keys');
    await driver.waitForNotification('Deleted 2 keys.');
    assert.equal((await driver.dialog()).message, 'Delete the LIVE key “third”?');
    await driver.clickDialogButton('Cancel');
    for (const [name, left] of [
      ['first', false],
      ['second', false],
      ['third', true],
    ] as const)
      assert.equal((await keyNamed(opened, name)) !== undefined, left, name);
  });

  it('deletes nothing where one of several is publishable', async () => {
    const { driver } = opened;
    await makeKey(opened, { name: 'stays' });
    const path = [...places.sandboxStandard, 'stays'];
    await driver.tree.row(path);
    await tidy(opened);
    await select([path, places.sandboxPublishable]);
    await driver.tree.clickMenu(path, 'Delete Key');
    await driver.waitForNotification('A publishable key cannot be deleted');
    assert.ok(await keyNamed(opened, 'stays'));
  });

  it('keeps a filter as it was when its box is left by Escape', async () => {
    const { driver } = opened;
    const filter = async (text: string): Promise<void> => {
      await driver.runCommand('Keysmith: Filter Keys');
      await asked(driver, 'Filter Keys');
      await driver.quickInput.type(text);
    };
    const told = (text: string): Promise<void> => driver.page.getByText(text).waitFor();
    await filter('publish');
    await driver.quickInput.accept();
    await told('Keys with “publish”');
    await filter('something else');
    await told('No key with “something else”');
    assert.deepEqual(await driver.tree.rows('Stripe Keys'), []);
    await cancel(driver);
    await told('Keys with “publish”');
    await driver.clickViewAction('Clear Filter');
  });

  it('stay reachable, and the emulator too, when it has been stopped', async () => {
    const { driver } = opened;
    await keep(liveSecret(), 'our shop');
    await driver.runCommand('Keysmith: Stop Emulator');
    const row = await driver.tree.row('The emulator is not running');
    assert.equal(row.description, 'Start Emulator');
    await driver.tree.row([root, 'LIVE', 'our shop']);
    await driver.runCommand('Keysmith: Reveal Key');
    await asked(driver, 'Choose a key');
    await driver.quickInput.pick('our shop');
    await driver.dialog();
    await driver.clickDialogButton('Reveal LIVE Key');
    assert.equal(await takeSecret(driver, 'our shop · LIVE'), liveSecret());
    await driver.runCommand('Keysmith: Move an Existing Key into the Vault');
    await asked(driver, 'Paste a secret');
    await driver.quickInput.answer(liveSecret());
    await driver.waitForNotification('This key is in the vault already, as “our shop”.');
    await driver.clearNotifications();
    await driver.tree.click('The emulator is not running');
    await driver.tree.row(places.sandboxSecret);
    await driver.tree.clickAction(places.sandboxSecret, 'Reveal Key');
    await takeSecret(driver, 'Secret key · Sandbox');
    await describedAs(driver, places.sandboxSecret, (text) => !text.includes('revealed'));
  });
});
