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
