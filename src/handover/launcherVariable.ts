/** Tells the program that the launcher of an editor has started it, and which: its path stays when the extension is updated. */
export const launcherVariable = 'KEYSMITH_LAUNCHER';
