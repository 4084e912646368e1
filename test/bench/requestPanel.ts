import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../host/repository.ts';
import { emulatorOf, makeKey, openKeys } from '../ui/keyPerson.ts';
import { sendMany } from '../ui/manyRequests.ts';
import { RequestPanelPage } from '../ui/requestPanel.ts';
import { eventually } from '../ui/eventually.ts';
import { median } from './load/compare.ts';

type Log = (line: string) => void;

const requests = 50_000;
const rounds = 7;
const scrolledMs = 3000;

/**
 * The panel with 50,000 requests in the real workbench: how long until its first rows are there, how long until the oldest is after a key,
 * what a letter of the filter costs until the frame after it and until its rows are there, and how long frames take while the list is
 * scrolled. A frame of 60 a second has 16.7 ms.
 */
export async function bench(log: Log): Promise<void> {
  if (!existsSync(join(repositoryRoot, 'keysmith.vsix')))
    throw new Error('there is no keysmith.vsix: run npm run package');
  await using opened = await openKeys();
  const { secret } = await makeKey(opened, { name: 'loaded' });
  await sendMany((await emulatorOf(opened)).origin, secret.reveal(), requests);
  const panel = new RequestPanelPage(opened.driver);
  const started = performance.now();
  await panel.open();
  const count = panel.frame.locator('.count');
  await eventually(
    'All rows',
    () => count.innerText(),
    (text) => Number(/\d+/.exec(text)?.[0]) >= requests,
    60_000,
  );
  await panel.rows.first().waitFor();
  log(`${requests} requests: the first rows are there ${Math.round(performance.now() - started)} ms after the command`);
  await panel.frame.locator('.rows').focus();
  const pressed = performance.now();
  await opened.driver.page.keyboard.press('End');
  await panel.explains('/v1/customers/cus_1 ');
  log(`  the oldest is explained ${Math.round(performance.now() - pressed)} ms after End`);
  log(`  rows in the page: ${await panel.rows.count()}`);
  const filters: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    filters.push(await panel.frame.locator('vscode-textfield').evaluate(typed, `n=${round}`));
  log(
    `  a change of the filter to its frame: median ${median(filters).toFixed(1)} ms, worst ${Math.max(...filters).toFixed(1)} ms`,
  );
  const narrowed = performance.now();
  await panel.search('cus_49999');
  await panel.shows('The one', (labels) => labels.length === 1);
  log(`  the only match of a text is there after ${Math.round(performance.now() - narrowed)} ms`);
  await panel.search('');
  const frames = await panel.frame.locator('.rows').evaluate(scrolled, scrolledMs);
  const sorted = frames.toSorted((one, other) => one - other);
  const at = (part: number): string => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1);
  log(
    `  frames while scrolling ${scrolledMs} ms: ${frames.length}, median ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`,
  );
}

/** Runs in the page: gives the field a text and waits for the frame after it. */
function typed(field: { value: string; dispatchEvent(event: unknown): void }, text: string): Promise<number> {
  const page = globalThis as unknown as {
    Event: new (type: string) => unknown;
    requestAnimationFrame(run: () => void): void;
  };
  const started = performance.now();
  field.value = text;
  field.dispatchEvent(new page.Event('input'));
  return new Promise((resolve) => {
    page.requestAnimationFrame(() => page.requestAnimationFrame(() => resolve(performance.now() - started)));
  });
}

/** Runs in the page: scrolls by two pages a frame, and says how long each frame took. */
function scrolled(list: { scrollTop: number; clientHeight: number }, forMs: number): Promise<number[]> {
  const page = globalThis as unknown as { requestAnimationFrame(run: (now: number) => void): void };
  const frames: number[] = [];
  const started = performance.now();
  let before = started;
  return new Promise((resolve) => {
    const frame = (): void => {
      const now = performance.now();
      frames.push(now - before);
      before = now;
      list.scrollTop += 2 * list.clientHeight;
      if (now - started < forMs) page.requestAnimationFrame(frame);
      else resolve(frames.slice(1));
    };
    page.requestAnimationFrame(frame);
  });
}

if (import.meta.main) await bench((text) => console.log(text));
