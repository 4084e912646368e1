import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import { keyWriter } from './crash/keyWriter.ts';
import { objectWriter } from './crash/objectWriter.ts';
import type { Writer } from './crash/writer.ts';
import { startProgram, type EmulatorProgram, type Json } from './emulatorProgram.ts';
import { seededRandom } from '../unit/seededRandom.ts';

const kills = 50;
const rounds = 5;
const longestStreamMs = 120;

/** The first rounds meet a small store, the last ones what all before them left. */
describe('a store whose emulator is killed while several clients change it', () => {
  const random = seededRandom(1);
  const writers: Writer[] = [];
  let data = '';
  let running: EmulatorProgram | undefined;
  const start = async (): Promise<EmulatorProgram> => (running = await startProgram(['--data', data]));

  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'keysmith-crash-'));
    const emulator = await start();
    const { json } = await emulator.dashboard('GET', '/keys?mode=sandbox');
    const secrets = json.data.filter(({ kind, account }: Json) => kind === 'secret' && account);
    for (const { id, account } of secrets) {
      const { token } = (await emulator.dashboard('POST', `/keys/${id}/reveal`)).json;
      writers.push(keyWriter(`keys of ${account}`, account, random), objectWriter(account, token, random));
    }
    await emulator.stop();
  });
  afterEach(() => running?.stop('SIGKILL')); // where a test has failed
  after(() => rmSync(data, { recursive: true }));

  for (let round = 1; round <= rounds; round += 1) {
    it(`has every acknowledged change and no half one after kills ${round} of ${rounds}`, async () => {
      for (let kill = 0; kill < kills / rounds; kill += 1) {
        const emulator = await start();
        for (const writer of writers) await writer.check(emulator);
        const writing = writers.map((writer) => writer.write(emulator));
        await sleep(random.below(longestStreamMs));
        await emulator.stop('SIGKILL');
        await Promise.all(writing);
      }
    });
  }

  it('was changed all the time by every client', () => {
    for (const { name, acknowledged } of writers) assert.ok(acknowledged > kills, `${name}: ${acknowledged}`);
  });

  it('is sound in the end', async () => {
    const emulator = await start();
    for (const writer of writers) await writer.check(emulator);
    await emulator.stop();
    const database = new DatabaseSync(join(data, 'emulator.db'), { readOnly: true });
    assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
    assert.deepEqual(database.prepare('PRAGMA foreign_key_check').all(), []);
    database.close();
  });
});
