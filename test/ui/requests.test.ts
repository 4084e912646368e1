import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { eventually } from './eventually.ts';
import { keyNamed, makeKey, openKeys, statusWith, tidy } from './keyPerson.ts';
import { picturePath, type Opened } from './opened.ts';
import { RequestPanelPage } from './requestPanel.ts';

describe('the request log before a person', () => {
  let opened: Opened;
  let panel: RequestPanelPage;
  before(async () => {
    opened = await openKeys();
    panel = new RequestPanelPage(opened.driver);
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

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
    await opened.driver.page.screenshot({ path: await picturePath('requests-dark') });
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
    await opened.driver.page.screenshot({ path: await picturePath('requests-refusal-dark') });
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

  it('copies a request without its key', async () => {
    await panel.open();
    await panel.row('200, GET, /v1/balance').click();
    await panel.explains('has the permission Balance Read');
    await panel.detail.locator('vscode-toolbar-button[label="Copy as curl"]').click();
    const curl = await eventually(
      'The copy',
      () => opened.driver.readClipboard(),
      (text) => text.startsWith('curl'),
    );
    assert.match(curl, /^curl 'http:\/\/127\.0\.0\.1:\d+\/v1\/balance'/);
    assert.match(curl, /-u "\$STRIPE_API_KEY:"/);
    assert.doesNotMatch(curl, /rk_test/);
  });
});
