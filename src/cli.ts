#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { argv, cwd, execPath, exit, kill, pid, stderr, stdout } from 'node:process';
import { maskTokens } from './domain/secret.ts';

const usage = `keysmith: Stripe keys, rehearsed and guarded on this machine. Not made by Stripe.

  keysmith emulator   run the local emulator of api.stripe.com's authentication
  keysmith scan       find Stripe keys in files, in what is staged, in the history
  keysmith hook       stop commits with a Stripe key in them: install, uninstall
  keysmith run        run a command with a key of the editor in its environment, and nowhere else
  keysmith least-privilege
                      the least that a key must be granted, from exported requests
  keysmith lsp        run the leak guard as a language server over stdio
`;

/** Exit status for a command that was given wrong or could not do its work. */
const failure = 2;

/** What was typed may be a token. */
const complain = (message: string | Error): void => void stderr.write(`keysmith: ${maskTokens(String(message))}\n`);

async function emulator(args: readonly string[]): Promise<void> {
  const { emulatorUsage, parseEmulatorCommand } = await import('./emulator/commandLine.ts');
  if (args.includes('--help')) return void stdout.write(`${emulatorUsage}\n`);
  const command = parseEmulatorCommand(args);
  if (!command.ok) return fail(`${command.problem}\n\n${emulatorUsage}`);

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
      ? `${JSON.stringify({ origin, dashboardToken, pid: process.pid })}\n`
      : `Keysmith's emulator listens on ${origin}. Stop it with Ctrl-C.\n`,
  );
}

async function scan(args: readonly string[]): Promise<void> {
  const { parseScanCommand, scanUsage } = await import('./leaks/cli/scanCommand.ts');
  if (args.includes('--help')) return void stdout.write(`${scanUsage}\n`);
  const command = parseScanCommand(args);
  if (!command.ok) return fail(`${command.problem}\n\n${scanUsage}`);
  const { runScan } = await import('./leaks/cli/runScan.ts');
  const scanned = await runScan(command.value, version());
  if (!scanned.ok) return fail(scanned.problem);
  for (const warning of scanned.value.warnings) complain(warning);
  // Waits for the text to be out: a pipe takes it in parts, and an exit would cut it off.
  stdout.write(scanned.value.text, () => exit(scanned.value.leaks ? 1 : 0));
}

async function hook([action = '', ...rest]: readonly string[]): Promise<void> {
  const { installHook, uninstallHook } = await import('./leaks/hook/installHook.ts');
  const program = { file: fileURLToPath(import.meta.url), by: [execPath] };
  const done =
    rest.length > 0
      ? undefined
      : action === 'install'
        ? await installHook(cwd(), program)
        : action === 'uninstall'
          ? await uninstallHook(cwd())
          : undefined;
  if (!done) return fail('keysmith hook takes install or uninstall.');
  if (!done.ok) return fail(done.problem);
  stdout.write(`${done.value}\n`);
}

/** Of the package this file is part of: the bundle lies one folder below it, and so does the source. */
function version(): string {
  const file = new URL('../package.json', import.meta.url);
  return String((JSON.parse(readFileSync(file, 'utf8')) as { version: unknown }).version);
}

async function leastPrivilege(args: readonly string[]): Promise<void> {
  const { leastPrivilegeUsage, runLeastPrivilege } = await import('./requests/cli/leastPrivilegeCommand.ts');
  if (args.includes('--help')) return void stdout.write(`${leastPrivilegeUsage}\n`);
  const done = await runLeastPrivilege(args);
  if (!done.ok) return fail(done.problem);
  stdout.write(done.value);
}

async function lsp(args: readonly string[]): Promise<void> {
  if (args.length !== 1 || args[0] !== '--stdio')
    return fail('keysmith lsp takes --stdio: it speaks the Language Server Protocol over its input and output.');
  await import('./leaks/server/serverMain.ts');
}

async function run(args: readonly string[]): Promise<void> {
  const { parseRunCommand, runUsage } = await import('./handover/runArguments.ts');
  // Behind "--" stand the words of the command that is run.
  if (args.slice(0, args.includes('--') ? args.indexOf('--') : undefined).includes('--help'))
    return void stdout.write(`${runUsage}\n`);
  const command = parseRunCommand(args);
  if (!command.ok) return fail(`${command.problem}\n\n${runUsage}`, 125);
  const { runWithKey } = await import('./handover/runWithKey.ts');
  const end = await runWithKey(command.value);
  if (end.signal !== undefined) {
    kill(pid, end.signal);
    // Reached where the signal does not end a process.
    setTimeout(() => exit(128), 1000);
    return;
  }
  if (end.problem !== undefined) complain(end.problem);
  exit(end.code);
}

function fail(message: string, status = failure): void {
  complain(message);
  exit(status);
}

const [name = '', ...args] = argv.slice(2);
const commands = new Map<string, (args: readonly string[]) => Promise<void>>([
  ['emulator', emulator],
  ['scan', scan],
  ['hook', hook],
  ['run', run],
  ['least-privilege', leastPrivilege],
  ['lsp', lsp],
]);
const command = commands.get(name);
if (command) await command(args);
else if (name === '' || name === '--help') stdout.write(usage);
else fail(`there is no command "${name}".\n\n${usage}`);
