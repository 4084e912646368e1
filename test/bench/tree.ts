import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Mode } from '../../src/domain/mode.ts';
import { Secret } from '../../src/domain/secret.ts';
import { emulatorKeyService } from '../../src/management/emulatorKeyService.ts';
import { filterKeys, keyModel, readKeyData, type KeyData } from '../../src/ui/tree/keyModel.ts';
import { ensureChromium } from '../host/chromium.ts';
import { repositoryRoot } from '../host/repository.ts';
import { throwawayFolder } from '../host/throwawayFolder.ts';
import { startWorkbench } from '../host/workbench.ts';
import { Driver } from '../ui/driver.ts';
import { eventually } from '../ui/eventually.ts';
import { startProgram } from '../wire/emulatorProgram.ts';
import { median } from './load/compare.ts';

type Log = (line: string) => void;

const keyCount = 5000;
const rounds = 9;
/** Long enough for what the editor does behind one's back. */
const idleMs = 1500;
/** Between letters. The editor itself holds back changes of a tree that follow each other within 200 ms until they stop. */
const paceMs = 300;
const typed = 'worker 12';
const account = 'acct_1BenchmarkAccount';

/**
 * How long a person waits for a tree of 5,000 keys: what reading and arranging them takes alone, and in the real workbench the time from
 * a press to the frame in which the rows stand. Goals: the tree opens within 200 ms, a letter of the filter within 50 ms.
 */
export async function bench(log: Log): Promise<void> {
  const vsix = join(repositoryRoot, 'keysmith.vsix');
  if (!existsSync(vsix)) throw new Error('there is no keysmith.vsix: run npm run package');
  await using folder = await throwawayFolder();

  const open = await seededStore(join(folder.path, 'open'), 'sandbox', log);
  {
    await using shown = await openSeeded(vsix, open);
    await measureOpening(shown.driver, log);
    await measureFilter(shown.driver, open.data, log);
  }
  const closed = await seededStore(join(folder.path, 'closed'), 'live', () => undefined);
  {
    await using shown = await openSeeded(vsix, closed);
    await measureExpanding(shown.driver, log);
  }
}

interface SeededStore {
  /** User data of an editor, in which the extension finds the store. */
  readonly folder: string;
  readonly data: KeyData;
}

/** Makes a store where the extension will look for it, of restricted keys: the rows with the most to say. */
async function seededStore(folder: string, mode: Mode, log: Log): Promise<SeededStore> {
  const storage = join(folder, 'user', 'User', 'globalStorage', 'keysmith.keysmith');
  await mkdir(storage, { recursive: true });
  const seed = join(folder, 'seed.json');
  await writeFile(seed, JSON.stringify(seedOf(mode)));
  const program = await startProgram(['--data', join(storage, 'emulator'), '--seed', seed]);
  try {
    const service = emulatorKeyService({ origin: program.origin, dashboardToken: new Secret(program.dashboardToken) });
    const read = async (): Promise<KeyData> => {
      const result = await readKeyData(service);
      if (!result.ok) throw new Error(result.problem.kind);
      return result.value;
    };
    const data = await read();
    log(`reading ${keyCount} keys from the emulator: ${await times(read)}`);
    log(`arranging them as a model: ${await times(() => keyModel(data).keys())}`);
    log(`filtering them by “${typed}”: ${await times(() => filterKeys(data.keys, typed))}`);
    return { folder, data };
  } finally {
    await program.stop();
  }
}

function seedOf(mode: Mode): unknown {
  return {
    keysmith_seed: 1,
    accounts: [{ id: account, name: 'Benchmark' }],
    keys: Array.from({ length: keyCount }, (_, index) => ({
      id: `mk_${String(index).padStart(6, '0')}`,
      account,
      mode,
      kind: 'restricted',
      name: `worker ${String(index).padStart(4, '0')}`,
      note: `in the safe of shop ${index % 40}`,
      permissions: ['customer_write', 'charge_read', 'payment_intent_write', 'balance_read'],
      addresses: ['203.0.113.7', '198.51.100.0/24'],
    })),
  };
}

async function times(work: () => unknown): Promise<string> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    all.push(performance.now() - started);
  }
  return figures(all);
}

function figures(all: readonly number[]): string {
  return `median ${median(all).toFixed(1)} ms, worst ${Math.max(...all).toFixed(1)} ms of ${all.length}`;
}

interface Shown extends AsyncDisposable {
  readonly driver: Driver;
}

