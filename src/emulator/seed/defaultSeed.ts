import { everyPermission } from '../../domain/permissions.ts';
import { seedVersion, type Seed } from './seedFile.ts';

const account = (id: string, name: string, platform?: string): Seed['accounts'][number] => ({
  id,
  name,
  organization: 'org_6SD3oI0eSQemPzdmaGLJ5j6',
  platform,
  default_keys: true,
});

const organizationKey = (mode: 'sandbox' | 'live'): Seed['keys'][number] => ({
  organization: 'org_6SD3oI0eSQemPzdmaGLJ5j6',
  mode,
  kind: 'organization',
  name: 'Organization key',
  note: '',
  created: undefined,
  expires_at: undefined,
  permissions: [...everyPermission],
  connect_permissions: [],
  addresses: [],
});

/** What an emulator begins with: the example organization of Stripe's "API keys" page, each account with its four default keys. */
export const defaultSeed: Seed = {
  keysmith_seed: seedVersion,
  organizations: [{ id: 'org_6SD3oI0eSQemPzdmaGLJ5j6', name: 'Example organization' }],
  accounts: [
    account('acct_1R3fqDP6919yCiFv', 'Platform'),
    account('acct_1032D82eZvKYlo2C', 'Connected account', 'acct_1R3fqDP6919yCiFv'),
    account('acct_1aTnTtAAB0hHJ26p', 'Standalone account'),
  ],
  keys: [organizationKey('sandbox'), organizationKey('live')],
};
