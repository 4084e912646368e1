import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { ApiKey } from '../../../src/domain/key.ts';
import { startEmulator, type Emulator } from '../../../src/emulator/emulator.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { emulatorKeyService } from '../../../src/management/emulatorKeyService.ts';
import type { EmulatorSession, EmulatorState } from '../../../src/management/emulatorSession.ts';
import type { KeyService } from '../../../src/management/keyService.ts';
import { Listeners } from '../../../src/shared/listeners.ts';
import { silentLog } from '../../../src/shared/log.ts';
import type { KeyDesk } from '../../../src/ui/commands/desk.ts';
import { Vault } from '../../../src/vault/vault.ts';
import { user } from './user.ts';

const { HandedOver } = await import('../../../src/ui/use/handedOver.ts');
const { OwnRows } = await import('../../../src/ui/ownRows.ts');
const { Notifier } = await import('../../../src/ui/notifier.ts');

/** Commands before a user, with a real emulator behind them, in memory, and a vault of a map. */
export interface Flow extends AsyncDisposable {
  readonly desk: KeyDesk;
  readonly service: KeyService;
  readonly origin: string;
  readonly secrets: Map<string, string>;
  /** What was logged as an error. */
  readonly bugs: string[];
  /** The ids of what was shown in the box for secrets, with its text. */
  readonly revealed: { readonly id: string; readonly token: string; readonly says: string }[];
  readonly become: (state: EmulatorState) => void;
  /** Runs a command as the editor does: its failures are messages. */
  readonly run: (command: () => Promise<unknown>) => Promise<unknown>;
  readonly keyNamed: (name: string) => Promise<ApiKey | undefined>;
}

/** A memory of the editor's, as a test can look into it. */
export function memory(kept = new Map<string, unknown>()): vscode.Memento {
  return {
    keys: () => [...kept.keys()],
    get: <T>(name: string, usual?: T) => (kept.has(name) ? kept.get(name) : usual) as T,
    update: async (name: string, value: unknown) => void kept.set(name, value),
  };
}

export async function startFlow(): Promise<Flow> {
  const started = await startEmulator({ port: 0, data: undefined, log: silentLog });
  assert.ok(started.ok);
  const emulator: Emulator = started.value;
  const { origin } = emulator;
  const service = emulatorKeyService({ origin, dashboardToken: new Secret(emulator.dashboardToken) });
  let state: EmulatorState = { kind: 'running', origin, service };
  const states = new Listeners<EmulatorState>();
  const session = {
    get state() {
      return state;
    },
    onDidChangeState: (listener: (next: EmulatorState) => void) => states.add(listener),
    onDidChangeKeys: () => ({ dispose: () => undefined }),
  } as unknown as EmulatorSession;
  const secrets = new Map<string, string>();
  const vault = new Vault(
    {
      get: async (key) => secrets.get(key),
      store: async (key, value) => void secrets.set(key, value),
      delete: async (key) => void secrets.delete(key),
      keys: async () => [...secrets.keys()],
    },
    () => new Date('2026-05-01T12:00:00Z'),
  );
  const bugs: string[] = [];
  const notifier = new Notifier({
    log: {
      error: (text) => void bugs.push(String(text)),
      show: () => undefined,
    },
    remedyOf: () => undefined,
  });
  const revealed: { id: string; token: string; says: string }[] = [];
  let copied: Secret | undefined;
  const desk = {
    session,
    vault,
    notifier,
    rows: new OwnRows(),
    handedOver: new HandedOver(memory()),
    secretBox: {
      show: async (key: ApiKey, secret: Secret, says: string) => {
        revealed.push({ id: key.id, token: secret.reveal(), says });
      },
    },
    clipboard: {
      copy: async (secret: Secret) => {
        copied = secret;
      },
      get copied() {
        return copied;
      },
    },
    selection: { value: { account: undefined, mode: 'sandbox' } },
    refresh: () => undefined,
    showRow: async () => undefined,
  } as unknown as KeyDesk;
  return {
    desk,
    service,
    origin,
    secrets,
    bugs,
    revealed,
    become: (next) => {
      state = next;
      states.tell(next);
    },
    run: (command) => notifier.run('a command', command),
    keyNamed: async (name) => {
      const keys = await service.keys();
      assert.ok(keys.ok);
      return keys.value.findLast((key) => key.name === name);
    },
    [Symbol.asyncDispose]: async () => {
      user.beginAnew();
      await emulator.stop();
    },
  };
}
