import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { fakeToken, liveSecret, testSecret } from '../unit/fixtures.ts';
import {
  asked,
  cancel,
  copied,
  describedAs,
  openKeys,
  places,
  refused,
  remarked,
  takeSecret,
  tidy,
} from './keyPerson.ts';
import type { Opened } from './opened.ts';

describe('the vault', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys();
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const move = (): Promise<void> => opened.driver.runCommand('Keysmith: Move an Existing Key into the Vault');
  const show = (): Promise<void> => opened.driver.runCommand('Keysmith: Show What Is Stored');
  const paste = 'Paste a secret, restricted or organization key';
  /** Names in the vault, with what is said of them. */
  const stored = async (): Promise<string[]> => {
    await show();
    const { items } = await asked(opened.driver, 'What Is Stored');
    await cancel(opened.driver);
    return items.map(({ label, description }) => `${label} · ${description}`);
  };

  it('says that it is empty', async () => {
    const { driver } = opened;
    await show();
    const { placeholder, items } = await asked(driver, 'What Is Stored');
    assert.equal(placeholder, 'The vault is empty');
    assert.deepEqual(items, []);
    await cancel(driver);
  });

  it('takes a key that is pasted, after telling what it is, and lists it masked', async () => {
    const { driver } = opened;
    await move();
    const box = await asked(driver, paste);
    assert.equal(box.password, true);
    await driver.quickInput.type(testSecret());
    await remarked(driver, 'secret key, Sandbox', 'info');
    await driver.quickInput.type(liveSecret());
    await remarked(driver, 'secret key, LIVE', 'warning');
    await driver.quickInput.accept();
    assert.equal((await asked(driver, 'Name under which it is kept')).value, 'secret key');
    await driver.quickInput.answer('our shop');
    await driver.waitForNotification('The LIVE key “our shop” is in the vault.');
    const lines = await stored();
    assert.deepEqual(lines, [`our shop · LIVE · sk_live_…${liveSecret().slice(-4)}`]);
  });

  for (const [why, text] of [
    ['nonsense', 'hunter2'],
    ['a publishable key', fakeToken('pk_live')],
    ['nothing', ''],
    ['a prefix without a key', fakeToken('sk_live', 0)],
  ] as const) {
    it(`refuses ${why}`, async () => {
      const { driver } = opened;
      await move();
      await asked(driver, paste);
      await driver.quickInput.answer(text);
      await refused(driver, 'Not a Stripe secret key. Paste one that starts with sk_, rk_ or sk_org_.');
      await cancel(driver);
      assert.equal((await stored()).length, 1);
    });
  }

  it('keeps nothing when the key or its name is cancelled', async () => {
    const { driver } = opened;
    await move();
    await asked(driver, paste);
    await cancel(driver);
    await move();
    await asked(driver, paste);
    await driver.quickInput.answer(testSecret(30));
    await asked(driver, 'Name under which it is kept');
    await driver.quickInput.answer('');
    await refused(driver, 'A key needs a name');
    await cancel(driver);
    assert.equal((await stored()).length, 1);
  });

  it('offers the keys of the workspace’s environment files, masked', async () => {
    const { driver, folder } = opened;
    await writeFile(
      join(folder, '.env'),
      `PORT=1\nexport STRIPE_KEY="${fakeToken('rk_test')}"\nPUBLIC=${fakeToken('pk_test')}\n`,
    );
    await move();
    const { items } = await asked(driver, 'Which key?');
    assert.deepEqual(
      items.map(({ label, description, detail }) => [label, description, detail]),
      [
        ['Paste a key…', '', ''],
        ['STRIPE_KEY', `Sandbox · restricted key · rk_test_…${fakeToken('rk_test').slice(-4)}`, '.env'],
      ],
    );
    await cancel(driver);
    await move();
    await asked(driver, 'Which key?');
    await driver.quickInput.pick('STRIPE_KEY');
    assert.equal((await asked(driver, 'Name under which it is kept')).value, 'STRIPE_KEY');
    await driver.quickInput.accept();
    await driver.waitForNotification('The Sandbox key “STRIPE_KEY” is in the vault.');
    assert.equal((await stored()).length, 2);
  });

  it('copies what one chooses from the list', async () => {
    const { driver } = opened;
    await show();
    await asked(driver, 'Choose a key to copy it');
    await driver.quickInput.pick('our shop');
    await driver.dialog();
    await driver.clickDialogButton('Copy LIVE Key');
    await driver.waitForNotification('Copied the LIVE key “our shop”.');
    await copied(driver, liveSecret());
  });

  it('forgets a key only after asking, and says that it is lost', async () => {
    const { driver } = opened;
    const forget = async (): Promise<void> => {
      await driver.runCommand('Keysmith: Forget from Vault');
      await asked(driver, 'Which key?');
    };
    await forget();
    await cancel(driver);
    await forget();
    await driver.quickInput.pick('our shop');
    const dialog = await driver.dialog();
    assert.equal(dialog.message, 'Forget “our shop”?');
    assert.match(dialog.detail, /Unless it is saved elsewhere it is lost/);
    await driver.clickDialogButton('Cancel');
    assert.equal((await stored()).length, 2);
    await forget();
    await driver.quickInput.pick('our shop');
    await driver.dialog();
    await driver.clickDialogButton('Forget');
    await driver.page.waitForTimeout(300);
    assert.equal((await stored()).length, 1);
  });

  it('forgets a live key of the tree, which then cannot be revealed again', async () => {
    const { driver } = opened;
    await driver.tree.clickAction(places.liveSecret, 'Reveal Key');
    await driver.dialog();
    await driver.clickDialogButton('Reveal Once');
    await takeSecret(driver, 'Secret key · LIVE');
    await describedAs(driver, places.liveSecret, (text) => text.includes('in vault'));
    await tidy(opened);
    await driver.tree.clickMenu(places.liveSecret, 'Forget from Vault');
    assert.match((await driver.dialog()).detail, /cannot be revealed again/);
    await driver.clickDialogButton('Forget');
    await describedAs(driver, places.liveSecret, (text) => !text.includes('in vault'));
    await tidy(opened);
    await driver.tree.clickAction(places.liveSecret, 'Reveal Key');
    await driver.waitForNotification('Rotate or delete the key to get a new one');
  });

  it('has nothing to forget of a key it does not keep, and says so', async () => {
    const { driver } = opened;
    await driver.tree.clickMenu(places.sandboxSecret, 'Forget from Vault');
    const { severity } = await driver.waitForNotification('The vault has no secret for this key');
    assert.equal(severity, 'error');
  });
});
