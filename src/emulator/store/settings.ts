import type { DatabaseSync } from 'node:sqlite';

/** What the emulator does with a request that it would refuse: refuse it, let it through and note it, or not look. */
export const enforcements = ['enforce', 'audit', 'off'] as const;
export type Enforcement = (typeof enforcements)[number];

/** Small things the emulator remembers: how far its clock is ahead, and how strict it is. */
export class SettingTable {
  readonly #find;
  readonly #store;
  #enforcement: Enforcement = 'enforce';
  #clockAheadMs = 0;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare('SELECT value FROM settings WHERE name = ?');
    this.#store = database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
    this.reload();
  }

  // Both are asked for at every request, so they are held in memory.

  /** Milliseconds by which the emulator's clock is ahead of the machine's; negative where it is behind. */
  get clockAheadMs(): number {
    return this.#clockAheadMs;
  }
  set clockAheadMs(value: number) {
    this.#store.run('clock_ahead_ms', String(value));
    this.#clockAheadMs = value;
  }

  get enforcement(): Enforcement {
    return this.#enforcement;
  }
  set enforcement(value: Enforcement) {
    this.#store.run('enforcement', value);
    this.#enforcement = value;
  }

  /** Reads again what is held in memory. */
  reload(): void {
    const value = this.#read('enforcement');
    this.#enforcement = enforcements.find((known) => known === value) ?? 'enforce';
    this.#clockAheadMs = Number(this.#read('clock_ahead_ms') ?? 0);
  }

  #read(name: string): string | undefined {
    const value = this.#find.get(name)?.['value'];
    return typeof value === 'string' ? value : undefined;
  }
}
