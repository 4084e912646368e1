import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { Secret } from '../../src/domain/secret.ts';
import { liveSecret } from '../unit/fixtures.ts';
import type { Driver } from './driver.ts';
import { eventually } from './eventually.ts';
import { asked, cancel, emulatorOf, keyNamed, makeKey, openKeys } from './keyPerson.ts';
import { picturePath, type Opened } from './opened.ts';

const leaked = liveSecret(99);
/** The leak in a text that is made for a test of its own. */
const key = new Secret(leaked);

describe('the leak guard before a person', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys({
      prepare: async (folder) => {
        await writeFile(join(folder, 'pay.js'), `const stripe = require('stripe')('${leaked}');\n`);
        await writeFile(join(folder, 'other.py'), `import stripe\nstripe.api_key = "${leaked}"\n`);
        // Files that come later are not found by their names at once.
        for (const name of ['empty.js', 'a.js', 'b.rb', 'c.json']) await writeFile(join(folder, name), '\n');
      },
    });
  });
  after(() => opened[Symbol.asyncDispose]());

  const read = (name: string): Promise<string> => readFile(join(opened.folder, name), 'utf8');
  /** The lines that the active editor shows; it has other, empty, ones beside them. */
  const editorText = async ({ page }: Driver): Promise<string> => {
    const texts = await page.locator('.editor-group-container.active .monaco-editor .view-lines').allInnerTexts();
    return texts.join('\n').replaceAll('\u00A0', ' ');
  };
  const holds = (driver: Driver, text: string): Promise<string> =>
    eventually(
      `The editor with ${text}`,
      () => editorText(driver),
      (now) => now.includes(text),
    );
  /** Opens the menu of fixes on the first leak of the active editor. */
  async function openFixes({ page }: Driver): Promise<void> {
    await page
      .locator('.editor-group-container.active .squiggly-error, .editor-group-container.active .squiggly-warning')
      .first()
      .waitFor();
    const bulb = page
      .locator(
        '.editor-group-container.active .lightBulbWidget, .editor-group-container.active .codicon-gutter-lightbulb',
      )
      .first();
    // A key that is pressed before the editor has the focus, or the problem, leads nowhere: then others offer what they have for line 1.
    const offered = async (): Promise<boolean> => {
      await page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
      await page.keyboard.press('ControlOrMeta+Home');
      await page.keyboard.press('F8'); // to the first problem
      await page.keyboard.press('Escape');
      await bulb.click();
      await page.locator('.action-widget .monaco-list-row').first().waitFor();
      const ours = await page
        .locator('.action-widget .monaco-list-row')
        .filter({ hasText: 'Ignore on this line' })
        .count();
      if (ours === 0) await page.keyboard.press('Escape');
      return ours > 0;
    };
    await eventually('The fixes of the guard', offered, Boolean);
  }
  const pickFix = (driver: Driver, title: string): Promise<void> =>
    driver.page.locator('.action-widget .monaco-list-row').filter({ hasText: title }).first().click();

  it('scans the workspace and shows a row a key, with its places', async () => {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Scan Workspace for Leaked Keys');
    await driver.waitForNotification('2 leaks.');
    const rows = driver.page
      .locator('.pane', { has: driver.page.locator('.pane-header', { hasText: 'Leaks' }) })
      .locator('.monaco-list-row');
    const texts = await eventually(
      'The rows',
      () => rows.allInnerTexts(),
      (all) => all.length === 3,
    );
    assert.match(texts[0]?.replaceAll('\n', ' ') ?? '', new RegExp(`${key.mask}.*LIVE · 2 places`));
    assert.ok(texts.join(' ').includes('other.py:2') && texts.join(' ').includes('pay.js:1'));
    const label = (await rows.first().getAttribute('aria-label')) ?? '';
    assert.match(label, /Stripe LIVE secret key/);
    for (const theme of ['dark', 'light', 'high-contrast'] as const) {
      await driver.setTheme(themeOf[theme]);
      await driver.screenshot(await picturePath(`leaks-${theme}`));
    }
    await driver.setTheme('Light Modern');
    await driver.page.locator('.pane-header').filter({ hasText: 'Leaks' }).click();
    assert.ok(!(await driver.page.locator('body').innerText()).includes(leaked.slice(10, -6)));
  });

  it('moves a key to the vault by its first fix', async () => {
    const { driver } = opened;
    await driver.clearNotifications();
    await driver.openFile('pay.js');
    await openFixes(driver);
    await driver.screenshot(await picturePath('leak-fixes'));
    await pickFix(driver, 'Move to vault');
    await holds(driver, "require('stripe')(process.env.STRIPE_SECRET_KEY)");
    await driver.waitForNotification('The code reads STRIPE_SECRET_KEY now');
    await eventually(
      'The variable',
      () => read('.env').catch(() => ''),
      (text) => text.includes(`STRIPE_SECRET_KEY=${leaked}`),
    );
    assert.match(await read('.gitignore'), /^\.env$/m);
    await driver.runCommand('Keysmith: Show What Is Stored');
    assert.ok((await asked(driver, 'What Is Stored')).items.some(({ description }) => description.includes(key.mask)));
    await cancel(driver);
  });

  it('ignores a key everywhere, by its fingerprint', async () => {
    const { driver } = opened;
    await driver.openFile('other.py');
    const squiggle = driver.page.locator('.editor-group-container.active .squiggly-error').first();
    await squiggle.waitFor();
    await driver.runCommand('Keysmith: Ignore Leaked Key Everywhere');
    await squiggle.waitFor({ state: 'hidden' });
    assert.match(await read('.keysmithignore'), /^fingerprint:[0-9a-f]{32} # ignored on \d{4}-\d\d-\d\d$/m);
  });

  describe('rotates a leaked key of the connected service', () => {
    let token = '';
    before(async () => {
      const { driver } = opened;
      token = (await makeKey(opened, { name: 'leaky' })).secret.reveal();
      await writeFile(join(opened.folder, 'a.js'), `f('${token}');\n`);
      await writeFile(join(opened.folder, 'b.rb'), `Stripe.api_key = '${token}'\n`);
      await writeFile(join(opened.folder, 'c.json'), `{"key": "${token}"}\n`);
      await driver.clearNotifications();
    });

    const start = async (): Promise<void> => {
      const { driver } = opened;
      await driver.openFile('a.js');
      await driver.page.locator('.editor-group-container.active .squiggly-info').first().waitFor();
      await driver.runCommand('Keysmith: Rotate Leaked Key and Replace It Everywhere');
      await asked(driver, 'Rotate Leaked Key: leaky');
    };

    it('not where it is cancelled', async () => {
      const { driver } = opened;
      await start();
      await cancel(driver);
      await start();
      await driver.quickInput.pick('Now');
      const { message, detail } = await driver.dialog();
      assert.equal(message, 'Rotate the sandbox key “leaky”?');
      assert.match(detail, /It stands at 3 places/);
      await driver.page.keyboard.press('Escape');
      assert.ok((await read('a.js')).includes(token));
      assert.equal((await keyNamed(opened, 'leaky'))?.status, 'active');
    });

    it('and replaces it in every file that can read a variable, and reports the others', async () => {
      const { driver } = opened;
      await start();
      await driver.quickInput.pick('Now');
      await driver.clickDialogButton('Rotate and Replace');
      await driver.waitForNotification('was rotated and replaced at 2 of 3 places');
      await driver.clickNotificationButton('Show Report');
      const report = await holds(driver, 'c.json');
      assert.ok(!report.includes(token.slice(30, 60)));
      const variables = await read('.env');
      const fresh = /^STRIPE_SECRET_KEY_3=(\S+)$/m.exec(variables)?.[1] ?? '';
      assert.ok(fresh !== '' && fresh !== token, variables.replaceAll(/=.*/g, '='));
      const { origin } = await emulatorOf(opened);
      const status = async (bearer: string): Promise<number> =>
        (await fetch(`${origin}/v1/balance`, { headers: { authorization: `Bearer ${bearer}` } })).status;
      assert.deepEqual([await status(fresh), await status(token)], [200, 401]);
      await driver.openFile('b.rb');
      await holds(driver, 'ENV.fetch("STRIPE_SECRET_KEY_3")');
    });
  });

  it('offers to read a pasted key from a variable', async () => {
    const { driver } = opened;
    const { page } = driver;
    await driver.openFile('empty.js');
    const text = JSON.stringify(`const k = '${liveSecret(34)}';`);
    await page.evaluate(`navigator.clipboard.writeText(${text})`);
    await page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
    await page.keyboard.press('ControlOrMeta+v');
    await holds(driver, 'const k = process.env.STRIPE_SECRET_KEY');
  });
});

const themeOf = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Dark High Contrast',
} as const;
