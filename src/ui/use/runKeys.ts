import * as vscode from 'vscode';
import { KeyServer, type EarlierServer, type KeyProvider, type Wanted } from '../../handover/keyServer.ts';
import { writeLauncher } from '../../handover/launcher.ts';
import { nonceVariable, refusal, socketVariable, type KeyReply } from '../../handover/protocol.ts';
import { shownWords } from '../../handover/shownText.ts';
import type { Problem } from '../../domain/problem.ts';
import { maskTokens } from '../../domain/secret.ts';
import { isRefusal, Refusal } from '../commands/failure.ts';
import { problemMessage } from '../messages.ts';
import { chosenOrAsked } from './chooseKeys.ts';
import { environmentOf, handOver, idsOf, liveWords } from './handOver.ts';
import { fact, intoProgram, refuseUntrusted } from './liveGuard.ts';
import type { UseDesk } from './useDesk.ts';
import { ownSystem } from '../../shared/system.ts';

export interface RunPlaces {
  /** Where the program `keysmith` is put. */
  readonly folder: string;
  /** The command line's bundle. */
  readonly cli: string;
  /** Where is kept by what the terminals of this window are known after it was loaded anew. */
  readonly memory: vscode.Memento;
}

const memoryKey = 'keysmith.use.server';

/** Makes `keysmith run` work in the terminals of this window. */
export async function listenForRuns(desk: UseDesk, { folder, cli, memory }: RunPlaces): Promise<KeyServer> {
  await writeLauncher(folder, cli);
  const server = await KeyServer.listen(providerOf(desk), desk.log, earlier(memory));
  await memory.update(memoryKey, server.kept);
  desk.injection.offerRun(
    { variables: { [socketVariable]: server.address, [nonceVariable]: server.nonce }, folder },
    ownSystem().pathDelimiter,
  );
  return server;
}

function earlier(memory: vscode.Memento): EarlierServer | undefined {
  const { address, nonces } = memory.get<Partial<EarlierServer>>(memoryKey) ?? {};
  return typeof address === 'string' && Array.isArray(nonces) ? { address, nonces } : undefined;
}

/** As much of a command as a line of the status bar's tooltip takes. */
const shortWords = 80;

function providerOf(desk: UseDesk): KeyProvider {
  return async (wanted, gone) => {
    const words = shownWords(wanted.command.map(maskTokens));
    const label = vscode.l10n.t('Command');
    const way = intoProgram(vscode.l10n.t('a command'), wanted.cut ? 'tooLong' : [fact(label, words)]);
    try {
      refuseUntrusted();
      const handed = await handOver(desk.keys, await namesOf(desk, wanted), way);
      if (handed.length === 0 || gone.aborted) return refusal('cancelled');
      const live = liveWords(handed);
      const short = words.length > shortWords ? `${words.slice(0, shortWords)}…` : words;
      const uses = vscode.Disposable.from(
        desk.keys.handedOver.begin({ kind: 'program', keys: idsOf(handed), what: short }),
        ...(live === undefined ? [] : [desk.liveUses.begin(vscode.l10n.t('The command {0} uses {1}', short, live))]),
      );
      gone.addEventListener('abort', () => uses.dispose(), { once: true });
      desk.log.info(`keysmith run got ${handed.map(({ key }) => `the ${key.mode} key ${key.id}`).join(', ')}`);
      const { STRIPE_API_BASE: base } = environmentOf(handed, desk.keys.session);
      const keys = handed.map(({ variable, key, secret, live: isLive }) => ({
        variable,
        token: secret.reveal(),
        name: key.name,
        mode: isLive ? ('live' as const) : ('sandbox' as const),
      }));
      return { ok: true, keys, base };
    } catch (error) {
      if (error instanceof vscode.CancellationError) return refusal('cancelled');
      if (!isRefusal(error)) throw error;
      return replyTo(error.problem);
    }
  };
}

/** By variable, the name or id of the key that it gets: as asked for, or as chosen for the workspace. */
async function namesOf(desk: UseDesk, { keys }: Wanted): Promise<ReadonlyMap<string, string>> {
  const isComplete = keys.length > 0 && keys.every(({ key }) => key !== undefined);
  const chosen = isComplete ? desk.chosen.value : await chosenOrAsked(desk);
  if (keys.length === 0) return chosen;
  return new Map(
    keys.map(({ variable, key = chosen.get(variable) }) => {
      if (key === undefined) throw new Refusal({ kind: 'useNotChosen', variable });
      return [variable, key];
    }),
  );
}

function replyTo(problem: Problem): KeyReply {
  if (problem.kind === 'useUntrusted') return refusal('untrusted');
  if (problem.kind === 'useUnknown') return refusal('unknown', problem.wanted);
  if (problem.kind === 'useAmbiguous') return refusal('ambiguous', problem.ids.join(', '));
  if (problem.kind === 'useNotChosen') return refusal('notChosen', problem.variable);
  return refusal('refused', problemMessage(problem));
}
