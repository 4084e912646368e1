import * as vscode from 'vscode';
import type { Result } from '../../domain/problem.ts';
import type { RevealedKey } from '../../management/keyService.ts';
import { askText } from '../prompts/askText.ts';
import { askVerification, VerificationCode } from '../prompts/askVerification.ts';
import { back, runSteps, type Step } from '../prompts/steps.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { nameObjection } from './createKey.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';
import { handOver } from './keepSecret.ts';
import { pickKey } from './pickKey.ts';

interface Draft {
  readonly name: string;
  /** What came of it. */
  readonly made?: Result<RevealedKey>;
}

const askName: Step<Draft> = async (draft, place) => {
  const name = await askText(place, {
    prompt: vscode.l10n.t('Name of the new key'),
    value: draft.name,
    validate: nameObjection,
  });
  return name === back ? back : { name };
};

/** Clones a key with its permissions; its name is offered, as on the Dashboard. */
export async function duplicateKey(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const title = vscode.l10n.t('Duplicate Key');
  const { key } = node ?? (await pickKey(desk.session, title, ({ kind }) => kind !== 'publishable'));
  const service = serviceOf(desk);
  const code = new VerificationCode(service, desk.notifier);
  const verify: Step<Draft> = async ({ name }, place) => {
    const made = await askVerification(place, code, key, (verification) =>
      service.duplicate(key.id, { name, verification }),
    );
    return made === back ? back : { name, made };
  };
  const { made } = await runSteps<Draft>(title, { name: key.name }, [askName, verify]);
  if (made) await handOver(desk, orRefuse(made), vscode.l10n.t('The new key.'));
}
