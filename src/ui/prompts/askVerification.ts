import * as vscode from 'vscode';
import type { Owner } from '../../domain/key.ts';
import type { Mode } from '../../domain/mode.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { isWholeCode, mayBecomeCode } from '../../domain/verification.ts';
import type { CodeEntry, KeyService } from '../../management/keyService.ts';
import { orRefuse } from '../commands/failure.ts';
import { problemMessage } from '../messages.ts';
import type { Notifier } from '../notifier.ts';
import { askText, type Objection } from './askText.ts';
import { back, type Back, type Place } from './steps.ts';

/** What a code can be wrong about without the rest of the form being wrong too. */
const codeProblems: ReadonlySet<Problem['kind']> = new Set([
  'codeWrong',
  'codeExpired',
  'codeUsedUp',
  'verificationMissing',
]);

/** For whom a code is sent, and where what is said of it is shown. */
export interface Verifying {
  readonly service: KeyService;
  readonly notifier: Notifier;
  readonly owner: Owner;
  readonly mode: Mode;
}

/**
 * Sends a verification code, asks for it and carries out what needs it. Six digits go on without Enter, and fewer are never tried. A wrong
 * code is explained and asked for again; any other refusal ends the prompt. The button sends a new code.
 */
export async function askVerification<T>(
  place: Place,
  verifying: Verifying,
  carryOut: (code: CodeEntry) => Promise<Result<T>>,
): Promise<Result<T> | Back> {
  let id = await sendCode(verifying);
  let outcome: Result<T> | undefined;
  const again = {
    iconPath: new vscode.ThemeIcon('refresh'),
    tooltip: vscode.l10n.t('Send a New Code'),
    run: async () => {
      id = await sendCode(verifying);
    },
  };
  const answer = await askText(place, {
    prompt: vscode.l10n.t('Enter the verification code that was sent to you'),
    placeholder: '123456',
    buttons: [again],
    validate: (value) => (mayBecomeCode(value) ? undefined : sixDigits()),
    complete: isWholeCode,
    submit: async (value) => {
      if (!isWholeCode(value)) return sixDigits();
      outcome = await carryOut({ id, code: value.trim() });
      return !outcome.ok && codeProblems.has(outcome.problem.kind) ? problemMessage(outcome.problem) : undefined;
    },
  });
  return answer === back || !outcome ? back : outcome;
}

const sixDigits = (): Objection => vscode.l10n.t('The code has six digits.');

/** Sends a code and, where the service lets its outbox be read, shows it as the message a user would get. */
async function sendCode({ service, notifier, owner, mode }: Verifying): Promise<string> {
  const id = orRefuse(await service.sendCode(owner, mode));
  const outbox = await service.outbox();
  const sent = outbox.ok ? outbox.value.find(({ verification }) => verification === id) : undefined;
  if (sent) {
    notifier.information(vscode.l10n.t('Message from the emulator: your verification code is {0}', sent.code), {
      label: vscode.l10n.t('Copy Code'),
      run: () => vscode.env.clipboard.writeText(sent.code),
    });
  }
  return id;
}
