import * as vscode from 'vscode';
import { fingerprintOf } from '../../domain/fingerprint.ts';
import { isSecretKind } from '../../domain/kind.ts';
import { Secret } from '../../domain/secret.ts';
import { parseToken, type Token } from '../../domain/token.ts';
import type { KnownKey } from '../../leaks/protocol.ts';
import { ownKeyId } from '../../vault/ownKey.ts';
import { findKnownKeys } from '../leaks/knownKeys.ts';
import { askChoice, type Choice } from '../prompts/askChoice.ts';
import { askText } from '../prompts/askText.ts';
import { back, runSteps, type Back, type Place, type Step } from '../prompts/steps.ts';
import { readSmallWorkspaceFile } from '../smallWorkspaceFile.ts';
import { kindWord, modeIcon, modeWord } from '../words.ts';
import { nameObjection } from './createKey.ts';
import type { KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';

interface Found {
  readonly token: Token;
  readonly secret: Secret;
  /** The variable it stood in. */
  readonly name: string;
  readonly file: string;
}

interface Draft {
  readonly found?: Found;
  readonly name: string;
}

/** Puts a key that already exists into the vault: pasted, or from an environment file of the workspace. */
export async function importToVault(desk: KeyDesk): Promise<void> {
  const title = vscode.l10n.t('Move an Existing Key into the Vault');
  const [inFiles, known] = await Promise.all([findInFiles(), findKnownKeys(desk.vault, desk.session)]);
  const knownAs = (secret: Secret): KnownKey | undefined => {
    const same = known.filter(({ fingerprint }) => fingerprint === fingerprintOf(secret.reveal()));
    return same.find(({ where }) => where === 'vault') ?? same.find(({ status }) => status !== 'deleted');
  };
  const askWhich: Step<Draft> = async (draft, place) => {
    const found = await askFound(place, inFiles, knownAs);
    return found === back ? back : { ...draft, found, name: draft.found === found ? draft.name : found.name };
  };
  const askName: Step<Draft> = async (draft, place) => {
    if (!draft.found || knownAs(draft.found.secret)) return draft; // it has a name
    const name = await askText(place, {
      prompt: vscode.l10n.t('Name under which it is kept'),
      value: draft.name,
      validate: nameObjection,
    });
    return name === back ? back : { ...draft, name: name.trim() };
  };
  const { found, name } = await runSteps<Draft>(title, { name: '' }, [askWhich, askName]);
  if (!found) return;
  const { token, secret } = found;
  const same = knownAs(secret);
  if (same?.where === 'vault') {
    await desk.showRow(same.keyId);
    desk.notifier.information(
      vscode.l10n.t('This key is in the vault already, as “{0}”. Nothing has changed.', same.name),
    );
    return;
  }
  const label = { name: same?.name ?? name, kind: token.kind, mode: token.mode };
  orRefuse(await desk.vault.store(same?.keyId ?? ownKeyId(secret), secret, label));
  desk.refresh();
  desk.notifier.information(vscode.l10n.t('The {0} key “{1}” is in the vault.', modeWord(token.mode), label.name));
}

/** A key of the environment files, or one that is pasted. */
async function askFound(
  place: Place,
  inFiles: readonly Found[],
  knownAs: (secret: Secret) => KnownKey | undefined,
): Promise<Found | Back> {
  if (inFiles.length === 0) return await askToken(place, knownAs);
  for (;;) {
    const answer = await askChoice<Found | 'paste'>(place, {
      placeholder: vscode.l10n.t('Which key?'),
      choices: [
        { label: vscode.l10n.t('Paste a key…'), iconPath: new vscode.ThemeIcon('clippy'), value: 'paste' },
        ...inFiles.map((found) => choiceOf(found, knownAs(found.secret))),
      ],
    });
    if (answer !== 'paste') return answer;
    const pasted = await askToken({ ...place, canGoBack: true }, knownAs);
    if (pasted !== back) return pasted;
  }
}

const choiceOf = (found: Found, known: KnownKey | undefined): Choice<Found> => ({
  label: found.name,
  iconPath: new vscode.ThemeIcon(modeIcon(found.token.mode)),
  description: [modeWord(found.token.mode), kindWord(found.token.kind), found.secret.mask, ...knownWords(known)].join(
    ' · ',
  ),
  detail: found.file,
  value: found,
});

function knownWords(known: KnownKey | undefined): string[] {
  if (!known) return [];
  return [
    known.where === 'vault'
      ? vscode.l10n.t('in the vault already, as “{0}”', known.name)
      : vscode.l10n.t('“{0}” of the emulator', known.name),
  ];
}

/** No key of Stripe's was ever shorter; less is a part of one, or a placeholder. */
const shortestBody = 24;

/** The secret in what was pasted, or what is wrong with it in a sentence. */
function readSecret(text: string): Token | string {
  const token = parseToken(text.trim());
  if (!token || !isSecretKind(token.kind))
    return vscode.l10n.t('Not a Stripe secret key. Paste one that starts with sk_, rk_ or sk_org_.');
  return token.body.length >= shortestBody
    ? token
    : vscode.l10n.t('This is only a part of a key: it is too short. Copy the whole key and paste it again.');
}

async function askToken(place: Place, knownAs: (secret: Secret) => KnownKey | undefined): Promise<Found | Back> {
  const text = await askText(place, {
    prompt: vscode.l10n.t('Paste a secret, restricted or organization key'),
    password: true,
    validate: (value) => {
      if (value === '') return undefined;
      const token = readSecret(value);
      if (typeof token === 'string') return token;
      const words = [kindWord(token.kind), modeWord(token.mode), ...knownWords(knownAs(new Secret(value.trim())))];
      return {
        message: words.join(', '),
        severity:
          token.mode === 'live' ? vscode.InputBoxValidationSeverity.Warning : vscode.InputBoxValidationSeverity.Info,
      };
    },
    submit: async (value) => {
      const token = readSecret(value);
      return typeof token === 'string' ? token : undefined;
    },
  });
  const token = text === back ? undefined : readSecret(text);
  if (text === back || !token || typeof token === 'string') return back;
  return { token, secret: new Secret(text.trim()), name: kindWord(token.kind), file: '' };
}

const assignment = /^\s*(?:export\s+)?(?<name>[A-Za-z_]\w*)\s*=\s*["']?(?<value>[^\s"'#]+)/gm;

/** The secrets in the workspace's environment files. */
async function findInFiles(): Promise<Found[]> {
  const uris = await vscode.workspace.findFiles('**/{.env,.env.*,*.env}', '**/node_modules/**', 200);
  const found = await Promise.all(
    uris.map(async (uri) => {
      const text = (await readSmallWorkspaceFile(uri)) ?? '';
      return [...text.matchAll(assignment)].flatMap(({ groups }): Found[] => {
        const { name = '', value = '' } = groups ?? {};
        const token = readSecret(value);
        return typeof token !== 'string'
          ? [{ token, secret: new Secret(value), name, file: vscode.workspace.asRelativePath(uri) }]
          : [];
      });
    }),
  );
  return found.flat();
}
