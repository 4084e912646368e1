import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { eventually } from './eventually.ts';
import {
  accepted,
  asked,
  cancel,
  changesWhenCancelled,
  copied,
  describedAs,
  finishCreation,
  keyNamed,
  openKeys,
  places,
  readCode,
  refused,
  shownSecret,
  statusWith,
  takeSecret,
  tidy,
  wrongCode,
} from './keyPerson.ts';
import type { Opened } from './opened.ts';

describe('creating keys', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys();
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const createSecretOnRow = (): Promise<void> =>
    opened.driver.tree.clickAction(places.sandboxStandard, 'Create Secret Key');
  const createRestrictedOnRow = (): Promise<void> =>
    opened.driver.tree.clickAction(places.sandboxRestricted, 'Create Restricted Key');

  describe('a secret key', () => {
    it('is named, reviewed, verified, shown, kept in the vault and noted', async () => {
      const { driver } = opened;
      await createSecretOnRow();
      const first = await asked(driver, 'Create Secret Key (1/3)');
      assert.match(first.message, /Name of the key/);
      await driver.quickInput.answer('billing worker');
      const review = await asked(driver, 'Create Secret Key (2/3)');
      assert.deepEqual(
        review.items.map(({ label, description }) => [label, description]),
        [
          ['Create “billing worker”', 'Sandbox · secret key · Platform'],
          ['May do everything the account may do.', ''],
        ],
      );
      await driver.quickInput.accept();

      await asked(driver, 'Enter the verification code');
      const code = await readCode(driver);
      await driver.clickNotificationButton('Copy Code');
      await copied(driver, code);
      await driver.quickInput.type(code);

      const box = await shownSecret(driver, 'billing worker · Sandbox');
      assert.match(box.says, /^The new key\. It is kept in the vault\./);
      assert.equal(await statusWith(opened, box.token), 200);
      await driver.quickInput.escape();
      await asked(driver, 'Where else did you save “billing worker”?');
      await driver.quickInput.answer('the safe on the second floor');
      await driver.quickInput.waitForClosed();

      const row = [...places.sandboxStandard, 'billing worker'];
      await describedAs(driver, row, (text) => text.includes(`…${box.token.slice(-4)} · in vault`));
      assert.equal((await keyNamed(opened, 'billing worker'))?.note, 'the safe on the second floor');
    });

    for (const [why, name, words] of [
      ['no name', '', 'A key needs a name of one line'],
      ['only spaces', '   ', 'A key needs a name of one line'],
      ['a name too long', 'n'.repeat(101), 'at most 100 characters'],
    ] as const) {
      it(`refuses ${why} as it is typed, and goes no further`, async () => {
        const { driver } = opened;
        await createSecretOnRow();
        await asked(driver, 'Create Secret Key (1/3)');
        await driver.quickInput.type('x');
        await driver.quickInput.type(name);
        await refused(driver, words);
        await driver.quickInput.accept();
        assert.equal((await refused(driver, words)).title, 'Create Secret Key (1/3)');
        await driver.quickInput.type('good');
        await accepted(driver);
        await cancel(driver);
      });
    }

    it('from the palette asks for account and mode, and Back keeps every answer', async () => {
      const { driver } = opened;
      await driver.runCommand('Keysmith: Create Secret Key');
      const { items } = await asked(driver, 'Create Secret Key (1/4)');
      assert.deepEqual(
        items.map(({ label, description }) => `${label} of ${description}`),
        ['Platform', 'Connected account', 'Standalone account'].flatMap((name) => [
          `Sandbox of ${name}`,
          `LIVE of ${name}`,
        ]),
      );
      await driver.page.keyboard.press('ArrowDown');
      await driver.quickInput.accept();
      await asked(driver, 'Create Secret Key (2/4)');
      await driver.quickInput.answer('payouts');
      await asked(driver, 'Create Secret Key (3/4)');
      await driver.quickInput.clickButton('Back');
      assert.equal((await asked(driver, 'Create Secret Key (2/4)')).value, 'payouts');
      await driver.quickInput.clickButton('Back');
      const again = await asked(driver, 'Create Secret Key (1/4)');
      assert.deepEqual(
        again.items.filter(({ focused }) => focused).map(({ label, description }) => `${label} of ${description}`),
        ['LIVE of Platform'],
      );
      await driver.quickInput.accept();
      assert.equal((await asked(driver, 'Create Secret Key (2/4)')).value, 'payouts');
      await driver.quickInput.accept();
      const review = await asked(driver, 'Create Secret Key (3/4)');
      assert.equal(review.items[0]?.description, 'LIVE · secret key · Platform');
      await driver.quickInput.accept();
      await asked(driver, 'Enter the verification code');
      const token = await finishCreation(driver, 'payouts · LIVE');
      await describedAs(driver, [...places.liveStandard, 'payouts'], (text) => /^LIVE · .* in vault/.test(text));
      await tidy(opened);
      await driver.tree.clickAction([...places.liveStandard, 'payouts'], 'Reveal Key');
      await driver.dialog();
      await driver.clickDialogButton('Reveal LIVE Key');
      assert.match((await shownSecret(driver, 'payouts · LIVE')).says, /^From the vault\./);
      assert.equal(await takeSecret(driver, 'payouts · LIVE'), token);
      await driver.quickInput.waitForClosed();
    });

    it('explains a wrong code and a code tried too often, and sends a new one', async () => {
      const { driver } = opened;
      await createSecretOnRow();
      await driver.quickInput.answer('patience');
      await asked(driver, 'Create Secret Key (2/3)');
      await driver.quickInput.accept();
      await asked(driver, 'Enter the verification code');
      const code = await readCode(driver);
      await driver.quickInput.type('12ab');
      await refused(driver, 'The code has six digits.');
      for (const part of ['', '1', code.slice(0, 5)]) {
        await driver.quickInput.answer(part);
        await refused(driver, 'The code has six digits.');
      }
      for (const left of [4, 3, 2, 1, 0]) {
        await driver.quickInput.type(wrongCode(code, left + 1));
        await refused(driver, `Tries left: ${left}`);
      }
      await driver.quickInput.type(code);
      await refused(driver, 'was tried too often. Ask for a new one.');
      assert.equal(await keyNamed(opened, 'patience'), undefined);
      await driver.quickInput.clickButton('Send a New Code');
      const sent = await eventually(
        'A new code',
        async () => (await driver.notifications()).map(({ text }) => /\d{6}/.exec(text)?.[0] ?? ''),
        (codes) => codes.some((one) => one !== '' && one !== code),
      );
      await driver.quickInput.type(sent.find((one) => one !== '' && one !== code) ?? '');
      const token = await takeSecret(driver, 'patience · Sandbox');
      assert.equal(await statusWith(opened, token), 200);
      await asked(driver, 'Add a Note');
      await cancel(driver);
      assert.equal((await keyNamed(opened, 'patience'))?.note, '');
    });

    const steps: readonly [question: string, next: () => Promise<unknown>][] = [
      ['Create Secret Key (1/3)', createSecretOnRow],
      ['Create Secret Key (2/3)', () => opened.driver.quickInput.answer('never')],
      ['Enter the verification code', () => opened.driver.quickInput.accept()],
    ];
    for (const [index, [question]] of steps.entries()) {
      it(`is not created when “${question}” is cancelled`, async () => {
        const changes = await changesWhenCancelled(opened, question, async () => {
          for (const [each, next] of steps.slice(0, index + 1)) {
            await next();
            await asked(opened.driver, each);
          }
        });
        assert.deepEqual(changes, []);
      });
    }

    it('is not created when the question for account and mode is cancelled', async () => {
      const changes = await changesWhenCancelled(opened, 'For which account and mode?', () =>
        opened.driver.runCommand('Keysmith: Create Secret Key'),
      );
      assert.deepEqual(changes, []);
    });
  });

  describe('a restricted key', () => {
    const toPicker = async (name: string, template: string): Promise<void> => {
      const { driver } = opened;
      await createRestrictedOnRow();
      await asked(driver, 'Create Restricted Key (1/6)');
      await driver.quickInput.answer(name);
      await asked(driver, 'Create Restricted Key (2/6)');
      await driver.quickInput.pick(template);
      await asked(driver, 'Create Restricted Key (3/6)');
    };
    /** What the box says of an item, once that is as expected. */
    const says = async (label: string, expected: RegExp, focused = false): Promise<string> =>
      await eventually(
        `“${label}” to be ${expected}${focused ? ' and have the focus' : ''}`,
        async () => {
          const { items } = await opened.driver.quickInput.read();
          return items.find((item) => item.label === label && (item.focused || !focused))?.description ?? 'not there';
        },
        (text) => expected.test(text),
      );
    const found = async (search: string, label: string, expected: RegExp): Promise<string> => {
      await opened.driver.quickInput.type(search);
      return await says(label, expected);
    };
    const checkedOf = async (label: string, level: string): Promise<void> => {
      await eventually(
        `The button “${level}” of “${label}” to be on`,
        () => opened.driver.quickInput.itemButtons(label),
        (buttons) => buttons.find(({ checked }) => checked)?.title === `${label}: ${level}`,
      );
    };

    it('gets its permissions by search, Enter, buttons and groups, and the review says them in words', async () => {
      const { driver } = opened;
      const { quickInput } = driver;
      await toPicker('checkout', 'Checkout server');
      assert.equal((await quickInput.read()).items[0]?.description, '7 permissions chosen');

      await found('customers', 'Customers', /^Write$/);
      await says('Customers', /^Write$/, true);
      for (const level of [/^None$/, /^Read$/, /^Write$/, /^None$/]) {
        await quickInput.accept();
        await says('Customers', level, true);
        assert.equal((await quickInput.read()).value, 'customers');
      }

      await found('disputes', 'Disputes', /^None$/);
      assert.deepEqual(
        await quickInput.itemButtons('Disputes'),
        ['None', 'Read', 'Write'].map((level) => ({ title: `Disputes: ${level}`, checked: level === 'None' })),
      );
      await quickInput.clickItemButton('Disputes', 'Disputes: Read');
      await checkedOf('Disputes', 'Read');
      // Only what the resource has is offered.
      await found('events', 'Events', /./);
      assert.deepEqual(
        (await quickInput.itemButtons('Events')).map(({ title }) => title),
        ['Events: None', 'Events: Read'],
      );

      const [none, some, all] = [/^0 of [1-9]/, /^[1-9]\d* of/, /^(\d+) of \1$/];
      await found('all terminal', 'All Terminal', none);
      await quickInput.clickItemButton('All Terminal', 'All Terminal: Write');
      await says('All Terminal', all);
      await quickInput.clickItemButton('All Terminal', 'All Terminal: None');
      await says('All Terminal', none);
      for (const said of [some, all, none]) {
        await quickInput.accept();
        await says('All Terminal', said, true);
      }

      await quickInput.type('');
      await quickInput.pick('Continue');
      const connect = await asked(driver, 'Create Restricted Key (4/6)');
      assert.match(connect.placeholder, /^Connect: /);
      assert.equal(connect.items[0]?.description, '0 permissions chosen');
      await quickInput.clickButton('Back');
      const own = await asked(driver, 'Create Restricted Key (3/6)');
      assert.equal(own.items[0]?.description, '7 permissions chosen');
      await quickInput.pick('Continue');
      await asked(driver, 'Create Restricted Key (4/6)');
      await found('charges', 'Charges and refunds', /^None$/);
      await quickInput.clickItemButton('Charges and refunds', 'Charges and refunds: Read');
      await quickInput.type('');
      await quickInput.pick('Continue');

      const review = await asked(driver, 'Create Restricted Key (5/6)');
      assert.deepEqual(
        review.items.map(({ label }) => label),
        [
          'Create “checkout”',
          'Core: reads Disputes, Products',
          'Core: reads and writes Payment intents',
          'Checkout: reads Shipping rates',
          'Checkout: reads and writes Checkout sessions',
          'Billing: reads Plans and prices, Promotion codes',
          'Core: reads Charges and refunds',
        ],
      );
      await quickInput.pick('Create “checkout”');
      await asked(driver, 'Enter the verification code');
      const token = await finishCreation(driver, 'checkout · Sandbox');
      await driver.tree.expand(places.sandboxRestricted);
      await describedAs(driver, [...places.sandboxRestricted, 'checkout'], (text) => text.includes('in vault'));
      assert.equal(await statusWith(opened, token, '/v1/disputes'), 200);
      assert.equal(await statusWith(opened, token, '/v1/customers'), 403);
    });

    it('can start from another key’s permissions', async () => {
      const { driver } = opened;
      await toPicker('second checkout', 'checkout');
      await found('disputes', 'Disputes', /^Read$/);
      await cancel(driver);
    });

    const steps: readonly [question: string, next: () => Promise<unknown>][] = [
      ['Create Restricted Key (1/6)', createRestrictedOnRow],
      ['Create Restricted Key (2/6)', () => opened.driver.quickInput.answer('never')],
      ['Create Restricted Key (3/6)', () => opened.driver.quickInput.pick('Webhooks')],
      ['Create Restricted Key (4/6)', () => opened.driver.quickInput.pick('Continue')],
      ['Create Restricted Key (5/6)', () => opened.driver.quickInput.pick('Continue')],
      ['Enter the verification code', () => opened.driver.quickInput.accept()],
    ];
    for (const [index, [question]] of steps.entries()) {
      it(`is not created when “${question}” is cancelled`, async () => {
        const changes = await changesWhenCancelled(opened, question, async () => {
          for (const [each, next] of steps.slice(0, index + 1)) {
            await next();
            await asked(opened.driver, each);
          }
        });
        assert.deepEqual(changes, []);
      });
    }

    it('from the palette asks for accounts only: an organization has no restricted keys', async () => {
      const { driver } = opened;
      await driver.runCommand('Keysmith: Create Restricted Key');
      const { items } = await asked(driver, 'Create Restricted Key (1/7)');
      assert.equal(items.length, 6);
      assert.ok(items.every(({ description }) => description !== 'Example organization'));
      await cancel(driver);
    });
  });

  it('creates an organization key with chosen permissions on the organization’s row, and Back from its code keeps the draft', async () => {
    const { driver } = opened;
    const { quickInput } = driver;
    await driver.tree.expand(places.organizationKeys);
    await driver.tree.clickAction(places.organizationKeys, 'Create Organization Key');
    const place = await asked(driver, 'Create Organization Key (1/6)');
    assert.deepEqual(
      place.items.map(({ label, description }) => `${label} of ${description}`),
      ['Sandbox of Example organization', 'LIVE of Example organization'],
    );
    await quickInput.accept();
    await asked(driver, 'Create Organization Key (2/6)');
    await quickInput.answer('for all accounts');
    await asked(driver, 'Create Organization Key (3/6)');
    await quickInput.pick('Webhooks');
    await asked(driver, 'Create Organization Key (4/6)');
    await quickInput.pick('Continue');
    const review = await asked(driver, 'Create Organization Key (5/6)');
    assert.equal(review.items[0]?.description, 'Sandbox · organization key · Example organization');
    assert.ok(review.items.some(({ label }) => label === 'Core: reads Events'));
    await quickInput.accept();
    await asked(driver, 'Enter the verification code');
    await readCode(driver);
    await quickInput.clickButton('Back');
    await asked(driver, 'Create Organization Key (5/6)');
    await quickInput.pick('Create “for all accounts”');
    assert.equal((await asked(driver, 'Enter the verification code')).title, 'Create Organization Key (6/6)');
    const token = await finishCreation(driver, 'for all accounts · Sandbox');
    assert.ok(token.startsWith('sk_org_'));
    await describedAs(driver, [...places.organizationKeys, 'for all accounts'], (text) => text.includes('in vault'));
    assert.deepEqual((await keyNamed(opened, 'for all accounts'))?.permissions, ['event_read', 'webhook_write']);
  });

  describe('a duplicate', () => {
    const row = [...places.sandboxRestricted, 'checkout'];
    const duplicate = (): Promise<void> => opened.driver.tree.clickMenu(row, 'Duplicate Key');

    it('has the permissions of the first, and a name that is offered', async () => {
      const { driver } = opened;
      await duplicate();
      assert.equal((await asked(driver, 'Name of the new key')).value, 'checkout');
      await driver.quickInput.answer('');
      await refused(driver, 'A key needs a name');
      await driver.quickInput.answer('checkout, second');
      await asked(driver, 'Enter the verification code');
      const token = await finishCreation(driver, 'checkout, second · Sandbox');
      assert.equal(await statusWith(opened, token, '/v1/disputes'), 200);
      assert.deepEqual(
        (await keyNamed(opened, 'checkout, second'))?.permissions,
        (await keyNamed(opened, 'checkout'))?.permissions,
      );
    });

    it('is not made when its name is cancelled', async () => {
      assert.deepEqual(await changesWhenCancelled(opened, 'Name of the new key', duplicate), []);
    });

    it('is not made when the code is cancelled', async () => {
      const changes = await changesWhenCancelled(opened, 'Enter the verification code', async () => {
        await duplicate();
        await asked(opened.driver, 'Name of the new key');
        await opened.driver.quickInput.accept();
      });
      assert.deepEqual(changes, []);
    });

    it('from the palette offers every key but the publishable ones', async () => {
      const { driver } = opened;
      await driver.runCommand('Keysmith: Duplicate Key');
      const { items } = await asked(driver, 'Choose a key');
      assert.ok(items.some(({ label }) => label === 'Organization key'));
      assert.ok(items.every(({ label }) => label !== 'Publishable key'));
      await cancel(driver);
    });
  });
});
