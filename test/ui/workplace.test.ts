import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { StatusBarItem } from './driver.ts';
import { eventually } from './eventually.ts';
import { asked, askedBy, cancel, makeKey, openKeys, openLive, places, tidy, treeLines } from './keyPerson.ts';
import type { Opened } from './opened.ts';

describe('the workplace', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys();
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const status = async (word: string): Promise<StatusBarItem> => {
    const items = await eventually(
      `A status bar that says ${word}`,
      () => opened.driver.statusBarItems(),
      (all) => all.some(({ text }) => text.includes(`Stripe: ${word}`)),
    );
    return items.find(({ text }) => text.includes('Stripe: ')) as StatusBarItem;
  };
  const isLoud = async (): Promise<boolean> => {
    const item = opened.driver.page.locator('.statusbar-item').filter({ hasText: 'Stripe: ' }).first();
    return ((await item.getAttribute('class')) ?? '').includes('error-kind');
  };

  describe('account and mode', () => {
    it('are switched from the status bar, which is loud in LIVE, and kept over a reload', async () => {
      const { driver } = opened;
      assert.match((await status('Sandbox')).ariaLabel, /mode Sandbox$/);
      assert.equal(await isLoud(), false);
      await driver.clickStatusBarItem('Stripe: Sandbox');
      const { items } = await asked(driver, 'Switch Account or Mode');
      assert.equal(items.find(({ focused }) => focused)?.label, 'Sandbox');
      await driver.quickInput.pick('LIVE');
      assert.match((await status('LIVE')).ariaLabel, /mode LIVE$/);
      assert.equal(await isLoud(), true);
      await driver.page.waitForTimeout(1000); // the editor writes its state a moment later
      await driver.reload();
      await status('LIVE');
      assert.equal(await isLoud(), true);
      await driver.openView();
      await openLive(driver);
    });

    it('stay when the question is cancelled', async () => {
      const { driver } = opened;
      await driver.runCommand('Keysmith: Switch Account or Mode');
      const { items } = await asked(driver, 'Work in');
      assert.equal(items.find(({ focused }) => focused)?.label, 'LIVE');
      await cancel(driver);
      await status('LIVE');
      await driver.runCommand('Keysmith: Switch Account or Mode');
      await asked(driver, 'Work in');
      await driver.quickInput.type('Standalone');
      await driver.quickInput.accept();
      await status('Sandbox');
    });
  });

  describe('the filter', () => {
    const labels = async (): Promise<string[]> => (await opened.driver.tree.rows()).map(({ label }) => label);
    const shows = (accept: (all: readonly string[]) => boolean): Promise<string[]> =>
      eventually('A filtered tree', labels, accept);

    it('narrows the tree as one types, is kept by Enter and told of, and taken away by its button', async () => {
      const { driver } = opened;
      await makeKey(opened, { name: 'needle', mode: 'live', kind: 'restricted', permissions: ['balance_read'] });
      await driver.tree.expand(places.liveStandard);
      const lines = await eventually(
        'The tree with live keys',
        () => treeLines(driver),
        (now) => ['Restricted keys — 1', 'sk_live_'].every((text) => now.some((line) => line.includes(text))),
      );
      await askedBy(driver, 'Filter Keys', 'Filter Keys');
      await driver.quickInput.type('need');
      await shows((all) => all.includes('needle') && !all.includes('Secret key'));
      await driver.quickInput.accept();
      await driver.quickInput.waitForClosed();
      await driver.page.getByText('Keys with “need”').waitFor();
      assert.ok((await labels()).includes('needle'));
      await driver.clickViewAction('Clear Filter');
      await shows((all) => all.includes('Secret key'));
      await eventually(
        'The tree as it was',
        () => treeLines(driver),
        (now) => now.join('\n') === lines.join('\n'),
      );
    });

    it('is taken away by Escape', async () => {
      const { driver } = opened;
      const lines = await treeLines(driver);
      await driver.runCommand('Keysmith: Filter Keys');
      await asked(driver, 'Filter Keys');
      await driver.quickInput.type('no key is called that');
      await shows((all) => !all.includes('Secret key'));
      await cancel(driver);
      await eventually(
        'The tree as it was',
        () => treeLines(driver),
        (now) => now.join('\n') === lines.join('\n'),
      );
    });
  });

  describe('the keyboard alone', () => {
    const press = (key: string): Promise<void> => opened.driver.page.keyboard.press(key);
    const focusedRow = async (): Promise<string> =>
      (await opened.driver.page.locator('.customview-tree .monaco-list-row.focused').getAttribute('aria-label')) ?? '';

    for (const [name, keys] of [
      ['Shift+F10', 'Shift+F10'],
      ['the menu key', 'ContextMenu'],
    ] as const) {
      it(`reaches a row, opens its menu by ${name} and runs a command of it`, async () => {
        const { driver } = opened;
        await driver.runCommand('Stripe Keys: Focus on Stripe Keys View');
        await press('Home');
        await eventually('The first row', focusedRow, (label) => label === 'Organization Example organization');
        for (let steps = 0; !(await focusedRow()).startsWith('Secret key, secret key, Sandbox'); steps++) {
          assert.ok(steps < 30, await focusedRow());
          await press('ArrowDown');
        }
        await press(keys);
        const items = driver.page.locator('.monaco-menu .action-menu-item');
        await items.first().waitFor();
        const focused = driver.page.locator('.monaco-menu .action-item.focused');
        for (let steps = 0; !(await focused.allInnerTexts()).join('').includes('Edit Name and Note'); steps++) {
          assert.ok(steps < 20, 'no such command in the menu');
          await press('ArrowDown');
        }
        await press('Enter');
        assert.equal((await asked(driver, 'Edit Name and Note (1/2)')).value, 'Secret key');
        await cancel(driver);
      });
    }

    it('closes and opens rows', async () => {
      const { driver } = opened;
      await driver.runCommand('Stripe Keys: Focus on Stripe Keys View');
      await press('Home');
      await press('ArrowLeft');
      await eventually(
        'A closed tree',
        async () => (await driver.tree.rows()).length,
        (count) => count === 1,
      );
      await press('ArrowRight');
      await eventually(
        'An open tree',
        async () => (await driver.tree.rows()).length,
        (count) => count > 5,
      );
    });
  });
});
