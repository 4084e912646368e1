import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import {
  asked,
  cancel,
  changesWhenCancelled,
  copied,
  describedAs,
  makeKey,
  openKeys,
  orThrow,
  places,
  serviceOf,
  shownSecret,
  statusWith,
  takeSecret,
  tidy,
} from './keyPerson.ts';
import type { Opened } from './opened.ts';

describe('revealing keys', () => {
  let opened: Opened;
  before(async () => {
    opened = await openKeys({
      settings: { 'keysmith.reveal.hideAfterSeconds': 5, 'keysmith.clipboard.clearAfterSeconds': 3 },
    });
  });
  after(() => opened[Symbol.asyncDispose]());
  beforeEach(() => tidy(opened));

  const reveal = (): Promise<void> => opened.driver.tree.clickAction(places.sandboxSecret, 'Reveal Key');
  const shown = async (): Promise<string> => (await shownSecret(opened.driver, 'Secret key · Sandbox')).token;
  const isMarked = (marked: boolean): Promise<string> =>
    describedAs(opened.driver, places.sandboxSecret, (text) => text.includes('revealed') === marked);
  const outsideTheBox = async (): Promise<string> =>
    await opened.driver.page
      .locator('.monaco-workbench .part')
      .allInnerTexts()
      .then((texts) => texts.join('\n'));

  it('shows the token in a box only, and marks the row while it is shown', async () => {
    const { driver } = opened;
    await reveal();
    const token = await shown();
    assert.equal(await statusWith(opened, token), 200);
    await isMarked(true);
    const { placeholder, value } = await driver.quickInput.read();
    assert.equal(placeholder, 'Enter copies, Escape hides; hidden by itself after 5 s.');
    assert.equal(value, '', 'a browser keeps what stands in a field');
    assert.ok(!(await outsideTheBox()).includes(token.slice(8, -4)));
    await cancel(driver);
    await isMarked(false);
  });

  it('stays, and so does what Enter does, when something is typed', async () => {
    const { driver } = opened;
    await reveal();
    const token = await shown();
    await driver.quickInput.type('something else');
    assert.equal(await shown(), token);
    await driver.quickInput.accept();
    await copied(driver, token);
  });

  it('hides it when one clicks elsewhere', async () => {
    await reveal();
    await shown();
    await opened.driver.page.locator('.part.editor').click();
    await opened.driver.quickInput.waitForClosed();
    await isMarked(false);
  });

  it('hides it when the window loses the focus', async () => {
    const { driver } = opened;
    await reveal();
    await shown();
    const since = Date.now();
    // A browser without a screen says of every page that it has the focus.
    await driver.page.evaluate('document.hasFocus = () => false; window.dispatchEvent(new Event("blur"))');
    await driver.quickInput.waitForClosed();
    assert.ok(Date.now() - since < 3000, 'not by the set time');
    await driver.page.evaluate('delete document.hasFocus; window.dispatchEvent(new Event("focus"))');
  });

  it('hides it after the set time', async () => {
    await reveal();
    await shown();
    const since = Date.now();
    await opened.driver.quickInput.waitForClosed();
    const seconds = (Date.now() - since) / 1000;
    assert.ok(seconds > 3.5 && seconds < 8, `${seconds} s`);
    await isMarked(false);
  });

  it('offers to hide a key only while one is shown', async () => {
    const { driver } = opened;
    assert.ok(!(await driver.findCommands('Keysmith: Hide Key')).includes('Keysmith: Hide Key'));
    await cancel(driver);
  });

  it('from the palette asks which key, and shows nothing without one', async () => {
    const { driver } = opened;
    const changes = await changesWhenCancelled(opened, 'Choose a key', () => driver.runCommand('Keysmith: Reveal Key'));
    assert.deepEqual(changes, []);
    await driver.runCommand('Keysmith: Reveal Key');
    await asked(driver, 'Choose a key');
    await driver.quickInput.type('publishable');
    await driver.quickInput.accept();
    const { title } = await asked(driver, 'Publishable key · ');
    assert.equal((await shownSecret(driver, title)).says, 'This key may be seen by everyone.');
    await cancel(driver);
  });

  it('copies it with Enter, and clears the clipboard after the set time', async () => {
    const { driver } = opened;
    await reveal();
    const token = await shown();
    await driver.quickInput.accept();
    await driver.quickInput.waitForClosed();
    await copied(driver, token);
    await copied(driver, '');
  });

  it('copies it with the button, and the box stays', async () => {
    const { driver } = opened;
    await reveal();
    const token = await shown();
    await driver.quickInput.clickButton('Copy');
    await copied(driver, token);
    assert.equal(await shown(), token);
    await cancel(driver);
  });

  it('leaves a clipboard alone that holds something else by then', async () => {
    const { driver } = opened;
    await driver.tree.clickAction(places.sandboxSecret, 'Copy Key');
    await driver.waitForNotification('Copied the sandbox key “Secret key”.');
    await driver.page.evaluate('navigator.clipboard.writeText("a shopping list")');
    await driver.page.waitForTimeout(4000);
    assert.equal(await driver.readClipboard(), 'a shopping list');
  });

  it('a live one asks before, and nothing happens without a yes', async () => {
    const { driver } = opened;
    await driver.tree.clickAction(places.liveSecret, 'Reveal Key');
    const dialog = await driver.dialog();
    assert.equal(dialog.message, 'Reveal the LIVE key “Secret key”?');
    assert.match(dialog.detail, /only once/);
    await driver.clickDialogButton('Cancel');
    assert.equal(await driver.quickInput.isOpen(), false);
    const keys = orThrow(await (await serviceOf(opened)).keys());
    assert.ok(keys.find(({ kind, mode }) => kind === 'secret' && mode === 'live')?.revealable);
  });

  it('a live one is shown once, and comes from the vault from then on', async () => {
    const { driver } = opened;
    await driver.tree.clickAction(places.liveSecret, 'Reveal Key');
    await driver.dialog();
    await driver.clickDialogButton('Reveal Once');
    const box = await shownSecret(driver, 'Secret key · LIVE');
    assert.match(box.says, /^This was the only time it could be revealed\. It is kept in the vault\./);
    const token = await takeSecret(driver, 'Secret key · LIVE');
    await describedAs(driver, places.liveSecret, (text) => text.includes('in vault'));
    await tidy(opened);
    await driver.tree.clickAction(places.liveSecret, 'Reveal Key');
    assert.deepEqual((await driver.dialog()).buttons.toSorted(), ['Cancel', 'Not Now', 'Reveal LIVE Key']);
    await driver.page.keyboard.press('Enter'); // says no
    await driver.page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
    assert.equal(await driver.quickInput.isOpen(), false);
    await driver.tree.clickAction(places.liveSecret, 'Reveal Key');
    await driver.dialog();
    await driver.clickDialogButton('Reveal LIVE Key');
    assert.match((await shownSecret(driver, 'Secret key · LIVE')).says, /^From the vault\./);
    assert.equal(await takeSecret(driver, 'Secret key · LIVE'), token);
  });

  it('a live one that was revealed elsewhere is refused, and told to rotate or delete', async () => {
    const { driver } = opened;
    await makeKey(opened, { name: 'made elsewhere', mode: 'live' });
    await tidy(opened);
    await driver.tree.clickAction([...places.liveStandard, 'made elsewhere'], 'Reveal Key');
    const toast = await driver.waitForNotification('A live secret can be revealed once, and this one has been.');
    assert.match(toast.text, /Rotate or delete the key/);
    assert.equal(toast.severity, 'error');
    assert.equal(await driver.quickInput.isOpen(), false);
  });
});
