import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeToken } from '../unit/fixtures.ts';
import { startProgram, type EmulatorProgram } from './emulatorProgram.ts';

/** Accounts of the seeded emulator: a platform with a connected account and one below it, a standalone one, and a stranger. */
export const accounts = {
  platform: 'acct_1Platform0000000',
  connected: 'acct_1Connected000000',
  below: 'acct_1Below0000000000',
  standalone: 'acct_1Standalone00000',
  stranger: 'acct_1Stranger0000000',
} as const;
export const organization = 'org_1Organization';

export interface SeededKey {
  readonly name: string;
  readonly account?: string;
  readonly organization?: string;
  readonly mode?: 'sandbox' | 'live';
  readonly kind?: 'publishable' | 'secret' | 'restricted' | 'organization';
  readonly permissions?: readonly string[];
  readonly connect_permissions?: readonly string[];
  readonly addresses?: readonly string[];
  readonly expires_at?: string;
}

const prefixes = { publishable: 'pk', secret: 'sk', restricted: 'rk', organization: 'sk_org' } as const;

/** The token of a seeded key: made of its name, so that each is another and none stands in the repository. */
export function tokenOf({ name, mode = 'sandbox', kind = 'secret' }: SeededKey): string {
  const body = Buffer.from(name).toString('hex');
  return `${prefixes[kind]}_${mode === 'live' ? 'live' : 'test'}_${(body + fakeToken('x', 99).slice(2)).slice(0, 99)}`;
}

export interface Seeded extends EmulatorProgram {
  /** The token of a key by its name. */
  token(name: string): string;
}

/** Starts an emulator with the accounts above and these keys, with tokens known beforehand. */
export async function startSeeded(keys: readonly SeededKey[], args: readonly string[] = []): Promise<Seeded> {
  const folder = mkdtempSync(join(tmpdir(), 'keysmith-seed-'));
  const file = join(folder, 'seed.json');
  const account = (id: string, platform?: string, inside: string | undefined = organization) => ({
    id,
    name: id,
    platform,
    organization: inside,
  });
  const tokens = new Map(keys.map((key) => [key.name, tokenOf(key)]));
  writeFileSync(
    file,
    JSON.stringify({
      keysmith_seed: 1,
      organizations: [{ id: organization, name: 'Organization' }],
      accounts: [
        account(accounts.platform),
        account(accounts.connected, accounts.platform),
        account(accounts.below, accounts.connected),
        account(accounts.standalone),
        { id: accounts.stranger, name: 'Stranger' },
      ],
      keys: keys.map((key) => ({
        mode: 'sandbox',
        kind: 'secret',
        ...(key.organization ? {} : { account: accounts.platform }),
        ...key,
        token: tokens.get(key.name),
      })),
    }),
  );
  try {
    const emulator = await startProgram(['--in-memory', '--seed', file, ...args]);
    return {
      ...emulator,
      token(name) {
        const token = tokens.get(name);
        if (!token) throw new Error(`no key is called ${name}`);
        return token;
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
