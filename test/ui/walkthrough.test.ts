import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { eventually } from './eventually.ts';
import { asked, takeSecret } from './keyPerson.ts';
import { openWorkbench, picturePath, type Opened } from './opened.ts';

/** From an empty view to an accepted call, step by step as the walkthrough leads. */
describe('the walkthrough', () => {
  let opened: Opened;
  before(async () => {
    opened = await openWorkbench();
    await opened.driver.openView();
  });
  after(() => opened[Symbol.asyncDispose]());

  const step = (title: string) => opened.driver.page.locator('.getting-started-step', { hasText: title });
  const ticks = (title: string): Promise<number> =>
    step(title).locator('.codicon-getting-started-step-checked.complete, .complete').count();
  const isDone = (title: string): Promise<boolean> =>
    eventually(
      `The step “${title}” is checked`,
      () => ticks(title),
      (count) => count > 0,
    ).then(() => true);
  async function press(title: string, button: string): Promise<void> {
    const { page } = opened.driver;
    await step(title).locator('.step-title').first().click();
    await step(title).getByText(button, { exact: true }).last().click();
    await page.waitForTimeout(100);
  }

  it('opens from the empty view', async () => {
    const { driver } = opened;
    await driver.page.locator('.welcome-view').getByText('Get started', { exact: true }).click();
    await step('Start the emulator').waitFor();
    assert.equal(await driver.page.locator('.getting-started-step').count(), 5);
    await driver.runCommand('View: Toggle Primary Side Bar Visibility');
    for (const title of ['Reveal a sandbox key', 'Find keys that leaked', 'Start the emulator']) {
      await step(title).locator('.step-title').first().click();
      await driver.page.locator('.getting-started-media svg, .getting-started-media iframe').first().waitFor();
      await driver.page.screenshot({ path: await picturePath(`walkthrough-${title.split(' ')[0]?.toLowerCase()}`) });
    }
  });

  it('starts the emulator', async () => {
    await press('Start the emulator', 'Start Emulator');
    assert.ok(await isDone('Start the emulator'));
  });

  it('ticks nothing that was only looked at: a question that was left has revealed nothing', async () => {
    const { driver } = opened;
    await press('Reveal a sandbox key', 'Reveal Key');
    await asked(driver, 'Choose a key');
    await driver.quickInput.escape();
    await driver.quickInput.waitForClosed();
    await press('Grant only what is needed', 'Create Restricted Key');
    await asked(driver, 'Create Restricted Key');
    await driver.quickInput.escape();
    await driver.quickInput.waitForClosed();
    assert.deepEqual(await Promise.all(['Reveal a sandbox key', 'Grant only what is needed'].map(ticks)), [0, 0]);
  });

  it('ticks what has happened', async () => {
    const { driver } = opened;
    await press('Reveal a sandbox key', 'Reveal Key');
    await asked(driver, 'Choose a key');
    await driver.quickInput.pick('Secret key');
    await takeSecret(driver, 'Secret key · Sandbox');
    assert.ok(await isDone('Reveal a sandbox key'));
    assert.equal(await ticks('Grant only what is needed'), 0);
  });

  it('sends a request that is accepted, and shows the code that does the same', async () => {
    const { driver } = opened;
    await press('Make a call with it', 'Send a Test Request');
    await driver.waitForNotification('Accepted: GET /v1/customers was answered with 200 for “Secret key”.');
    assert.ok(await isDone('Make a call with it'));
    await driver.page.locator('.notifications-toasts').getByText('Show Code').click();
    await eventually(
      'The code',
      () => driver.page.locator('.monaco-editor .view-lines').first().innerText(),
      (text) => /process\.env\.STRIPE_SECRET_KEY/.test(text.replaceAll('\u00A0', ' ')),
    );
  });
});
