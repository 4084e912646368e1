import * as vscode from 'vscode';
import type { settingDefaults } from './contract.ts';

type Widened<T> = T extends number
  ? number
  : T extends boolean
    ? boolean
    : T extends object
      ? Readonly<Record<string, string>>
      : string;

/** The value of a setting; the editor knows its default from `package.json`. */
export function setting<Id extends keyof typeof settingDefaults>(id: Id): Widened<(typeof settingDefaults)[Id]> {
  const value = vscode.workspace.getConfiguration().get<Widened<(typeof settingDefaults)[Id]>>(id);
  if (value === undefined) throw new Error(`package.json declares no setting ${id}`);
  return value;
}
