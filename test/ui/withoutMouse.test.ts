import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { eventually } from './eventually.ts';
import {
  asked,
  copied,
  describedAs,
  keyNamed,
  openKeys,
  places,
  readCode,
  shownSecret,
  statusWith,
  tidy,
} from './keyPerson.ts';
import type { Opened } from './opened.ts';

/** The life of a key by a person who has a keyboard and no mouse. */
describe('without a mouse', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys();
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const press = (key: string): Promise<void> => opened.driver.page.keyboard.press(key);
  const write = (text: string): Promise<void> => opened.driver.page.keyboard.type(text);
  /** What has the focus, as a screen reader names it. */
  const focused = (): Promise<string> =>
    opened.driver.page.evaluate<string>("document.activeElement?.getAttribute('aria-label') ?? ''");
  const toField = (key: string): Promise<void> =>
    pressUntil(
      key,
      () => opened.driver.page.evaluate<string>('document.activeElement?.className ?? ""'),
      (name) => /^input\b/.test(name),
    );
  const focusedRow = async (): Promise<string> =>
    (await opened.driver.page.locator('.customview-tree .monaco-list-row.focused').getAttribute('aria-label')) ?? '';

  /** Presses a key until something holds. Throws where it does not after 40 times. */
  async function pressUntil(
    key: string,
    read: () => Promise<string>,
    accept: (text: string) => boolean,
  ): Promise<void> {
    const seen: string[] = [];
    for (;;) {
      const now = await read();
      if (accept(now)) return;
      seen.push(now);
      assert.ok(seen.length <= 40, `${key} leads to ${seen.join(' | ')}`);
      await press(key);
    }
  }
  const toRow = async (label: string): Promise<void> => {
    const title = 'Stripe Keys: Focus on Stripe Keys View';
    await opened.driver.findCommands(title);
    await eventually(
      'The command',
      () => opened.driver.quickInput.read(),
      ({ items }) => items[0]?.label === title,
    );
    await press('Enter');
    await press('Home');
    await eventually('The first row', focusedRow, (text) => text === 'Organization Example organization');
    await pressUntil('ArrowDown', focusedRow, (text) => text.startsWith(label));
  };
  /** Chooses a command in the menu of the row that has the focus. */
  const fromMenu = async (title: string): Promise<void> => {
    const { page } = opened.driver;
    await press('Shift+F10');
    await page.locator('.monaco-menu .action-menu-item').first().waitFor();
    const item = page.locator('.monaco-menu .action-item.focused');
    await pressUntil(
      'ArrowDown',
      async () => (await item.allInnerTexts()).join(''),
      (text) => text.includes(title),
    );
    await press('Enter');
  };

  it('creates a restricted key, chooses its permissions, goes back and sends a new code', async () => {
    const { driver } = opened;
    await toRow('Restricted keys, Sandbox');
    await fromMenu('Create Restricted Key');
    await asked(driver, 'Create Restricted Key (1/6)');
    await write('typed');
    await press('Enter');
    await asked(driver, 'Create Restricted Key (2/6)');
    await press('Enter');
    await asked(driver, 'Create Restricted Key (3/6)');

    // By Enter on its row.
    await write('customers');
    await eventually(
      'The row of customers',
      async () => (await driver.quickInput.read()).items.find((item) => item.focused)?.label ?? '',
      (label) => label === 'Customers',
    );
    await press('Enter');
    // By the buttons of its row.
    await press('ControlOrMeta+a');
    await write('balance');
    // The list is drawn anew for the permission that was just chosen; where that leaves no row chosen, an arrow chooses one.
    const chosen = async (): Promise<string> => {
      const row = (await driver.quickInput.read()).items.find((item) => item.focused);
      if (!row) await press('ArrowDown');
      return row?.label ?? '';
    };
    await eventually('The row of the balance', chosen, (label) => label === 'Balance');
    await pressUntil('Tab', focused, (label) => label === 'Balance: None');
    await pressUntil('ArrowRight', focused, (label) => label === 'Balance: Read');
    await press('Enter');
    await eventually(
      'Two permissions',
      () => driver.quickInput.read(),
      ({ items }) => items.find(({ label }) => label === 'Continue')?.description === '2 permissions chosen',
    );
    await toField('Shift+Tab');
    await press('ControlOrMeta+a');
    await press('Backspace');
    await press('ControlOrMeta+Home');
    await press('Enter');
    await asked(driver, 'Create Restricted Key (4/6)');
    await pressUntil('Shift+Tab', focused, (label) => label.startsWith('Back'));
    await press('Enter');
    assert.equal((await asked(driver, 'Create Restricted Key (3/6)')).items[0]?.description, '2 permissions chosen');
    await press('Enter');
    await asked(driver, 'Create Restricted Key (4/6)');
    await press('Enter');
    await asked(driver, 'Create Restricted Key (5/6)');
    await press('Enter');

    await asked(driver, 'Enter the verification code');
    const code = await readCode(driver);
    await pressUntil('Shift+Tab', focused, (label) => label.startsWith('Send a New Code'));
    await press('Enter');
    const sent = await eventually(
      'A new code',
      async () => (await driver.notifications()).find(({ text }) => !text.includes(code))?.text ?? '',
      (text) => text !== '',
    );
    await toField('Tab');
    await write(/\d{6}/.exec(sent)?.[0] ?? ''); // goes on by itself
    const { token } = await shownSecret(driver, 'typed · Sandbox');
    await press('Escape');
    await asked(driver, 'Add a Note');
    await press('Escape');
    await driver.quickInput.waitForClosed();
    assert.deepEqual((await keyNamed(opened, 'typed'))?.permissions, ['balance_read', 'customer_read']);
    assert.equal(await statusWith(opened, token), 200);
  });

  it('reveals the key, copies it, hides it and deletes it', async () => {
    const { driver } = opened;
    const row = [...places.sandboxRestricted, 'typed'];
    await toRow('Restricted keys, Sandbox');
    await press('ArrowRight');
    await toRow('typed, restricted key');
    await fromMenu('Reveal Key');
    const { token } = await shownSecret(driver, 'typed · Sandbox');
    await press('Enter');
    await copied(driver, token);
    await tidy(opened);

    await toRow('typed, restricted key');
    await fromMenu('Reveal Key');
    await shownSecret(driver, 'typed · Sandbox');
    await pressUntil('Tab', focused, (label) => label === 'Copy');
    await driver.page.evaluate('navigator.clipboard.writeText("")');
    await press('Enter');
    await copied(driver, token);
    await press('Escape');
    await driver.quickInput.waitForClosed();
    await describedAs(driver, row, (text) => !text.includes('revealed'));
    await tidy(opened);

    await toRow('typed, restricted key');
    await fromMenu('Delete Key');
    assert.equal((await driver.dialog()).message, 'Delete the Sandbox key “typed”?');
    await press('Escape');
    assert.equal(await statusWith(opened, token), 200);
    await toRow('typed, restricted key');
    await fromMenu('Delete Key');
    await driver.dialog();
    await press('Enter');
    await driver.waitForNotification('Deleted the key “typed”.');
    assert.equal(await statusWith(opened, token), 401);
  });
});
