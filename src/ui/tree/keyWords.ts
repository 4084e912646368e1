import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import { isSecretKind } from '../../domain/kind.ts';
import { maskToken } from '../../domain/secret.ts';
import type { ListedEntry } from '../../vault/entry.ts';
import { modeWord } from '../words.ts';

/** What the tree knows of a key beyond the service. */
export interface KeyMarks {
  /** What the vault has for it. */
  readonly vault: ListedEntry['state'] | undefined;
  /** Its secret is to be seen at this moment. */
  readonly shown: boolean;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The key's mask, short also for a publishable one. */
export const shortMask = (key: ApiKey): string => (key.kind === 'publishable' ? maskToken(key.mask) : key.mask);

/** What matters of a key, in words, the loudest first. */
export function keyWords(key: ApiKey, marks: KeyMarks, now: Date): string[] {
  const { t } = vscode.l10n;
  return [
    ...(key.mode === 'live' ? [modeWord('live')] : []),
    shortMask(key),
    ...(key.status === 'expired' ? [t('expired')] : []),
    ...(key.status === 'active' && key.expires ? [t('expires in {0}', remaining(key.expires, now))] : []),
    ...(key.addresses.length > 0
      ? [key.addresses.length === 1 ? t('1 address') : t('{0} addresses', key.addresses.length)]
      : []),
    ...(marks.vault ? [vaultWord(marks.vault)] : []),
    ...(marks.shown ? [t('revealed')] : []),
    ...(isSecretKind(key.kind) && key.lastUsed === undefined ? [t('never used')] : []),
  ];
}

function vaultWord(state: ListedEntry['state']): string {
  const { t } = vscode.l10n;
  return { kept: t('in vault'), damaged: t('damaged in vault'), newer: t('in the vault of a newer Keysmith') }[state];
}

/** A time to come, to the minute in its last day, and before that to the hour: `42 min`, `23 h 59 min`, `6 d 23 h`, `7 d`. */
export function remaining(until: Date, now: Date): string {
  const minutes = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / minuteMs));
  if (minutes < 60) return vscode.l10n.t('{0} min', minutes);
  if (minutes < 24 * 60)
    return inUnits(
      minutes,
      60,
      (large) => vscode.l10n.t('{0} h', large),
      (small) => vscode.l10n.t('{0} min', small),
    );
  const hours = Math.round(minutes / 60);
  return inUnits(
    hours,
    24,
    (large) => vscode.l10n.t('{0} d', large),
    (small) => vscode.l10n.t('{0} h', small),
  );
}

/** An amount in two units, of which `size` of the small make one of the large; none of the small are not mentioned. */
function inUnits(
  amount: number,
  size: number,
  large: (count: number) => string,
  small: (count: number) => string,
): string {
  const rest = amount % size;
  return [large(Math.floor(amount / size)), ...(rest > 0 ? [small(rest)] : [])].join(' ');
}

/** Whether a key's end is near enough to be pointed out: a day. */
export function isEnding(key: ApiKey, now: Date): boolean {
  return key.status === 'active' && key.expires !== undefined && key.expires.getTime() - now.getTime() <= dayMs;
}
