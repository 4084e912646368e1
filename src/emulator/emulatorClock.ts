import type { Clock } from '../shared/clock.ts';
import type { SettingTable } from './store/settings.ts';

/** The time in the emulator: the machine's, shifted by as much as a person has set. It ticks. */
export class EmulatorClock {
  readonly #machine: Clock;
  readonly #settings: SettingTable;

  constructor(machine: Clock, settings: SettingTable) {
    this.#machine = machine;
    this.#settings = settings;
  }

  now(): Date {
    return new Date(this.#machine().getTime() + this.#settings.clockAheadMs);
  }

  set(now: Date): void {
    this.#shift(now.getTime() - this.#machine().getTime());
  }

  advance(seconds: number): void {
    this.#shift(this.#settings.clockAheadMs + seconds * 1000);
  }

  /** The machine's time again. */
  reset(): void {
    this.#shift(0);
  }

  #shift(aheadMs: number): void {
    this.#settings.clockAheadMs = aheadMs;
  }
}
