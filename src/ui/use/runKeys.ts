import * as vscode from 'vscode';
import { KeyServer, type KeyProvider } from '../../handover/keyServer.ts';
import { writeLauncher } from '../../handover/launcher.ts';
import { nonceVariable, refusal, socketVariable, type KeyReply } from '../../handover/protocol.ts';
import type { Problem } from '../../domain/problem.ts';
import { maskTokens } from '../../domain/secret.ts';
import { isRefusal } from '../commands/failure.ts';
import { problemMessage } from '../messages.ts';
import { handOver, liveWords } from './handOver.ts';
import type { UseDesk } from './useDesk.ts';

export interface RunPlaces {
  /** Where the program `keysmith` is put. */
  readonly folder: string;
  /** The command line's bundle. */
  readonly cli: string;
}

/** Makes `keysmith run` work in the terminals of this window. */
export async function listenForRuns(desk: UseDesk, { folder, cli }: RunPlaces): Promise<KeyServer> {
  await writeLauncher(folder, cli);
  const server = await KeyServer.listen(providerOf(desk), desk.log);
  desk.injection.offerRun(
    { variables: { [socketVariable]: server.address, [nonceVariable]: server.nonce }, folder },
    process.platform === 'win32' ? ';' : ':',
  );
  return server;
}

function providerOf(desk: UseDesk): KeyProvider {
  return async ({ key: wanted, command }, gone) => {
    const what = vscode.l10n.t('the command “{0}”', maskTokens(command));
    try {
      const handed = await handOver(desk.keys, new Map([['', wanted]]), what);
      const [given] = handed;
      if (!given || gone.aborted) return refusal('cancelled');
      const live = liveWords(handed);
      if (live !== undefined) {
        const use = desk.liveUses.begin(vscode.l10n.t('{0} uses {1}', what, live));
        gone.addEventListener('abort', () => use.dispose(), { once: true });
      }
      const { key, secret } = given;
      desk.log.info(`keysmith run got the ${key.mode} key ${key.id}`);
      return { ok: true, token: secret.reveal(), name: key.name, mode: given.live ? 'live' : 'sandbox' };
    } catch (error) {
      if (error instanceof vscode.CancellationError) return refusal('cancelled');
      if (!isRefusal(error)) throw error;
      return replyTo(error.problem);
    }
  };
}

function replyTo(problem: Problem): KeyReply {
  if (problem.kind === 'useUntrusted') return refusal('untrusted');
  if (problem.kind === 'useUnknown') return refusal('unknown');
  if (problem.kind === 'useAmbiguous') return refusal('ambiguous', problem.ids.join(', '));
  return refusal('refused', problemMessage(problem));
}
