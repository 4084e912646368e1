import * as vscode from 'vscode';
import { placeInput, untilAnswered, type Back, type Place } from './steps.ts';

/** One thing to choose; without a value it is a heading. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

export interface ChoiceQuestion<T> {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** Chosen at first. */
  readonly active?: (value: T) => boolean;
}

export const heading = (label: string): Choice<never> => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** Asks to choose one thing. Cancelled, it throws `CancellationError`. */
export async function askChoice<T>(
  place: Place,
  { placeholder, choices, active }: ChoiceQuestion<T>,
): Promise<T | Back> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  placeInput(pick, place);
  pick.placeholder = placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = choices;
  const first = active && choices.find(({ value }) => value !== undefined && active(value));
  if (first) pick.activeItems = [first];
  return await untilAnswered<T>(pick, ({ answer }) => [
    pick.onDidAccept(() => {
      const value = pick.selectedItems[0]?.value;
      if (value !== undefined) answer(value);
    }),
  ]);
}
