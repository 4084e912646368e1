#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process, { argv, cwd, env, execPath, exit, pid, stderr, stdout, versions } from 'node:process';
import { maskTokens } from './domain/secret.ts';
import { printableLine } from './shared/printable.ts';
import { launcherVariable } from './handover/launcherVariable.ts';

const usage = `keysmith: Stripe keys, rehearsed and guarded on this machine. Not made by Stripe.

  keysmith emulator   run the local emulator of api.stripe.com's authentication
  keysmith wait       wait until an emulator that was just started answers
  keysmith scan       find Stripe keys in files, in what is staged, in the history
  keysmith hook       stop commits with a Stripe key in them: install, uninstall
  keysmith run        run a command with a key of the editor in its environment, and nowhere else
  keysmith least-privilege
                      the least that a key must be granted, from exported requests
  keysmith lsp        run the leak guard as a language server over stdio

  keysmith help COMMAND, keysmith --version
`;

/** Exit status for a command that was given wrong or could not do its work. */
const failure = 2;

/** What was typed may be a token. */
const complain = (message: string | Error): void => {
  // Sentences may have several lines, but a name in them has none.
  const lines = maskTokens(String(message)).split('\n').map(printableLine);
  stderr.write(`keysmith: ${lines.join('\n')}\n`);
};

interface Command {
  readonly usage: () => Promise<string>;
  readonly run: (args: readonly string[]) => Promise<void>;
}

const emulator: Command = {
  usage: async () => (await import('./emulator/commandLine.ts')).emulatorUsage,
  async run(args) {
    const { emulatorUsage, parseEmulatorCommand } = await import('./emulator/commandLine.ts');
    const command = parseEmulatorCommand(args);
    if (!command.ok) return fail(`${command.problem}\n\n${emulatorUsage}`);
    if (!isNodeAtLeast(22, 13))
      return fail(
        `The emulator needs Node 22.13 or newer; this is Node ${versions.node}. The other commands work here.`,
      );

    const [{ runEmulator }, { startError }, { silentLog }] = await Promise.all([
      import('./emulator/runEmulator.ts'),
      import('./emulator/startErrors.ts'),
      import('./shared/log.ts'),
    ]);
    const started = await runEmulator(command.value, { ...silentLog, warn: complain, error: complain });
    if (!started.ok) return fail(startError(started.problem));
    const { origin, dashboardToken } = started.value;
    stdout.write(
      command.value.json
        ? `${JSON.stringify({ origin, dashboardToken, pid })}\n`
        : `Keysmith's emulator listens on ${origin}. Stop it with Ctrl-C.\n`,
    );
  },
};

const wait: Command = {
  usage: async () => (await import('./management/waitCommand.ts')).waitUsage,
  async run(args) {
    const { parseWaitCommand, runWait, waitUsage } = await import('./management/waitCommand.ts');
    const command = parseWaitCommand(args);
    if (!command.ok) return fail(`${command.problem}\n\n${waitUsage}`);
    const waited = await runWait(command.value);
    if (!waited.ok) return fail(waited.problem);
    print(`${waited.value}\n`);
  },
};

const scan: Command = {
  usage: async () => (await import('./leaks/cli/scanCommand.ts')).scanUsage,
  async run(args) {
    const { parseScanCommand, scanUsage } = await import('./leaks/cli/scanCommand.ts');
    const command = parseScanCommand(args);
    if (!command.ok) return fail(`${command.problem}\n\n${scanUsage}`);
    const { runScan } = await import('./leaks/cli/runScan.ts');
    const scanned = await runScan(command.value, version());
    if (!scanned.ok) return fail(scanned.problem);
    const { text, leaks, complete, warnings } = scanned.value;
    for (const warning of warnings) complain(warning);
    if (!complete) complain('Not everything was read.');
    print(text, leaks ? 1 : complete ? 0 : failure);
  },
};

