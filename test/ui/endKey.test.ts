import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { eventually } from './eventually.ts';
import {
  asked,
  cancel,
  changesWhenCancelled,
  describedAs,
  keyNamed,
  makeKey,
  openKeys,
  places,
  refused,
  statusWith,
  takeSecret,
  tidy,
  treeLines,
} from './keyPerson.ts';
import type { Opened } from './opened.ts';

describe('ending keys', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys();
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const restricted = (name: string): string[] => [...places.sandboxRestricted, name];
  const question = 'When does the old key end?';

  /** A restricted key of the sandbox: its replacement has the same name. */
  const make = async (name: string, mode: 'sandbox' | 'live' = 'sandbox'): Promise<string> => {
    const { secret } = await makeKey(opened, { name, mode, kind: 'restricted', permissions: ['balance_read'] });
    await opened.driver.tree.expand(mode === 'live' ? places.liveRestricted : places.sandboxRestricted);
    return secret.reveal();
  };

  const noNote = async (): Promise<void> => {
    await asked(opened.driver, 'Add a Note');
    await cancel(opened.driver);
  };

  describe('rotating', () => {
    it('for 24 hours keeps both keys, says for how long, and puts a badge on the view', async () => {
      const { driver } = opened;
      const old = await make('nightly');
      await tidy(opened);
      await driver.tree.clickAction(restricted('nightly'), 'Rotate Key');
      const { items, title } = await asked(driver, question);
      assert.equal(title, 'Rotate Key: nightly');
      assert.deepEqual(
        items.map(({ label }) => label),
        ['Now', 'In 1 hour', 'In 24 hours', 'In 3 days', 'In 7 days', 'At a date…'],
      );
      await driver.quickInput.pick('In 24 hours');
      const fresh = await takeSecret(driver, 'nightly · Sandbox');
      await noNote();
      assert.deepEqual([await statusWith(opened, old), await statusWith(opened, fresh)], [200, 200]);
      await describedAs(driver, restricted('nightly'), (text) => /expires in (1 d|23 h 5\d min)/.test(text));
      const rows = (await driver.tree.rows()).filter(({ label }) => label === 'nightly');
      assert.deepEqual(
        rows.map(({ description }) => /in vault|expires/.exec(description)?.[0]),
        ['expires', 'in vault'],
      );
      assert.match(rows[0]?.ariaLabel ?? '', /restricted key, Sandbox, ends in \w{4}, expires in (1 d|23 h 5\d min)/);
      await driver.page.locator('.activitybar .badge-content').getByText('1', { exact: true }).waitFor();
      await driver.page.locator('.customview-tree .monaco-decoration-badge').first().waitFor();
    });

    it('refuses to rotate a key again that is ending already', async () => {
      const { driver } = opened;
      await driver.tree.clickAction(restricted('nightly'), 'Rotate Key');
      await asked(driver, question);
      await driver.quickInput.pick('In 1 hour');
      const { severity } = await driver.waitForNotification('has been rotated already and ends by itself');
      assert.equal(severity, 'error');
    });

    it('now deletes the old key at once, after asking', async () => {
      const { driver } = opened;
      const old = await make('weekly');
      await tidy(opened);
      await driver.tree.clickAction(restricted('weekly'), 'Rotate Key');
      await asked(driver, question);
      await driver.quickInput.pick('Now');
      const dialog = await driver.dialog();
      assert.equal(dialog.message, 'Rotate the sandbox key “weekly” now?');
      assert.match(dialog.detail, /deleted at once: code that uses rk_test_….{4} can no longer make API calls/);
      await driver.clickDialogButton('Rotate Key');
      const fresh = await takeSecret(driver, 'weekly · Sandbox');
      await noNote();
      assert.deepEqual([await statusWith(opened, old), await statusWith(opened, fresh)], [401, 200]);
      await describedAs(driver, restricted('weekly'), (text) => text.includes(`…${fresh.slice(-4)} · in vault`));
    });

    it('at a date takes one within seven days only', async () => {
      const { driver } = opened;
      await make('monthly');
      await tidy(opened);
      await driver.tree.clickAction(restricted('monthly'), 'Rotate Key');
      await asked(driver, question);
      await driver.quickInput.pick('At a date…');
      const { value } = await asked(driver, 'Date and time at which the old key ends');
      assert.match(value, /^\d{4}-\d\d-\d\d \d\d:\d\d$/);
      await driver.quickInput.answer('tomorrow');
      await refused(driver, 'Write a date and time such as');
      await driver.quickInput.answer('2020-01-01 12:00');
      await refused(driver, 'This time has passed.');
      for (const impossible of ['2026-02-30 12:00', '2099-12-31 25:00']) {
        await driver.quickInput.answer(impossible);
        await refused(driver, `There is no such date and time: ${impossible}`);
      }
      await driver.quickInput.answer('2020-01-01 12:00');
      await refused(driver, 'This time has passed.');
      await driver.quickInput.answer('2099-01-01 12:00');
      await refused(driver, 'At most 7 days ahead.');
      await driver.quickInput.clickButton('Back');
      await asked(driver, question);
      await driver.quickInput.pick('At a date…');
      await asked(driver, 'Date and time');
      await driver.quickInput.answer(localTime(new Date(Date.now() + 3.5 * 24 * 3600_000)));
      await takeSecret(driver, 'monthly · Sandbox');
      await noNote();
      await describedAs(driver, restricted('monthly'), (text) => /expires in 3 d 1[12] h/.test(text));
    });

    it('names the replacement of a secret key “Secret key”', async () => {
      const { driver } = opened;
      await makeKey(opened, { name: 'renamed' });
      await tidy(opened);
      await driver.tree.clickAction([...places.sandboxStandard, 'renamed'], 'Rotate Key');
      await asked(driver, question);
      await driver.quickInput.pick('In 1 hour');
      await takeSecret(driver, 'Secret key · Sandbox');
      await noNote();
    });

    it('a live key asks first, whatever the time', async () => {
      const { driver } = opened;
      await make('live worker', 'live');
      await tidy(opened);
      await driver.tree.clickAction([...places.liveRestricted, 'live worker'], 'Rotate Key');
      await asked(driver, question);
      await driver.quickInput.pick('In 7 days');
      const dialog = await driver.dialog();
      assert.equal(dialog.message, 'Rotate the LIVE key “live worker”?');
      const lines = await treeLines(driver);
      await driver.clickDialogButton('Cancel');
      assert.deepEqual(await treeLines(driver), lines);
      assert.equal((await keyNamed(opened, 'live worker'))?.expires, undefined);
    });

    it('puts the replacement where the old one stands in environment files, if one wants', async () => {
      const { driver, folder } = opened;
      const old = await make('deployed');
      const file = join(folder, '.env');
      const text = (token: string): string => `PORT=4242\nSTRIPE_API_KEY=${token}\nSTRIPE_AGAIN="${token}"\n`;
      await writeFile(file, text(old));
      await tidy(opened);
      await driver.tree.clickAction(restricted('deployed'), 'Rotate Key');
      await asked(driver, question);
      await driver.quickInput.pick('In 1 hour');
      const dialog = await driver.dialog();
      assert.equal(dialog.message, 'Put the new key where the old one stands?');
      assert.equal(dialog.detail, '.env');
      await driver.clickDialogButton('Replace');
      const fresh = await takeSecret(driver, 'deployed · Sandbox');
      await noNote();
      await eventually(
        'The file',
        () => readFile(file, 'utf8'),
        (now) => now === text(fresh),
      );
    });

    it('leaves environment files alone, if one does not', async () => {
      const { driver, folder } = opened;
      const old = await make('deployed by hand');
      const file = join(folder, '.env');
      await writeFile(file, `STRIPE_API_KEY=${old}\n`);
      await tidy(opened);
      await driver.tree.clickAction(restricted('deployed by hand'), 'Rotate Key');
      await asked(driver, question);
      await driver.quickInput.pick('In 1 hour');
      await driver.dialog();
      await driver.clickDialogButton('Cancel');
      const fresh = await takeSecret(driver, 'deployed by hand · Sandbox');
      await noNote();
      assert.equal(await readFile(file, 'utf8'), `STRIPE_API_KEY=${old}\n`);
      assert.equal(await statusWith(opened, fresh), 200);
    });

    const rotateSecret = (): Promise<void> => opened.driver.tree.clickAction(places.sandboxSecret, 'Rotate Key');

    it('changes nothing when the time is cancelled', async () => {
      assert.deepEqual(await changesWhenCancelled(opened, question, rotateSecret), []);
    });

    it('changes nothing when the date is cancelled', async () => {
      const changes = await changesWhenCancelled(opened, 'Date and time', async () => {
        await rotateSecret();
        await asked(opened.driver, question);
        await opened.driver.quickInput.pick('At a date…');
      });
      assert.deepEqual(changes, []);
    });

    it('changes nothing when “now” is cancelled', async () => {
      const { driver } = opened;
      const lines = await treeLines(driver);
      await rotateSecret();
      await asked(driver, question);
      await driver.quickInput.pick('Now');
      await driver.dialog();
      await driver.clickDialogButton('Cancel');
      assert.deepEqual(await treeLines(driver), lines);
    });

    it('from the palette offers publishable keys too, and none that ends', async () => {
      const { driver } = opened;
      await driver.runCommand('Keysmith: Rotate Key');
      await asked(driver, 'Choose a key');
      await driver.quickInput.type('nightly');
      const { items } = await eventually(
        'One key',
        () => driver.quickInput.read(),
        (state) => state.items.length === 1,
      );
      assert.ok(!items[0]?.description.includes('expires'));
      await driver.quickInput.type('publishable');
      await asked(driver, 'Choose a key');
      await driver.quickInput.accept();
      await asked(driver, 'Rotate Key: Publishable key');
      await cancel(driver);
    });
  });

  describe('deleting', () => {
    const remove = (path: readonly string[]): Promise<void> => opened.driver.tree.clickMenu(path, 'Delete Key');

    it('a sandbox key asks once, says what will stop working, and forgets it in the vault', async () => {
      const { driver } = opened;
      const token = await make('spare');
      await tidy(opened);
      await remove(restricted('spare'));
      const dialog = await driver.dialog();
      assert.equal(dialog.message, 'Delete the Sandbox key “spare”?');
      assert.match(dialog.detail, /^Last used: never\. Any code that uses rk_test_….{4} can no longer make API calls/);
      await driver.clickDialogButton('Cancel');
      assert.equal(await statusWith(opened, token), 200);
      await tidy(opened);
      await remove(restricted('spare'));
      await driver.dialog();
      await driver.clickDialogButton('Delete Key');
      await driver.waitForNotification('Deleted the key “spare”.');
      assert.equal(await statusWith(opened, token), 401);
      assert.equal(await keyNamed(opened, 'spare'), undefined);
    });

    it('a live key asks for its name, and takes no other', async () => {
      const { driver } = opened;
      const token = await make('live spare', 'live');
      await tidy(opened);
      await remove([...places.liveRestricted, 'live spare']);
      await driver.dialog();
      await driver.clickDialogButton('Delete Key');
      await asked(driver, 'This is a LIVE key. Type its name to delete it: live spare');
      await driver.quickInput.answer('spare');
      await refused(driver, 'This is not its name: live spare');
      await cancel(driver);
      assert.equal(await statusWith(opened, token), 200);
      await tidy(opened);
      await remove([...places.liveRestricted, 'live spare']);
      await driver.dialog();
      await driver.clickDialogButton('Delete Key');
      await asked(driver, 'Type its name');
      await driver.quickInput.answer('live spare');
      await driver.waitForNotification('Deleted the key “live spare”.');
      assert.equal(await statusWith(opened, token), 401);
    });

    it('a publishable key is refused, and told what to do instead', async () => {
      const { driver } = opened;
      await remove(places.sandboxPublishable);
      const { severity } = await driver.waitForNotification('A publishable key cannot be deleted. Rotate it instead');
      assert.equal(severity, 'error');
      await driver.tree.row(places.sandboxPublishable);
    });

    it('a key that is ending ends now, and its replacement stays', async () => {
      const { driver } = opened;
      const before = (await driver.tree.rows()).filter(({ label }) => label === 'nightly');
      assert.equal(before.length, 2);
      await remove(restricted('nightly'));
      const dialog = await driver.dialog();
      assert.ok(dialog.buttons.includes('End Key Now'));
      await driver.clickDialogButton('End Key Now');
      await driver.waitForNotification('Deleted the key “nightly”.');
      await describedAs(driver, restricted('nightly'), (text) => text.includes('in vault'));
    });

    it('from the palette asks which key, and nothing happens without one', async () => {
      const changes = await changesWhenCancelled(opened, 'Choose a key', () =>
        opened.driver.runCommand('Keysmith: Delete Key'),
      );
      assert.deepEqual(changes, []);
    });
  });
});

const two = (value: number): string => String(value).padStart(2, '0');

/** As one types it: `2026-05-01 12:30`. */
function localTime(time: Date): string {
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
