import type * as vscode from 'vscode';

/** The language server, for what goes beyond diagnostics. It is started where it does not run. */
export interface GuardConnection {
  /** Throws where the guard is switched off or does not start. */
  request(method: string, params: unknown, cancel?: vscode.CancellationToken): Promise<unknown>;
  onNotification(method: string, listener: (params: unknown) => void): Promise<vscode.Disposable>;
}
