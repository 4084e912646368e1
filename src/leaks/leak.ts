import type { Kind } from '../domain/kind.ts';
import type { Mode } from '../domain/mode.ts';
import type { Secret } from '../domain/secret.ts';
import type { LeakRule, Severity } from './protocol.ts';

/** What a leaked text is: a key, or one of the other secrets Stripe hands out. */
export type LeakKind = Kind | 'webhook' | 'cli' | 'app';

/**
 * `certain`: the body has a length and structure Stripe is known to use. `likely`: it may be another service's. `doubtful`: what stands
 * around it, or its body, says that it is.
 */
export type Confidence = 'certain' | 'likely' | 'doubtful';

/** How the token stands in the text: as it is, over literals that are put together, encoded, with escapes, or with invisible characters. */
export type LeakForm = 'plain' | 'joined' | 'base64' | 'hex' | 'escaped' | 'hidden';

/** Whether a program has to decode what is written before it has the token. */
export const isEncoded = (form: LeakForm): boolean => form === 'base64' || form === 'hex';

/** A leak without its place and its token: what may be shown, stored and sent. */
export interface LeakFacts {
  readonly rule: LeakRule;
  readonly kind: LeakKind;
  /** A webhook signing secret tells no mode. */
  readonly mode: Mode | undefined;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The service that the token probably belongs to, where that is not Stripe. */
  readonly service?: string;
  readonly form: LeakForm;
  readonly mask: string;
  /** Tells two tokens apart and a token again, without giving it: 32 hexadecimal digits of a hash. */
  readonly fingerprint: string;
}

/** A leak in a text. Offsets count UTF-16 units and span what is written, which for an encoded form is not the token. */
export interface Leak extends LeakFacts {
  readonly start: number;
  readonly end: number;
  readonly secret: Secret;
}

/** A leak without its place and its token. */
export const factsOf = ({
  rule,
  kind,
  mode,
  severity,
  confidence,
  service,
  form,
  mask,
  fingerprint,
}: LeakFacts): LeakFacts => ({
  rule,
  kind,
  mode,
  severity,
  confidence,
  ...(service === undefined ? {} : { service }),
  form,
  mask,
  fingerprint,
});

/** A leak in a file: lines and columns count from 1, columns in UTF-16 units; the end stands behind the last character. */
export interface PlacedLeak extends LeakFacts {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What is known of a text beside its characters. Both change which rule and severity apply, never what is found. */
export interface TextContext {
  /** Path or name of the file, with `/`. */
  readonly path?: string;
  /** The editor's language id. */
  readonly language?: string;
  /** Whether it reaches browsers whole, where that is known; otherwise it is told from the rest and the text's head. */
  readonly served?: boolean;
}