const hook: Command = {
  usage: async () => (await import('./leaks/cli/hookCommand.ts')).hookUsage,
  async run(args) {
    const { hookUsage, parseHookCommand } = await import('./leaks/cli/hookCommand.ts');
    const command = parseHookCommand(args);
    if (!command.ok) return fail(`${command.problem}\n\n${hookUsage}`);
    const { installHook, uninstallHook } = await import('./leaks/hook/installHook.ts');
    const { action, elsewhere } = command.value;
    const request = { folder: cwd(), elsewhere };
    const done = action === 'install' ? await installHook(request, ownProgram()) : await uninstallHook(request);
    if (!done.ok) return fail(done.problem.why);
    print(`${done.value}\n`);
  },
};

/** How a hook starts this program later. The editor's launcher outlives an update of the extension, which this file does not. */
function ownProgram(): { file: string; runtime?: string } {
  const launcher = env[launcherVariable];
  return launcher ? { file: launcher } : { file: fileURLToPath(import.meta.url), runtime: execPath };
}

const run: Command = {
  usage: async () => (await import('./handover/runArguments.ts')).runUsage,
  async run(args) {
    const { parseRunCommand, runUsage } = await import('./handover/runArguments.ts');
    const command = parseRunCommand(args);
    if (!command.ok) return fail(`${command.problem}\n\n${runUsage}`, 125);
    const { endLike, runWithKey } = await import('./handover/runWithKey.ts');
    const end = await runWithKey(command.value);
    if (end.signal === undefined && end.problem !== undefined) complain(end.problem);
    endLike(end);
  },
};

const leastPrivilege: Command = {
  usage: async () => (await import('./requests/cli/leastPrivilegeCommand.ts')).leastPrivilegeUsage,
  async run(args) {
    const { runLeastPrivilege } = await import('./requests/cli/leastPrivilegeCommand.ts');
    const done = await runLeastPrivilege(args);
    if (!done.ok) return fail(done.problem);
    print(done.value);
  },
};

const lspUsage = `keysmith lsp --stdio

  Speaks the Language Server Protocol over its input and output: diagnostics, fixes and hovers for Stripe keys, in any editor.`;

const lsp: Command = {
  usage: async () => lspUsage,
  async run(args) {
    if (args.length !== 1 || args[0] !== '--stdio')
      return fail('keysmith lsp takes --stdio: it speaks the Language Server Protocol over its input and output.');
    await import('./leaks/server/serverMain.ts');
  },
};

const commands = new Map<string, Command>([
  ['emulator', emulator],
  ['wait', wait],
  ['scan', scan],
  ['hook', hook],
  ['run', run],
  ['least-privilege', leastPrivilege],
  ['lsp', lsp],
]);

/** Of the package this file is part of: the bundle lies one folder below it, and so does the source. */
function version(): string {
  const file = new URL('../package.json', import.meta.url);
  return String((JSON.parse(readFileSync(file, 'utf8')) as { version: unknown }).version);
}

function isNodeAtLeast(major: number, minor: number): boolean {
  const [itsMajor = 0, itsMinor = 0] = versions.node.split('.').map(Number);
  return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}

/** Ends when the text is out: a pipe takes it in parts, and an exit would cut it off. Whoever has stopped reading has read enough. */
function print(text: string, status = 0): void {
  stdout.on('error', () => undefined);
  stdout.write(text, (error) => {
    if (error && 'code' in error && error.code !== 'EPIPE') fail(`The output cannot be written: ${error.message}`);
    else exit(status);
  });
}

function fail(message: string, status = failure): void {
  complain(message);
  exit(status);
}

const helpOptions = ['--help', '-h'];

/** Behind "--" stand the words of the command that is run. */
const asksForHelp = (args: readonly string[]): boolean =>
  args.slice(0, args.includes('--') ? args.indexOf('--') : undefined).some((arg) => helpOptions.includes(arg));

async function main([name = '', ...args]: readonly string[]): Promise<void> {
  if (['--version', '-v', 'version'].includes(name)) return print(`${version()}\n`);
  const general = ['', 'help', ...helpOptions].includes(name);
  const [about = ''] = general ? args : [name];
  if (general && about === '') return print(usage);
  const command = commands.get(about);
  if (!command) return fail(`there is no command "${about}".\n\n${usage}`);
  if (general || asksForHelp(args)) return print(`${await command.usage()}\n`);
  await command.run(args);
}

// By itself Node ends with 1, which says that there are leaks.
process.once('uncaughtException', (error) => fail(error.stack ?? error.message));
await main(argv.slice(2));