/** A workbench on a seeded store, its emulator running, the view of keys not yet looked at. */
async function openSeeded(vsix: string, { folder }: SeededStore): Promise<Shown> {
  const executablePath = await ensureChromium(() => undefined);
  if (!executablePath) throw new Error('there is no Chromium');
  await using started = new AsyncDisposableStack();
  const workspace = join(folder, 'shop');
  await mkdir(workspace);
  const workbench = started.use(
    await startWorkbench({
      vsix,
      folder: workspace,
      data: folder,
      settings: { 'keysmith.emulator.port': 0 },
      log: () => undefined,
    }),
  );
  const driver = started.use(await Driver.open(workbench, { executablePath, profile: join(folder, 'profile') }));
  await driver.openView();
  await driver.tree.clickWelcomeButton('Start Emulator');
  await untilRunning(driver);
  const kept = started.move();
  return { driver, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function untilRunning(driver: Driver): Promise<void> {
  await eventually(
    'A running emulator',
    () => driver.statusBarItems(),
    (items) => items.some(({ text }) => text.includes('Stripe: Sandbox')),
  );
}

const keyRow = `document.querySelector('.customview-tree .monaco-list-row[aria-label^="worker"]')`;

/** Every round is a new window, whose extension host has read nothing. */
async function measureOpening(driver: Driver, log: Log): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await driver.openView('Explorer');
    await reopen(driver);
    const tab = driver.page.locator('.activitybar .action-item[role="tab"]', {
      has: driver.page.locator('.action-label[aria-label^="Stripe Keys"]'),
    });
    times.push(await untilSeen(driver.page, 'mousedown', keyRow, () => tab.click()));
  }
  log(`opening the view, press to rows: ${figures(times)}`);
}

/** Types a filter letter by letter, each once the one before is seen. */
async function measureFilter(driver: Driver, { keys }: KeyData, log: Log): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await driver.runCommand('Keysmith: Filter Keys');
    await driver.quickInput.waitFor('Filter Keys');
    let text = '';
    for (const letter of typed) {
      const before = filterKeys(keys, text).length;
      text += letter;
      const left = filterKeys(keys, text).length;
      const press = (): Promise<void> => driver.page.keyboard.press(letter === ' ' ? 'Space' : letter);
      await driver.page.waitForTimeout(paceMs);
      if (left === before) await press();
      else times.push(await untilSeen(driver.page, 'keydown', rowsLeft(left), press));
    }
    await driver.quickInput.escape();
    await driver.quickInput.waitForClosed();
    await driver.page.waitForFunction(rowsLeft(keyCount));
  }
  log(`a letter of the filter, one every ${paceMs} ms, press to rows: ${figures(times)}`);
}

/** True once the list of restricted keys says how many it has. */
const rowsLeft = (count: number): string =>
  `[...document.querySelectorAll('.customview-tree .label-description')].some((one) => one.textContent === '${count}')`;

/** Opens a list that was closed, in a new window each time: later the editor has the rows itself. */
async function measureExpanding(driver: Driver, log: Log): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await reopen(driver);
    await driver.openView();
    await driver.tree.expand(['Benchmark', 'LIVE']);
    await driver.page.waitForTimeout(idleMs);
    const twistie = driver.page
      .locator('.customview-tree .monaco-list-row', { hasText: 'Restricted keys' })
      .last()
      .locator('.monaco-tl-twistie');
    times.push(await untilSeen(driver.page, 'mousedown', keyRow, () => twistie.click()));
    await twistie.click(); // the next window begins with it closed
  }
  log(`opening one list of ${keyCount}, press to rows: ${figures(times)}`);
}

/** A new extension host, that has read nothing, on the same emulator. */
async function reopen(driver: Driver): Promise<void> {
  await driver.page.waitForTimeout(idleMs); // the editor writes its state a moment later
  await driver.reload();
  await untilRunning(driver);
  await driver.page.waitForTimeout(idleMs); // a window that has just opened is busy with itself
}

/** Milliseconds in the page from the next event of this name, made by `act`, to the first frame in which `seen` holds. */
async function untilSeen(page: Page, event: string, seen: string, act: () => Promise<unknown>): Promise<number> {
  // Looking begins before the event: a busy page would take the event first.
  await page.evaluate(`window.keysmithBench = new Promise((resolve, reject) => {
    let began;
    window.addEventListener('${event}', () => { began = performance.now(); }, { capture: true, once: true });
    setTimeout(() => reject(new Error('not seen within 20 s')), 20_000);
    const look = () => {
      if (began !== undefined && ${seen}) resolve(performance.now() - began);
      else requestAnimationFrame(look);
    };
    look();
  }), undefined`);
  await act();
  return await page.evaluate<number>('window.keysmithBench');
}

if (import.meta.main) await bench((line) => console.log(line));
