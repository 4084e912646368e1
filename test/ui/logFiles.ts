import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../src/shared/replaceFile.ts';

/**
 * Makes a server write its logs and output channels into files, as every released VS Code does. It writes them through a compiled module,
 * which is not there where the server was installed without compiling: its output channels then stay empty. A folder of the module's name
 * is loaded in its place.
 */
export async function ensureLogFiles(serverRoot: string): Promise<void> {
  const folder = join(serverRoot, 'lib', 'vscode', 'node_modules', '@vscode', 'spdlog', 'build', 'spdlog.node');
  await mkdir(folder, { recursive: true });
  await replaceFile(join(folder, 'index.js'), logger);
}

/** What VS Code calls of the module: levels from 0 for trace to 6 for nothing, a line for a message. */
const logger = `
const { appendFileSync } = require('node:fs');
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = class {
  level = 2;
  plain = false;
  constructor(type, name, file) {
    this.file = file;
    appendFileSync(file, '');
    for (const [index, level] of levels.entries()) this[level] = (message) => this.write(index, message);
  }
  write(index, message) {
    if (index < this.level) return;
    appendFileSync(this.file, this.plain ? message : new Date().toISOString() + ' [' + levels[index] + '] ' + message + '\\n');
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.plain = true; }
  setPattern() {}
  flush() {}
  drop() {}
};
`;
