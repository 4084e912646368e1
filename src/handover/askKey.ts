import { connect } from 'node:net';
import type { Mode } from '../domain/mode.ts';
import { Secret } from '../domain/secret.ts';
import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';
import { parseReply } from './parseLine.ts';
import type { KeyRequest, RefusalReason } from './protocol.ts';

export interface GivenKey {
  readonly secret: Secret;
  readonly name: string;
  readonly mode: Mode;
  /** Tells the editor that the key is no longer in use. */
  done(): void;
}

export type AskProblem =
  /** The window that opened the terminal has been closed, or started anew. */
  { readonly kind: 'windowGone' } | { readonly kind: 'refused'; readonly why: RefusalReason; readonly says: string };

export interface Asking {
  readonly address: string;
  readonly nonce: string;
  readonly key: string;
  readonly command: string;
}

/** Asks the editor for a key. It answers when the person has, so there is no time limit. */
export function askKey({ address, ...asked }: Asking): Promise<Outcome<GivenKey, AskProblem>> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let text = '';
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`${JSON.stringify({ version: 1, ...asked } satisfies KeyRequest)}\n`));
    socket.on('data', (part: string) => {
      text += part;
      const end = text.indexOf('\n');
      if (end < 0) return;
      const reply = parseReply(text.slice(0, end));
      text = '';
      if (reply?.ok) {
        socket.unref();
        const { token, name, mode } = reply;
        resolve(ok({ secret: new Secret(token), name, mode, done: () => void socket.destroy() }));
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
