import * as vscode from 'vscode';
import { ownerId, type Owner } from '../../domain/key.ts';
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

/** Whom a code is sent to, and what it is good for. */
export interface CodeFor {
  readonly owner: Owner;
  readonly mode: Mode;
}

/** The code that was sent for what is being made. Whoever goes back and comes again needs no other, unless it is for somebody else. */
export class VerificationCode {
  readonly #service: KeyService;
  readonly #notifier: Notifier;
  #sent: (CodeFor & { readonly id: string }) | undefined;

  constructor(service: KeyService, notifier: Notifier) {
    this.#service = service;
    this.#notifier = notifier;
  }

  /** The id of the code that is good for this; it is sent where there is none. */
  async idFor({ owner, mode }: CodeFor): Promise<string> {
    const sent = this.#sent;
    if (sent && ownerId(sent.owner) === ownerId(owner) && sent.mode === mode) return sent.id;
    return await this.sendAnew({ owner, mode });
  }

  /** Sends a code and, where the service lets its outbox be read, shows it as the message a user would get. */
  async sendAnew({ owner, mode }: CodeFor): Promise<string> {
    const id = orRefuse(await this.#service.sendCode(owner, mode));
    this.#sent = { owner, mode, id };
    const outbox = await this.#service.outbox();
    const message = outbox.ok ? outbox.value.find(({ verification }) => verification === id) : undefined;
    if (message) {
      const { code } = message;
      this.#notifier.information(vscode.l10n.t('Message from the emulator: your verification code is {0}', code), {
        label: vscode.l10n.t('Copy Code'),
        run: () => vscode.env.clipboard.writeText(code),
      });
    }
    return id;
  }
}

/**
 * Asks for the code that was sent and carries out what needs it. Six digits go on without Enter, and fewer are never tried. A wrong code is
 * explained and asked for again; any other refusal ends the prompt. The button sends a new code.
 */
export async function askVerification<T>(
  place: Place,
  code: VerificationCode,
  whom: CodeFor,
  carryOut: (entry: CodeEntry) => Promise<Result<T>>,
): Promise<Result<T> | Back> {
  let id = await code.idFor(whom);
  let outcome: Result<T> | undefined;
  const again = {
    iconPath: new vscode.ThemeIcon('refresh'),
    tooltip: vscode.l10n.t('Send a New Code'),
    run: async () => {
      id = await code.sendAnew(whom);
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
