import * as vscode from 'vscode';

/** What a prompt answers when the person wants to go one step back. */
export const back = Symbol('back');
export type Back = typeof back;

/** Where a prompt stands in a sequence. */
export interface Place {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
  /** Shows the button that goes back. */
  readonly canGoBack?: boolean;
}

/** One prompt of a sequence: takes what is known so far and answers with more of it. Cancelled, it throws `CancellationError`. */
export type Step<State> = (state: State, place: Place) => Promise<State | Back>;

/** Runs prompts one after the other, with Back between them; every answer is kept when the person goes back and forth. */
export async function runSteps<State>(title: string, first: State, steps: readonly Step<State>[]): Promise<State> {
  let state = first;
  let index = 0;
  while (index < steps.length) {
    const answer = await steps[index]?.(state, {
      title,
      step: index + 1,
      totalSteps: steps.length,
      canGoBack: index > 0,
    });
    if (answer === undefined) break;
    if (answer === back) index -= 1;
    else {
      state = answer;
      index += 1;
    }
  }
  return state;
}

/** Puts a prompt in its place. */
export function placeInput(
  input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] },
  place: Place,
  buttons: readonly vscode.QuickInputButton[] = [],
): void {
  input.title = place.title;
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  input.ignoreFocusOut = true; // a glance at another window must not lose what was typed
  input.buttons = [...(place.canGoBack ? [vscode.QuickInputButtons.Back] : []), ...buttons];
}

/** What a prompt's listeners can do with it. */
export interface Prompting<Answer> {
  readonly answer: (value: Answer) => void;
  /**
   * Does what the prompt has to do before it is answered, one after the other. What fails ends the prompt, and whoever asked is told. While it
   * is done the prompt may be closed: the answer that comes of it still counts, because what it did has happened.
   */
  readonly work: (work: () => Promise<void>) => void;
}

/** Shows a prompt until it is answered, Back is pressed or the prompt is closed, and then disposes it. */
export function untilAnswered<Answer>(
  input: Pick<vscode.InputBox, 'show' | 'hide' | 'dispose' | 'onDidHide' | 'onDidTriggerButton'>,
  listen: (prompting: Prompting<Answer>) => vscode.Disposable[],
): Promise<Answer | Back> {
  return new Promise<Answer | Back>((resolve, reject) => {
    let working = Promise.resolve();
    let answered = false;
    const answer = (value: Answer | Back): void => {
      answered = true;
      resolve(value);
      input.hide();
    };
    const afterwards = async (before: Promise<void>, task: () => Promise<void>): Promise<void> => {
      await before;
      if (answered) return;
      try {
        await task();
      } catch (error) {
        answered = true;
        reject(error);
        input.hide();
      }
    };
    const work = (task: () => Promise<void>): void => {
      working = afterwards(working, task);
    };
    const listeners = vscode.Disposable.from(
      ...listen({ answer, work }),
      input.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) work(async () => answer(back));
      }),
      input.onDidHide(() => {
        listeners.dispose();
        void working.finally(() => {
          reject(new vscode.CancellationError()); // without effect where it was answered
          input.dispose();
        });
      }),
    );
    input.show();
  });
}
