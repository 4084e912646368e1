import type { Mode } from '../../domain/mode.ts';
import { isEmulatorToken, parseToken } from '../../domain/token.ts';
import type { LeakKind, TextContext } from '../leak.ts';
import type { LeakRule, Severity } from '../protocol.ts';
import { isSampleBody } from './sampleKeys.ts';

/** What a token is, by its prefix. */
export interface Sort {
  readonly kind: LeakKind;
  readonly mode: Mode | undefined;
}

export function sortOf(token: string): Sort {
  if (token.startsWith('whsec_')) return { kind: 'webhook', mode: undefined };
  if (token.startsWith('oak_')) return { kind: 'app', mode: undefined };
  const mode = token.includes('_live_') ? 'live' : 'sandbox';
  if (token.startsWith('rkcs_')) return { kind: 'cli', mode };
  if (token.startsWith('sk_org_')) return { kind: 'organization', mode };
  if (token.startsWith('pk_')) return { kind: 'publishable', mode };
  return { kind: token.startsWith('rk_') ? 'restricted' : 'secret', mode };
}

/**
 * The severity of each rule where nothing else is known. Live secrets open accounts with money; test keys open a business's data models;
 * a publishable key is made to be public.
 */
const severityOf: Readonly<Record<LeakRule, Severity>> = {
  'live-secret-key': 'error',
  'live-restricted-key': 'error',
  'live-organization-key': 'error',
  'test-secret-key': 'warning',
  'test-restricted-key': 'warning',
  'test-organization-key': 'warning',
  'webhook-secret': 'warning',
  'cli-key': 'warning',
  'app-token': 'warning',
  'client-side-key': 'error',
  'live-publishable-key': 'hint',
  'sample-key': 'information',
  'emulator-key': 'information',
};

/** What is known of a token that was found. */
export interface Facts extends Sort {
  readonly token: string;
  readonly body: string;
  /** Browsers can read it where it stands. */
  readonly clientSide: boolean;
}

/** The rule a token falls under; undefined where it may stand. */
export function ruleOf({ kind, mode, token, body, clientSide }: Facts): LeakRule | undefined {
  if (isSampleBody(body)) return 'sample-key';
  const parsed = parseToken(token);
  if (parsed && isEmulatorToken(parsed)) return kind === 'publishable' ? undefined : 'emulator-key';
  switch (kind) {
    case 'publishable':
      return clientSide ? undefined : 'live-publishable-key';
    case 'webhook':
      return 'webhook-secret';
    case 'cli':
      return 'cli-key';
    case 'app':
      return 'app-token';
    case 'secret':
    case 'restricted':
    case 'organization':
      return clientSide ? 'client-side-key' : `${mode === 'live' ? 'live' : 'test'}-${kind}-key`;
    default:
      return kind satisfies never;
  }
}

const examplePath = /(?:\.(?:example|sample|template|dist)$)|(?:^|\/)(?:__fixtures__|fixtures|testdata)\//i;

/** How grave a finding is: what is no live key weighs less in a file that is an example by its name. */
export function gradeOf(rule: LeakRule, mode: Mode | undefined, { path = '' }: TextContext): Severity {
  const severity = severityOf[rule];
  return severity === 'warning' && mode !== 'live' && examplePath.test(path) ? 'information' : severity;
}
