import { randomText } from './random.ts';
import type { Enforcement, SettingTable } from './store/settings.ts';

interface Lease {
  readonly enforcement: Enforcement;
  readonly timer: NodeJS.Timeout;
}

/** A lease must be renewed before this; whoever took it may have gone without a word. */
export const longestLeaseSeconds = 60;

/**
 * How strict the emulator is. What is set stays; what is leased holds until the lease ends or is not renewed in time, and is
 * never stored, so that whoever wants requests let through for a while cannot leave the emulator open. The latest lease counts.
 */
export class Strictness {
  readonly #settings: Pick<SettingTable, 'enforcement'>;
  readonly #changed: () => void;
  /** By id, the latest last. */
  readonly #leases = new Map<string, Lease>();

  /** `changed` is called whenever another strictness may hold. */
  constructor(settings: Pick<SettingTable, 'enforcement'>, changed: () => void) {
    this.#settings = settings;
    this.#changed = changed;
  }

  get current(): Enforcement {
    return [...this.#leases.values()].at(-1)?.enforcement ?? this.#settings.enforcement;
  }

  /** Sets it for good, and ends every lease. */
  set(enforcement: Enforcement): void {
    this.#settings.enforcement = enforcement;
    this.dispose();
    this.#changed();
  }

  /** Takes a lease and gives its id. The machine's own time counts, whatever the emulator's clock shows. */
  lease(enforcement: Enforcement, seconds: number): string {
    const id = `lease_${randomText(14)}`;
    this.#leases.set(id, { enforcement, timer: this.#timer(id, seconds) });
    this.#changed();
    return id;
  }

  /** False where the lease has ended. */
  renew(id: string, seconds: number): boolean {
    const lease = this.#leases.get(id);
    if (!lease) return false;
    clearTimeout(lease.timer);
    this.#leases.set(id, { ...lease, timer: this.#timer(id, seconds) });
    return true;
  }

  /** False where the lease has ended already. */
  end(id: string): boolean {
    clearTimeout(this.#leases.get(id)?.timer);
    const ended = this.#leases.delete(id);
    if (ended) this.#changed();
    return ended;
  }

  /** Ends every lease. */
  dispose(): void {
    for (const { timer } of this.#leases.values()) clearTimeout(timer);
    this.#leases.clear();
  }

  #timer(id: string, seconds: number): NodeJS.Timeout {
    return setTimeout(() => this.end(id), seconds * 1000).unref(); // an emulator that ends does not wait for it
  }
}
