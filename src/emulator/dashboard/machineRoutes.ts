import * as z from 'zod';
import { asSentence } from '../../shared/whatIsWrong.ts';
import type { EmulatorClock } from '../emulatorClock.ts';
import { defaultSeed } from '../seed/defaultSeed.ts';
import { exportSeed } from '../seed/exportSeed.ts';
import { plantSeed } from '../seed/plantSeed.ts';
import { readSeed, type Seed } from '../seed/seedFile.ts';
import { enforcements } from '../store/settings.ts';
import type { RequestLog } from '../requestLog/requestLog.ts';
import type { Store } from '../store/store.ts';
import { longestLeaseSeconds, type Strictness } from '../strictness.ts';
import { action, reply, type Action } from './action.ts';
import { dashboardError } from './dashboardErrors.ts';

const tenYearsSeconds = 10 * 366 * 24 * 60 * 60;

const clockChange = z.union([
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advance_seconds: z.number().min(0).max(tenYearsSeconds) }),
]);
const seenChanges = z.strictObject({ seen: z.coerce.number().int() });
/** How long a client may be kept waiting for a change. */
const patienceMs = 20_000;
/** Time for the last answers to leave. */
const lastWordsMs = 30;
const enforcement = z.enum(enforcements);
const setting = z.strictObject({ enforcement });
const leaseSeconds = z.number().min(1).max(longestLeaseSeconds);
const newLease = z.strictObject({ enforcement, seconds: leaseSeconds });
const renewal = z.strictObject({ seconds: leaseSeconds });

/** What there is of an emulator beside its store. */
export interface Machine {
  readonly clock: EmulatorClock;
  readonly strictness: Strictness;
}

/** What a person does with the emulator itself: its time, its strictness, its contents, its end. */
export function machineRoutes(
  store: Store,
  requests: RequestLog,
  { clock, strictness }: Machine,
  stop: () => void,
): Action[] {
  const clockReply = () => reply({ now: clock.now().toISOString() });
  const strictnessReply = () => reply({ enforcement: strictness.current });
  const startOver = (seed: Seed): void => {
    store.transaction(() => {
      store.clear();
      clock.reset();
      plantSeed(store, seed, clock.now());
      store.afterCommit(() => requests.clear());
    });
  };
  return [
    action('GET', '/changes', { query: seenChanges }, async ({ query }) =>
      reply({ count: await store.changes.next(query.seen, patienceMs), stopping: store.changes.ending }),
    ),
    action('GET', '/clock', {}, clockReply),
    action('POST', '/clock', { body: clockChange }, ({ body }) => {
      if ('now' in body) clock.set(new Date(body.now));
      else clock.advance(body.advance_seconds);
      store.keys.forgetEnded(clock.now());
      store.changes.note();
      return clockReply();
    }),
    action('GET', '/enforcement', {}, strictnessReply),
    action('POST', '/enforcement', { body: setting }, ({ body }) => {
      strictness.set(body.enforcement);
      return strictnessReply();
    }),
    action('POST', '/enforcement/leases', { body: newLease }, ({ body }) =>
      reply({ id: strictness.lease(body.enforcement, body.seconds), held: true }),
    ),
    action('POST', '/enforcement/leases/:id', { body: renewal }, ({ id, body }) =>
      reply({ id, held: strictness.renew(id, body.seconds) }),
    ),
    action('DELETE', '/enforcement/leases/:id', {}, ({ id }) => {
      strictness.end(id);
      return reply({ id, held: false });
    }),
    action('POST', '/reset', {}, () => {
      startOver(defaultSeed);
      return reply({ reset: true });
    }),
    action('GET', '/export', {}, () => reply(exportSeed(store))),
    action('POST', '/import', { body: z.record(z.string(), z.unknown()) }, ({ body }) => {
      const seed = readSeed(body);
      if (!seed.ok) return dashboardError(400, 'seed_invalid', asSentence(`the seed cannot be used: ${seed.problem}`));
      startOver(seed.value);
      return reply({ imported: true });
    }),
    action('POST', '/stop', {}, () => {
      store.changes.end();
      setTimeout(stop, lastWordsMs);
      return reply({ stopping: true });
    }),
  ];
}
