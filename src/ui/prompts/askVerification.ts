import * as vscode from 'vscode';
import type { Owner } from '../../domain/key.ts';
import type { Mode } from '../../domain/mode.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import type { CodeEntry, KeyService } from '../../management/keyService.ts';
import { orRefuse } from '../commands/failure.ts';
import { problemMessage } from '../messages.ts';
import { offering } from '../offer.ts';
import { askText } from './askText.ts';
import { back, type Back, type Place } from './steps.ts';

/** What a code can be wrong about without the rest of the form being wrong too. */
const codeProblems: ReadonlySet<Problem['kind']> = new Set([
  'codeWrong',
  'codeExpired',
  'codeUsedUp',
  'verificationMissing',
]);

/**
 * Sends a verification code, asks for it and carries out what needs it. A wrong code is explained and asked for again; any other refusal
 * ends the prompt. The button sends a new code.
 */
export async function askVerification<T>(
  place: Place,
  service: KeyService,
  owner: Owner,
  mode: Mode,
  carryOut: (code: CodeEntry) => Promise<Result<T>>,
): Promise<Result<T> | Back> {
  let id = await sendCode(service, owner, mode);
  let outcome: Result<T> | undefined;
  const again = {
    iconPath: new vscode.ThemeIcon('refresh'),
    tooltip: vscode.l10n.t('Send a New Code'),
    run: () => void sendCode(service, owner, mode).then((sent) => (id = sent)), // a failure shows as a refused code
  };
  const answer = await askText(place, {
    prompt: vscode.l10n.t('Enter the verification code that was sent to you'),
    placeholder: '123456',
    buttons: [again],
    validate: (value) => (/^[\d\s-]*$/.test(value) ? undefined : vscode.l10n.t('The code has six digits.')),
    submit: async (value) => {
      outcome = await carryOut({ id, code: value.trim() });
      return !outcome.ok && codeProblems.has(outcome.problem.kind) ? problemMessage(outcome.problem) : undefined;
    },
  });
  return answer === back || !outcome ? back : outcome;
}

/** Sends a code and, where the service lets its outbox be read, shows it as the message a person would get. */
async function sendCode(service: KeyService, owner: Owner, mode: Mode): Promise<string> {
  const id = orRefuse(await service.sendCode(owner, mode));
  const outbox = await service.outbox();
  const sent = outbox.ok ? outbox.value.find(({ verification }) => verification === id) : undefined;
  if (sent) {
    const message = vscode.l10n.t('Message from the emulator: your verification code is {0}', sent.code);
    offering((...buttons) => vscode.window.showInformationMessage(message, ...buttons), {
      label: vscode.l10n.t('Copy Code'),
      run: () => vscode.env.clipboard.writeText(sent.code),
    });
  }
  return id;
}
