import * as vscode from 'vscode';
import { shownText } from '../../handover/shownText.ts';
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
  /** What others have called it, or have it do, a line each: as `shownText` shows it. Undefined where it cannot be shown whole. */
  readonly facts: readonly string[] | undefined;
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
  const facts = way.facts?.join('\n') ?? '';
  if (!way.facts || facts.length + names.length > mostShown) throw new Refusal({ kind: 'liveTooLongToShow' });
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

/** A line of the question: what it is, and what others have put there. */
export const fact = (label: string, shown: string): string => `${label}: ${shown}`;
