import assert from 'node:assert/strict';
import type { EmulatorProgram, Json } from '../emulatorProgram.ts';
import type { SeededRandom } from '../../unit/seededRandom.ts';
import { accepted, acknowledgement, whichOf, type Answer, type View, type Writer } from './writer.ts';

interface Change {
  readonly what: string;
  /** What is to be seen once it is done. */
  readonly after: View;
  /** The verification code it uses up. */
  readonly code?: Code;
  send(): Promise<Answer>;
}

interface Code {
  readonly id: string;
  readonly code: string;
}

const printed = ({ name, addresses, permissions, expires_at: expires }: Json): string =>
  JSON.stringify([name, addresses, permissions, expires !== null]);

const statusOf = async ({ origin }: EmulatorProgram, token: string): Promise<number> =>
  (await fetch(`${origin}/v1/customers`, { headers: { authorization: `Bearer ${token}` } })).status;

/** Creates, edits, limits, rotates and deletes keys on the dashboard plane. */
export function keyWriter(name: string, account: string, random: SeededRandom): Writer {
  let keys: View = new Map();
  const tokens = new Map<string, string>();
  const ended: string[] = [];
  let underWay: Change | undefined;
  let acknowledged = 0;
  let serial = 0;
  const nextName = (): string => `${name} ${(serial += 1)}`;
  const form = (keyName: string, code: Code): Json => ({
    account,
    mode: 'sandbox',
    kind: 'restricted',
    name: keyName,
    permissions: ['customer_read'],
    verification: code,
  });
  const without = (id: string): Map<string, string> => new Map([...keys].filter(([key]) => key !== id));

  async function creation(emulator: EmulatorProgram): Promise<Change> {
    const { id } = accepted(await emulator.dashboard('POST', '/verifications', { account, mode: 'sandbox' }));
    const { data } = accepted(await emulator.dashboard('GET', '/outbox'));
    const code = { id, code: data.find(({ verification }: Json) => verification === id).code };
    const body = form(nextName(), code);
    const made = printed({ ...body, addresses: [], expires_at: null });
    return {
      what: 'create',
      after: new Map([...keys, ['new', made]]),
      code,
      send: () => emulator.dashboard('POST', '/keys', body),
    };
  }

  function changeOf(emulator: EmulatorProgram, id: string): Change {
    const [keyName, addresses, permissions, expiring] = JSON.parse(keys.get(id) ?? '') as [string, [], [], boolean];
    const key = { name: keyName, addresses, permissions, expires_at: expiring || null };
    const path = `/keys/${id}`;
    const to = (change: Json): View => new Map([...keys, [id, printed({ ...key, ...change })]]);
    const kinds = expiring ? (['delete', 'edit'] as const) : (['delete', 'edit', 'limit', 'now', 'later'] as const);
    switch (random.pick(kinds)) {
      case 'delete':
        return { what: 'delete', after: without(id), send: () => emulator.dashboard('DELETE', path) };
      case 'edit': {
        const edit = { name: nextName(), permissions: ['charge_read', 'customer_read'] };
        return { what: 'edit', after: to(edit), send: () => emulator.dashboard('POST', path, edit) };
      }
      case 'limit': {
        const limit = { addresses: ['127.0.0.1', `10.0.0.${random.below(250)}`] };
        return { what: 'limit', after: to(limit), send: () => emulator.dashboard('PUT', `${path}/addresses`, limit) };
      }
      case 'now':
        return {
          what: 'rotate now',
          after: new Map([...without(id), ['new', printed(key)]]),
          send: () => emulator.dashboard('POST', `${path}/rotate`, { expires: 'now' }),
        };
      default:
        return {
          what: 'rotate later',
          after: new Map([...to({ expires_at: true }), ['new', printed(key)]]),
          send: () => emulator.dashboard('POST', `${path}/rotate`, { expires: { minutes: 60 } }),
        };
    }
  }

  function acknowledge(change: Change, json: Json): void {
    const made = json.token === undefined ? undefined : json.key.id;
    if (made !== undefined) tokens.set(made, json.token);
    for (const id of keys.keys()) {
      const token = tokens.get(id);
      if (token !== undefined && !change.after.has(id)) ended.push(token);
    }
    keys = new Map([...change.after].map(([id, text]) => [id === 'new' ? made : id, text]));
    acknowledged += 1;
  }

  return {
    name,
    get acknowledged() {
      return acknowledged;
    },
    async write(emulator) {
      for (;;) {
        const ids = [...keys.keys()];
        const id = ids[random.below(Math.max(ids.length, 6))]; // none: time for a new one
        const change = id === undefined ? await creation(emulator).catch(() => undefined) : changeOf(emulator, id);
        if (!change) return;
        underWay = change;
        const answer = await acknowledgement(change.send());
        if (!answer) return;
        acknowledge(change, accepted(answer));
        underWay = undefined;
      }
    },
    async check(emulator) {
      const { data } = accepted(await emulator.dashboard('GET', `/keys?account=${account}&include_expired=true`));
      const own = data.filter((key: Json) => key.name.startsWith(`${name} `));
      const found: View = new Map(own.map((key: Json) => [key.id, printed(key)]));
      const state = whichOf(found, keys, underWay?.after, `${name}: ${underWay?.what}`);
      keys = found;
      const code = underWay?.code;
      underWay = undefined;
      if (code) {
        const again = await emulator.dashboard('POST', '/keys', form(nextName(), code));
        assert.equal(again.status, state === 'after' ? 409 : 200, `${name}: a code is used up with its key, ${state}`);
        if (again.status === 200) keys = new Map([...keys, [again.json.key.id, printed(again.json.key)]]);
      }
      for (const id of keys.keys()) {
        const token = tokens.get(id);
        if (token !== undefined) assert.equal(await statusOf(emulator, token), 200, `${name}: ${id} opens the door`);
      }
      for (const token of ended.splice(0)) assert.equal(await statusOf(emulator, token), 401, `${name}: it was ended`);
    },
  };
}
