import { fileURLToPath, pathToFileURL } from 'node:url';
import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver';
import { messageOf } from '../../shared/errors.ts';
import { describeLeak } from '../describeLeak.ts';
import type { PlacedLeak } from '../leak.ts';
import {
  guardMethods,
  type FoundLeak,
  type ScanAnswer,
  type ScanParams,
  type ScanProgressParams,
} from '../protocol.ts';
import { scan } from '../scan/scan.ts';
import { ThreadPool } from '../scan/threadPool.ts';

/** The leaks of a file with the severities that were set. */
type Weigh = (leaks: readonly PlacedLeak[], uri: string) => PlacedLeak[];

/** Answers requests to look through files and folders on disk. */
export function serveScans(connection: Connection, weigh: Weigh): void {
  const pool = new ThreadPool();
  connection.onRequest(guardMethods.scan, (params: ScanParams, cancel: CancellationToken) =>
    answerScan(
      params,
      { cancel, weigh, pool },
      (progress) => void connection.sendNotification(guardMethods.scanProgress, progress),
    ),
  );
}

/** What is not the person's own, even where everything is looked through. */
const notOurs = ['**/node_modules', '**/.venv', '**/vendor'];

async function answerScan(
  { roots, exclude, cache, id, everything = false }: ScanParams,
  { cancel, weigh, pool }: { readonly cancel: CancellationToken; readonly weigh: Weigh; readonly pool: ThreadPool },
  tell: (progress: ScanProgressParams) => void,
): Promise<ScanAnswer> {
  const abort = new AbortController();
  const listening = cancel.onCancellationRequested(() => abort.abort());
  try {
    const { files, skipped, scanned, ms, cancelled } = await scan(
      {
        roots: roots.map((root) => fileURLToPath(root)),
        exclude: everything ? [...exclude, ...notOurs] : exclude,
        ignoreFiles: !everything,
        ...(cache === undefined ? {} : { cache }),
        signal: abort.signal,
        onProgress: ({ files: count, leaks }) => tell({ id, files: count, leaks }),
      },
      pool,
    );
    return {
      files: files
        .map(({ file, leaks }) => ({ uri: pathToFileURL(file).href, leaks }))
        .map(({ uri, leaks }) => ({ uri, leaks: weigh(leaks, uri).map(found) }))
        .filter(({ leaks }) => leaks.length > 0),
      skipped: skipped.map(({ file, why }) => ({ uri: pathToFileURL(file).href, why })),
      scanned,
      ms,
      cancelled,
    };
  } catch (error) {
    throw new ResponseError(LSPErrorCodes.RequestFailed, messageOf(error));
  } finally {
    listening.dispose();
  }
}

function found(leak: PlacedLeak): FoundLeak {
  const { rule, severity, mode = null, mask, fingerprint, line, column, endLine, endColumn } = leak;
  return {
    rule,
    severity,
    mode,
    mask,
    fingerprint,
    message: describeLeak(leak),
    range: {
      start: { line: line - 1, character: column - 1 },
      end: { line: endLine - 1, character: endColumn - 1 },
    },
  };
}
