import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least a server of Node's can do: the same text to every request. Told by its first argument; sends its port. */
const text = process.argv[2] ?? '';
const server = createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
