import { connect } from 'node:net';

export interface RawReply {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What goes over one connection. */
export interface Sent {
  readonly bytes: Buffer;
  /** Sends these, after a pause, when the others are on their way. */
  readonly rest?: Buffer;
  /** Says that no more will come, and goes on reading. */
  readonly halfClose?: boolean;
  /** Hangs up without reading. */
  readonly hangUp?: boolean;
}

const patienceMs = 8000;
const pauseMs = 2;

/** Sends bytes on a connection of their own and reads replies until the server ends it. Rejects where it does not, or cuts it off. */
export function sendRaw(port: number, { bytes, rest, halfClose, hangUp }: Sent): Promise<RawReply[]> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes);
      if (rest) setTimeout(() => socket.write(rest), pauseMs);
      if (halfClose) socket.end();
      if (hangUp) setTimeout(() => socket.resetAndDestroy() && resolve([]), pauseMs);
    });
    const late = setTimeout(() => {
      socket.destroy();
      reject(
        new Error(`no end after ${patienceMs} ms; read: ${Buffer.concat(received).toString('latin1').slice(0, 500)}`),
      );
    }, patienceMs);
    const fail = (error: Error): void => {
      try {
        const replies = readReplies(Buffer.concat(received).toString('latin1'));
        if (replies.length > 0) return resolve(replies); // it was refused while it was still sending
      } catch {
        // not a whole reply
      }
      reject(error);
    };
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('end', () => {
      try {
        resolve(readReplies(Buffer.concat(received).toString('latin1')));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      socket.destroy();
    });
    socket.on('error', fail);
    socket.on('close', () => clearTimeout(late));
  });
}

/** Reads replies one behind the other; throws where there is anything else. */
function readReplies(text: string): RawReply[] {
  const replies: RawReply[] = [];
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\r\n\r\n', at);
    const [line = '', ...lines] = text.slice(at, end < 0 ? undefined : end).split('\r\n');
    const status = /^HTTP\/1\.1 (\d{3}) [\x20-\x7e]+$/.exec(line)?.[1];
    if (end < 0 || status === undefined) throw new Error(`no HTTP reply: ${text.slice(at, at + 200)}`);
    const headers = new Map<string, string>();
    for (const header of lines) {
      const [, name, value] = /^([\w-]+): ([\t\x20-\x7e\x80-\xff]*)$/.exec(header) ?? [];
      if (name === undefined || value === undefined) throw new Error(`no header: ${header}`);
      headers.set(name.toLowerCase(), value);
    }
    const interim = Number(status) < 200;
    const length = interim ? 0 : Number(headers.get('content-length') ?? Number.NaN);
    const start = end + 4;
    if (Number.isNaN(length) || start + length > text.length) throw new Error(`a reply is cut off: ${text.slice(at)}`);
    if (!interim) replies.push({ status: Number(status), headers, body: text.slice(start, start + length) });
    at = start + length;
  }
  return replies;
}
