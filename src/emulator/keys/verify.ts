import { randomInt } from 'node:crypto';
import type { Mode } from '../../domain/mode.ts';
import type { KeyProblem } from '../../domain/problem.ts';
import { checkCode, isWholeCode, type VerificationProblem } from '../../domain/verification.ts';
import { newObjectId } from '../ids.ts';
import type { Store } from '../store/store.ts';
import type { SentVerification } from '../store/verifications.ts';

/** The code a person typed, for the verification that was sent. */
export interface CodeEntry {
  readonly id: string;
  readonly code: string;
}

/** Sends a new code of six digits to the outbox. */
export function sendCode(store: Store, owner: string, mode: Mode, now: Date): SentVerification {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const verification = { id: newObjectId('verif'), owner, mode, code, sent: now, tries: 0, used: false };
  store.verifications.add(verification);
  return verification;
}

/** Uses a code up, or counts the try; why it is refused, or undefined. A code is good for the owner and mode it was sent for. */
export function useCode(
  store: Store,
  entry: CodeEntry | undefined,
  owner: string,
  mode: Mode,
  now: Date,
): KeyProblem | undefined {
  if (!entry) return { kind: 'verificationMissing' };
  const sent = store.verifications.find(entry.id);
  if (!sent || sent.owner !== owner || sent.mode !== mode) return { kind: 'verificationMissing' };
  const problem: VerificationProblem | undefined = checkCode(sent, entry.code, now);
  if (problem?.kind === 'codeWrong' && isWholeCode(entry.code)) store.verifications.noteTry(sent.id);
  if (!problem) store.verifications.use(sent.id);
  return problem;
}
