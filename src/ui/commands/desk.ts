import type { KeyService } from '../../management/keyService.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import type { Vault } from '../../vault/vault.ts';
import type { SecretClipboard } from '../clipboard.ts';
import type { GuardConnection } from '../leaks/guardConnection.ts';
import type { Notifier } from '../notifier.ts';
import type { OwnRows } from '../ownRows.ts';
import type { SecretBox } from '../prompts/secretBox.ts';
import type { Selection } from '../selection.ts';
import type { HandedOver } from '../use/handedOver.ts';
import { Refusal } from './failure.ts';

/** What commands on keys work with. */
export interface KeyDesk {
  readonly session: EmulatorSession;
  readonly vault: Vault;
  readonly notifier: Notifier;
  /** The leak guard, which changes the files that have a key. */
  readonly guard: GuardConnection;
  /** Where keys have gone, to be told of their ends. */
  readonly handedOver: HandedOver;
  /** The rows with which a command may be called. */
  readonly rows: OwnRows;
  readonly secretBox: SecretBox;
  readonly clipboard: SecretClipboard;
  /** The account and mode that are worked in. */
  readonly selection: Selection;
  /** Called when a command has changed what the tree shows. */
  readonly refresh: () => void;
  /** Selects a key's row in the tree, opening what it stands in. */
  readonly showRow: (keyId: string) => Promise<void>;
}

/** The service behind the tree; a command that needs it ends where it does not run. */
export function serviceOf({ session }: KeyDesk): KeyService {
  if (session.state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  return session.state.service;
}
