import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { apiError } from './apiErrors.ts';
import type { Call, Reply } from './exchange.ts';

/** Stripe refuses larger bodies; nothing this API takes comes near it. */
const maxBodyBytes = 1024 * 1024;

/** An HTTP server that reads each request whole, hands it to `answer` and sends what it replies. */
export function createHttpServer(answer: (call: Call) => Reply, log: Log): Server {
  const server = createServer(
    { keepAliveTimeout: 60_000, requestTimeout: 60_000, maxHeaderSize: 32 * 1024 },
    (request, response) => {
      receive(request, response, answer, log).catch((error: unknown) => {
        log.error(`A request failed: ${messageOf(error)}`);
        if (!response.headersSent)
          send(response, { status: 500, body: { error: { type: 'api_error', message: 'The emulator failed.' } } });
      });
    },
  );
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return server;
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (call: Call) => Reply,
  log: Log,
): Promise<void> {
  const body = await readBody(request);
  if (!body) {
    send(response, apiError({ kind: 'unreadableBody', why: 'The request body is too large.' }), {
      Connection: 'close',
    });
    return;
  }
  const [path, query] = splitOnce(request.url ?? '/', '?');
  const reply = answer({
    method: request.method ?? 'GET',
    path,
    query,
    headers: request.headers,
    body,
    address: request.socket.remoteAddress ?? '',
  });
  log.debug(`${request.method} ${path} ${reply.status}`);
  send(response, reply);
}

/** The whole body, or undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, reply: Reply, extra: Record<string, string> = {}): void {
  const text = `${JSON.stringify(reply.body, undefined, 2)}\n`;
  response.writeHead(reply.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...reply.headers,
    ...extra,
  });
  response.end(text);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
