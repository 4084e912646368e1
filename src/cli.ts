#!/usr/bin/env node
import { argv, exit, stderr, stdout } from 'node:process';

const usage = `keysmith: Stripe keys, rehearsed and guarded on this machine. Not made by Stripe.

  keysmith emulator   run the local emulator of api.stripe.com's authentication
  keysmith lsp        run the leak guard as a language server over stdio
`;

/** Exit status for a command that was given wrong or could not do its work. */
const failure = 2;

const complain = (message: string | Error): void => void stderr.write(`keysmith: ${String(message)}\n`);

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

async function lsp(): Promise<void> {
  await import('./leaks/server/serverMain.ts');
}

function fail(message: string): void {
  complain(message);
  exit(failure);
}

const [name = '', ...args] = argv.slice(2);
const commands = new Map<string, (args: readonly string[]) => Promise<void>>([
  ['emulator', emulator],
  ['lsp', lsp],
]);
const command = commands.get(name);
if (command) await command(args);
else if (name === '' || name === '--help') stdout.write(usage);
else fail(`there is no command "${name}".\n\n${usage}`);
