import * as vscode from 'vscode';
import { placeInput, untilAnswered, type Back, type Place } from './steps.ts';

/** What is wrong with a text, and how bad it is; only an error keeps the prompt open. */
export type Objection = string | vscode.InputBoxValidationMessage | undefined;

export interface TextQuestion {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** Hides what is typed. */
  readonly password?: boolean;
  /** Looks at the text while it is typed. */
  readonly validate?: (value: string) => Objection;
  /** Tries the text when it is given; what it objects to is shown and the prompt stays. */
  readonly submit?: (value: string) => Promise<Objection>;
  readonly buttons?: readonly (vscode.QuickInputButton & { readonly run: () => void })[];
}

const isError = (objection: Objection): boolean =>
  typeof objection === 'string' || objection?.severity === vscode.InputBoxValidationSeverity.Error;

/** Asks for a text. Cancelled, it throws `CancellationError`. */
export async function askText(place: Place, question: TextQuestion): Promise<string | Back> {
  const input = vscode.window.createInputBox();
  placeInput(input, place, question.buttons);
  input.prompt = question.prompt;
  input.value = question.value ?? '';
  input.placeholder = question.placeholder;
  input.password = question.password ?? false;
  return await untilAnswered<string>(input, (answer) => [
    input.onDidChangeValue((value) => {
      input.validationMessage = question.validate?.(value);
    }),
    input.onDidTriggerButton((button) => question.buttons?.find((known) => known === button)?.run()),
    input.onDidAccept(() => void tryAnswer(input, question, answer)), // it shows every objection itself
  ]);
}

async function tryAnswer(
  input: vscode.InputBox,
  question: TextQuestion,
  answer: (value: string) => void,
): Promise<void> {
  const { value } = input;
  let objection = question.validate?.(value);
  if (!isError(objection) && question.submit) {
    input.busy = true;
    input.enabled = false;
    objection = await question.submit(value);
    input.busy = false;
    input.enabled = true;
  }
  if (isError(objection)) input.validationMessage = objection;
  else answer(value);
}
