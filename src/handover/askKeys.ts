import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import process from 'node:process';
import type { Mode } from '../domain/mode.ts';
import { Secret } from '../domain/secret.ts';
import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';
import { parseReply } from './parseLine.ts';
import { maxCommandBytes, type KeyRequest, type RefusalReason, type WantedKey } from './protocol.ts';
import { ownSystem } from '../shared/system.ts';

export interface GivenKey {
  readonly variable: string;
  readonly secret: Secret;
  readonly name: string;
  readonly mode: Mode;
}

export interface GivenKeys {
  readonly keys: readonly GivenKey[];
  /** Where the emulator listens, for keys that are worth something there alone. */
  readonly base: string | undefined;
  /** Tells the editor that the keys are no longer in use. */
  done(): void;
}

export type AskProblem =
  /** The window that opened the terminal has been closed. */
  | { readonly kind: 'windowGone' }
  /** Somebody else could have put a socket of theirs there. */
  | { readonly kind: 'notOurs' }
  | { readonly kind: 'refused'; readonly why: RefusalReason; readonly says: string };

export interface Asking {
  readonly address: string;
  readonly nonce: string;
  readonly keys: readonly WantedKey[];
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
}

/** Asks the editor for keys. It answers when the user has, so there is no time limit. */
export async function askKeys(asking: Asking): Promise<Outcome<GivenKeys, AskProblem>> {
  const place = await placeOf(asking.address);
  return place === 'ours' ? await ask(asking) : refuse({ kind: place });
}

/** Whether the socket lies in a folder that this user alone can write to: the nonce is told to nobody else. */
async function placeOf(address: string): Promise<'ours' | 'notOurs' | 'windowGone'> {
  const { getuid } = process;
  if (ownSystem().sockets === 'named pipes' || !getuid) return 'ours'; // names of pipes that a window has made up are nobody else's
  const [socket, folder] = await Promise.all(
    [address, dirname(address)].map((path) => stat(path).catch(() => undefined)),
  );
  if (!socket || !folder) return 'windowGone';
  return folder.uid === getuid() && (folder.mode & 0o077) === 0 ? 'ours' : 'notOurs';
}

function ask({ address, nonce, keys, command }: Asking): Promise<Outcome<GivenKeys, AskProblem>> {
  const cut = Buffer.byteLength(JSON.stringify(command)) > maxCommandBytes;
  const [program] = command;
  const request: KeyRequest = {
    version: 2,
    nonce,
    keys,
    command: cut ? [program.slice(0, maxCommandBytes / 8)] : command,
    cut,
  };
  return new Promise((resolve) => {
    const socket = connect(address);
    let text = '';
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (part: string) => {
      text += part;
      const end = text.indexOf('\n');
      if (end < 0) return;
      const reply = parseReply(text.slice(0, end));
      text = '';
      if (reply?.ok) {
        socket.unref();
        const given = reply.keys.map(({ token, ...key }) => ({ ...key, secret: new Secret(token) }));
        resolve(ok({ keys: given, base: reply.base, done: () => void socket.destroy() }));
      } else {
        socket.destroy();
        resolve(refuse(reply ? { kind: 'refused', why: reply.why, says: reply.says } : { kind: 'windowGone' }));
      }
    });
    // Of no effect once there is an answer: the child goes on when its window is closed.
    socket.on('error', () => resolve(refuse({ kind: 'windowGone' })));
    socket.on('close', () => resolve(refuse({ kind: 'windowGone' })));
  });
}
