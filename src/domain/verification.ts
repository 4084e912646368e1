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

/** Why a code is refused, or undefined where it is right. Single use, ten minutes, five tries. */
export function checkCode(verification: Verification, code: string, now: Date): VerificationProblem | undefined {
  const age = now.getTime() - verification.sent.getTime();
  if (verification.used || verification.tries >= codeTries) return { kind: 'codeUsedUp' };
  if (age < 0 || age >= codeLifetimeMinutes * 60_000) return { kind: 'codeExpired' };
  if (code.replaceAll(/[\s-]/g, '') !== verification.code)
    return { kind: 'codeWrong', triesLeft: codeTries - verification.tries - 1 };
  return undefined;
}
