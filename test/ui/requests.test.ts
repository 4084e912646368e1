import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { eventually } from './eventually.ts';
import {
  asked,
  cancel,
  emulatorOf,
  keyNamed,
  makeKey,
  openKeys,
  orThrow,
  places,
  sandboxTokens,
  serviceOf,
  statusWith,
  themes,
  tidy,
} from './keyPerson.ts';
import { sendMany } from './manyRequests.ts';
import { picturePath, type Opened } from './opened.ts';
import { RequestPanelPage } from './requestPanel.ts';

describe('the request log before a person', () => {
  let opened: Opened;
  let panel: RequestPanelPage;
  before(async () => {
    opened = await openKeys({ settings: { 'terminal.integrated.gpuAcceleration': 'off' } });
    panel = new RequestPanelPage(opened.driver);
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  it('says where the first request is to be sent, and copies it', async () => {
    await panel.open();
    await panel.frame.getByText('No requests yet.').waitFor();
    const { origin } = await emulatorOf(opened);
    assert.equal(await panel.frame.locator('.empty code').innerText(), origin);
    await panel.frame.locator('vscode-toolbar-button[label="Copy Address"]').click();
    await eventually(
      'The copy',
      () => opened.driver.readClipboard(),
      (text) => text === origin,
    );
    await opened.driver.screenshot(await picturePath('requests-empty'));
  });

  it('shows requests as they come, newest first', async () => {
    const { secret } = await makeKey(opened, { name: 'reader', kind: 'restricted', permissions: ['balance_read'] });
    await statusWith(opened, secret.reveal(), '/v1/balance');
    await panel.open();
    await panel.shows(
      'The first request',
      ([first]) => first?.startsWith('200, GET, /v1/balance, Allowed, reader') ?? false,
    );
    await statusWith(opened, secret.reveal(), '/v1/customers');
    const labels = await panel.shows('The second request', ([first]) => first?.startsWith('403') ?? false);
    assert.match(labels[0] ?? '', /^403, GET, \/v1\/customers, Refused, reader/);
  });

  it('explains a refusal, and one click mends it', async () => {
    await panel.open();
    await panel.row('403, GET, /v1/customers').click();
    const said = await panel.explains('this needs');
    assert.match(said, /Refused\. “reader” has no permission for it; this needs Customers Read \(customer_read\)/);
    assert.match(
      said,
      /Key passed Address passed Context passed Version passed Endpoint passed Permission failed Request not reached/,
    );
    await panel.detail.getByText('Grant Customers Read (Read Is Enough)').click();
    await opened.driver.waitForNotification('may do this now');
    const key = await eventually(
      'The permission',
      () => keyNamed(opened, 'reader'),
      (one) => one?.permissions.length === 2,
    );
    assert.deepEqual(key?.permissions, ['balance_read', 'customer_read']);
    await opened.driver.clickNotificationButton('Send Again', 'may do this now');
    await panel.shows(
      'The mended request',
      ([first]) => first?.startsWith('200, GET, /v1/customers, Allowed') ?? false,
    );
  });

  it('narrows the list by what is chosen and typed, and says how many are left', async () => {
    await panel.open();
    await panel.choose('Status', 'Refused');
    await panel.shows(
      'Refused ones',
      (labels) => labels.length > 0 && labels.every((label) => label.includes('Refused')),
    );
    await panel.choose('Status', 'Any status');
    await panel.search('balance');
    const labels = await panel.shows('Those of the balance', (all) =>
      all.every((label) => label.includes('/v1/balance')),
    );
    assert.equal(labels.length, 1);
    assert.match(await panel.frame.locator('.count').innerText(), /^1 of \d+ requests$/);
    await panel.search('no such path');
    await panel.frame.getByText('No request matches').waitFor();
    await panel.frame.locator('vscode-toolbar-button[label="Clear Filter"]').click();
    await panel.shows('All', (all) => all.length >= 3);
  });

  it('is used with the keyboard alone', async () => {
    await panel.open();
    await panel.frame.locator('.rows').focus();
    await opened.driver.page.keyboard.press('End');
    await panel.explains('/v1/balance');
    assert.equal(
      await panel.frame.locator('.row.selected').getAttribute('aria-posinset'),
      String((await panel.labels()).length),
    );
    await opened.driver.page.keyboard.press('ArrowUp');
    await panel.explains('/v1/customers');
    await opened.driver.page.keyboard.press('Escape');
    await panel.detail.waitFor({ state: 'detached' });
  });

  it('opens with the requests of a key from its row', async () => {
    const { driver } = opened;
    await makeKey(opened, { name: 'unused', kind: 'restricted', permissions: [] });
    await driver.tree.expand(places.sandboxRestricted);
    await tidy(opened);
    await driver.tree.clickMenu([...places.sandboxRestricted, 'unused'], 'View Request Logs');
    await panel.frame.getByText('No request matches').waitFor();
    await tidy(opened);
    await driver.tree.clickMenu([...places.sandboxRestricted, 'reader'], 'View Request Logs');
    await panel.shows('Those of the key', (all) => all.length >= 3 && all.every((label) => label.includes('reader')));
    await panel.frame.locator('vscode-toolbar-button[label="Clear Filter"]').click();
  });

  it('explains what is asked for by its id, and says where there is no such request', async () => {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Explain a Request…');
    await asked(driver, 'Its id, such as req_');
    await driver.quickInput.answer('');
    assert.match(await panel.explains('lacked Customers Read'), /Refused/);
    await driver.runCommand('Keysmith: Explain a Request…');
    await asked(driver, 'Its id, such as req_');
    await driver.quickInput.answer('req_none1234567890');
    await driver.waitForNotification('not in the log of the emulator');
    await driver.runCommand('Keysmith: Explain a Request…');
    await asked(driver, 'Its id, such as req_');
    await cancel(driver);
  });

  /** As a person follows a link: with Control held, once the editor has underlined it. */
  async function clickLink(text: string): Promise<void> {
    const { page } = opened.driver;
    const line = page.locator('.terminal-wrapper.active .xterm-rows > div').filter({ hasText: text }).last();
    const place = async (): Promise<{ readonly x: number; readonly y: number } | undefined> => {
      const [shown, span] = [await line.innerText(), line.locator('span').first()];
      const [box, letters] = [await span.boundingBox(), (await span.innerText()).length];
      return box && letters > 0
        ? { x: box.x + (shown.indexOf(text) + 3) * (box.width / letters), y: box.y + box.height / 2 }
        : undefined;
    };
    // The terminal draws a line anew, spans and all.
    const { x, y } = (await eventually('The line’s place', place, (found) => found !== undefined)) ?? { x: 0, y: 0 };
    await page.mouse.move(x - 1, y);
    await page.mouse.move(x, y);
    await page.getByText('Explain this request').first().waitFor();
    await page.keyboard.down('Control');
    await page.mouse.click(x, y);
    await page.keyboard.up('Control');
  }

  it('explains from a terminal: the words of a refusal and the id of a request are links', async () => {
    const { driver } = opened;
    const refused = /req_\w+/.exec(await panel.explains('req_'))?.[0] ?? '';
    await driver.runCommand('Terminal: Create New Terminal');
    const screen = driver.page.locator('.terminal-wrapper.active .xterm-screen').first();
    await screen.waitFor();
    await driver.page.waitForTimeout(1500); // a shell reads its own settings first
    await screen.click();
    // In two parts, so that only the output has them whole.
    await driver.page.keyboard.type(
      `clear; echo "failed: req_""${refused.slice(4)}"; echo "Invalid API ""Key provided: sk_test_..."`,
    );
    await driver.page.keyboard.press('Enter');
    for (const link of [refused, 'Invalid API Key provided']) {
      await panel.detail.waitFor({ state: 'hidden' });
      await clickLink(link);
      await panel.explains('lacked Customers Read');
      await driver.page.locator('.part.panel .composite-bar').getByText('Terminal', { exact: true }).click();
    }
    await screen.click();
    await driver.page.keyboard.type('exit');
    await driver.page.keyboard.press('Enter');
  });

  it('stays smooth with many: only what is seen stands in the page', async () => {
    const { secret } = await makeKey(opened, { name: 'busy' });
    await sendMany((await emulatorOf(opened)).origin, secret.reveal(), 3000);
    await panel.open();
    await eventually(
      'All rows',
      () => panel.frame.locator('.count').innerText(),
      (text) => Number(/\d+/.exec(text)?.[0]) >= 3000,
    );
    assert.ok((await panel.rows.count()) < 60);
    await panel.frame.locator('.rows').focus();
    await opened.driver.page.keyboard.press('End');
    await panel.shows('The oldest', (all) => all.some((label) => label.includes('/v1/balance, Allowed, reader')));
  });

  it('holds no token', async () => {
    const tokens = await sandboxTokens(opened);
    assert.ok(tokens.length > 3);
    const html = await panel.frame.locator('html').innerHTML();
    for (const token of tokens) assert.ok(!html.includes(token.slice(10, -4)));
  });

  for (const [theme, name] of themes) {
    it(`can be looked at in ${theme}`, async () => {
      const { driver } = opened;
      await driver.setTheme(theme);
      await panel.open();
      await panel.search('permissionMissing');
      await panel.row('403, GET, /v1/customers').click();
      await panel.explains('by now it has it');
      await tidy(opened);
      await driver.screenshot(await picturePath(`requests-${name}`));
    });
  }

  it('offers to start the emulator where it is stopped, and is empty no more when it runs', async () => {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Stop Emulator');
    await panel.open();
    await panel.frame.getByText('The emulator is not running.').waitFor();
    await driver.screenshot(await picturePath('requests-stopped'));
    await panel.frame.locator('vscode-button', { hasText: 'Start Emulator' }).click();
    await panel.shows('The requests of before', (all) => all.length > 0);
  });

  it('copies a request without its key', async () => {
    await panel.open();
    await panel.search('GET /v1/balance');
    await panel.choose('Key', 'reader');
    await panel.row('200, GET, /v1/balance').click();
    await panel.explains('has the permission Balance Read');
    await panel.detail.locator('vscode-toolbar-button[label="Copy as curl"]').click();
    const curl = await eventually(
      'The copy',
      () => opened.driver.readClipboard(),
      (text) => text.startsWith('curl'),
    );
    assert.match(curl, /^curl -g 'http:\/\/127\.0\.0\.1:\d+\/v1\/balance'/);
    assert.match(curl, /-u "\$STRIPE_API_KEY:"/);
    assert.doesNotMatch(curl, /rk_test/);
  });

  it('offers a key that is used from elsewhere both ways out: its address, or the end of the key', async () => {
    const { secret, key } = await makeKey(opened, {
      name: 'at home',
      kind: 'restricted',
      permissions: ['balance_read'],
    });
    orThrow(await (await serviceOf(opened)).limit(key.id, ['10.9.9.9']));
    await statusWith(opened, secret.reveal(), '/v1/balance');
    await panel.open();
    await panel.frame.locator('vscode-toolbar-button[label="Clear Filter"]').click();
    await panel.shows('The refusal', ([first]) => first?.includes('at home') ?? false);
    await panel.row('Refused, at home').click();
    await panel.explains('“at home” may be used from 10.9.9.9 only, and the request came from 127.0.0.1.');
    await panel.detail.getByText('Not You? Rotate It…').click();
    assert.equal((await opened.driver.quickInput.waitFor()).title, 'Rotate Key: at home');
    await opened.driver.quickInput.escape();
    await opened.driver.quickInput.waitForClosed();
    await panel.detail.getByText('Allow 127.0.0.1').click();
    await opened.driver.waitForNotification('may be used from 127.0.0.1 now');
    assert.deepEqual((await keyNamed(opened, 'at home'))?.addresses, ['10.9.9.9', '127.0.0.1']);
  });

  it('calls what does not exist failed, not refused, and shows the new answer when it is sent again', async () => {
    const { secret } = await makeKey(opened, { name: 'seeker' });
    await statusWith(opened, secret.reveal(), '/v1/customers/cus_none');
    await panel.open();
    await panel.search('');
    await panel.shows('The failure', ([first]) => first?.startsWith('404') ?? false);
    await panel.row('404, GET, /v1/customers/cus_none, Failed, seeker').click();
    await panel.explains("No such customer: 'cus_none'");
    const before = /req_\w+/.exec(await panel.explains('req_'))?.[0] ?? '';
    await panel.detail.locator('vscode-toolbar-button[label="Send Again"]').click();
    const after = await eventually(
      'The new answer',
      () => panel.detail.innerText(),
      (text) => text.includes('req_') && !text.includes(before),
    );
    assert.match(after, /404 GET \/v1\/customers\/cus_none/);
    await panel.shows('Both', (labels) => labels.filter((label) => label.includes('cus_none')).length === 2);
  });

  it('keeps the name of a key in the log after it was rotated away', async () => {
    const { secret, key } = await makeKey(opened, { name: 'turning' });
    await statusWith(opened, secret.reveal());
    orThrow(await (await serviceOf(opened)).rotate(key.id, 'now'));
    await panel.open();
    await panel.shows(
      'The request',
      ([first]) => first?.startsWith('200, GET, /v1/balance, Allowed, turning') ?? false,
    );
    await panel.row('Allowed, turning').click();
    await panel.explains('turning (sk_test_');
  });

  it('is empty again once the emulator is reset, and opens a Stripe shell', async () => {
    const { origin, dashboardToken } = await emulatorOf(opened);
    const headers = { authorization: `Bearer ${dashboardToken}` };
    assert.equal((await fetch(`${origin}/_dashboard/reset`, { method: 'POST', headers })).status, 200);
    await panel.open();
    await panel.frame.getByText('No requests yet.').waitFor();
    await panel.frame.locator('vscode-button', { hasText: 'Open a Stripe Shell' }).click();
    await opened.driver.quickInput.waitFor(); // which key it is to have
    await cancel(opened.driver);
  });
});
