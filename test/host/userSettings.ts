import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What keeps VS Code from talking to anyone and from covering what a test looks at. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off', // as on the desktop; a browser's default is after a second
  'remote.autoForwardPorts': false,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

export type Settings = Readonly<Record<string, unknown>>;

/** Writes a `settings.json` of the quiet settings and `over`. */
export async function writeUserSettings(file: string, over: Settings = {}): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...quietSettings, ...over }, undefined, 2)}\n`);
}
