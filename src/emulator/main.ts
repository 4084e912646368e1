import type { Log } from '../shared/log.ts';
import { parseEmulatorCommand } from './commandLine.ts';
import { runEmulator } from './runEmulator.ts';

// The mouth of the process that the extension forks: what it has to say goes to the parent over IPC, never to a stream.
const say = (level: keyof Log) => (message: string | Error) =>
  void process.send?.({ kind: 'log', level, message: String(message) });
const log: Log = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };

const command = parseEmulatorCommand(process.argv.slice(2));
if (!command.ok) throw new Error(command.problem);
const started = await runEmulator(command.value, log);
if (started.ok) {
  const { origin, dashboardToken } = started.value;
  process.send?.({ kind: 'listening', origin, dashboardToken, pid: process.pid });
} else {
  process.send?.({ kind: 'refused', problem: started.problem }, () => process.exit(1));
}
