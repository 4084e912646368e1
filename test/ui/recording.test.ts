import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { eventually } from './eventually.ts';
import {
  asked,
  cancel,
  finishCreation,
  keyNamed,
  makeKey,
  openKeys,
  orThrow,
  places,
  saveAs,
  serviceOf,
  statusWith,
  themes,
  tidy,
} from './keyPerson.ts';
import { picturePath, type Opened } from './opened.ts';

describe('recording what a program needs', () => {
  let opened: Opened;
  let token = '';
  before(async () => {
    opened = await openKeys({
      prepare: (folder) => writeFile(join(folder, 'bill.py'), 'import stripe\nstripe.Invoice.create()\n'),
    });
    const { secret } = await makeKey(opened, {
      name: 'program',
      kind: 'restricted',
      permissions: ['balance_read', 'charge_write'],
    });
    token = secret.reveal();
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const enforcement = async (): Promise<string> => orThrow(await (await serviceOf(opened)).enforcement());
  const recordingShown = async (): Promise<boolean> =>
    (await opened.driver.statusBarItems()).some(({ text }) => text.includes('Recording Stripe requests'));
  async function record(run: () => Promise<void>): Promise<void> {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Start Recording Requests');
    await asked(driver, 'What happens to requests');
    await driver.quickInput.pick('Let them through, and note what they needed');
    await eventually('The recording', recordingShown, Boolean);
    await run();
    await driver.clickStatusBarItem('Recording Stripe requests');
  }
  const runProgram = async (): Promise<void> => {
    assert.equal(await statusWith(opened, token, '/v1/customers'), 200);
    assert.equal(await statusWith(opened, token, '/v1/balance'), 200);
  };

  it('changes nothing where it is cancelled', async () => {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Start Recording Requests');
    await asked(driver, 'What happens to requests');
    await cancel(driver);
    assert.equal(await recordingShown(), false);
    assert.equal(await enforcement(), 'enforce');
  });

  it('says so where no request came, and enforces again', async () => {
    await record(async () => assert.equal(await enforcement(), 'audit'));
    await opened.driver.waitForNotification('No request came');
    assert.equal(await enforcement(), 'enforce');
    assert.equal(await recordingShown(), false);
  });

  it('shows what is needed and why, and can be left', async () => {
    const { driver } = opened;
    await record(runProgram);
    const { items } = await asked(driver, '2 Permissions Are Enough');
    assert.deepEqual(
      items
        .filter(({ description }) => description.endsWith('_read'))
        .map(({ label, detail }) => `${label}: ${detail}`),
      ['Balance Read: GET /v1/balance', 'Customers Read: GET /v1/customers'],
    );
    assert.match(
      items.find(({ label }) => label === 'Apply to “program”')?.detail ?? '',
      /takes away charge_write · adds customer_read/,
    );
    for (const [theme, name] of themes) {
      await cancel(driver);
      await driver.setTheme(theme);
      await record(runProgram);
      await asked(driver, '2 Permissions Are Enough');
      await driver.screenshot(await picturePath(`recording-${name}`));
    }
    await cancel(driver);
    assert.equal(await statusWith(opened, token, '/v1/customers'), 403);
  });

  it('applies it to the key that was used, after a question', async () => {
    const { driver } = opened;
    await record(runProgram);
    await asked(driver, '2 Permissions Are Enough');
    await driver.quickInput.pick('Apply to “program”');
    await driver.clickDialogButton('Cancel');
    assert.deepEqual((await keyNamed(opened, 'program'))?.permissions, ['balance_read', 'charge_write']);
    await record(runProgram);
    await asked(driver, '2 Permissions Are Enough');
    await driver.quickInput.pick('Apply to “program”');
    await driver.clickDialogButton('Apply');
    await driver.waitForNotification('may do what was recorded, and nothing else');
    assert.deepEqual((await keyNamed(opened, 'program'))?.permissions, ['balance_read', 'customer_read']);
    await runProgram();
  });

  it('creates a key from the requests in the log, whose permissions are not asked again', async () => {
    const { driver } = opened;
    await driver.tree.expand(places.sandboxRestricted);
    await tidy(opened);
    await driver.tree.clickMenu([...places.sandboxRestricted, 'program'], 'Propose the Smallest Key…');
    await asked(driver, 'From which of its requests?');
    await driver.quickInput.pick('All in the log');
    await asked(driver, 'Permissions Are Enough');
    await driver.quickInput.pick('Create a restricted key with exactly these');
    await asked(driver, 'Name of the key');
    await driver.quickInput.answer('smallest');
    await asked(driver, 'Review');
    await driver.quickInput.pick('Create “smallest”');
    await asked(driver, 'code');
    await finishCreation(driver, 'smallest · Sandbox');
    const key = await eventually('The key', () => keyNamed(opened, 'smallest'), Boolean);
    assert.deepEqual(key?.permissions, ['balance_read', 'customer_read']);
  });

  it('guesses from the source, and says that it is a guess', async () => {
    const { driver } = opened;
    await driver.runCommand('Keysmith: Guess the Smallest Key from Source');
    const { placeholder, items } = await asked(driver, 'Are Enough');
    assert.match(placeholder, /^A guess: \d+ calls in the source say so/);
    assert.ok(
      items.some(({ description, detail }) => description === 'invoice_write' && detail.includes('POST /v1/invoices')),
    );
    await driver.quickInput.pick('Show the report');
    await driver.page.getByText('A guess from').first().waitFor();
    await asked(driver, 'A guess'); // once more, with the report before one's eyes
    await cancel(driver);
  });

  it('exports requests and the proposal without a token', async () => {
    const { driver, folder } = opened;
    const file = join(folder, 'requests.json');
    await statusWith(opened, token);
    await driver.runCommand('Keysmith: Export Requests…');
    await saveAs(driver, 'Export Requests', file);
    await driver.waitForNotification('Exported');
    await eventually('The file', async () => existsSync(file), Boolean);
    const text = await readFile(file, 'utf8');
    assert.match(text, /^\{"keysmith_requests":1,"requests":\[\{"id":"req_/);
    assert.ok(!text.includes(token.slice(10, -6)));
  });
});
