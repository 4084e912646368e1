import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { maxRequestBytes, refusal, type KeyReply, type WantedFor, type WantedKey } from './protocol.ts';
import { ownSystem } from '../shared/system.ts';

export interface Wanted extends WantedFor {
  /** Which variables get which keys; none means all that were chosen for the workspace. */
  readonly keys: readonly WantedKey[];
}

/** Answers who asks for keys. The signal tells that the asking program has ended: before the answer, or after it. */
export type KeyProvider = (wanted: Wanted, gone: AbortSignal) => Promise<KeyReply>;

/** By what the terminals of a window that is loaded anew are known: where they ask, and the hashes of the nonces that they have. */
export interface EarlierServer {
  readonly address: string;
  readonly nonces: readonly string[];
}

const requestTimeoutMs = 5000;
/** Of so many loads of a window before this one the terminals are still known. */
const mostNonces = 16;

const hashOf = (nonce: string): string => hash('sha256', nonce, 'hex');

/**
 * Gives keys to programs in the terminals of one window: on a socket that only this user can open, to who knows the window's nonce. A
 * connection is one request; it stays open while the keys are in use, so that its end is known.
 */
export class KeyServer {
  readonly address: string;
  readonly nonce: string;
  readonly #earlier: readonly string[];
  readonly #server: Server;
  readonly #folder: string | undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, { address, folder }: Place, earlier: readonly string[]) {
    this.nonce = randomBytes(32).toString('hex');
    this.#earlier = earlier;
    this.#server = server;
    this.address = address;
    this.#folder = folder;
  }

  /** What has to be kept for the window's next load. No nonce: who reads this can ask for nothing. */
  get kept(): EarlierServer {
    return { address: this.address, nonces: [hashOf(this.nonce), ...this.#earlier].slice(0, mostNonces) };
  }

  /**
   * @param earlier what was kept of the window's last load: where it can be, the same address is used, so that open terminals reach it
   */
  static async listen(provide: KeyProvider, log: Log, earlier?: EarlierServer): Promise<KeyServer> {
    const server = createServer();
    server.maxConnections = 64;
    const again = earlier && (await placeAgain(earlier.address).catch(() => undefined));
    const place = again ?? (await newPlace());
    const listening = new KeyServer(server, place, again ? earlier.nonces.slice(0, mostNonces) : []);
    const known = [hashOf(listening.nonce), ...listening.#earlier];
    server.on('connection', (socket) => {
      listening.#sockets.add(socket);
      socket.on('close', () => listening.#sockets.delete(socket));
      socket.on('error', () => socket.destroy()); // who asked has gone
      answer(socket, { known, provide, log }).catch((error: unknown) => {
        log.error(`A program that asked for a key was not answered: ${messageOf(error)}`);
        socket.destroy();
      });
    });
    server.listen(place.address);
    await once(server, 'listening');
    if (place.folder !== undefined) await chmod(place.address, 0o600);
    return listening;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }
}

interface Place {
  readonly address: string;
  /** The folder of the socket, where it has one. */
  readonly folder: string | undefined;
}

async function newPlace(): Promise<Place> {
  if (ownSystem().sockets === 'named pipes')
    return { address: String.raw`\\.\pipe\keysmith-${randomBytes(16).toString('hex')}`, folder: undefined };
  const folder = await mkdtemp(join(tmpdir(), folderName));
  // A socket's own rights are not looked at everywhere; those of its folder are.
  await chmod(folder, 0o700);
  return { address: join(folder, socketName), folder };
}

const folderName = 'keysmith-';
const socketName = 'keys.sock';

/** The place of the window's last load. Undefined, or a throw, where somebody listens there, or has put something there. */
async function placeAgain(address: string): Promise<Place | undefined> {
  if (await answers(address)) return undefined; // another window with the same folder open
  if (ownSystem().sockets === 'named pipes')
    return address.startsWith(String.raw`\\.\pipe\keysmith-`) ? { address, folder: undefined } : undefined;
  const folder = dirname(address);
  if (address !== join(folder, socketName) || dirname(folder) !== tmpdir()) return undefined;
  if (!folder.startsWith(join(tmpdir(), folderName))) return undefined;
  await rm(folder, { recursive: true, force: true }); // left behind by a window that ended badly
  await mkdir(folder, { mode: 0o700 }); // throws where it is somebody else's
  return { address, folder };
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

interface Answering {
  /** The hashes of the nonces that are taken. */
  readonly known: readonly string[];
  readonly provide: KeyProvider;
  readonly log: Log;
}

async function answer(socket: Socket, { known, provide, log }: Answering): Promise<void> {
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
  if (!isKnown(request.nonce, known)) {
    log.warn('A program asked for a key without the nonce of this window');
    return send(refusal('nonce'));
  }
  const { keys, command, cut } = request;
  const reply = await provide({ keys, command, cut }, gone.signal);
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
function isKnown(nonce: string, known: readonly string[]): boolean {
  const given = Buffer.from(hashOf(nonce), 'hex');
  return known.filter((one) => timingSafeEqual(given, Buffer.alloc(given.length, one, 'hex'))).length > 0;
}
