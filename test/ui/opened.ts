import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureChromium } from '../host/chromium.ts';
import { repositoryRoot } from '../host/repository.ts';
import { throwawayFolder } from '../host/throwawayFolder.ts';
import type { Settings } from '../host/userSettings.ts';
import { ensureVscodeServer } from '../host/vscodeServer.ts';
import { startWorkbench, type Workbench } from '../host/workbench.ts';
import { Driver } from './driver.ts';
import { ensureLogFiles } from './logFiles.ts';

/** A workbench with the packaged extension on a copy of the sample workspace, and a person before it. */
export interface Opened extends AsyncDisposable {
  readonly workbench: Workbench;
  readonly driver: Driver;
  /** The folder that is open. */
  readonly folder: string;
  /** A second window of the same person: the same browser profile cannot be opened twice, so it is a page of the first. */
  readonly profile: string;
}

export interface OpenOptions {
  readonly settings?: Settings;
  readonly trusted?: boolean;
  /** Variables that the editor is started with. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Fills the folder before it is opened. */
  readonly prepare?: (folder: string) => Promise<void>;
}

export async function openWorkbench({
  settings = {},
  trusted = true,
  environment = {},
  prepare,
}: OpenOptions = {}): Promise<Opened> {
  const executablePath = await ensureChromium(() => undefined);
  if (!executablePath) throw new Error('there is no Chromium');
  await using started = new AsyncDisposableStack();
  const temporary = started.use(await throwawayFolder());
  const folder = join(temporary.path, 'shop');
  await cp(join(repositoryRoot, 'test', 'sample'), folder, { recursive: true });
  await prepare?.(folder);
  await ensureLogFiles((await ensureVscodeServer(() => undefined)).root);
  const workbench = await startWorkbench({
    vsix: join(repositoryRoot, 'keysmith.vsix'),
    folder,
    trusted,
    environment,
    settings: { 'keysmith.emulator.port': 0, ...settings },
    log: () => undefined,
  });
  started.defer(() => workbench.stop());
  const profile = join(temporary.path, 'profile');
  const driver = await Driver.open(workbench, { executablePath, profile });
  started.defer(() => driver.close());
  const kept = started.move();
  return { workbench, driver, folder, profile, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Where a picture goes: a git-ignored folder; those README shows go to `media/` when they are to be made anew (`npm run pictures`). */
export async function picturePath(name: string, inReadme = false): Promise<string> {
  const anew = inReadme && process.env['KEYSMITH_PICTURES'] === 'anew';
  const folder = join(repositoryRoot, ...(anew ? ['media'] : ['out', 'pictures']));
  await mkdir(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
