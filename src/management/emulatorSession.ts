import { existsSync } from 'node:fs';
import type { EmulatorProblem, Result } from '../domain/problem.ts';
import type { Disposable } from '../shared/disposable.ts';
import { Listeners } from '../shared/listeners.ts';
import type { Log } from '../shared/log.ts';
import { ok, refuse } from '../shared/result.ts';
import { watchChanges } from './changeWatch.ts';
import type { EmulatorAddress } from './dashboardCaller.ts';
import { discoveryFile } from './discoveryFile.ts';
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

type Started = Result<RunningEmulator, EmulatorProblem>;

/** A process of our own. */
interface OwnProcess {
  stop(): Promise<void>;
}

/**
 * The emulator as one window sees it: its own process, or the one another window started on the same store. Whoever forked it ends it
 * when it closes; a window that had only joined then takes over, on the same port and store.
 */
export class EmulatorSession {
  readonly #options: EmulatorSessionOptions;
  readonly #states = new Listeners<EmulatorState>();
  readonly #changes = new Listeners<void>();
  #state: EmulatorState = { kind: 'stopped' };
  #starting: Promise<Started> | undefined;
  #own: OwnProcess | undefined;
  #watch: Disposable | undefined;
  #disposed = false;

  constructor(options: EmulatorSessionOptions) {
    this.#options = options;
  }

  get state(): EmulatorState {
    return this.#state;
  }

  onDidChangeState(listener: (state: EmulatorState) => void): Disposable {
    return this.#states.add(listener);
  }

  /** Tells of changes of keys, made by whatever window or program. */
  onDidChangeKeys(listener: () => void): Disposable {
    return this.#changes.add(listener);
  }

  /** Starts the emulator or joins the running one. Calls made while it starts, or when it runs, get the same emulator. */
  async start(port: number): Promise<Started> {
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

  /** Stops the emulator, whoever started it: the other windows are told that somebody wanted it so. */
  async stop(): Promise<void> {
    await this.#starting;
    const [state, own] = [this.#state, this.#own];
    this.#own = undefined;
    this.#become({ kind: 'stopped' });
    if (state.kind === 'running') await state.service.stopService();
    await own?.stop();
  }

  /** Ends what this window started; the other windows take over. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#watch?.dispose();
    await this.#starting;
    await this.#own?.stop();
  }

  async #start(port: number): Promise<Started> {
    this.#become({ kind: 'starting' });
    const [{ awaitEmulator, findEmulator }, { forkEmulator }] = await Promise.all([
      import('./emulatorDiscovery.ts'),
      import('./emulatorProcess.ts'),
    ]);
    const { program, data, log } = this.#options;
    const found = await findEmulator(data);
    if (found) return ok(await this.#runningAt(found));

    const forked = await forkEmulator({ program, data, port, log, onCrash: (why) => this.#crashed(why) });
    if (forked.ok) {
      this.#own = forked.value;
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
    const service = emulatorKeyService(address);
    const state: RunningEmulator = { kind: 'running', origin: address.origin, service };
    this.#become(state);
    this.#watch = watchChanges(service, {
      changed: () => this.#changes.tell(),
      stopping: () => {
        this.#own = undefined; // it ends by itself, and not by a crash
        this.#become({ kind: 'stopped' });
      },
      lost: () => this.#lost(address.origin),
    });
    return state;
  }

  /** Another window's emulator has gone: this window runs it from now on. One of our own that goes is a crash, told by its process. */
  #lost(origin: string): void {
    if (this.#disposed || this.#own || this.#state.kind !== 'running') return;
    this.#options.log.info('The window that ran the emulator has closed; this one takes over');
    this.#become({ kind: 'starting' });
    void this.start(Number(new URL(origin).port)); // a refusal is told by the state
  }

  #crashed(why: string): void {
    if (!this.#own) return; // it was asked to end
    this.#own = undefined;
    this.#options.log.warn(`The emulator ended by itself: ${why}`);
    this.#become({ kind: 'failed', problem: { kind: 'emulatorCrashed', why } });
  }

  #become(state: EmulatorState): void {
    this.#watch?.dispose();
    this.#watch = undefined;
    this.#state = state;
    this.#options.log.info(state.kind === 'running' ? `Emulator running at ${state.origin}` : `Emulator ${state.kind}`);
    this.#states.tell(state);
  }
}
