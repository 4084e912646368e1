import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Secret } from '../../src/domain/secret.ts';
import { KeyServer, type KeyProvider, type Wanted } from '../../src/handover/keyServer.ts';
import { writeLauncher } from '../../src/handover/launcher.ts';
import { refusal, type KeyReply } from '../../src/handover/protocol.ts';
import { silentLog } from '../../src/shared/log.ts';
import { commandLines } from '../ui/secretSearch.ts';
import { testSecret } from '../unit/fixtures.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const token = testSecret(99);
const { mask } = new Secret(token);

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('keysmith run', () => {
  let server: KeyServer;
  let asked: Wanted[];
  let ends: AbortSignal[];
  let reply: KeyReply;
  const provide: KeyProvider = async (wanted, gone) => {
    asked.push(wanted);
    ends.push(gone);
    return reply;
  };
  beforeEach(async () => {
    asked = [];
    ends = [];
    reply = { ok: true, token, name: 'our shop', mode: 'sandbox' };
    server = await KeyServer.listen(provide, silentLog);
  });
  afterEach(() => server.close());

  function start(args: readonly string[], over: NodeJS.ProcessEnv = {}): ChildProcess {
    const { STRIPE_API_KEY: _key, STRIPE_SECRET_KEY: _secret, ...rest } = process.env;
    const env = { ...rest, KEYSMITH_SOCKET: server.address, KEYSMITH_NONCE: server.nonce, ...over };
    return spawn(process.execPath, [cli, 'run', ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  }
  async function ended(child: ChildProcess): Promise<Ended> {
    let [stdout, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (part: string) => (stdout += part));
    child.stderr?.setEncoding('utf8').on('data', (part: string) => (stderr += part));
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { code, signal, stdout, stderr };
  }
  const run = (args: readonly string[], over: NodeJS.ProcessEnv = {}): Promise<Ended> => ended(start(args, over));
  /** Runs a program of Node with the key. */
  const node = (script: string, ...options: readonly string[]): string[] => [
    '--key',
    'our shop',
    ...options,
    '--',
    process.execPath,
    '-e',
    script,
  ];
  const printLength = (names: readonly string[]): string =>
    `console.log(${names.map((name) => `String(process.env.${name}?.length)`).join(', ')})`;

  it('puts the key into the environment of the command', async () => {
    const { code, stdout, stderr } = await run(node(printLength(['STRIPE_API_KEY', 'STRIPE_SECRET_KEY'])));
    assert.deepEqual([code, stdout, stderr], [0, `${token.length} ${token.length}\n`, '']);
    assert.equal(asked[0]?.key, 'our shop');
    assert.ok(asked[0]?.command.includes('console.log'));
  });

  it('puts it into the variables that are named, and no other', async () => {
    const { stdout } = await run(node(printLength(['A', 'B', 'STRIPE_API_KEY']), '--env', 'A', '--env', 'B'));
    assert.equal(stdout, `${token.length} ${token.length} undefined\n`);
  });

  it('is on no command line, its own and its child’s', async () => {
    const child = start(node('console.log("up"); process.stdin.on("end", () => process.exit(3)).resume()'));
    const end = ended(child);
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    const lines = await commandLines();
    if (process.platform === 'linux') assert.ok(lines.includes('console.log("up")'));
    assert.ok(!lines.includes(token.slice(8)));
    assert.equal(ends[0]?.aborted, false, 'the editor knows that the key is in use');
    child.stdin?.end();
    assert.equal((await end).code, 3);
    if (ends[0] && !ends[0].aborted) await once(ends[0], 'abort');
  });

  it('masks it in all that the command prints, in whatever parts', async () => {
    const script = `const key = process.env.STRIPE_API_KEY; const { stdout, stderr } = process;
      const say = async (to, part) => { to.write(part); await new Promise((done) => setTimeout(done, 2)); };
      for (const part of ['one ', key.slice(0, 30), key.slice(30) + ' two ' + key + key + '\\n']) await say(stdout, part);
      for (const one of key + '\\n') await say(stderr, one);
      await say(stdout, key.slice(0, 40));`;
    const { stdout, stderr } = await run([...node(script).slice(0, -2), '--input-type=module', '-e', script]);
    assert.equal(stdout, `one ${mask} two ${mask}${mask}\n${token.slice(0, 40)}`);
    assert.equal(stderr, `${mask}\n`);
  });

  it('hands much through unchanged', async () => {
    const { stdout } = await run(node('process.stdout.write("sk_test_\\u20ac".repeat(200000))'));
    assert.ok(stdout === 'sk_test_€'.repeat(200_000));
  });

  it('hands the input through', async () => {
    const child = start(node('process.stdin.pipe(process.stdout)'));
    child.stdin?.end('hello');
    assert.equal((await ended(child)).stdout, 'hello');
  });

  for (const status of [0, 1, 2, 42]) {
    it(`ends with ${status} as the command does`, async () => {
      assert.equal((await run(node(`process.exit(${status})`))).code, status);
    });
  }

  it('ends by the signal that ended the command', async function () {
    if (process.platform === 'win32') this.skip();
    const { code, signal } = await run(node('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 5000)'));
    assert.deepEqual([code, signal], [null, 'SIGTERM']);
  });

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    it(`passes ${signal} on, and waits for what the command makes of it`, async function () {
      if (process.platform === 'win32') this.skip();
      const child = start(
        node(`process.on('${signal}', () => { console.log('told'); process.exit(7); });
          console.log('up'); setTimeout(() => {}, 5000)`),
      );
      const end = ended(child);
      await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
      child.kill(signal);
      const { code, stdout } = await end;
      assert.deepEqual([code, stdout], [7, 'up\ntold\n']);
    });
  }

  it('ends when nobody reads what is printed', async function () {
    if (process.platform === 'win32') this.skip();
    const child = start(node('setInterval(() => process.stdout.write("x".repeat(70000)), 5)'));
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    child.stdout?.destroy();
    child.stderr?.resume();
    await once(child, 'close');
  });

  for (const [why, over, says] of [
    ['there is no editor', { KEYSMITH_SOCKET: undefined }, /there is no editor here: .*KEYSMITH_SOCKET is not set/],
    ['there is no nonce', { KEYSMITH_NONCE: undefined }, /there is no editor here/],
    ['the window has gone', { KEYSMITH_SOCKET: join(import.meta.dirname, 'gone.sock') }, /window .* has gone/],
    ['the nonce is another window’s', { KEYSMITH_NONCE: 'f'.repeat(64) }, /does not know this terminal/],
  ] as const) {
    it(`says so where ${why}, and runs nothing`, async () => {
      const { code, stdout, stderr } = await run(node('console.log("ran")'), over);
      assert.deepEqual([code, stdout], [125, '']);
      assert.match(stderr, says);
      assert.deepEqual(asked, []);
    });
  }

  it('masks a token that was given where its name belongs', async () => {
    reply = refusal('unknown');
    const { code, stderr } = await run(['--key', token, '--', 'true']);
    assert.equal(code, 125);
    assert.ok(stderr.includes(`there is no key "${mask}"`), stderr);
  });

  for (const [why, given, says] of [
    ['unknown', refusal('unknown'), /there is no key "our shop"/],
    ['ambiguous', refusal('ambiguous', 'mk_1, mk_2'), /give the id of one\. mk_1, mk_2/],
    ['cancelled', refusal('cancelled'), /was refused in the editor/],
    ['untrusted', refusal('untrusted'), /not trusted/],
    ['refused', refusal('refused', 'No live key is handed over.'), /No live key is handed over\./],
  ] as const) {
    it(`says so where the answer is “${why}”, and runs nothing`, async () => {
      reply = given;
      const { code, stdout, stderr } = await run(node('console.log("ran")'));
      assert.deepEqual([code, stdout], [125, '']);
      assert.match(stderr, says);
    });
  }

  it('is started by its launcher, whatever the folders are called', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = await mkdtemp(join(tmpdir(), "keysmith it's $HOME "));
    try {
      const program = join(folder, 'dist', 'cli.js');
      await cp(dirname(cli), dirname(program), { recursive: true });
      await writeLauncher(join(folder, 'bin'), program);
      const launch = async (): Promise<Ended> =>
        await ended(
          spawn('keysmith', ['run', ...node('console.log(process.argv[1], process.env.A)', '--env', 'A'), '*  "x'], {
            env: {
              PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
              KEYSMITH_SOCKET: server.address,
              KEYSMITH_NONCE: server.nonce,
            },
          }),
        );
      assert.deepEqual(await launch(), { code: 0, signal: null, stdout: `*  "x ${mask}\n`, stderr: '' });
      await rm(dirname(program), { recursive: true });
      const gone = await launch();
      assert.equal(gone.code, 125);
      assert.match(gone.stderr, /no longer where this program looks for it/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says where there is no such command', async () => {
    const { code, stderr } = await run(['--key', 'our shop', '--', 'no-such-command-here']);
    assert.deepEqual([code, stderr], [127, 'keysmith: there is no command "no-such-command-here".\n']);
  });

  it('says how it is used where it is used wrongly', async () => {
    const { code, stderr } = await run(['--', 'env']);
    assert.equal(code, 125);
    assert.match(stderr, /--key NAME\.\n\nkeysmith run --key NAME/);
    const help = await run(['--help']);
    assert.deepEqual([help.code, help.stderr], [0, '']);
  });
});
