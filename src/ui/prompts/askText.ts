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
  /** Whether a text is all there is to type: it is then given without Enter. */
  readonly complete?: (value: string) => boolean;
  readonly buttons?: readonly (vscode.QuickInputButton & { readonly run: () => Promise<void> | void })[];
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
  return await untilAnswered<string>(input, ({ answer, work }) => {
    let refused: { readonly value: string; readonly objection: Objection } | undefined;
    const give = async (): Promise<void> => {
      const { value } = input;
      // Enter after a text that was given without it must not try it twice.
      const objection = refused?.value === value ? refused.objection : await tried(input, question);
      if (!isError(objection)) return answer(value);
      refused = { value, objection };
      input.validationMessage = objection;
    };
    return [
      input.onDidChangeValue((value) => {
        input.validationMessage = question.validate?.(value);
        if (question.complete?.(value)) work(give);
      }),
      input.onDidTriggerButton((button) => {
        const known = question.buttons?.find((one) => one === button);
        if (!known) return;
        work(async () => {
          await known.run();
          refused = undefined; // what it did may have made the text right
        });
      }),
      input.onDidAccept(() => work(give)),
    ];
  });
}

/** What speaks against the text of a prompt, after it was tried. */
async function tried(input: vscode.InputBox, { validate, submit }: TextQuestion): Promise<Objection> {
  const { value } = input;
  const objection = validate?.(value);
  if (isError(objection) || !submit) return objection;
  input.busy = true;
  input.enabled = false;
  try {
    return await submit(value);
  } finally {
    input.busy = false;
    input.enabled = true;
  }
}
