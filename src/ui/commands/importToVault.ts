import * as vscode from 'vscode';
import { isSecretKind } from '../../domain/kind.ts';
import { Secret } from '../../domain/secret.ts';
import { parseToken, type Token } from '../../domain/token.ts';
import { ownKeyId } from '../../vault/ownKey.ts';
import { askChoice, type Choice } from '../prompts/askChoice.ts';
import { askText } from '../prompts/askText.ts';
import { back } from '../prompts/steps.ts';
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

/** Puts a key that already exists into the vault: pasted, or from an environment file of the workspace. */
export async function importToVault(desk: KeyDesk): Promise<void> {
  const title = vscode.l10n.t('Move an Existing Key into the Vault');
  const found = await findInFiles();
  const answer =
    found.length === 0
      ? 'paste'
      : await askChoice<Found | 'paste'>(
          { title },
          {
            placeholder: vscode.l10n.t('Which key?'),
            choices: [{ label: `$(clippy) ${vscode.l10n.t('Paste a key…')}`, value: 'paste' }, ...found.map(choiceOf)],
          },
        );
  if (answer === back) return;
  const { token, secret, name: proposed } = answer === 'paste' ? await askToken(title) : answer;
  const name = await askText(
    { title },
    { prompt: vscode.l10n.t('Name under which it is kept'), value: proposed, validate: nameObjection },
  );
  if (name === back) return;
  orRefuse(await desk.vault.store(ownKeyId(secret), secret, { name, kind: token.kind, mode: token.mode }));
  desk.refresh();
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The {0} key “{1}” is in the vault.', modeWord(token.mode), name),
  );
}

const choiceOf = (found: Found): Choice<Found> => ({
  label: `$(${modeIcon(found.token.mode)}) ${found.name}`,
  description: `${modeWord(found.token.mode)} · ${kindWord(found.token.kind)} · ${found.secret.mask}`,
  detail: found.file,
  value: found,
});

/** No key of Stripe's was ever shorter; less is a part of one, or a placeholder. */
const shortestBody = 24;

/** The secret in what was pasted, or what is wrong with it in a sentence. */
function readSecret(text: string): Token | string {
  const token = parseToken(text.trim());
  if (!token || !isSecretKind(token.kind))
    return vscode.l10n.t('This is no Stripe secret: it begins with sk_, rk_ or sk_org_.');
  return token.body.length >= shortestBody
    ? token
    : vscode.l10n.t('This is only a part of a key: it is too short. Copy the whole key and paste it again.');
}

async function askToken(title: string): Promise<Found> {
  const text = await askText(
    { title },
    {
      prompt: vscode.l10n.t('Paste a secret, restricted or organization key'),
      password: true,
      validate: (value) => {
        if (value === '') return undefined;
        const token = readSecret(value);
        if (typeof token === 'string') return token;
        return {
          message: vscode.l10n.t('{0}, {1}', kindWord(token.kind), modeWord(token.mode)),
          severity:
            token.mode === 'live' ? vscode.InputBoxValidationSeverity.Warning : vscode.InputBoxValidationSeverity.Info,
        };
      },
      submit: async (value) => {
        const token = readSecret(value);
        return typeof token === 'string' ? token : undefined;
      },
    },
  );
  const token = text === back ? undefined : readSecret(text);
  if (text === back || !token || typeof token === 'string') throw new vscode.CancellationError();
  return { token, secret: new Secret(text.trim()), name: kindWord(token.kind), file: '' };
}

const assignment = /^\s*(?:export\s+)?(?<name>[A-Za-z_]\w*)\s*=\s*["']?(?<value>[^\s"'#]+)/gm;

/** The secrets in the workspace's environment files. */
async function findInFiles(): Promise<Found[]> {
  const uris = await vscode.workspace.findFiles('**/{.env,.env.*,*.env}', '**/node_modules/**', 200);
  const found = await Promise.all(
    uris.map(async (uri) => {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
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
