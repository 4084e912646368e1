import * as vscode from 'vscode';
import { shownText } from '../../handover/shownText.ts';
import type { Mode } from '../../domain/mode.ts';
import type { Secret } from '../../domain/secret.ts';
import { Refusal } from '../commands/failure.ts';
import { setting } from '../settings.ts';

export function refuseUntrusted(): void {
  if (!vscode.workspace.isTrusted) throw new Refusal({ kind: 'useUntrusted' });
}

/** Where keys are to go, as the question about live ones tells it. */
export interface WayOut {
  /** The question, about one key in quotes or several. */
  readonly question: (keys: string, several: boolean) => string;
  /** What happens to the key there. */
  readonly means: string;
  /** The button that lets it go. */
  readonly yes: string;
  /** What others have called it, or have it do, a line each: as `shownText` shows it. */
  readonly facts: readonly string[] | 'tooLong';
}

/** More than this nobody reads, and no dialog shows. */
const mostShown = 3000;

/**
 * Lets keys out of the editor, the live ones among them only after a yes. No key leaves it without this: untrusted workspaces, the setting
 * and a user's no end it here.
 */
export async function letOut(
  keys: readonly { readonly name: string; readonly live: boolean }[],
  way: WayOut,
): Promise<void> {
  refuseUntrusted();
  const [first, ...others] = new Set(keys.filter(({ live }) => live).map(({ name }) => name));
  if (first === undefined) return;
  if (setting('keysmith.use.liveKeys') !== 'ask') throw new Refusal({ kind: 'liveForbidden', name: first });
  const names = [first, ...others].map((name) => `“${shownText(name)}”`).join(', ');
  const facts = way.facts === 'tooLong' ? way.facts : way.facts.join('\n');
  if (way.facts === 'tooLong' || facts.length + names.length > mostShown)
    throw new Refusal({ kind: 'liveTooLongToShow' });
  const detail = [`${vscode.l10n.t('Mode: LIVE.')} ${way.means}`, ...(facts === '' ? [] : ['', facts])].join('\n');
  if (!(await askToLetOut(way.question(names, others.length > 0), detail, way.yes)))
    throw new vscode.CancellationError();
}

/** Asks with a button that lets nothing out as the one that Enter presses. */
export async function askToLetOut(question: string, detail: string, yes: string): Promise<boolean> {
  const chosen = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail },
    vscode.l10n.t('Not Now'),
    yes,
  );
  return chosen === yes;
}

/** The way into a program. `into` stands in the middle of a sentence, in our own words. */
export function intoProgram(into: string, facts: WayOut['facts'] = []): WayOut {
  const { t } = vscode.l10n;
  return {
    question: (keys, several) =>
      several ? t('Hand the LIVE keys {0} to {1}?', keys, into) : t('Hand the LIVE key {0} to {1}?', keys, into),
    means: t('What runs there acts on real customers and real money, and can read the key.'),
    yes: t('Hand Over LIVE Key'),
    facts,
  };
}

/** The way to where the user, and whoever looks over their shoulder, can see it. */
export function toScreen(): WayOut {
  const { t } = vscode.l10n;
  return {
    question: (keys) => t('Reveal the LIVE key {0}?', keys),
    means: t('Whoever sees it can act on real customers and real money.'),
    yes: t('Reveal LIVE Key'),
    facts: [],
  };
}

export function toClipboard(): WayOut {
  const { t } = vscode.l10n;
  return {
    question: (keys) => t('Copy the LIVE key {0}?', keys),
    means: t('Every program can read the clipboard, and act on real customers and real money with it.'),
    yes: t('Copy LIVE Key'),
    facts: [],
  };
}

/** The token itself says what it is, whatever was noted of it. */
export const isLive = (mode: Mode, { mask }: Secret): boolean => mode === 'live' || mask.includes('_live_');

/** A line of the question: what it is, and what others have put there. */
export const fact = (label: string, shown: string): string => `${label}: ${shown}`;
