import * as vscode from 'vscode';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import { keysView } from '../contract.ts';
import { setting } from '../settings.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse, Refusal } from './failure.ts';

/** Starts the emulator, on the port of the settings where none is given, and says where it listens. */
export async function startEmulator(
  { session, notifier }: Pick<KeyDesk, 'session' | 'notifier'>,
  port = setting('keysmith.emulator.port'),
): Promise<void> {
  if (!vscode.workspace.isTrusted) throw new Refusal({ kind: 'workspaceUntrusted' });
  const started = await vscode.window.withProgress({ location: { viewId: keysView } }, () => session.start(port));
  const { origin } = orRefuse(started);
  notifier.information(vscode.l10n.t('The Stripe emulator is running at {0}', origin), {
    label: vscode.l10n.t('Copy Address'),
    run: () => vscode.env.clipboard.writeText(origin),
  });
}

export async function stopEmulator(session: EmulatorSession): Promise<void> {
  if (session.state.kind === 'stopped') throw new Refusal({ kind: 'emulatorStopped' });
  await session.stop();
}

/** Has the emulator refuse again what a key may not do, whoever had it let everything through. */
export async function enforceAgain(desk: KeyDesk): Promise<void> {
  orRefuse(await serviceOf(desk).setEnforcement('enforce'));
}
