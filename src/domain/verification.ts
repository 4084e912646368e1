/** A code that Stripe sends by email or text message before it creates a key (source: "Create an API key"). */
export interface Verification {
  readonly id: string;
  readonly code: string;
  readonly sent: Date;
  readonly tries: number;
  readonly used: boolean;
}

export const codeLifetimeMinutes = 10;
export const codeTries = 5;

export type VerificationProblem =
  | { readonly kind: 'verificationMissing' }
  | { readonly kind: 'codeWrong'; readonly triesLeft: number }
  | { readonly kind: 'codeExpired' }
  | { readonly kind: 'codeUsedUp' };

const digitsOf = (text: string): string => text.replaceAll(/[\s-]/g, '');

/** Whether a text is a code as one is sent: six digits, however they are grouped. Anything else is no try. */
export const isWholeCode = (text: string): boolean => /^\d{6}$/.test(digitsOf(text));

/** Whether a text may become a code by more typing. */
export const mayBecomeCode = (text: string): boolean => /^\d{0,6}$/.test(digitsOf(text));

/** Why a code is refused, or undefined where it is right. Single use, ten minutes, five tries. */
export function checkCode(verification: Verification, code: string, now: Date): VerificationProblem | undefined {
  const age = now.getTime() - verification.sent.getTime();
  if (verification.used || verification.tries >= codeTries) return { kind: 'codeUsedUp' };
  if (age < 0 || age >= codeLifetimeMinutes * 60_000) return { kind: 'codeExpired' };
  if (digitsOf(code) !== verification.code)
    return { kind: 'codeWrong', triesLeft: codeTries - verification.tries - (isWholeCode(code) ? 1 : 0) };
  return undefined;
}
