import type { Store } from '../store/store.ts';

/** A managed key as it is answered, as far as its token goes. */
interface AnsweredKey {
  readonly object: 'v2.iam.api_key';
  readonly id: string;
  readonly secret_key: { readonly token: string | null };
}

const tellsToken = (answer: unknown): answer is AnsweredKey => {
  const { object, secret_key: secret } = (answer ?? {}) as { object?: unknown; secret_key?: { token?: unknown } };
  return object === 'v2.iam.api_key' && secret?.token !== undefined;
};

/**
 * The text under which an answer is remembered for its idempotency key. A token stands in the store's table of tokens alone, from where it
 * can be taken away: here `null` says that there was one.
 */
export function rememberedBody(answer: unknown): string {
  const kept = tellsToken(answer) ? { ...answer, secret_key: { ...answer.secret_key, token: null } } : answer;
  return JSON.stringify(kept, undefined, 2);
}

/** The answer as it was given, but for a token that the store has forgotten since. */
export function recalledBody(text: string, store: Store, now: Date): string {
  if (!text.includes('"token": null')) return text;
  const answer: unknown = JSON.parse(text);
  if (!tellsToken(answer)) return text;
  const { token: _, ...rest } = answer.secret_key;
  // Only a sandbox key's token is ever told in the open, and it may be told again.
  const token = store.keys.find(answer.id, now)?.mode === 'sandbox' ? store.keys.reveal(answer.id, now) : undefined;
  return JSON.stringify({ ...answer, secret_key: { ...rest, ...(token ? { token } : {}) } }, undefined, 2);
}
