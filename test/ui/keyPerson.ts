import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { ApiKey } from '../../src/domain/key.ts';
import type { Result } from '../../src/domain/problem.ts';
import { Secret } from '../../src/domain/secret.ts';
import { emulatorKeyService } from '../../src/management/emulatorKeyService.ts';
import type { KeyService, NewKey, RevealedKey } from '../../src/management/keyService.ts';
import type { Driver, Theme } from './driver.ts';
import { eventually } from './eventually.ts';
import { openWorkbench, type Opened, type OpenOptions } from './opened.ts';
import type { QuickInputState } from './quickInput.ts';
import type { RowPath } from './treeView.ts';

const platform = ['Example organization', 'Platform'];

/** Where the example organization's rows stand. */
export const places = {
  organizationKeys: ['Example organization', 'Organization keys'],
  sandbox: [...platform, 'Sandbox'],
  live: [...platform, 'LIVE'],
  sandboxStandard: [...platform, 'Sandbox', 'Standard keys'],
  sandboxRestricted: [...platform, 'Sandbox', 'Restricted keys'],
  liveStandard: [...platform, 'LIVE', 'Standard keys'],
  liveRestricted: [...platform, 'LIVE', 'Restricted keys'],
  sandboxSecret: [...platform, 'Sandbox', 'Standard keys', 'Secret key'],
  sandboxPublishable: [...platform, 'Sandbox', 'Standard keys', 'Publishable key'],
  liveSecret: [...platform, 'LIVE', 'Standard keys', 'Secret key'],
  livePublishable: [...platform, 'LIVE', 'Standard keys', 'Publishable key'],
} as const satisfies Record<string, RowPath>;

/** A workbench whose emulator runs and whose tree shows the sandbox and live keys of the first account. */
export async function openKeys(options: OpenOptions = {}): Promise<Opened> {
  await using started = new AsyncDisposableStack();
  const opened = started.use(await openWorkbench(options));
  const { driver } = opened;
  await driver.openView();
  await driver.collapseView('Leaks'); // the rows of keys need the room: only those in view can be read
  await driver.tree.clickWelcomeButton('Start Emulator');
  await driver.waitForNotification('The Stripe emulator is running at http://127.0.0.1:');
  await openLive(driver);
  await driver.clearNotifications();
  started.move();
  return opened;
}

export async function openLive({ tree }: Driver): Promise<void> {
  await tree.expand(places.live);
  await tree.expand(places.liveStandard);
}

/** The tree as one reads it: a line for each row. */
export async function treeLines({ tree }: Driver): Promise<string[]> {
  return (await tree.rows()).map(({ level, label, description }) => `${'  '.repeat(level)}${label} — ${description}`);
}

/** What a row says behind its label. */
export async function describedAs(driver: Driver, path: RowPath, accept: (text: string) => boolean): Promise<string> {
  return await eventually(
    `The words of ${typeof path === 'string' ? path : path.join(' > ')}`,
    async () => (await driver.tree.row(path)).description,
    accept,
  );
}

/** The six digits of the newest message with a code. */
export async function readCode(driver: Driver): Promise<string> {
  const toast = await driver.waitForNotification('your verification code is');
  return /\d{6}/.exec(toast.text)?.[0] ?? '';
}

/** Another six digits, and others for every `which` from 1. */
export const wrongCode = (code: string, which = 1): string =>
  String((Number(code) + which) % 1_000_000).padStart(6, '0');

export const themes: readonly (readonly [Theme, string])[] = [
  ['Dark Modern', 'dark'],
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'high-contrast'],
  ['Light High Contrast', 'high-contrast-light'],
];

/** A press of Escape that closes what asks. */
export async function cancel({ quickInput }: Driver): Promise<void> {
  await quickInput.escape();
  await quickInput.waitForClosed();
}

/** Waits for a box that says `text` in its title, its placeholder or its message. */
export async function asked({ quickInput }: Driver, text: string): Promise<QuickInputState> {
  return await eventually(
    `A question “${text}”`,
    () => quickInput.read(),
    ({ title, placeholder, message }) => [title, placeholder, message].some((part) => part.includes(text)),
  );
}

/** Names the file in the editor's own dialog, which fills in a folder late, and takes an Enter only once it has looked at what was typed. */
export async function saveAs(driver: Driver, title: string, file: string): Promise<void> {
  await asked(driver, title);
  const accept = async (): Promise<boolean> => {
    await driver.page.waitForTimeout(300);
    await driver.quickInput.type(file);
    await driver.page.waitForTimeout(300);
    await driver.quickInput.accept();
    await driver.page.waitForTimeout(500);
    return !(await driver.quickInput.comes(100));
  };
  await eventually('The end of the dialog', accept, Boolean);
}

/** Clicks a button above the tree until it asks: a button that is drawn anew under the pointer swallows the click. */
export async function askedBy(driver: Driver, button: string, text: string): Promise<QuickInputState> {
  const click = async (): Promise<boolean> => {
    await driver.clickViewAction(button);
    return await driver.quickInput.comes(2000);
  };
  await eventually(`A question after a click on “${button}”`, click, Boolean);
  return await asked(driver, text);
}

/** Waits until the box says of what is in it `words`, in this tone. */
export async function remarked(
  { quickInput }: Driver,
  words: string,
  tone: QuickInputState['severity'],
): Promise<QuickInputState> {
  return await eventually(
    `A remark “${words}”`,
    () => quickInput.read(),
    ({ message, severity }) => message.includes(words) && severity === tone,
  );
}

