import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import {
  asked,
  cancel,
  describedAs,
  makeKey,
  openKeys,
  orThrow,
  places,
  refused,
  serviceOf,
  shownSecret,
  themes,
  tidy,
} from './keyPerson.ts';
import { picturePath, type Opened } from './opened.ts';

/** Pictures to look at: what is asked and shown, in every kind of theme. */
describe('can be looked at', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys();
    const { key } = await makeKey(opened, {
      name: 'checkout',
      kind: 'restricted',
      permissions: ['balance_read', 'customer_write', 'payment_intent_write'],
      note: 'in the deploy settings',
    });
    const service = await serviceOf(opened);
    orThrow(await service.limit(key.id, ['203.0.113.7', '100.10.38.0/24']));
    const { key: nightly } = await makeKey(opened, { name: 'nightly', mode: 'live' });
    orThrow(await service.rotate(nightly.id, { minutes: 24 * 60 }));
    await opened.driver.tree.expand(places.sandboxRestricted);
    // Wide enough for what a row says.
    const sash = opened.driver.page.locator('.monaco-sash.vertical').nth(1);
    await sash.hover();
    await opened.driver.page.mouse.down();
    await opened.driver.page.mouse.move(520, 400);
    await opened.driver.page.mouse.up();
  });
  after(() => opened[Symbol.asyncDispose]());

  const checkout = [...places.sandboxRestricted, 'checkout'];

  for (const [theme, name] of themes) {
    it(`in ${theme}`, async () => {
      const { driver } = opened;
      const picture = async (what: string): Promise<void> => driver.screenshot(await picturePath(`${what}-${name}`));
      await driver.setTheme(theme);
      await tidy(opened);
      await picture('keys');

      await driver.clickStatusBarItem('Stripe: Sandbox');
      await asked(driver, 'Switch Account or Mode');
      await driver.quickInput.pick('LIVE');
      await driver.quickInput.waitForClosed();
      await driver.page.locator('.statusbar-item', { hasText: 'Stripe: LIVE' }).waitFor();
      await driver.tree.leave();
      await picture('mode-live');
      await driver.clickStatusBarItem('Stripe: LIVE');
      await asked(driver, 'Switch Account or Mode');
      await picture('mode-switch');
      await driver.quickInput.pick('Sandbox');
      await driver.quickInput.waitForClosed();

      await driver.tree.hover(checkout);
      await picture('tooltip');

      await driver.tree.clickMenu(checkout, 'Edit Permissions');
      await asked(driver, 'Edit Permissions (1/2)');
      await driver.quickInput.itemButtons('Balance');
      await picture('permissions');
      await driver.quickInput.itemButtons('All Core');
      await picture('permissions-group');
      await cancel(driver);

      await driver.tree.clickAction(places.liveStandard, 'Create Secret Key');
      await asked(driver, 'Create Secret Key (1/3)');
      await driver.quickInput.type(' ');
      await driver.page.waitForTimeout(100);
      await picture('create-name');
      await driver.quickInput.answer('billing worker');
      await asked(driver, 'Create Secret Key (2/3)');
      await picture('create-review');
      await driver.quickInput.accept();
      await asked(driver, 'Enter the verification code');
      await driver.waitForNotification('your verification code is');
      await picture('create-code');
      await cancel(driver);
      await tidy(opened);

      await driver.tree.clickAction(places.sandboxRestricted, 'Create Restricted Key');
      await asked(driver, 'Create Restricted Key (1/6)');
      await driver.quickInput.answer('shop');
      await asked(driver, 'Create Restricted Key (2/6)');
      await picture('create-template');
      await driver.quickInput.pick('Checkout server');
      for (const step of ['3/6', '4/6']) {
        await asked(driver, `Create Restricted Key (${step})`);
        await driver.quickInput.pick('Continue');
      }
      await asked(driver, 'Create Restricted Key (5/6)');
      await picture('create-restricted-review');
      await cancel(driver);

      await driver.tree.clickMenu(checkout, 'Manage Address Rules');
      await asked(driver, 'IPv4 addresses and ranges');
      await picture('addresses');
      await cancel(driver);

      await driver.tree.clickAction(checkout, 'Rotate Key');
      await asked(driver, 'When does the old key end?');
      await picture('rotate');
      await cancel(driver);

      await driver.tree.clickMenu(checkout, 'Delete Key');
      await driver.dialog();
      await picture('delete');
      await driver.clickDialogButton('Cancel');

      await driver.tree.clickAction(places.sandboxSecret, 'Reveal Key');
      await shownSecret(driver, 'Secret key · Sandbox');
      await describedAs(driver, places.sandboxSecret, (text) => text.includes('revealed'));
      await picture('reveal');
      await cancel(driver);
    });
  }

  for (const [theme, name] of themes) {
    it(`in a side bar of 300 pixels, in ${theme}`, async () => {
      const { driver } = opened;
      const picture = async (what: string): Promise<void> =>
        driver.screenshot(await picturePath(`narrow-${what}-${name}`));
      await driver.setTheme(theme);
      await driver.page.locator('.monaco-sash.vertical').nth(1).hover();
      await driver.page.mouse.down();
      await driver.page.mouse.move(348, 400);
      await driver.page.mouse.up();
      await tidy(opened);
      await picture('keys');
      await driver.tree.hover(checkout);
      await picture('tooltip');
      for (const [text, what, message] of [
        ['check', 'filter', 'Keys with “check”'],
        ['nobody', 'filter-none', 'No key with “nobody”'],
      ] as const) {
        await driver.runCommand('Keysmith: Filter Keys');
        await asked(driver, 'Filter Keys');
        await driver.quickInput.answer(text);
        await driver.quickInput.waitForClosed();
        await driver.page.getByText(message).waitFor();
        await driver.tree.leave();
        await picture(what);
      }
      assert.deepEqual(await driver.tree.rows('Stripe Keys'), []);
      await driver.clickViewAction('Clear Filter');
      await driver.page.getByText('No key with “nobody”').waitFor({ state: 'hidden' }); // then the rows move up
      await driver.tree.row(checkout);

      await driver.tree.clickAction(places.organizationKeys, 'Create Organization Key');
      await asked(driver, 'For which mode?');
      await picture('organization-mode');
      await driver.quickInput.accept();
      await asked(driver, 'Create Organization Key (2/6)');
      await driver.quickInput.answer('all accounts');
      await asked(driver, 'Create Organization Key (3/6)');
      await picture('organization-start');
      await driver.quickInput.pick('Webhooks');
      await asked(driver, 'Create Organization Key (4/6)');
      await driver.quickInput.pick('Continue');
      await asked(driver, 'Create Organization Key (5/6)');
      await picture('organization-review');
      await driver.quickInput.accept();
      await asked(driver, 'Enter the verification code');
      await driver.waitForNotification('your verification code is');
      await driver.quickInput.answer('12');
      await refused(driver, 'The code has six digits.');
      await picture('code');
      await cancel(driver);
      await tidy(opened);

      await driver.runCommand('Keysmith: Reveal Key');
      await asked(driver, 'Choose a key');
      await picture('which-key');
      await cancel(driver);
    });
  }
});
