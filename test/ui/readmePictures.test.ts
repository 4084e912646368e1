import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { liveSecret } from '../unit/fixtures.ts';
import { eventually } from './eventually.ts';
import { describedAs, makeKey, openKeys, orThrow, places, serviceOf, statusWith, tidy } from './keyPerson.ts';
import { picturePath, type Opened } from './opened.ts';
import { RequestPanelPage } from './requestPanel.ts';

const leaked = liveSecret();
const source = `import Stripe from 'stripe';

const stripe = new Stripe('${leaked}');

export const refund = (charge) => stripe.refunds.create({ charge });
`;

/** The pictures that README begins with; each is taken of a state that is waited for. */
describe('README’s pictures', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys({
      prepare: (folder) => writeFile(join(folder, 'refund.js'), source),
      settings: { 'editor.minimap.enabled': false, 'editor.wordWrap': 'on' },
    });
    await opened.driver.setTheme('Dark Modern');
  });
  after(() => opened[Symbol.asyncDispose]());

  /** A part of the window, from its top. */
  const picture = async (part: string, name: string, height = Infinity): Promise<void> => {
    const { page } = opened.driver;
    const box = await page.locator(part).first().boundingBox();
    assert.ok(box);
    const clip = { ...box, height: Math.min(box.height, height) };
    await page.screenshot({ path: await picturePath(name, true), clip });
  };

  it('show the tree at its usual width, with what is unusual of each key', async () => {
    const { driver } = opened;
    await makeKey(opened, { name: 'checkout', kind: 'restricted', permissions: ['payment_intent_write'] });
    const service = await serviceOf(opened);
    const { key } = await makeKey(opened, { name: 'nightly', kind: 'restricted', permissions: ['balance_read'] });
    orThrow(await service.limit(key.id, ['203.0.113.7']));
    const { key: old } = await makeKey(opened, { name: 'payouts', mode: 'live' });
    orThrow(await service.rotate(old.id, { minutes: 3 * 24 * 60 }));
    await describedAs(driver, places.liveStandard, (text) => text === '4'); // rows that come move the others under the pointer
    await driver.tree.expand(places.sandboxRestricted);
    await driver.tree.expand(places.liveStandard);
    const width = (await driver.page.locator('.part.sidebar').boundingBox())?.width ?? 0;
    assert.ok(Math.abs(width - 300) <= 20, `the side bar is ${width} wide`);
    await eventually(
      'The rows',
      () => driver.tree.rows(),
      (rows) => ['checkout', 'nightly', 'payouts'].every((name) => rows.some(({ label }) => label === name)),
    );
    await tidy(opened);
    await picture('.part.sidebar', 'readme-tree', 460);
  });

  it('show a key in source, and the fixes on it', async () => {
    const { driver } = opened;
    const { page } = driver;
    await driver.openFile('refund.js');
    await page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
    const bulb = page
      .locator(
        '.editor-group-container.active .lightBulbWidget, .editor-group-container.active .codicon-gutter-lightbulb',
      )
      .first();
    const fixes = page.locator('.action-widget .monaco-list-row').filter({ hasText: 'Move to vault' });
    const offered = async (): Promise<boolean> => {
      await page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
      await page.keyboard.press('ControlOrMeta+Home');
      await page.keyboard.press('F8'); // to the first problem
      await page.keyboard.press('Escape');
      await bulb.click();
      await page.locator('.action-widget .monaco-list-row').first().waitFor();
      if ((await fixes.count()) > 0) return true;
      await page.keyboard.press('Escape');
      return false;
    };
    await eventually('The fixes', offered, Boolean);
    await picture('.part.editor', 'readme-guard', 290);
    await page.locator('.action-widget .monaco-list-row').filter({ hasText: 'Move to vault' }).first().click();
  });

  it('show the code that the first of them leaves', async () => {
    const { driver } = opened;
    await eventually(
      'The code',
      () => readFile(join(opened.folder, '.env'), 'utf8').catch(() => ''),
      (text) => text.includes('STRIPE_SECRET_KEY='),
    );
    const shown = (): Promise<string> =>
      driver.page.locator('.editor-group-container.active .monaco-editor .view-lines').first().innerText();
    await eventually('The editor', shown, (text) => text.includes('process') && !text.includes('sk_live'));
    await tidy(opened);
    await picture('.part.editor', 'readme-fixed', 290);
  });

  it('show a refusal with what the key has and what it needs', async () => {
    const { driver } = opened;
    const panel = new RequestPanelPage(driver);
    const { secret } = await makeKey(opened, { name: 'shop', kind: 'restricted', permissions: ['customer_write'] });
    for (const path of ['/v1/customers', '/v1/balance', '/v1/charges', '/v1/customers'])
      await statusWith(opened, secret.reveal(), path);
    await panel.open();
    await panel.row('403, GET, /v1/charges').click();
    await panel.explains('this needs');
    await tidy(opened);
    await driver.runCommand('View: Toggle Maximized Panel');
    await tidy(opened);
    await picture('.part.panel', 'readme-refusal', 430);
  });
});
