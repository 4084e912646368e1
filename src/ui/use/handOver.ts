import * as vscode from 'vscode';
import type { Secret } from '../../domain/secret.ts';
import { isEmulatorToken, parseToken } from '../../domain/token.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import type { KeyDesk } from '../commands/desk.ts';
import { shownText } from '../../handover/shownText.ts';
import { modeWord } from '../words.ts';
import type { UsableKey } from './findKey.ts';
import type { InjectedVariable } from './injection.ts';
import { isLive, letOut, refuseUntrusted, type WayOut } from './liveGuard.ts';
import { namedKey, tokenOf, usableKeys } from './usableKeys.ts';

/** A key on its way into a variable. */
export interface HandedKey {
  readonly variable: string;
  readonly key: UsableKey;
  readonly secret: Secret;
  readonly live: boolean;
}

/**
 * Finds the keys for some variables, by ids or names, and lets them out to a program: `letOut` asks where one is live.
 */
export async function handOver(
  desk: KeyDesk,
  wanted: ReadonlyMap<string, string>,
  way: WayOut,
): Promise<readonly HandedKey[]> {
  refuseUntrusted();
  const usable = await usableKeys(desk);
  const handed: HandedKey[] = [];
  for (const [variable, name] of wanted) {
    const key = namedKey(usable, name);
    const secret = await tokenOf(desk, key);
    handed.push({ variable, key, secret, live: isLive(key.mode, secret) });
  }
  await letOut(
    handed.map(({ key, live }) => ({ name: key.name, live: live && key.kind !== 'publishable' })),
    way,
  );
  return handed;
}

/** The variables with their tokens. Where all are the emulator's own, also where it listens: elsewhere they are worth nothing. */
export function environmentOf(handed: readonly HandedKey[], { state }: EmulatorSession): Record<string, string> {
  const environment = Object.fromEntries(handed.map(({ variable, secret }) => [variable, secret.reveal()]));
  const rehearsed = handed.length > 0 && Object.values(environment).every(isRehearsed);
  return rehearsed && state.kind === 'running' ? { STRIPE_API_BASE: state.origin, ...environment } : environment;
}

function isRehearsed(text: string): boolean {
  const token = parseToken(text);
  return token !== undefined && isEmulatorToken(token);
}

/** The keys' ids. */
export const idsOf = (handed: readonly HandedKey[]): string[] => [...new Set(handed.map(({ key }) => key.id))];

/** “Secret key” (Sandbox) */
export const keyWords = ({ key, live }: HandedKey): string =>
  vscode.l10n.t('“{0}” ({1})', shownText(key.name), modeWord(live ? 'live' : 'sandbox'));

export const injectedOf = (handed: readonly HandedKey[]): InjectedVariable[] =>
  handed.map((one) => ({
    variable: one.variable,
    key: one.key.id,
    words: keyWords(one),
    live: one.live && one.key.kind !== 'publishable',
  }));

/** What the status bar says of the live ones; undefined where there is none. */
export function liveWords(handed: readonly HandedKey[]): string | undefined {
  const live = injectedOf(handed).filter((one) => one.live);
  return live.length > 0 ? [...new Set(live.map(({ words }) => words))].join(', ') : undefined;
}
