import { fileURLToPath } from 'node:url';
import type { Connection } from 'vscode-languageserver';
import {
  guardMethods,
  type ExcuseParams,
  type FixParams,
  type KeepAnswer,
  type KeepOutParams,
  type KeepParams,
  type LoadParams,
  type PasteParams,
  type ReplaceParams,
} from '../protocol.ts';
import type { Fixes } from '../fixes/fixes.ts';
import type { Documents } from './documents.ts';
import { excuseKey } from './excuseKey.ts';
import { explainLoading } from './explainLoading.ts';
import type { GuardState } from './guardState.ts';
import { keepOutOfGit } from './keepOutOfGit.ts';
import { keepVariables } from './keepVariables.ts';
import { planFix } from './planFix.ts';
import { planPaste } from './planPaste.ts';
import { replaceKey } from './replaceKey.ts';

/** Answers requests to plan fixes, and to change the files that they need. */
export function serveFixes(
  connection: Connection,
  { documents, fixes, state }: { readonly documents: Documents; readonly fixes: Fixes; readonly state: GuardState },
): void {
  /** Files are changed by one request after the other: each begins with what the one before has written. */
  const inTurn = makeTurns();
  connection.onRequest<unknown, void>(guardMethods.fix, (params: FixParams) =>
    planFix({ documents, fixes }, params, { onDisk: true }),
  );
  connection.onRequest<unknown, void>(guardMethods.paste, (params: PasteParams) =>
    planPaste({ documents, fixes }, params),
  );
  connection.onRequest<unknown, void>(guardMethods.keep, (params: KeepParams) => inTurn(() => keep(params)));
  connection.onRequest<unknown, void>(guardMethods.replace, (params: ReplaceParams) =>
    inTurn(() => replaceKey(documents, params)),
  );
  connection.onRequest<unknown, void>(guardMethods.keepOut, (params: KeepOutParams) =>
    inTurn(() => keepOutOfGit(params, state.trusted)),
  );
  connection.onRequest<unknown, void>(guardMethods.excuse, (params: ExcuseParams) =>
    inTurn(() => excuseKey(documents, params)),
  );
  connection.onRequest<unknown, void>(guardMethods.load, (params: LoadParams) => explainLoading(documents, params));
}

async function keep({ folder, file, variables, example }: KeepParams): Promise<KeepAnswer> {
  const kept = await keepVariables(fileURLToPath(folder), file, variables, { example });
  return kept.ok ? { ok: true, notes: kept.value } : { ok: false, why: kept.problem.why };
}

function makeTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const now = last.then(work, work);
    last = now;
    return now;
  };
}
