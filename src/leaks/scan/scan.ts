import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { scanBytes } from './scanBytes.ts';
import type { FileLeaks, ScanRequest, ScanResult } from './scanResult.ts';

export async function scan({ roots }: ScanRequest): Promise<ScanResult> {
  const files: FileLeaks[] = [];
  let scanned = 0;
  let bytes = 0;
  const visit = (path: string): void => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path)) if (name !== '.git') visit(join(path, name));
      return;
    }
    const data = readFileSync(path);
    scanned += 1;
    bytes += data.length;
    const leaks = scanBytes(data, { path }, true);
    if (leaks.length > 0) files.push({ file: path, leaks });
  };
  for (const root of roots) visit(root);
  return { files, skipped: [], scanned, bytes, ms: 0, cancelled: false };
}
