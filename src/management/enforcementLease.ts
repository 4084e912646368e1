import type { Result } from '../domain/problem.ts';
import { ok } from '../shared/result.ts';
import type { Enforcement, KeyService } from './keyService.ts';

/** How long the emulator holds to a lease that is not renewed: whoever took it has gone. */
const usualSeconds = 15;
/** How often a lease is renewed in its term, so that one renewal may come late. */
const renewalsPerTerm = 3;

interface Term {
  readonly id: string;
  readonly seconds: number;
}

/**
 * Has an emulator be as strict as is wanted for as long as this process lives and has not ended the lease. The emulator keeps the lease, so
 * it also ends where this process is killed.
 */
export class EnforcementLease {
  readonly #service: KeyService;
  readonly #term: Term;
  readonly #ended: () => void;
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  /** `ended` is called where the lease was ended by somebody else. */
  static async take(
    service: KeyService,
    enforcement: Enforcement,
    ended: () => void,
    { seconds = usualSeconds } = {},
  ): Promise<Result<EnforcementLease>> {
    const taken = await service.leaseEnforcement(enforcement, seconds);
    return taken.ok ? ok(new EnforcementLease(service, { id: taken.value, seconds }, ended)) : taken;
  }

  private constructor(service: KeyService, term: Term, ended: () => void) {
    this.#service = service;
    this.#term = term;
    this.#ended = ended;
    this.#renewLater();
  }

  /** Ends it now; where that cannot be told to the emulator, it ends by itself. */
  async end(): Promise<void> {
    this.dispose();
    await this.#service.endLease(this.#term.id);
  }

  /** Renews it no more. */
  dispose(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  #renewLater(): void {
    const inMs = (this.#term.seconds * 1000) / renewalsPerTerm;
    this.#timer = setTimeout(() => void this.#renew(), inMs); // every outcome is dealt with there
    this.#timer.unref();
  }

  async #renew(): Promise<void> {
    const renewed = await this.#service.renewLease(this.#term.id, this.#term.seconds);
    if (this.#over) return;
    if (!renewed.ok || renewed.value) return this.#renewLater(); // an emulator that did not answer may yet
    this.dispose();
    this.#ended();
  }
}
