import * as vscode from 'vscode';
import { checkNote } from '../../domain/lifecycle.ts';
import { problemMessage } from '../messages.ts';
import { askPermissions } from '../prompts/askPermissions.ts';
import { askText, type Objection } from '../prompts/askText.ts';
import { back, runSteps, type Step } from '../prompts/steps.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { nameObjection } from './createKey.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';
import { pickKey } from './pickKey.ts';

interface Draft {
  readonly name: string;
  readonly note: string;
}

function noteObjection(note: string): Objection {
  const checked = checkNote(note);
  return checked.ok ? undefined : problemMessage(checked.problem);
}

const askName: Step<Draft> = async (draft, place) => {
  const name = await askText(place, {
    prompt: vscode.l10n.t('Name of the key'),
    value: draft.name,
    validate: nameObjection,
  });
  return name === back ? back : { ...draft, name };
};

const askNote: Step<Draft> = async (draft, place) => {
  const note = await askText(place, {
    prompt: vscode.l10n.t('Note: where is the key saved?'),
    value: draft.note,
    validate: noteObjection,
  });
  return note === back ? back : { ...draft, note };
};

/** Changes a key's name and note. */
export async function editKey(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const title = vscode.l10n.t('Edit Name and Note');
  const { key } = node ?? (await pickKey(desk.session, title, ({ kind }) => kind !== 'publishable'));
  const { name, note } = await runSteps(title, { name: key.name, note: key.note }, [askName, askNote]);
  orRefuse(await serviceOf(desk).edit(key.id, { name, note }));
  desk.refresh();
}

interface Permissions {
  readonly own: readonly string[];
  readonly connect: readonly string[];
}

const askOwn: Step<Permissions> = async (draft, place) => {
  const own = await askPermissions(place, 'own', draft.own);
  return own === back ? back : { ...draft, own };
};

const askConnect: Step<Permissions> = async (draft, place) => {
  const connect = await askPermissions(place, 'connected', draft.connect);
  return connect === back ? back : { ...draft, connect };
};

/** Changes what a restricted or organization key may do. */
export async function editPermissions(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const title = vscode.l10n.t('Edit Permissions');
  const { key } =
    node ?? (await pickKey(desk.session, title, ({ kind }) => kind === 'restricted' || kind === 'organization'));
  const { own, connect } = await runSteps(title, { own: key.permissions, connect: key.connectPermissions }, [
    askOwn,
    ...(key.kind === 'organization' ? [] : [askConnect]), // an organization's permissions hold in every account
  ]);
  orRefuse(await serviceOf(desk).edit(key.id, { permissions: own, connectPermissions: connect }));
  desk.refresh();
}
