/**
 * This process's environment for a VS Code of our own, without what an enclosing VS Code terminal or npm adds (with
 * `VSCODE_IPC_HOOK_CLI`, say, code-server would open the folder in that other window and end) and without credentials.
 */
export function editorEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const foreign = /^(?:VSCODE_|CODE_SERVER_|CS_|ELECTRON_|npm_|STRIPE_|(?:PORT|LOG_LEVEL|NODE_OPTIONS)$)/;
  const credential = /^(?:HASHED_)?PASSWORD$|^GITHUB_TOKEN$/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name) && !credential.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

/** The same for a VS Code server, all of whose logs, sockets and temporary files then stay in `folder`. */
export function serverEnvironment(folder: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  // macOS gives folders so deep that a socket's path in them would be too long.
  const temporary = process.platform === 'linux' ? { TMPDIR: folder, XDG_RUNTIME_DIR: folder } : {};
  const noMarketplace = { EXTENSIONS_GALLERY: '{}' };
  return editorEnvironment({ ...temporary, XDG_DATA_HOME: folder, ...noMarketplace, ...extra });
}
