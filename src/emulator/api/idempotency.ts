import { hash } from 'node:crypto';
import type { RequestProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';
import { header, type Call } from '../exchange.ts';
import type { Replay } from '../store/idempotency.ts';
import type { Place } from '../store/objects.ts';
import type { Store } from '../store/store.ts';

const longestKey = 255;

/** An idempotency key that a request carries, with what tells whether it is the same request again. */
export interface IdempotencyMark {
  readonly key: string;
  readonly fingerprint: Buffer;
}

/** Which methods may be repeated by key: POST, and DELETE of v2 (documented). */
const repeatable = ({ method, path }: Call): boolean =>
  method === 'POST' || (method === 'DELETE' && path.startsWith('/v2/'));

/** The mark of a request; undefined where it has none or needs none. */
export function readMark(call: Call): Result<IdempotencyMark | undefined, RequestProblem> {
  const key = header(call, 'idempotency-key');
  if (key === undefined || !repeatable(call)) return ok(undefined);
  if (key.trim() === '') return refuse({ kind: 'idempotencyKeyEmpty' });
  if (key.length > longestKey) return refuse({ kind: 'idempotencyKeyTooLong' });
  const parts = Buffer.concat([Buffer.from(`${call.method} ${call.path}?${call.query}\n`), call.body]);
  return ok({ key, fingerprint: hash('sha256', parts, 'buffer') });
}

/** The answer given to the same request before; refused where the key was used for another. */
export function findReplay(
  store: Store,
  place: Place,
  mark: IdempotencyMark,
  now: Date,
): Result<Replay | undefined, RequestProblem> {
  const replay = store.idempotency.find(place, mark.key, now);
  if (!replay) return ok(undefined);
  return replay.fingerprint.equals(mark.fingerprint)
    ? ok(replay)
    : refuse({ kind: 'idempotencyMismatch', key: mark.key });
}
