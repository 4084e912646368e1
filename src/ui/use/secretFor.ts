import * as vscode from 'vscode';
import { Refusal } from '../commands/failure.ts';
import { chosenOrAsked } from './chooseKeys.ts';
import { handOver, keyWords } from './handOver.ts';
import { askToLetOut, intoProgram, refuseUntrusted } from './liveGuard.ts';
import type { UseDesk } from './useDesk.ts';

/**
 * The token of a key, for `${command:keysmith.secretFor}` and inputs. Any extension can run a command, so a sandbox key asks too, once a
 * window; a live one asks each time, as always.
 */
export async function secretFor(desk: UseDesk, wanted: unknown): Promise<string> {
  refuseUntrusted();
  const name = keyIn(wanted) ?? (await chosenOrAsked(desk)).values().next().value;
  if (name === undefined) throw new vscode.CancellationError();
  const into = vscode.l10n.t('a launch configuration, a task or another extension');
  const [handed] = await handOver(desk.keys, new Map([['', name]]), intoProgram(into));
  if (!handed) throw new vscode.CancellationError();
  const { key, secret, live } = handed;
  if (!live && !desk.allowed.has(key.id)) {
    const allow = vscode.l10n.t('Allow in This Window');
    const question = vscode.l10n.t('Hand the key {0} to {1}?', keyWords(handed), into);
    const detail = vscode.l10n.t('It is put where “keysmith.secretFor” stands.');
    if (!(await askToLetOut(question, detail, allow))) throw new vscode.CancellationError();
    desk.allowed.add(key.id);
  }
  desk.given.set(key.id, secret);
  return secret.reveal();
}

/** `"key"`, or `{ "key": "…" }` as inputs give it; undefined means the chosen key. */
function keyIn(wanted: unknown): string | undefined {
  if (typeof wanted === 'string' && wanted !== '') return wanted;
  if (typeof wanted !== 'object' || wanted === null || !('key' in wanted)) return undefined;
  const { key } = wanted;
  if (typeof key !== 'string' || key === '') throw new Refusal({ kind: 'useMalformed', what: 'args.key' });
  return key;
}
