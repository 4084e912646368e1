import { existsSync, watch, type FSWatcher } from 'node:fs';
import { basename } from 'node:path';
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
 * when it closes; a window that had only joined then takes over, on the same port and store. After a crash every window has failed, and
 * whichever starts it again takes the others along.
 */
export class EmulatorSession {
  readonly #options: EmulatorSessionOptions;
  readonly #states = new Listeners<EmulatorState>();
  readonly #changes = new Listeners<void>();
  readonly #crashes = new Listeners<EmulatorProblem>();
  #state: EmulatorState = { kind: 'stopped' };
  #starting: Promise<Started> | undefined;
  #joining: Promise<RunningEmulator | undefined> | undefined;
  #own: OwnProcess | undefined;
  #watch: Disposable | undefined;
  /** Waits for another window's emulator while there is none. */
  #lookout: FSWatcher | undefined;
  #disposed = false;

  constructor(options: EmulatorSessionOptions) {
    this.#options = options;
    this.#lookOut(true);
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

  /** Tells that an emulator which ran has crashed, whichever window had started it. */
  onDidCrash(listener: (problem: EmulatorProblem) => void): Disposable {
    return this.#crashes.add(listener);
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
  join(): Promise<RunningEmulator | undefined> {
    this.#joining ??= this.#join().finally(() => {
      this.#joining = undefined;
    });
    return this.#joining;
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
    this.#lookout?.close();
    await this.#starting;
    await this.#own?.stop();
  }

  async #join(): Promise<RunningEmulator | undefined> {
    if (this.#state.kind === 'running') return this.#state;
    if (this.#starting || !existsSync(discoveryFile(this.#options.data))) return undefined;
    const { findEmulator } = await import('./emulatorDiscovery.ts');
    const address = await findEmulator(this.#options.data);
    if (!address || this.#starting || this.#disposed) return undefined; // a start finds it too
    return await this.#runningAt(address);
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

  /** Another window's emulator answers no more. One of our own that goes is a crash, told by its process. */
  #lost(origin: string): void {
    if (this.#disposed || this.#own || this.#state.kind !== 'running') return;
    this.#become({ kind: 'starting' });
    this.#starting ??= this.#replaceLost(origin).finally(() => {
      this.#starting = undefined;
    });
  }

  /** Takes over from a window that has closed; where the emulator has crashed, every window says so instead. */
  async #replaceLost(origin: string): Promise<Started> {
    const { howItEnded } = await import('./emulatorDiscovery.ts');
    const ending = await howItEnded(this.#options.data);
    if (ending === 'crashed') return refuse(this.#fail("another window's emulator is gone"));
    if (ending === 'stopped') {
      this.#become({ kind: 'stopped' });
      return refuse({ kind: 'emulatorStopped' });
    }
    if (ending === 'closed') this.#options.log.info('The window that ran the emulator has closed; this one takes over');
    return this.#start(Number(new URL(origin).port)); // a refusal is told by the state
  }

  #crashed(why: string): void {
    if (!this.#own) return; // it was asked to end
    this.#own = undefined;
    this.#fail(why);
  }

  /** The log has why: the windows that had only joined do not know it, and all say the same. */
  #fail(why: string): EmulatorProblem {
    const problem: EmulatorProblem = { kind: 'emulatorCrashed', why: '' };
    this.#options.log.warn(`The emulator ended by itself: ${why}`);
    this.#become({ kind: 'failed', problem });
    this.#crashes.tell(problem);
    return problem;
  }

  #become(state: EmulatorState): void {
    this.#watch?.dispose();
    this.#watch = undefined;
    this.#state = state;
    this.#lookOut(state.kind === 'stopped' || state.kind === 'failed');
    this.#options.log.info(state.kind === 'running' ? `Emulator running at ${state.origin}` : `Emulator ${state.kind}`);
    this.#states.tell(state);
  }

  /** Joins the emulator that another window starts. Without its folder nobody has started one yet, and a window looks when it opens. */
  #lookOut(wanted: boolean): void {
    if (!wanted) {
      this.#lookout?.close();
      this.#lookout = undefined;
      return;
    }
    const { data, log } = this.#options;
    if (this.#lookout || this.#disposed || !existsSync(data)) return;
    const name = basename(discoveryFile(data));
    this.#lookout = watch(data, (_event, changed) => {
      if (changed === null || changed === name) void this.join(); // it tells by the state what came of it
    });
    this.#lookout.on('error', (error) =>
      log.warn(`The emulator of another window will not be noticed: ${error.message}`),
    );
  }
}