/** Waits until the box objects to what is in it with these words. */
export const refused = (driver: Driver, words: string): Promise<QuickInputState> => remarked(driver, words, 'error');

/** Waits until the box objects to nothing any more. */
export const accepted = (driver: Driver): Promise<QuickInputState> => remarked(driver, '', 'none');

export interface ShownSecret {
  readonly token: string;
  /** Where it comes from, and how to have it again. */
  readonly says: string;
}

/** Waits for the box of a secret. */
export async function shownSecret({ quickInput }: Driver, title: string): Promise<ShownSecret> {
  const { message, items } = await eventually(
    `The secret of ${title}`,
    () => quickInput.read(),
    (box) => box.title === title && /^[a-z]+_\w+$/.test(box.message) && box.items.length === 1,
  );
  return { token: message, says: items[0]?.detail ?? '' };
}

/** Waits for the box of a secret, takes what it shows and hides it. */
export async function takeSecret(driver: Driver, title: string): Promise<string> {
  const { token } = await shownSecret(driver, title);
  await driver.quickInput.escape();
  return token;
}

/** Types the newest code, which goes on by itself, takes the new token and leaves the note empty. */
export async function finishCreation(driver: Driver, title: string): Promise<string> {
  await driver.quickInput.type(await readCode(driver));
  const token = await takeSecret(driver, title);
  await asked(driver, 'Add a Note');
  await cancel(driver);
  return token;
}

/** Waits until the clipboard holds this. */
export async function copied(driver: Driver, text: string): Promise<void> {
  await eventually(
    'The copy',
    () => driver.readClipboard(),
    (held) => held === text,
    5000,
  );
}

/** A desk without messages, and a tree that rests: a click on a row that is just drawn anew is lost. */
export async function tidy(opened: Opened): Promise<void> {
  if ((await opened.driver.notifications()).length > 0) await opened.driver.clearNotifications();
  await settled(opened);
}

/** Makes a key as another window of the same person would, in the first account. */
export async function makeKey(opened: Opened, key: Partial<NewKey> & { readonly name: string }): Promise<RevealedKey> {
  const service = await serviceOf(opened);
  const { owner = { account: 'acct_1R3fqDP6919yCiFv' }, mode = 'sandbox', kind = 'secret' } = key;
  const id = orThrow(await service.sendCode(owner, mode));
  const code = orThrow(await service.outbox()).find(({ verification }) => verification === id)?.code ?? '';
  return orThrow(await service.create({ ...key, owner, mode, kind, verification: { id, code } }));
}

export async function keyNamed(opened: Opened, name: string): Promise<ApiKey | undefined> {
  return orThrow(await (await serviceOf(opened)).keys()).find((key) => key.name === name);
}

export function orThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problem)}`);
  return result.value;
}

/** Does what opens a question, leaves it by Escape, and says what that changed: nothing, it is hoped. */
export async function changesWhenCancelled(
  opened: Opened,
  question: string,
  ask: () => Promise<unknown>,
): Promise<string[]> {
  const { driver } = opened;
  const before = await settled(opened);
  await ask();
  await asked(driver, question);
  await cancel(driver);
  const after = await settled(opened);
  return after.filter((line) => !before.includes(line));
}

/** What there is, once it has stopped changing. */
async function settled(opened: Opened): Promise<string[]> {
  let last: string[] = [];
  return await eventually(
    'A tree that rests',
    async () => {
      const [before, now] = [last, await everything(opened)];
      last = now;
      return before.join('\n') === now.join('\n') ? now : [];
    },
    (now) => now.length > 0,
  );
}

/** What the tree shows and what the service knows, a line for each. */
async function everything(opened: Opened): Promise<string[]> {
  const keys = orThrow(await (await serviceOf(opened)).keys());
  const known = keys.map((key) => JSON.stringify(key));
  await opened.driver.page.waitForTimeout(75);
  return [...(await treeLines(opened.driver)), ...known, `${known.length} keys`];
}

const discovery = z.object({ origin: z.string(), dashboardToken: z.string(), pid: z.number() });

/** Where the emulator of the workbench listens, from the file it leaves for other windows. */
export async function emulatorOf({ workbench }: Opened): Promise<z.infer<typeof discovery>> {
  const files = await readdir(workbench.userData, { recursive: true });
  const file = files.find((name) => name.endsWith('emulator.json'));
  if (file === undefined) throw new Error('no emulator runs');
  return discovery.parse(JSON.parse(await readFile(join(workbench.userData, file), 'utf8')));
}

/** What another window of the same person does with keys. */
export async function serviceOf(opened: Opened): Promise<KeyService> {
  const { origin, dashboardToken } = await emulatorOf(opened);
  return emulatorKeyService({ origin, dashboardToken: new Secret(dashboardToken) });
}

/** What the emulator answers a program that uses a token. */
export async function statusWith(opened: Opened, token: string, path = '/v1/balance'): Promise<number> {
  const { origin } = await emulatorOf(opened);
  const response = await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  return response.status;
}

/** The tokens of every sandbox key of the service. */
export async function sandboxTokens(opened: Opened): Promise<string[]> {
  const service = await serviceOf(opened);
  const keys = orThrow(await service.keys()).filter(({ mode, status }) => mode === 'sandbox' && status === 'active');
  const revealed = await Promise.all(keys.map(async ({ id }) => orThrow(await service.reveal(id))));
  return revealed.map(({ secret }) => secret.reveal());
}
