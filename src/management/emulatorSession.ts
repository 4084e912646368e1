import { existsSync } from 'node:fs';
import type { EmulatorProblem, Result } from '../domain/problem.ts';
import type { Disposable } from '../shared/disposable.ts';
import type { Log } from '../shared/log.ts';
import { Listeners } from '../shared/listeners.ts';
import { ok, refuse } from '../shared/result.ts';
import { discoveryFile } from './discoveryFile.ts';
import type { EmulatorAddress } from './emulatorKeyService.ts';
import type { KeyService } from './keyService.ts';

export type EmulatorState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly origin: string; readonly service: KeyService }
  | { readonly kind: 'failed'; readonly problem: EmulatorProblem };

export type RunningEmulator = Extract<EmulatorState, { kind: 'running' }>;

export interface EmulatorSessionOptions {
  /** Path of the bundled `emulator.js`. */
  readonly program: string;
  /** The folder of the store, shared by all windows. */
  readonly data: string;
  readonly log: Log;
}

/**
 * The emulator as one window sees it: its own process, or the one another window started on the same store.
 * Whoever forked it stops it; a window that only found it leaves it running when it closes.
 */
export class EmulatorSession {
  readonly #options: EmulatorSessionOptions;
  readonly #listeners = new Listeners<EmulatorState>();
  #state: EmulatorState = { kind: 'stopped' };
  #starting: Promise<Result<RunningEmulator, EmulatorProblem>> | undefined;
  #stopOwn: (() => Promise<void>) | undefined;

  constructor(options: EmulatorSessionOptions) {
    this.#options = options;
  }

  get state(): EmulatorState {
    return this.#state;
  }

  onDidChange(listener: (state: EmulatorState) => void): Disposable {
    return this.#listeners.add(listener);
  }

  /** Starts the emulator or joins the running one. Calls made while it starts, or when it runs, get the same emulator. */
  async start(port: number): Promise<Result<RunningEmulator, EmulatorProblem>> {
    if (this.#state.kind === 'running') return ok(this.#state);
    this.#starting ??= this.#start(port).finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  /** Joins an emulator that another window runs; undefined, and no change, where there is none. */
  async join(): Promise<RunningEmulator | undefined> {
    if (this.#state.kind === 'running') return this.#state;
    if (this.#starting || !existsSync(discoveryFile(this.#options.data))) return undefined;
    const { findEmulator } = await import('./emulatorDiscovery.ts');
    const address = await findEmulator(this.#options.data);
    return address && this.#runningAt(address);
  }

  /** Stops the emulator, whoever started it. */
  async stop(): Promise<void> {
    await this.#starting;
    const state = this.#state;
    this.#become({ kind: 'stopped' });
    if (this.#stopOwn) await this.#stopOwn();
    else if (state.kind === 'running') await state.service.stopService();
    this.#stopOwn = undefined;
  }

  /** Ends what this window started; an emulator of another window goes on. */
  async dispose(): Promise<void> {
    await this.#starting;
    await this.#stopOwn?.();
  }

  /** Says that a call found nobody: an emulator that another window has stopped. */
  lost(problem: EmulatorProblem): void {
    if (this.#state.kind === 'running') this.#become({ kind: 'failed', problem });
  }

  async #start(port: number): Promise<Result<RunningEmulator, EmulatorProblem>> {
    this.#become({ kind: 'starting' });
    const [{ awaitEmulator, findEmulator }, { forkEmulator }] = await Promise.all([
      import('./emulatorDiscovery.ts'),
      import('./emulatorProcess.ts'),
    ]);
    const { program, data } = this.#options;
    const found = await findEmulator(data);
    if (found) return ok(await this.#runningAt(found));

    const forked = await forkEmulator({ program, data, port, onCrash: (why) => this.#crashed(why) });
    if (forked.ok) {
      this.#stopOwn = () => forked.value.stop();
      return ok(await this.#runningAt(forked.value));
    }
    // Two windows started at the same moment, and the other one got the store.
    const other = forked.problem.kind === 'storeInUse' ? await awaitEmulator(data) : undefined;
    if (other) return ok(await this.#runningAt(other));
    this.#become({ kind: 'failed', problem: forked.problem });
    return refuse(forked.problem);
  }

  async #runningAt(address: EmulatorAddress): Promise<RunningEmulator> {
    const { emulatorKeyService } = await import('./emulatorKeyService.ts');
    const state: RunningEmulator = { kind: 'running', origin: address.origin, service: emulatorKeyService(address) };
    this.#become(state);
    return state;
  }

  #crashed(why: string): void {
    this.#stopOwn = undefined;
    this.#options.log.warn(`The emulator ended by itself: ${why}`);
    this.#become({ kind: 'failed', problem: { kind: 'emulatorCrashed', why } });
  }

  #become(state: EmulatorState): void {
    this.#state = state;
    this.#options.log.info(state.kind === 'running' ? `Emulator running at ${state.origin}` : `Emulator ${state.kind}`);
    this.#listeners.tell(state);
  }
}
