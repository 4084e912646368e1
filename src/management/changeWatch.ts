import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../domain/problem.ts';
import type { Disposable } from '../shared/disposable.ts';
import type { KeyService } from './keyService.ts';

/** Who is told what becomes of a service. `stopping` and `lost` end the watch. */
export interface ChangeListener {
  changed(): void;
  /** Somebody has asked the service to end. */
  stopping(): void;
  /** The service has gone without a word. */
  lost(problem: Problem): void;
}

/** Before the first answer no count is known. */
const noCount = -1;

/** Watches a service until it ends or the watch is disposed. */
export function watchChanges(service: KeyService, listener: ChangeListener): Disposable {
  const ended = new AbortController();
  void watch(service, listener, ended.signal); // it tells of every end itself
  return { dispose: () => ended.abort() };
}

/** Between an answer that could not be read and the next question. */
const askAgainMs = 2000;

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined); // the watch has ended
}

async function watch(service: KeyService, listener: ChangeListener, signal: AbortSignal): Promise<void> {
  let seen = noCount;
  while (!signal.aborted) {
    const change = await service.nextChange(seen, signal);
    if (signal.aborted) return;
    if (!change.ok) {
      if (change.problem.kind === 'emulatorUnreachable') return listener.lost(change.problem);
      await pause(askAgainMs, signal); // it is there, and may yet answer what can be read
      continue;
    }
    if (change.value.stopping) return listener.stopping();
    if (seen !== noCount && change.value.count !== seen) listener.changed();
    seen = change.value.count;
  }
}
