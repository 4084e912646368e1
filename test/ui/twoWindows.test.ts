import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { Driver } from './driver.ts';
import { eventually } from './eventually.ts';
import {
  asked,
  describedAs,
  emulatorOf,
  makeKey,
  openKeys,
  openLive,
  orThrow,
  places,
  serviceOf,
  takeSecret,
  tidy,
} from './keyPerson.ts';
import type { Opened } from './opened.ts';

describe('two windows', () => {
  let opened: Opened;
  let second: Driver;
  before(async () => {
    opened = await openKeys();
    second = await opened.driver.newWindow();
    await second.openView();
    await openLive(second);
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const soon = 2000;

  it('show a name that was changed in one in the other', async () => {
    const { driver } = opened;
    await driver.tree.clickMenu(places.sandboxSecret, 'Edit Name and Note');
    await asked(driver, 'Edit Name and Note (1/2)');
    await driver.quickInput.answer('renamed in the first');
    await asked(driver, 'Edit Name and Note (2/2)');
    await driver.quickInput.accept();
    const since = Date.now();
    await second.tree.row([...places.sandboxStandard, 'renamed in the first']);
    assert.ok(Date.now() - since < soon, `${Date.now() - since} ms`);
  });

  it('show a key that was rotated in one as ending in the other, and its replacement', async () => {
    const { driver } = opened;
    await second.tree.clickAction([...places.sandboxStandard, 'renamed in the first'], 'Rotate Key');
    await asked(second, 'When does the old key end?');
    await second.quickInput.pick('In 1 hour');
    const token = await takeSecret(second, 'Secret key · Sandbox');
    const since = Date.now();
    await describedAs(driver, [...places.sandboxStandard, 'renamed in the first'], (text) => text.includes('expires'));
    // In a browser each window reads its secrets once, so that the words “in vault” do not follow.
    await describedAs(driver, [...places.sandboxStandard, 'Secret key'], (text) =>
      text.includes(`…${token.slice(-4)}`),
    );
    assert.ok(Date.now() - since < soon, `${Date.now() - since} ms`);
    await asked(second, 'Add a Note');
    await second.quickInput.escape();
    await second.quickInput.waitForClosed();
    assert.equal(await revealed(driver, [...places.sandboxStandard, 'Secret key'], 'Secret key · Sandbox'), token);
  });

  it('both say that nothing is refused while one of them records, and either ends it', async () => {
    const { driver } = opened;
    const enforcement = async (): Promise<string> => orThrow(await (await serviceOf(opened)).enforcement());
    const says = async (window: Driver, text: string): Promise<boolean> =>
      (await window.statusBarItems()).some((item) => item.text.includes(text));
    await driver.runCommand('Keysmith: Start Recording Requests');
    await asked(driver, 'What happens to requests');
    await driver.quickInput.pick('Let them through, and note what they needed');
    await eventually('The recording', () => says(driver, 'Recording Stripe requests'), Boolean);
    await eventually('The word of it', () => says(second, 'nothing is refused'), Boolean);
    assert.equal(await says(driver, 'nothing is refused'), false);
    assert.equal(await enforcement(), 'audit');
    await second.clickStatusBarItem('nothing is refused');
    await eventually(
      'The end of it',
      () => says(second, 'nothing is refused'),
      (still) => !still,
    );
    assert.equal(await enforcement(), 'enforce');
    await driver.waitForNotification('The recording goes on, but requests are refused again');
    await driver.clickStatusBarItem('Recording Stripe requests');
    await driver.waitForNotification('No request came');
    assert.equal(await enforcement(), 'enforce');
  });

  it('reveal the same live key at the same moment, and one of them gets it', async () => {
    const both = [opened.driver, second];
    for (const driver of both) {
      await driver.tree.clickAction(places.liveSecret, 'Reveal Key');
      await driver.dialog();
    }
    await Promise.all(both.map((driver) => driver.clickDialogButton('Reveal Once')));
    const outcomes = await Promise.all(both.map(outcome));
    assert.deepEqual(outcomes.toSorted(), ['refused', 'revealed']);
    for (const driver of both) await driver.quickInput.escape();
  });

  it('have no row for a key that was deleted in one of them', async () => {
    await makeKey(opened, { name: 'gone soon' });
    const row = [...places.sandboxStandard, 'gone soon'];
    await second.tree.row(row);
    await tidy(opened);
    await opened.driver.tree.clickMenu(row, 'Delete Key');
    await opened.driver.dialog();
    await opened.driver.clickDialogButton('Delete Key');
    for (const driver of [opened.driver, second]) {
      await eventually(
        'A tree without the key',
        async () => (await driver.tree.rows()).map(({ label }) => label),
        (labels) => !labels.includes('gone soon') && !labels.includes('Kept in the vault'),
      );
    }
  });

  it('say the same after a crash of the emulator, and that it crashed; started in one, it runs in both', async () => {
    const both = [opened.driver, second];
    for (const driver of both) await driver.clearNotifications();
    process.kill((await emulatorOf(opened)).pid, 'SIGKILL');
    for (const driver of both) {
      const { severity, buttons } = await driver.waitForNotification('The emulator stopped unexpectedly.');
      assert.deepEqual([severity, buttons], ['error', ['Start Emulator']]);
      await statusSays(driver, 'Stripe: failed');
      assert.match((await driver.tree.welcome())?.text ?? '', /is not running any more/);
    }
    await second.clickNotificationButton('Start Emulator');
    for (const driver of both) {
      await statusSays(driver, 'Stripe: Sandbox');
      await driver.tree.row('Example organization');
    }
  });
});

async function statusSays(driver: Driver, words: string): Promise<void> {
  await eventually(
    `A status bar that says ${words}`,
    () => driver.statusBarItems(),
    (items) => items.some(({ text }) => text.includes(words)),
  );
}

async function revealed(driver: Driver, path: readonly string[], title: string): Promise<string> {
  await driver.tree.clickAction(path, 'Reveal Key');
  return await takeSecret(driver, title);
}

/** What came of an attempt to reveal a live key. */
async function outcome(driver: Driver): Promise<string> {
  return await eventually(
    'An outcome',
    async () => {
      if ((await driver.notifications()).some(({ text }) => text.includes('can be revealed once'))) return 'refused';
      const open = await driver.quickInput.isOpen();
      return open && (await driver.quickInput.read()).title === 'Secret key · LIVE' ? 'revealed' : '';
    },
    (what) => what !== '',
  );
}
