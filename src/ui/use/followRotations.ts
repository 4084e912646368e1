import * as vscode from 'vscode';
import type { UseDesk } from './useDesk.ts';

/** New terminals get the replacement of a key that was rotated, here or in another window; where that is refused they get none. */
export function followRotations(desk: UseDesk): vscode.Disposable {
  const { injection, keys } = desk;
  let carrying = false;
  const carry = async (): Promise<void> => {
    if (carrying || injection.keys.every((id) => keys.handedOver.current(id) === id)) return;
    carrying = true;
    try {
      injection.stop(); // the old key goes into no new terminal, whatever becomes of its replacement
      await keys.notifier.run('keysmith.use.inject', async () => (await import('./inject.ts')).inject(desk));
    } finally {
      carrying = false;
    }
  };
  const subscription = keys.session.onDidChangeKeys(() => void carry()); // shows its failures itself
  return vscode.Disposable.from(
    keys.handedOver.onDidReplace(() => void carry()), // likewise
    new vscode.Disposable(() => void subscription.dispose()),
  );
}
