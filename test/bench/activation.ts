import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../host/repository.ts';
import { eventually } from '../ui/eventually.ts';
import { openWorkbench } from '../ui/opened.ts';

const rounds = 9;

/**
 * How long the editor waits for our code: loading it and calling `activate`, as VS Code itself measures and shows it under
 * "Developer: Show Running Extensions". Every round is a new extension host. Goal: 30 ms.
 */
export async function bench(log: (line: string) => void): Promise<void> {
  if (!existsSync(join(repositoryRoot, 'keysmith.vsix')))
    throw new Error('there is no keysmith.vsix: run npm run package');
  await using opened = await openWorkbench();
  const { driver } = opened;
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await driver.reload();
    await driver.runCommand('Developer: Show Running Extensions');
    const row = driver.page
      .locator('.runtime-extensions-editor .monaco-list-row')
      .filter({ hasText: 'Keysmith for Stripe' });
    const text = await eventually(
      'An activation time',
      () => row.innerText(),
      (shown) => /\d+\s*ms/.test(shown),
    );
    times.push(Number(/(\d+)\s*ms/.exec(text)?.[1]));
  }
  const [first = 0, ...warm] = times;
  const sorted = warm.toSorted((a, b) => a - b);
  log(
    `load and activate, as VS Code shows it: first start ${first} ms; ${warm.length} further starts: median ${sorted[sorted.length >> 1]} ms, worst ${sorted.at(-1)} ms`,
  );
}

if (import.meta.main) await bench((line) => console.log(line));
