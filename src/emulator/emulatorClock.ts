import type { Clock } from '../shared/clock.ts';
import type { SettingTable } from './store/settings.ts';

/** The time in the emulator: the machine's, shifted by as much as a person has set. It ticks. */
export class EmulatorClock {
  readonly #machine: Clock;
  readonly #settings: SettingTable;
  #aheadMs: number;

  constructor(machine: Clock, settings: SettingTable) {
    this.#machine = machine;
    this.#settings = settings;
    this.#aheadMs = settings.clockAheadMs;
  }

  now(): Date {
    return new Date(this.#machine().getTime() + this.#aheadMs);
  }

  set(now: Date): void {
    this.#shift(now.getTime() - this.#machine().getTime());
  }

  advance(seconds: number): void {
    this.#shift(this.#aheadMs + seconds * 1000);
  }

  /** The machine's time again. */
  reset(): void {
    this.#shift(0);
  }

  #shift(aheadMs: number): void {
    this.#aheadMs = aheadMs;
    this.#settings.clockAheadMs = aheadMs;
  }
}
