import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../test/host/freePort.ts';
import { hostFolder, repositoryRoot } from '../test/host/repository.ts';
import { lastLines, runCommand } from '../test/host/runCommand.ts';
import { hasDisplay } from '../test/host/virtualDisplay.ts';
import { startWorkbench } from '../test/host/workbench.ts';
import { sampleWorkspace } from './sampleWorkspace.ts';

const { values: options } = parseArgs({
  options: { serve: { type: 'boolean', default: false }, port: { type: 'string', default: '8123' } },
});

const folder = await sampleWorkspace();
if (!options.serve && hasDisplay() && hasCode()) await openDesktop();
else await serve();

/** True where VS Code's command line is on the PATH. */
function hasCode(): boolean {
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return (process.env['PATH'] ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function openDesktop(): Promise<void> {
  console.log('Opening VS Code with Keysmith and a sample workspace. (npm start -- --serve shows it in a browser.)');
  const args = ['--new-window', `--extensionDevelopmentPath=${repositoryRoot}`, folder];
  const { code } = await runCommand('code', args, { cwd: repositoryRoot, show: true });
  process.exitCode = code;
}

/** Serves VS Code with the packaged extension to a browser until Ctrl-C. Its state is kept for the next time. */
async function serve(): Promise<void> {
  console.log('Packaging Keysmith …');
  const { code, output } = await runCommand('npm', ['run', 'package'], { cwd: repositoryRoot });
  if (code !== 0) throw new Error(`npm run package failed:\n${lastLines(output, 15)}`);
  const wanted = Number(options.port);
  const port = await freePort(wanted);
  if (port !== wanted) console.log(`Port ${wanted} is taken, so it is ${port} this time.`);
  const workbench = await startWorkbench({
    vsix: join(repositoryRoot, 'keysmith.vsix'),
    folder,
    data: join(hostFolder, 'start'),
    port,
    log: (line) => console.log(line),
  });
  console.log(`Keysmith is open at ${workbench.url()}`);
  console.log('Open that in a browser and click the key icon at the left; README.md there says what to try.');
  console.log('Ctrl-C stops it.');
  const { promise: interrupted, resolve } = Promise.withResolvers<'interrupted'>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('interrupted'));
  const why = await Promise.race([interrupted, workbench.ended]);
  console.log('Stopping …');
  await workbench.stop();
  if (why === 'interrupted') return;
  console.error(`The server ended by itself. Its last lines:\n${lastLines(workbench.logs(), 15)}`);
  process.exitCode = 1;
}
