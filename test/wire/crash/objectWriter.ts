import assert from 'node:assert/strict';
import type { EmulatorProgram, Json } from '../emulatorProgram.ts';
import type { SeededRandom } from '../../unit/seededRandom.ts';
import { accepted, acknowledgement, whichOf, type Answer, type View, type Writer } from './writer.ts';

interface Change {
  readonly what: string;
  readonly after: View;
  /** Repeats the very same request. */
  readonly idempotent?: true;
  send(emulator: EmulatorProgram): Promise<Answer>;
}

const printed = ({ name, metadata }: Json): string => JSON.stringify([name, metadata]);

/** Creates, updates and deletes customers with a key that is this writer's alone; every other creation with an idempotency key. */
export function objectWriter(name: string, token: string, random: SeededRandom): Writer {
  let customers: View = new Map();
  let underWay: Change | undefined;
  let replayable: { readonly change: Change; readonly id: string } | undefined;
  let acknowledged = 0;
  let serial = 0;

  async function call(
    { origin }: EmulatorProgram,
    method: string,
    path: string,
    form?: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${origin}/v1/customers${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    return { status: response.status, json: await response.json() };
  }

  function creation(): Change {
    serial += 1;
    const form = { name: `${name} ${serial}`, 'metadata[serial]': String(serial) };
    const after = new Map([...customers, ['new', printed({ name: form.name, metadata: { serial: String(serial) } })]]);
    if (random.below(2) === 0) return { what: 'create', after, send: (emulator) => call(emulator, 'POST', '', form) };
    const headers = { 'Idempotency-Key': `${name}-${serial}` };
    const send = (emulator: EmulatorProgram): Promise<Answer> => call(emulator, 'POST', '', form, headers);
    return { what: 'create once', after, idempotent: true, send };
  }

  function changeOf(id: string): Change {
    if (random.below(3) === 0) {
      const after = new Map([...customers].filter(([customer]) => customer !== id));
      return { what: 'delete', after, send: (emulator) => call(emulator, 'DELETE', `/${id}`) };
    }
    serial += 1;
    const form = { name: `${name} ${serial}`, 'metadata[serial]': String(serial) };
    const after = new Map([...customers, [id, printed({ name: form.name, metadata: { serial: String(serial) } })]]);
    return { what: 'update', after, send: (emulator) => call(emulator, 'POST', `/${id}`, form) };
  }

  function acknowledge(change: Change, json: Json): void {
    customers = new Map([...change.after].map(([id, text]) => [id === 'new' ? json.id : id, text]));
    if (change.idempotent) replayable = { change, id: json.id };
    acknowledged += 1;
  }

  async function read(emulator: EmulatorProgram): Promise<View> {
    const { data, has_more: more } = accepted(await call(emulator, 'GET', '?limit=100'));
    assert.equal(more, false);
    return new Map(data.map((customer: Json) => [customer.id, printed(customer)]));
  }

  return {
    name,
    get acknowledged() {
      return acknowledged;
    },
    async write(emulator) {
      for (;;) {
        const ids = [...customers.keys()];
        const id = ids[random.below(Math.max(ids.length, 20))];
        const change = id === undefined ? creation() : changeOf(id);
        underWay = change;
        const answer = await acknowledgement(change.send(emulator));
        if (!answer) return;
        acknowledge(change, accepted(answer));
        underWay = undefined;
      }
    },
    async check(emulator) {
      const found = await read(emulator);
      whichOf(found, customers, underWay?.after, `${name}: ${underWay?.what}`);
      if (replayable) {
        const { id } = accepted(await replayable.change.send(emulator));
        assert.equal(id, replayable.id, `${name}: an acknowledged creation is replayed`);
      }
      if (underWay?.idempotent) {
        accepted(await underWay.send(emulator));
        const after = await read(emulator);
        assert.equal(whichOf(after, underWay.after, undefined, `${name}: repeated once`), 'before');
        customers = after;
      } else customers = found;
      underWay = undefined;
    },
  };
}
