import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeToken } from '../unit/fixtures.ts';
import { startProgram, type EmulatorProgram } from './emulatorProgram.ts';

/** Accounts of the seeded emulator: a platform with a connected account and one below it, a standalone one, and strangers. */
export const accounts = {
  platform: 'acct_1Platform0000000',
  connected: 'acct_1Connected000000',
  below: 'acct_1Below0000000000',
  standalone: 'acct_1Standalone00000',
  /** In no organization. */
  stranger: 'acct_1Stranger0000000',
  /** In the other organization. */
  neighbour: 'acct_1Neighbour000000',
} as const;
export const organization = 'org_1Organization';
export const otherOrganization = 'org_1Neighbours';

export interface SeededKey {
  readonly name: string;
  /** `mk_…`, where a test has to know it. */
  readonly id?: string;
  readonly account?: string;
  readonly organization?: string;
  readonly mode?: 'sandbox' | 'live';
  readonly kind?: 'publishable' | 'secret' | 'restricted' | 'organization';
  readonly permissions?: readonly string[];
  readonly connect_permissions?: readonly string[];
  readonly addresses?: readonly string[];
  readonly expires_at?: string;
  /** Of the token's body; tokens of today have 99 characters. */
  readonly length?: number;
}

const prefixes = { publishable: 'pk', secret: 'sk', restricted: 'rk', organization: 'sk_org' } as const;

/** The token of a seeded key: made of its name, so that each is another and none stands in the repository. */
export function tokenOf({ name, mode = 'sandbox', kind = 'secret', length = 99 }: SeededKey): string {
  const body = fakeToken('', length) + hash('sha256', name);
  return `${prefixes[kind]}_${mode === 'live' ? 'live' : 'test'}_${body.slice(-length)}`;
}

export interface Seeded extends EmulatorProgram {
  /** The token of a key by its name. */
  token(name: string): string;
  /** Puts everything back as it was at the start, but for the clock, which shows the machine's time. */
  plantAgain(): Promise<void>;
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
  const seed = {
    keysmith_seed: 1,
    organizations: [organization, otherOrganization].map((id) => ({ id, name: id })),
    accounts: [
      account(accounts.platform),
      account(accounts.connected, accounts.platform),
      account(accounts.below, accounts.connected),
      account(accounts.standalone),
      { id: accounts.stranger, name: 'Stranger' },
      account(accounts.neighbour, undefined, otherOrganization),
    ],
    keys: keys.map((key) => ({
      mode: 'sandbox',
      kind: 'secret',
      ...(key.organization ? {} : { account: accounts.platform }),
      ...key,
      length: undefined, // of the fixture alone
      token: tokens.get(key.name),
    })),
  };
  writeFileSync(file, JSON.stringify(seed));
  try {
    const emulator = await startProgram(['--in-memory', '--seed', file, ...args]);
    return {
      ...emulator,
      token(name) {
        const token = tokens.get(name);
        if (!token) throw new Error(`no key is called ${name}`);
        return token;
      },
      async plantAgain() {
        const { status, json } = await emulator.dashboard('POST', '/import', seed);
        if (status !== 200) throw new Error(json.error.message);
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
