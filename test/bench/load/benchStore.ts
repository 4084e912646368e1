import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProgram, type EmulatorProgram } from '../../wire/emulatorProgram.ts';

/** An emulator with a store of its own on disk, and the requests to measure it by. */
export interface BenchStore extends AsyncDisposable {
  readonly keys: number;
  readonly port: number;
  /** One for each key: `GET /v1/customers/cus_…`. */
  readonly reads: readonly string[];
  /** One for each key: `POST /v1/customers`. */
  readonly writes: readonly string[];
  /** What is answered to a read. */
  readonly answer: string;
  /** Ends the emulator and starts it again on the same store; returns how long the start took, in milliseconds. */
  restart(): Promise<number>;
}

const account = 'acct_1BenchmarkAccount';
const form = 'name=Jenny+Rosen&email=jenny%40example.com&metadata[order]=6735';

/** Starts an emulator on a new store of `keys` keys in `folder`. Half of them are secret keys, half restricted ones. */
export async function startStore(folder: string, keys: number): Promise<BenchStore> {
  const tokens = Array.from({ length: keys }, (_, index) => tokenOf(index));
  await mkdir(folder);
  const seed = join(folder, 'seed.json');
  await writeFile(seed, JSON.stringify(seedOf(tokens)));
  const data = join(folder, 'data');
  let emulator = await startProgram(['--data', data, '--seed', seed]);
  const { id, text } = await createCustomer(emulator, tokens[0] ?? '');
  const { port } = emulator;
  return {
    keys,
    port,
    reads: tokens.map((token) => `GET /v1/customers/${id} HTTP/1.1\r\n${headers(token)}\r\n`),
    writes: tokens.map(
      (token) =>
        `POST /v1/customers HTTP/1.1\r\n${headers(token)}Content-Type: application/x-www-form-urlencoded\r\n` +
        `Content-Length: ${form.length}\r\n\r\n${form}`,
    ),
    answer: text,
    async restart() {
      await emulator.stop();
      const started = performance.now();
      emulator = await startProgram(['--port', String(port), '--data', data]);
      return performance.now() - started;
    },
    [Symbol.asyncDispose]: async () => void (await emulator.stop()),
  };
}

const headers = (token: string): string =>
  `Host: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nUser-Agent: Stripe/v1 NodeBindings/23.1.0\r\n`;

const restricted = (index: number): boolean => index % 2 === 1;

function tokenOf(index: number): string {
  return [restricted(index) ? 'rk' : 'sk', 'test', String(index).padStart(99, '0')].join('_');
}

function seedOf(tokens: readonly string[]): unknown {
  return {
    keysmith_seed: 1,
    accounts: [{ id: account, name: 'Benchmark' }],
    keys: tokens.map((token, index) => ({
      account,
      mode: 'sandbox',
      token,
      ...(restricted(index) ? { kind: 'restricted', permissions: ['customer_write'] } : { kind: 'secret' }),
    })),
  };
}

async function createCustomer({ origin }: EmulatorProgram, token: string): Promise<{ id: string; text: string }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' };
  const response = await fetch(`${origin}/v1/customers`, { method: 'POST', headers, body: form });
  const text = await response.text();
  return { id: (JSON.parse(text) as { id: string }).id, text };
}
