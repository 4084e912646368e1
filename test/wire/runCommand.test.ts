import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { Secret } from '../../src/domain/secret.ts';
import { KeyServer, type KeyProvider, type Wanted } from '../../src/handover/keyServer.ts';
import { writeLauncher } from '../../src/handover/launcher.ts';
import { refusal, type KeyReply } from '../../src/handover/protocol.ts';
import { silentLog } from '../../src/shared/log.ts';
import { commandLines } from '../ui/secretSearch.ts';
import { liveSecret, testSecret } from '../unit/fixtures.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const token = testSecret(99);
const { mask } = new Secret(token);

const given = (variables: readonly string[], base?: string): KeyReply => ({
  ok: true,
  keys: variables.map((variable) => ({ variable, token, name: 'our shop', mode: 'sandbox' as const })),
  base,
});

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
    reply = given(['STRIPE_API_KEY', 'STRIPE_SECRET_KEY']);
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
    assert.deepEqual(
      asked[0]?.keys.map(({ key }) => key),
      ['our shop', 'our shop'],
    );
    assert.deepEqual(asked[0]?.command, [process.execPath, '-e', printLength(['STRIPE_API_KEY', 'STRIPE_SECRET_KEY'])]);
  });

  it('puts it into the variables that are named, and no other', async () => {
    reply = given(['A', 'B']);
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

  for (const signal of [
    'SIGTERM',
    'SIGINT',
    'SIGHUP',
    'SIGQUIT',
    'SIGUSR2',
    'SIGALRM',
    'SIGCONT',
    'SIGWINCH',
  ] as const) {
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
    ['unknown', refusal('unknown', 'our shop'), /there is no key "our shop"/],
    ['notChosen', refusal('notChosen', 'A'), /no key is chosen for A: name one with --key/],
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
      reply = given(['A']);
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
    const { code, stderr } = await run(['--key', '', '--', 'env']);
    assert.equal(code, 125);
    assert.match(stderr, /--key NAME\.\n\nkeysmith run \[--key NAME\]/);
    const help = await run(['--help']);
    assert.deepEqual([help.code, help.stderr], [0, '']);
  });

  describe('hands over', () => {
    it('several keys, each to its own variable', async () => {
      const other = liveSecret(40);
      reply = {
        ok: true,
        keys: [
          { variable: 'A', token, name: 'one', mode: 'sandbox' },
          { variable: 'B', token: other, name: 'two', mode: 'live' },
        ],
      };
      const script = 'console.log(process.env.A.length, process.env.B.length, process.env.A, process.env.B)';
      const { stdout } = await run(['--env', 'A=one', '--env', 'B=two', '--', process.execPath, '-e', script]);
      assert.equal(stdout, `${token.length} ${other.length} ${mask} ${new Secret(other).mask}\n`);
      assert.deepEqual(asked[0]?.keys, [
        { variable: 'A', key: 'one' },
        { variable: 'B', key: 'two' },
      ]);
    });

    it('what the workspace has chosen, where no key is named', async () => {
      reply = given(['PAYMENTS_KEY']);
      const { stdout } = await run(['--', process.execPath, '-e', printLength(['PAYMENTS_KEY', 'STRIPE_API_KEY'])]);
      assert.equal(stdout, `${token.length} undefined\n`);
      assert.deepEqual(asked[0]?.keys, []);
    });

    it('where the emulator listens, in place of what was there', async () => {
      reply = given(['A'], 'http://127.0.0.1:12181');
      const script = 'console.log(process.env.STRIPE_API_BASE)';
      assert.equal((await run(node(script), { STRIPE_API_BASE: 'elsewhere' })).stdout, 'http://127.0.0.1:12181\n');
      reply = given(['A']);
      assert.equal((await run(node(script))).stdout, 'undefined\n');
    });

    it('nothing by which the command could ask for more', async () => {
      const { stdout } = await run(node('console.log(JSON.stringify(process.env))'), { KEYSMITH_LAUNCHER: '/x' });
      assert.doesNotMatch(stdout, /KEYSMITH|keys\.sock/);
      assert.ok(!stdout.includes(server.nonce) && !stdout.includes(server.address));
      assert.match(stdout, /"PATH":/);
    });
  });

  it('masks other Stripe secrets of the environment too, and leaves what is none', async () => {
    const others = [liveSecret(99), ['whsec', 'Ab1'.repeat(12)].join('_'), ['rk', 'live', 'Zz9'.repeat(12)].join('_')];
    const publishable = ['pk', 'test', 'Pp7'.repeat(10)].join('_');
    const script = `for (const name of ['X', 'Y', 'Z', 'P']) console.log(process.env[name]);
      console.error(Buffer.from('user:' + process.env.X).toString('base64'));`;
    const over = { X: others[0], Y: `prefix ${others[1]}:${others[2]}`, Z: 'plain', P: publishable };
    const { stdout, stderr } = await run(node(script), over);
    const masks = others.map((text) => new Secret(text).mask);
    assert.equal(stdout, `${masks[0]}\nprefix ${masks[1]}:${masks[2]}\nplain\n${publishable}\n`);
    assert.match(stderr, /^dXNlcjpza19saXZl.{0,2}….{0,3}\n$/);
  });

  describe('has real pipes', () => {
    const shells = ['bash', 'dash', 'zsh', 'fish'].filter((name) => isInstalled(name));
    beforeEach(function () {
      if (process.platform === 'win32') this.skip();
    });
    const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
    const ours = (...args: readonly string[]): string =>
      [process.execPath, cli, 'run', '--key', 'our shop', '--', ...args].map(quoted).join(' ');
    /** Runs a line in a shell as a terminal of the editor has it. */
    const inShell = (shell: string, line: string): Promise<Ended> => {
      const env = { ...process.env, KEYSMITH_SOCKET: server.address, KEYSMITH_NONCE: server.nonce };
      return ended(spawn(shell, ['-c', line], { env, stdio: ['pipe', 'pipe', 'pipe'] }));
    };

    for (const shell of shells) {
      it(`which ${shell} opens anew`, async () => {
        const script = 'echo one > /dev/stdout; echo "key $STRIPE_API_KEY" > /dev/stderr; echo two >> /dev/stdout';
        const { code, stdout, stderr } = await inShell('bash', ours(shell, '-c', script));
        assert.deepEqual([code, stdout, stderr], [0, 'one\ntwo\n', `key ${mask}\n`]);
      });

      it(`which end quietly in a pipeline of ${shell}`, async () => {
        const { code, stdout, stderr } = await inShell(shell, `${ours('yes', 'line')} | head -2`);
        assert.deepEqual([code, stdout, stderr], [0, 'line\nline\n', '']);
      });

      it(`whose status ${shell} hears`, async () => {
        const line = shell === 'fish' ? `${ours('sh', '-c', 'exit 7')}; exit $status` : ours('sh', '-c', 'exit 7');
        assert.equal((await inShell(shell, line)).code, 7);
      });
    }

    for (const [program, status] of [
      ['yes line', 141],
      ['seq 3', 0],
      ["sh -c 'yes line; exit 5'", 5],
    ] as const) {
      it(`that end in a pipeline as they would without it: ${program}`, async () => {
        const statuses = async (command: string): Promise<string> => {
          const { stderr } = await inShell('bash', `${command} | head -1 > /dev/null; echo "\${PIPESTATUS[*]}" >&2`);
          return stderr;
        };
        assert.equal(await statuses(`${ours().trimEnd()} ${program}`), `${status} 0\n`);
        assert.equal(await statuses(program), `${status} 0\n`);
      });
    }

    it('as Python sees them', async function () {
      if (!isInstalled('python3')) this.skip();
      const script = `import os, stat, sys
for fd in (1, 2): print(stat.S_ISFIFO(os.fstat(fd).st_mode), os.get_blocking(fd), flush=True)
open('/dev/stdout', 'w').write(os.environ['STRIPE_API_KEY'] + '\\n')
sys.stderr.write(os.environ['STRIPE_API_KEY'][::-1][::-1] + '\\n')`;
      const { stdout, stderr } = await run(['--key', 'our shop', '--', 'python3', '-c', script]);
      assert.deepEqual([stdout, stderr], [`True True\nTrue True\n${mask}\n`, `${mask}\n`]);
    });

    it('and leave nothing behind', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'keysmith-pipes-'));
      await run(['--key', 'our shop', '--', 'sh', '-c', 'ls -A "$TMPDIR"; echo done'], { TMPDIR: folder });
      assert.deepEqual(await readdir(folder), []);
      await rm(folder, { recursive: true });
    });

    it('through which ten megabytes go unchanged', async () => {
      const script = `const bytes = Buffer.alloc(1e7); for (let at = 0; at < 1e7; at += 1) bytes[at] = (at * 7) % 251;
        process.stdout.write(bytes)`;
      const child = start(node(script));
      const parts: Buffer[] = [];
      child.stdout?.on('data', (part: Buffer) => parts.push(part));
      child.stderr?.resume();
      await once(child, 'close');
      const bytes = Buffer.concat(parts);
      assert.equal(bytes.length, 1e7);
      assert.ok(bytes.every((byte, at) => byte === (at * 7) % 251));
    });
  });

  describe('opens no inspector', () => {
    beforeEach(function () {
      if (process.platform === 'win32') this.skip();
    });

    it('at SIGUSR1, which the command gets', async () => {
      const child = start([
        '--key',
        'our shop',
        '--',
        'sh',
        '-c',
        'trap "echo told; exit 4" USR1; echo up; while :; do sleep 0.05; done',
      ]);
      const end = ended(child);
      await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
      child.kill('SIGUSR1');
      const { code, stdout, stderr } = await end;
      assert.deepEqual([code, stdout, stderr], [4, 'up\ntold\n', '']);
    });

    it('at SIGUSR1 while it waits for the answer, and tells the command of it then', async () => {
      let answer: (() => void) | undefined;
      const answered = new Promise<void>((resolve) => (answer = resolve));
      await server.close();
      let arrived: (() => void) | undefined;
      const waiting = new Promise<void>((resolve) => (arrived = resolve));
      server = await KeyServer.listen(async () => {
        arrived?.();
        await answered;
        return reply;
      }, silentLog);
      const child = start([
        '--key',
        'our shop',
        '--',
        'sh',
        '-c',
        'trap "echo told" USR1; sleep 0.2; sleep 0.2; echo end',
      ]);
      const end = ended(child);
      await waiting;
      child.kill('SIGUSR1');
      child.kill('SIGUSR1');
      answer?.();
      const { stderr, code, signal } = await end;
      // Before its first line is read the shell has no trap, and ends as it would have without us.
      assert.ok(signal === 'SIGUSR1' || code === 0, `${code} ${signal}`);
      assert.doesNotMatch(stderr, /[Dd]ebugger/);
    });

    it('that was opened by its environment, once it has the key', async () => {
      const script = 'setInterval(() => {}, 1000); console.log("up")';
      const child = start(['--key', 'our shop', '--', 'sh', '-c', 'unset NODE_OPTIONS; echo up; read line'], {
        NODE_OPTIONS: '--inspect=127.0.0.1:0',
      });
      let said = '';
      child.stderr?.setEncoding('utf8').on('data', (part: string) => (said += part));
      await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
      const [, port = ''] = /ws:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      assert.notEqual(port, '', script);
      await assert.rejects(fetch(`http://127.0.0.1:${port}/json/list`));
      child.stdin?.end('\n');
      await once(child, 'close');
    });
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`ends at ${signal} while it waits for the answer, and the editor knows`, async function () {
      if (process.platform === 'win32') this.skip();
      await server.close();
      let asks: ((gone: AbortSignal) => void) | undefined;
      const waiting = new Promise<AbortSignal>((resolve) => (asks = resolve));
      server = await KeyServer.listen((_, gone) => {
        asks?.(gone);
        return new Promise(() => undefined);
      }, silentLog);
      const child = start(node('console.log("ran")'));
      const end = ended(child);
      const gone = await waiting;
      child.kill(signal);
      assert.deepEqual(await end, { code: null, signal, stdout: '', stderr: '' });
      if (!gone.aborted) await once(gone, 'abort');
    });
  }

  it('stops with the command, and goes on with it', async function () {
    if (process.platform !== 'linux' || !canBeStopped()) this.skip();
    const child = start(['--key', 'our shop', '--', 'sh', '-c', 'echo $$; while :; do sleep 0.02; done']);
    const [pid] = (await once(child.stdout as NonNullable<typeof child.stdout>, 'data')) as [Buffer];
    const stateOf = async (id: string | number): Promise<string> =>
      /^State:\s*(\w)/m.exec(await readFile(`/proc/${id}/status`, 'utf8'))?.[1] ?? '';
    const until = async (id: string | number, wanted: RegExp): Promise<void> => {
      while (!wanted.test(await stateOf(id))) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const inner = String(pid).trim();
    child.kill('SIGTSTP');
    await until(inner, /T/);
    await until(child.pid ?? 0, /T/);
    child.kill('SIGCONT');
    await until(inner, /[SRD]/);
    child.kill('SIGTERM');
    await once(child, 'close');
  });

  it('leaves no image of its memory where the command does', async function () {
    if (process.platform === 'win32') this.skip();
    const { code, signal } = await run(['--key', 'our shop', '--', 'sh', '-c', 'kill -SEGV $$']);
    assert.deepEqual([code, signal], [139, null]);
  });

  it('is put where this user alone can see and change it', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = await mkdtemp(join(tmpdir(), 'keysmith-bin-'));
    const bin = join(folder, 'bin');
    await mkdir(bin, { mode: 0o777 });
    await chmod(bin, 0o777);
    for (let time = 0; time < 2; time += 1) {
      const file = await writeLauncher(bin, cli);
      assert.deepEqual([(await stat(bin)).mode & 0o777, (await stat(file)).mode & 0o777], [0o700, 0o700]);
      await chmod(file, 0o755); // as an older one left it
      assert.deepEqual(await readdir(bin), ['keysmith']);
    }
    await rm(folder, { recursive: true });
  });

  describe('against other users of the machine', () => {
    before(function () {
      if (
        process.platform !== 'linux' ||
        process.getuid?.() !== 0 ||
        !isInstalled('setpriv') ||
        !existsSync('/usr/bin/python3')
      )
        this.skip();
    });
    const asNobody = (script: string, ...args: readonly string[]): Promise<Ended> =>
      ended(
        spawn('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'python3', '-c', script, ...args], {
          stdio: ['ignore', 'pipe', 'pipe'],
          cwd: '/',
          env: { PATH: '/usr/bin:/bin' },
        }),
      );

    it('has a socket that they cannot reach, though they know the nonce', async () => {
      const script = `import socket, sys
s = socket.socket(socket.AF_UNIX)
try:
  s.connect(sys.argv[1]); print('in')
except PermissionError: print('refused')`;
      assert.equal((await asNobody(script, server.address)).stdout, 'refused\n');
    });

    it('tells its nonce to no socket of theirs', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'keysmith-'));
      await chmod(folder, 0o777);
      const script = `import os, socket, sys
os.mkdir(sys.argv[1], 0o700)
s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1] + '/keys.sock'); s.listen()
print('up', flush=True)
s.settimeout(20)
c, _ = s.accept(); print(c.recv(1000))`;
      const taken = join(folder, 'taken');
      const thief = spawn(
        'setpriv',
        ['--reuid=65534', '--regid=65534', '--clear-groups', 'python3', '-c', script, taken],
        {
          cwd: '/',
          env: { PATH: '/usr/bin:/bin' },
        },
      );
      let heard = '';
      thief.stdout.setEncoding('utf8').on('data', (part: string) => (heard += part));
      await once(thief.stdout, 'data');
      const { code, stderr } = await run(node('console.log("ran")'), { KEYSMITH_SOCKET: join(taken, 'keys.sock') });
      assert.equal(code, 125);
      assert.match(stderr, /can be written to by others/);
      thief.kill();
      await once(thief, 'close');
      assert.equal(heard, 'up\n');
      await rm(folder, { recursive: true });
    });
  });
});

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** The system lets nothing stop at SIGTSTP that no shell could wake up again: tests that run in the background, for one. */
function canBeStopped(): boolean {
  const stopping = ['-c', 'kill -TSTP $$; exit 9'];
  return spawnSync('sh', stopping, { timeout: 1000, killSignal: 'SIGKILL' }).status !== 9;
}
