import * as vscode from 'vscode';
import { contextKeys } from './contract.ts';

/** Tells `when` clauses of a state; nobody waits for the editor to have heard it. */
export function setContext(name: keyof typeof contextKeys, value: string | boolean): void {
  void vscode.commands.executeCommand('setContext', contextKeys[name], value);
}
