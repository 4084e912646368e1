import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { DomNode } from './domNode.ts';
import {
  asked,
  cancel,
  describedAs,
  makeKey,
  openKeys,
  orThrow,
  places,
  serviceOf,
  shownSecret,
  tidy,
} from './keyPerson.ts';
import type { Opened } from './opened.ts';

/** What a control is, what it is called, and whether it is on where it can be: `checkbox Balance: Read, on`. */
const asRead = (all: DomNode[]): string[] =>
  all.map((one) => {
    const checked = one.getAttribute('aria-checked');
    const state = checked === null ? '' : checked === 'true' ? ', on' : ', off';
    return `${one.getAttribute('role')} ${one.getAttribute('aria-label')}${state}`;
  });

describe('a screen reader', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys();
    const service = await serviceOf(opened);
    const { key } = await makeKey(opened, {
      name: 'checkout',
      kind: 'restricted',
      permissions: ['balance_read', 'customer_write'],
    });
    orThrow(await service.limit(key.id, ['203.0.113.7', '100.10.38.0/24']));
    const { key: nightly } = await makeKey(opened, { name: 'nightly', mode: 'live' });
    orThrow(await service.rotate(nightly.id, { minutes: 3 * 24 * 60 }));
    await opened.driver.tree.expand(places.sandboxRestricted);
    await describedAs(opened.driver, [...places.liveStandard, 'nightly'], (text) => text.includes('expires'));
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const checkout = [...places.sandboxRestricted, 'checkout'];
  const read = async (selector: string): Promise<string[]> =>
    await opened.driver.page.locator(selector).evaluateAll(asRead);
  const choices = (): Promise<string[]> => read('.quick-input-list .monaco-list-rows > .monaco-list-row');

  it('hears of a row what it is, its mode and all that its words say, and no icon', async () => {
    const labels = (await opened.driver.tree.rows()).map(({ ariaLabel }) =>
      ariaLabel.replace(/(?<=ends in )\w{4}/, '…'),
    );
    assert.deepEqual(labels, [
      'Organization Example organization',
      'Organization keys: 2',
      'Account Platform',
      'Sandbox: simulated objects, no money moves',
      'Standard keys, Sandbox: 2',
      'Publishable key, publishable key, Sandbox, ends in …',
      'Secret key, secret key, Sandbox, ends in …, never used',
      'Restricted keys, Sandbox: 1',
      'checkout, restricted key, Sandbox, ends in …, 2 addresses, never used',
      'Live mode: real objects, real money',
      'Standard keys, LIVE: 4',
      'Publishable key, publishable key, LIVE, ends in …',
      'Secret key, secret key, LIVE, ends in …, never used',
      'nightly, secret key, LIVE, ends in …, expires in 3 d, never used',
      'Secret key, secret key, LIVE, ends in …, never used',
      'Restricted keys, LIVE: 0',
      'Connected account Connected account',
      'Account Standalone account',
    ]);
  });

  it('hears of every button of a row and of the view what it does', async () => {
    await opened.driver.tree.actions(checkout);
    assert.deepEqual(await read('.customview-tree .monaco-list-row:hover .actions .action-label'), [
      'button Reveal Key',
      'button Copy Key',
      'button Rotate Key',
    ]);
    // One view has its buttons in the side bar's title, several have them in their own headers.
    const title = '.part.sidebar .title-actions .action-label:visible';
    const header = '.part.sidebar .pane-header[aria-label^="Stripe Keys"] .action-label:visible';
    const buttons = await read(`${title}, ${header}`);
    assert.deepEqual(buttons.slice(0, 3), ['button Filter Keys', 'button Refresh Keys', 'button Stop Emulator']);
  });

  it('hears of a permission its level, and of its toggles which is on', async () => {
    const { driver } = opened;
    await driver.tree.clickMenu(checkout, 'Edit Permissions');
    await asked(driver, 'Edit Permissions (1/2)');
    assert.deepEqual((await choices()).slice(0, 4), [
      'option Continue, 2 permissions chosen',
      'option All Core, 2 of 25, Core',
      'option Apple Pay domains, None',
      'option Balance, Read',
    ]);
    const field = await driver.page.locator('.quick-input-widget input.input').getAttribute('aria-label');
    assert.equal(
      field,
      'What may the key do? Type to search; Enter goes from None to Read to Write - Edit Permissions',
    );
    const buttonsOf = async (label: string): Promise<string[]> => {
      await driver.quickInput.itemButtons(label);
      return await read(
        '.quick-input-list .monaco-list-row:hover .quick-input-list-entry-action-bar [aria-label]:not(ul)',
      );
    };
    assert.deepEqual(
      await buttonsOf('All Core'),
      ['None', 'Read', 'Write'].map((level) => `button All Core: ${level}`),
    );
    assert.deepEqual(await buttonsOf('Balance'), ['checkbox Balance: None, off', 'checkbox Balance: Read, on']);
    assert.deepEqual(await buttonsOf('Customers'), [
      'checkbox Customers: None, off',
      'checkbox Customers: Read, off',
      'checkbox Customers: Write, on',
    ]);
    await cancel(driver);
  });

  it('hears of an address rule that choosing it removes it', async () => {
    const { driver } = opened;
    await driver.tree.clickMenu(checkout, 'Manage Address Rules');
    await asked(driver, 'IPv4 addresses and ranges');
    assert.deepEqual(await choices(), [
      'option Save, 2 rules',
      'option Add an address or range…',
      'option Add my address, 127.0.0.1',
      'option Edit as a list…',
      'option 203.0.113.7, remove, Rules: choose one to remove it',
      'option 100.10.38.0/24, remove',
    ]);
    await cancel(driver);
  });

  it('hears when an old key ends, in words', async () => {
    const { driver } = opened;
    await driver.tree.clickAction(checkout, 'Rotate Key');
    await asked(driver, 'When does the old key end?');
    assert.deepEqual(await choices(), [
      'option Now, the old key is deleted',
      'option In 1 hour',
      'option In 24 hours',
      'option In 3 days',
      'option In 7 days',
      'option At a date…, at most 7 days ahead',
    ]);
    await cancel(driver);
  });

  it('hears of the box of a secret how to copy and to hide it, and of its button', async () => {
    const { driver } = opened;
    await driver.tree.clickAction(places.sandboxSecret, 'Reveal Key');
    await shownSecret(driver, 'Secret key · Sandbox');
    const field = driver.page.locator('.quick-input-widget input.input');
    assert.equal(
      await field.getAttribute('aria-label'),
      'Enter copies, Escape hides; hidden by itself after 30 s. - Secret key · Sandbox',
    );
    assert.deepEqual(await choices(), ['option Copy, A sandbox secret can be revealed at any time.']);
    assert.ok((await read('.quick-input-widget .action-label:visible')).includes('button Copy'));
    await describedAs(driver, places.sandboxSecret, (text) => text.includes('revealed'));
    assert.match(
      (await opened.driver.tree.row(places.sandboxSecret)).ariaLabel,
      /^Secret key, secret key, Sandbox, ends in \w{4}, revealed/,
    );
    await cancel(driver);
  });

  it('hears of the status bar’s item what runs and the mode', async () => {
    const item = (await opened.driver.statusBarItems()).find(({ text }) => text.includes('Stripe: '));
    assert.match(item?.ariaLabel ?? '', /Stripe emulator running at http:\/\/127\.0\.0\.1:\d+, mode Sandbox$/);
  });
});
