import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { printJson, type Call, type Reply } from './exchange.ts';
import { refuser, type Refuse } from './refuser.ts';

type Answer = (call: Call) => Reply | Promise<Reply>;

/** How long clients may take, in milliseconds. */
export interface Patience {
  /** From the first byte to the end of the headers. */
  readonly headers: number;
  /** From the first byte to the end of the body. */
  readonly request: number;
  /** From one request of a connection to the next. */
  readonly idle: number;
  /** From a refusal until the connection is cut, if the client does not hang up itself. */
  readonly farewell: number;
}

const usualPatience: Patience = { headers: 10_000, request: 30_000, idle: 60_000, farewell: 1000 };

/** Nothing this API takes comes near it. */
const maxBodyBytes = 1024 * 1024;

/** An HTTP server that reads each request whole, hands it to `answer` and sends what it replies. */
export function createHttpServer(answer: Answer, log: Log, patience = usualPatience): Server {
  const server = createServer({
    keepAliveTimeout: patience.idle,
    headersTimeout: patience.headers,
    requestTimeout: patience.request,
    connectionsCheckingInterval: Math.ceil(Math.min(patience.headers, patience.request) / 4),
    maxHeaderSize: 32 * 1024,
    /** A missing Host is a matter for the plane that cares about it. */
    requireHostHeader: false,
  });
  const refuse = refuser(patience.farewell);
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    if (!refuse.follow(request, response)) return;
    receive(request, response, answer, refuse).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return; // the client went away while it was sending
      log.error(`A request failed: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`);
      if (!response.headersSent)
        send(response, {
          status: 500,
          body: { error: { message: 'The emulator failed. This is a bug of Keysmith.', type: 'api_error' } },
        });
    });
  };
  server.on('request', take);
  server.on('checkExpectation', take); // nothing that a client may expect changes the answer
  server.on('connect', ({ socket }) => refuse.connection(socket, 'notHttp'));
  server.on('clientError', (error, socket) => refuse.unreadable(error, socket));
  return server;
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  refuse: Refuse,
): Promise<void> {
  const body = await readBody(request);
  if (!body) return refuse.connection(request.socket, 'bodyTooLarge', request);
  const [path, query] = splitOnce(request.url ?? '/', '?');
  const reply = await answer({
    method: request.method ?? 'GET',
    path,
    query,
    headers: request.headers,
    body,
    address: request.socket.remoteAddress ?? '',
  });
  // What one turn of the event loop has answered leaves together: a client that sleeps is woken once, not by every answer.
  setImmediate(send, response, reply);
}

const noBytes = Buffer.alloc(0);

/** The whole body, or undefined when it is too large. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> | Buffer | undefined {
  const { 'content-length': declared, 'transfer-encoding': encoded } = request.headers;
  if (declared === undefined && encoded === undefined) return noBytes;
  if (Number(declared ?? 0) > maxBodyBytes) return undefined;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve(undefined);
      }
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

function send(response: ServerResponse, reply: Reply): void {
  const text = printJson(reply.body);
  // Most answers are plain ASCII, and Node writes those several times faster when it is told so.
  const encoding = /^[\0-\x7f]*$/.test(text) ? 'latin1' : 'utf8';
  response.writeHead(reply.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text, encoding),
    ...reply.headers,
  });
  response.end(text, encoding);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
