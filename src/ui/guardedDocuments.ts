import type * as vscode from 'vscode';

/** The schemes of documents that people write, and of what git has of them. */
export const guardedSchemes = [
  'file',
  'untitled',
  'vscode-remote',
  'vscode-userdata',
  'vscode-notebook-cell',
  'git',
] as const;

export const isGuarded = (document: vscode.TextDocument): boolean =>
  (guardedSchemes as readonly string[]).includes(document.uri.scheme);
