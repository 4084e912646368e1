/** Where the emulator last ran for a workspace, and the port that the settings named then. */
export interface RememberedPort {
  readonly port: number;
  readonly wanted: number;
}

/** What was remembered, as it may stand in the editor's storage. */
export function readRemembered(stored: unknown): RememberedPort | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { port, wanted } = stored as Partial<Record<keyof RememberedPort, unknown>>;
  return isPort(port) && typeof wanted === 'number' ? { port, wanted } : undefined;
}

/**
 * The ports on which to start again, the best first: the old one, so that programs that point at it go on working, unless the settings name
 * another by now than they did then.
 */
export function portsToResume({ port, wanted }: RememberedPort, setting: number): readonly number[] {
  return wanted === setting && port !== setting ? [port, setting] : [setting];
}

const isPort = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;
