import { defaultKeys, standardName } from '../domain/lifecycle.ts';
import { mintToken } from '../domain/token.ts';
import { newKeyId } from './ids.ts';
import { randomText } from './random.ts';
import type { Store } from './store/store.ts';

/** Example account of Stripe's "API keys" page. */
const exampleAccount = {
  id: 'acct_1R3fqDP6919yCiFv',
  name: 'Example shop',
  organization: undefined,
  platform: undefined,
};

/** Fills an empty store with one account and its four default keys; does nothing to a store that has accounts. */
export function seedStore(store: Store, now: Date): void {
  if (store.accounts.all().length > 0) return;
  store.transaction(() => {
    store.accounts.add(exampleAccount);
    for (const { kind, mode } of defaultKeys) {
      store.keys.add(
        {
          id: newKeyId(exampleAccount.id, now),
          owner: { account: exampleAccount.id },
          mode,
          kind,
          name: standardName(kind),
          note: '',
          created: now,
          expires: undefined,
          permissions: [],
          connectPermissions: [],
          addresses: [],
        },
        mintToken(kind, mode, exampleAccount.id, randomText),
      );
    }
  });
}
