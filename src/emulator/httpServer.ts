import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { messageOf, systemCode } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { apiError } from './apiErrors.ts';
import type { Call, Reply } from './exchange.ts';

type Answer = (call: Call) => Reply | Promise<Reply>;

/** Nothing this API takes comes near it. */
const maxBodyBytes = 1024 * 1024;

const limits = {
  keepAliveTimeout: 60_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  maxHeaderSize: 32 * 1024,
  /** A missing Host is a matter for the plane that cares about it. */
  requireHostHeader: false,
};

/** An HTTP server that reads each request whole, hands it to `answer` and sends what it replies. */
export function createHttpServer(answer: Answer, log: Log): Server {
  const server = createServer(limits, (request, response) => {
    receive(request, response, answer).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return; // the client went away while it was sending
      log.error(`A request failed: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`);
      if (!response.headersSent)
        send(response, {
          status: 500,
          body: { error: { message: 'The emulator failed. This is a bug of Keysmith.', type: 'api_error' } },
        });
    });
  });
  server.on('clientError', (error, socket) => refuseUnreadable(error, socket));
  return server;
}

async function receive(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const body = await readBody(request);
  if (!body) return send(response, apiError({ kind: 'bodyTooLarge' }), { Connection: 'close' });
  const [path, query] = splitOnce(request.url ?? '/', '?');
  const reply = await answer({
    method: request.method ?? 'GET',
    path,
    query,
    headers: request.headers,
    body,
    address: request.socket.remoteAddress ?? '',
  });
  send(response, reply);
}

const noBytes = Buffer.alloc(0);

/** The whole body, or undefined when it is too large. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> | Buffer {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined)
    return noBytes;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBodyBytes) {
        request.pause();
        resolve(undefined);
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

function send(response: ServerResponse, reply: Reply, extra: Record<string, string> = {}): void {
  const text = typeof reply.body === 'string' ? reply.body : `${JSON.stringify(reply.body, undefined, 2)}\n`;
  response.writeHead(reply.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...reply.headers,
    ...extra,
  });
  response.end(text);
}

/** Answers bytes that are no HTTP request, or one that does not end, as Stripe answers a bad request; then hangs up. */
function refuseUnreadable(error: Error, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const [status, phrase] =
    systemCode(error) === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : systemCode(error) === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout']
        : [400, 'Bad Request'];
  const text = `${JSON.stringify(apiError({ kind: 'unreadableBody', why: `Invalid request: ${phrase}.` }).body, undefined, 2)}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
