import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform } from 'node:process';
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { maxRequestBytes, refusal, type KeyReply } from './protocol.ts';

export interface Wanted {
  /** A key's name or id. */
  readonly key: string;
  /** What it is for, as a person may be told it: one line, without control characters. */
  readonly command: string;
}

/** Answers who asks for a key. The signal tells that the asking program has ended: before the answer, or after it. */
export type KeyProvider = (wanted: Wanted, gone: AbortSignal) => Promise<KeyReply>;

const requestTimeoutMs = 5000;
const shownCommandLength = 120;

/**
 * Gives keys to programs in the terminals of one window: on a socket that only this user can open, to who knows the window's nonce. A
 * connection is one request; it stays open while the key is in use, so that its end is known.
 */
export class KeyServer {
  readonly address: string;
  readonly nonce: string;
  readonly #server: Server;
  readonly #folder: string | undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, address: string, nonce: string, folder: string | undefined) {
    this.#server = server;
    this.address = address;
    this.nonce = nonce;
    this.#folder = folder;
  }

  static async listen(provide: KeyProvider, log: Log): Promise<KeyServer> {
    const nonce = randomBytes(32).toString('hex');
    const folder = platform === 'win32' ? undefined : await mkdtemp(join(tmpdir(), 'keysmith-'));
    // A socket's own rights are not looked at everywhere; those of its folder are.
    if (folder !== undefined) await chmod(folder, 0o700);
    const address =
      folder === undefined
        ? String.raw`\\.\pipe\keysmith-${randomBytes(16).toString('hex')}`
        : join(folder, 'keys.sock');
    const server = createServer();
    const listening = new KeyServer(server, address, nonce, folder);
    server.maxConnections = 64;
    server.on('connection', (socket) => {
      listening.#sockets.add(socket);
      socket.on('close', () => listening.#sockets.delete(socket));
      socket.on('error', () => socket.destroy()); // who asked has gone
      answer(socket, { nonce, provide, log }).catch((error: unknown) => {
        log.error(`A program that asked for a key was not answered: ${messageOf(error)}`);
        socket.destroy();
      });
    });
    server.listen(address);
    await once(server, 'listening');
    if (folder !== undefined) await chmod(address, 0o600);
    return listening;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }
}

interface Answering {
  readonly nonce: string;
  readonly provide: KeyProvider;
  readonly log: Log;
}

async function answer(socket: Socket, { nonce, provide, log }: Answering): Promise<void> {
  const gone = new AbortController();
  socket.on('close', () => gone.abort());
  const send = (reply: KeyReply): void => {
    const line = `${JSON.stringify(reply)}\n`;
    if (reply.ok) socket.write(line);
    else socket.end(line);
  };
  const line = await readLine(socket);
  if (line === undefined) return send(refusal('malformed'));
  const request = (await import('./parseLine.ts')).parseRequest(line); // loaded when somebody asks, not with the editor
  if (!request) return send(refusal('malformed'));
  if (!same(request.nonce, nonce)) {
    log.warn('A program asked for a key without the nonce of this window');
    return send(refusal('nonce'));
  }
  const reply = await provide({ key: request.key, command: shown(request.command) }, gone.signal);
  if (!gone.signal.aborted) send(reply);
}

/** The first line; undefined where it is too long, too late or cut off. */
function readLine(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const done = (line: string | undefined): void => {
      socket.off('data', take).setTimeout(0);
      socket.resume(); // more than a line is let go, and the end is still heard
      resolve(line);
    };
    const take = (part: Buffer): void => {
      const end = part.indexOf(0x0a);
      parts.push(end < 0 ? part : part.subarray(0, end));
      length += part.length;
      if (length > maxRequestBytes) done(undefined);
      else if (end >= 0) done(Buffer.concat(parts).toString('utf8'));
    };
    socket.on('data', take);
    socket.once('end', () => done(undefined));
    socket.setTimeout(requestTimeoutMs, () => done(undefined));
  });
}

/** Compares without telling by the time it takes how much was right. */
function same(given: string, wanted: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', wanted, 'buffer'));
}

function shown(command: string): string {
  const line = command.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  return line.length > shownCommandLength ? `${line.slice(0, shownCommandLength)}…` : line;
}
