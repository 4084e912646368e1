import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { eventually } from './eventually.ts';
import {
  accepted,
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
  tidy,
} from './keyPerson.ts';
import type { Opened } from './opened.ts';

describe('changing keys', () => {
  let opened: Opened;
  let token: string;
  before(async () => {
    opened = await openKeys();
    const made = await makeKey(opened, { name: 'worker', kind: 'restricted', permissions: ['customer_read'] });
    token = made.secret.reveal();
    await opened.driver.tree.expand(places.sandboxRestricted);
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const worker = [...places.sandboxRestricted, 'worker'];

  describe('its name and note', () => {
    const edit = (): Promise<void> => opened.driver.tree.clickMenu(worker, 'Edit Name and Note');

    it('are asked for one after the other, with what they are now', async () => {
      const { driver } = opened;
      await edit();
      assert.equal((await asked(driver, 'Edit Name and Note (1/2)')).value, 'worker');
      await driver.quickInput.answer('night worker');
      assert.equal((await asked(driver, 'Edit Name and Note (2/2)')).value, '');
      await driver.quickInput.type('in the deploy settings');
      await driver.quickInput.clickButton('Back');
      assert.equal((await asked(driver, 'Edit Name and Note (1/2)')).value, 'night worker');
      await driver.quickInput.accept();
      await asked(driver, 'Edit Name and Note (2/2)');
      await driver.quickInput.answer('in the deploy settings');
      await driver.quickInput.waitForClosed();
      await driver.tree.row([...places.sandboxRestricted, 'night worker']);
      assert.equal((await keyNamed(opened, 'night worker'))?.note, 'in the deploy settings');

      await driver.runCommand('Keysmith: Edit Name and Note');
      const { items } = await asked(driver, 'Choose a key');
      assert.ok(items.every(({ label }) => label !== 'Publishable key'));
      await driver.quickInput.type('night');
      await driver.quickInput.accept();
      await asked(driver, 'Edit Name and Note (1/2)');
      await driver.quickInput.answer('worker');
      assert.equal((await asked(driver, 'Edit Name and Note (2/2)')).value, 'in the deploy settings');
      await driver.quickInput.accept();
      await driver.tree.row(worker);
    });

    it('are refused where they are empty or too long', async () => {
      const { driver } = opened;
      await edit();
      await asked(driver, 'Edit Name and Note (1/2)');
      await driver.quickInput.answer('');
      await refused(driver, 'A key needs a name');
      await driver.quickInput.answer('worker');
      await asked(driver, 'Edit Name and Note (2/2)');
      await driver.quickInput.answer('n'.repeat(1001));
      await refused(driver, 'A note has at most 1000 characters.');
      await cancel(driver);
    });

    it('stay when the name is cancelled', async () => {
      assert.deepEqual(await changesWhenCancelled(opened, 'Edit Name and Note (1/2)', edit), []);
    });

    it('stay when the note is cancelled', async () => {
      const changes = await changesWhenCancelled(opened, 'Edit Name and Note (2/2)', async () => {
        await edit();
        await asked(opened.driver, 'Edit Name and Note (1/2)');
        await opened.driver.quickInput.answer('another');
      });
      assert.deepEqual(changes, []);
    });
  });

  describe('its permissions', () => {
    const edit = (): Promise<void> => opened.driver.tree.clickMenu(worker, 'Edit Permissions');

    it('begin with what it has, and decide what it may do from then on', async () => {
      const { driver } = opened;
      assert.equal(await statusWith(opened, token, '/v1/customers'), 200);
      assert.equal(await statusWith(opened, token, '/v1/events'), 403);
      await edit();
      const { items } = await asked(driver, 'Edit Permissions (1/2)');
      assert.equal(items.find(({ label }) => label === 'Customers')?.description, 'Read');
      await driver.quickInput.clickItemButton('Customers', 'Customers: None');
      await driver.quickInput.clickItemButton('Events', 'Events: Read');
      await driver.quickInput.pick('Continue');
      await asked(driver, 'Edit Permissions (2/2)');
      await driver.quickInput.pick('Continue');
      await driver.quickInput.waitForClosed();
      await driver.tree.row(worker);
      assert.deepEqual((await keyNamed(opened, 'worker'))?.permissions, ['event_read']);
      assert.equal(await statusWith(opened, token, '/v1/customers'), 403);
      assert.equal(await statusWith(opened, token, '/v1/events'), 200);
    });

    it('stay when the first step is cancelled', async () => {
      const changes = await changesWhenCancelled(opened, 'Edit Permissions (1/2)', async () => {
        await edit();
        await asked(opened.driver, 'Edit Permissions (1/2)');
        await opened.driver.quickInput.clickItemButton('Events', 'Events: None');
      });
      assert.deepEqual(changes, []);
    });

    it('stay when the step for connected accounts is cancelled', async () => {
      const changes = await changesWhenCancelled(opened, 'Edit Permissions (2/2)', async () => {
        await edit();
        await asked(opened.driver, 'Edit Permissions (1/2)');
        await opened.driver.quickInput.pick('Continue');
      });
      assert.deepEqual(changes, []);
    });

    it('are offered for restricted and organization keys only', async () => {
      const { driver } = opened;
      assert.ok(!(await driver.tree.menu(places.sandboxSecret)).includes('Edit Permissions'));
      await driver.runCommand('Keysmith: Edit Permissions');
      const { items } = await asked(driver, 'Choose a key');
      assert.deepEqual(
        items.map(({ label }) => label),
        ['Organization key', 'Organization key', 'worker'],
      );
      await cancel(driver);
    });
  });

  describe('its address rules', () => {
    const manage = (): Promise<void> => opened.driver.tree.clickMenu(worker, 'Manage Address Rules');
    const question = 'IPv4 addresses and ranges the key may be used from';
    const rules = async (): Promise<string[]> => {
      const { items } = await asked(opened.driver, question);
      return items.filter(({ description }) => description === 'remove').map(({ label }) => label);
    };
    /** The question is the same before and after a choice: it is read until the choice is in it. */
    const rulesAre = (expected: readonly string[]): Promise<readonly string[]> =>
      eventually('The rules', rules, (now) => now.join() === expected.join());
    const add = async (entry: string): Promise<void> => {
      await asked(opened.driver, question);
      await opened.driver.quickInput.pick('Add an address or range…');
      await asked(opened.driver, 'Address such as');
      await opened.driver.quickInput.answer(entry);
    };
    const list = async (): Promise<string> => {
      await asked(opened.driver, question);
      await opened.driver.quickInput.pick('Edit as a list…');
      return (await asked(opened.driver, 'All addresses and ranges')).value;
    };

    it('are entered one by one or as a list, which show the same, and are counted in the row', async () => {
      const { driver } = opened;
      await manage();
      await rulesAre([]);
      await add('203.0.113.7');
      await rulesAre(['203.0.113.7']);
      await driver.quickInput.pick('Add my address');
      await rulesAre(['203.0.113.7', '127.0.0.1']);
      assert.ok(!(await asked(driver, question)).items.some(({ label }) => label === 'Add my address'));
      assert.equal(await list(), '203.0.113.7 127.0.0.1');
      await driver.quickInput.answer('127.0.0.1 100.10.38.0/24, 198.51.100.4/32');
      await rulesAre(['127.0.0.1', '100.10.38.0/24', '198.51.100.4']);
      await driver.quickInput.pick('198.51.100.4');
      await rulesAre(['127.0.0.1', '100.10.38.0/24']);
      assert.deepEqual((await keyNamed(opened, 'worker'))?.addresses, [], 'nothing is saved yet');
      await driver.quickInput.pick('Save');
      await driver.quickInput.waitForClosed();
      await describedAs(driver, worker, (text) => text.includes('2 addresses'));
      assert.equal(await statusWith(opened, token, '/v1/events'), 200);
    });

    for (const [why, entry, words] of [
      ['a word', 'office', 'Not an IPv4 address such as 203.0.113.7 or a range such as 203.0.113.0/24: office'],
      ['IPv6', '2001:db8::1', 'Stripe limits keys to IPv4 addresses only; this is IPv6: 2001:db8::1'],
      ['a prefix past 32', '203.0.113.0/33', 'whole number from 0 to 32: 203.0.113.0/33'],
      ['an address inside its range', '203.0.113.7/24', 'Did you mean 203.0.113.0/24? You wrote 203.0.113.7/24'],
      ['one that is there already', '100.10.38.0/24', 'This address is listed twice: 100.10.38.0/24'],
    ] as const) {
      it(`refuse ${why}, and say why`, async () => {
        const { driver } = opened;
        await manage();
        await add(entry);
        await refused(driver, words);
        await driver.quickInput.type('192.0.2.1');
        await accepted(driver);
        await driver.quickInput.clickButton('Back');
        await rulesAre(['127.0.0.1', '100.10.38.0/24']);
        await cancel(driver);
      });
    }

    it('name the entry of a list that is refused', async () => {
      const { driver } = opened;
      await manage();
      await list();
      await driver.quickInput.answer('192.0.2.1 fe80::1 192.0.2.2');
      await refused(driver, 'this is IPv6: fe80::1');
      await driver.quickInput.answer('192.0.2.1 192.0.2.1');
      await refused(driver, 'This address is listed twice: 192.0.2.1');
      await driver.quickInput.clickButton('Back');
      await asked(driver, question);
      await cancel(driver);
    });

    it('ask again where they shut out an address that used the key', async () => {
      const { driver } = opened;
      await manage();
      await asked(driver, question);
      await driver.quickInput.pick('127.0.0.1');
      await rulesAre(['100.10.38.0/24']);
      await driver.quickInput.pick('Save');
      const dialog = await driver.dialog();
      assert.match(dialog.message, /shut out addresses that used the key lately/);
      assert.equal(dialog.detail, '127.0.0.1');
      await driver.clickDialogButton('Cancel');
      assert.deepEqual((await keyNamed(opened, 'worker'))?.addresses, ['127.0.0.1', '100.10.38.0/24']);
    });

    for (const [what, toQuestion] of [
      ['the rules', async () => undefined],
      ['an entry', async () => await opened.driver.quickInput.pick('Add an address or range…')],
      ['the list', async () => await opened.driver.quickInput.pick('Edit as a list…')],
    ] as const) {
      it(`stay when ${what} is cancelled`, async () => {
        const { driver } = opened;
        const changes = await changesWhenCancelled(opened, 'Manage Address Rules: worker', async () => {
          await manage();
          await asked(driver, question);
          await driver.quickInput.pick('100.10.38.0/24');
          await rulesAre(['127.0.0.1']);
          await toQuestion();
          await driver.page.waitForTimeout(100);
        });
        assert.deepEqual(changes, []);
      });
    }

    it('are not offered for publishable keys', async () => {
      const { driver } = opened;
      assert.ok(!(await driver.tree.menu(places.sandboxPublishable)).includes('Manage Address Rules'));
      await driver.runCommand('Keysmith: Manage Address Rules');
      const { items } = await asked(driver, 'Choose a key');
      assert.ok(items.every(({ label }) => label !== 'Publishable key'));
      await cancel(driver);
    });
  });
});
