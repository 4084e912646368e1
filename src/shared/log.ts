/** What a room may write to a log: ids and masks, never a token. VS Code's `LogOutputChannel` satisfies it as it is. */
export interface Log {
  debug(message: string, ...details: unknown[]): void;
  info(message: string, ...details: unknown[]): void;
  warn(message: string, ...details: unknown[]): void;
  error(message: string | Error, ...details: unknown[]): void;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
