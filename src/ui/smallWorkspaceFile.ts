import * as vscode from 'vscode';
import { mostSmallBytes, readSmallFile } from '../shared/smallFile.ts';

/**
 * The text of a small file of the workspace; undefined where it is none that may be read: a link, a device, a pipe, or too large. The byte
 * order mark stays where there is one.
 */
export async function readSmallWorkspaceFile(uri: vscode.Uri): Promise<string | undefined> {
  const bytes = uri.scheme === 'file' ? await fromDisk(uri) : await fromEditor(uri);
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

async function fromDisk({ fsPath }: vscode.Uri): Promise<Uint8Array | undefined> {
  const read = await readSmallFile(fsPath);
  return read.ok ? read.value : undefined;
}

/** Files of a virtual workspace, which only the editor can read. */
async function fromEditor(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > mostSmallBytes) return undefined; // a link has another bit set
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined; // it vanished meanwhile
  }
}
