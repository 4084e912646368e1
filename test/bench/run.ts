import { cpus } from 'node:os';
import { bench as activation } from './activation.ts';
import { bench as emulator } from './emulator.ts';
import { bench as hook } from './hook.ts';
import { bench as keystroke } from './keystroke.ts';
import { bench as requestPanel } from './requestPanel.ts';
import { bench as scrubber } from './scrubber.ts';
import { bench as scan } from './scan.ts';
import { bench as tree } from './tree.ts';

const benches = {
  Emulator: emulator,
  Activation: activation,
  Keystroke: keystroke,
  Scan: scan,
  Hook: hook,
  Scrubber: scrubber,
  Tree: tree,
  'Request panel': requestPanel,
};

const log = (line: string): void => console.log(line);
const processors = cpus();
log(
  `${processors.length} CPUs (${processors[0]?.model ?? 'unknown'}), Node ${process.versions.node}, ${process.platform} ${process.arch}`,
);

for (const [name, bench] of Object.entries(benches)) {
  log(`\n== ${name}\n`);
  try {
    await bench(log);
  } catch (error) {
    log(`${name} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  }
}
