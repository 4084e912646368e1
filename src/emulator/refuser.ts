import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { systemCode } from '../shared/errors.ts';

/** Why a connection is of no more use. */
type Why = 'notHttp' | 'headersTooLarge' | 'bodyTooLarge' | 'tooSlow';

const words: Readonly<Record<Why, readonly [status: number, phrase: string, code: string, message: string]>> = {
  notHttp: [400, 'Bad Request', 'request_unreadable', 'Invalid request: it is not valid HTTP.'],
  headersTooLarge: [431, 'Request Header Fields Too Large', 'headers_too_large', 'Invalid request: too large headers.'],
  bodyTooLarge: [413, 'Content Too Large', 'body_too_large', 'Invalid request: the body is too large.'],
  tooSlow: [408, 'Request Timeout', 'request_timeout', 'Invalid request: it did not end in time.'],
};

/** Refuses what cannot be handed to a plane because it is no whole HTTP request, in a shape that is right for both planes. */
export interface Refuse {
  /** Keeps account of a request; false where its connection was refused already and it must not be answered. */
  follow(request: IncomingMessage, response: ServerResponse): boolean;
  /** Says why and hangs up, after the requests that came before were answered; `request` is the one that is refused. */
  connection(socket: Duplex, why: Why, request?: IncomingMessage): void;
  /** Refuses bytes that are no HTTP, or a request that does not end. */
  unreadable(error: Error, socket: Duplex): void;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** `farewellMs`: how long a client may take to read its refusal and hang up; cutting it off at once would destroy what it has not read. */
export function refuser(farewellMs: number): Refuse {
  /** Requests not answered yet, in order: a client may send several before it reads an answer. */
  const open = new WeakMap<Duplex, Exchange[]>();
  const refused = new WeakSet<Duplex>();

  const connection = (socket: Duplex, why: Why, itself?: IncomingMessage): void => {
    if (refused.has(socket)) return;
    refused.add(socket);
    const before = open.get(socket)?.findLast(({ request }) => request.complete && request !== itself);
    if (before) before.response.once('close', () => hangUp(socket, why, farewellMs));
    else hangUp(socket, why, farewellMs);
  };

  return {
    connection,
    follow(request, response) {
      if (refused.has(request.socket)) return false;
      const exchanges = open.get(request.socket) ?? [];
      const exchange = { request, response };
      exchanges.push(exchange);
      open.set(request.socket, exchanges);
      response.once('close', () => exchanges.splice(exchanges.indexOf(exchange), 1));
      return true;
    },
    unreadable(error, socket) {
      const code = systemCode(error);
      if (code === 'ECONNRESET') socket.destroy();
      else if (code === 'HPE_HEADER_OVERFLOW') connection(socket, 'headersTooLarge');
      else if (code === 'ERR_HTTP_REQUEST_TIMEOUT') connection(socket, 'tooSlow');
      else connection(socket, 'notHttp');
    },
  };
}

function hangUp(socket: Duplex, why: Why, farewellMs: number): void {
  if (!socket.writable) return void socket.destroy();
  const [status, phrase, code, message] = words[why];
  const text = `${JSON.stringify({ error: { code, message, type: 'invalid_request_error' } }, undefined, 2)}\n`;
  const head = `Connection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}`;
  socket.end(`HTTP/1.1 ${status} ${phrase}\r\n${head}\r\n\r\n${text}`);
  socket.resume();
  const cut = setTimeout(() => socket.destroy(), farewellMs);
  socket.once('end', () => socket.destroy()).once('close', () => clearTimeout(cut));
}
