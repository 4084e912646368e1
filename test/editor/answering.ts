import * as vscode from 'vscode';

/** Does something while every question gets its last button for an answer: the editor shows no question to tests. Gives the questions. */
export async function answeringYes(act: () => Thenable<unknown>): Promise<string[]> {
  const { showWarningMessage } = vscode.window;
  const questions: string[] = [];
  Object.assign(vscode.window, {
    showWarningMessage: async (question: string, _options: unknown, ...buttons: string[]) => {
      questions.push(question);
      return buttons.at(-1);
    },
  });
  try {
    await act();
    return questions;
  } finally {
    Object.assign(vscode.window, { showWarningMessage });
  }
}
