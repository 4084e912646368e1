import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { fingerprintOf } from '../../src/domain/fingerprint.ts';
import { guardMethods, type ScanAnswer } from '../../src/leaks/protocol.ts';
import { liveSecret } from '../unit/fixtures.ts';
import { GuardClient } from '../wire/guardClient.ts';
import { Canary } from './canary.ts';
import { keysmith, peakOf, type Measured } from './measured.ts';
import { outsideKey, paying, repositories, Site, temporaryFolder, type Hostile } from './repositories.ts';

/** Far more than any of them needs, and far less than what they hold out. */
const mostMegabytes = 700;

describe('repositories that try to harm', function () {
  if (process.platform === 'win32') return; // without pipes, devices and such names in its file systems

  let canary: Canary;
  let folder = '';
  let site: Site;
  before(() => {
    canary = new Canary();
  });
  beforeEach(() => {
    folder = temporaryFolder();
    canary.forget();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  after(() => canary.remove());

  it('are at least thirty', () => assert.ok(repositories.length >= 30, String(repositories.length)));

  const make = (hostile: Hostile): void => {
    site = new Site(join(folder, 'repository'), join(folder, 'outside'), canary.program);
    hostile.make(site);
  };
  function harmless({ code, output, megabytes }: Measured): void {
    assert.notEqual(code, undefined, `it did not end: ${output}`);
    assert.ok(megabytes < mostMegabytes, `${megabytes} MB`);
    assert.deepEqual(canary.ran, []);
    assert.doesNotMatch(output, /[^\P{Cc}\n]|\p{Bidi_Control}|\p{Zl}/u);
    assert.doesNotMatch(output, /^\s*::|##\w*\[/m); // what hosts of builds obey
    assert.ok(!output.includes(fingerprintOf(outsideKey)) && !output.includes(outsideKey));
    assert.doesNotMatch(output, /\n\s+at /); // a stack
  }

  for (const hostile of repositories) {
    describe(hostile.name, () => {
      it('on the command line', async () => {
        make(hostile);
        const scanned = await keysmith(site.root, ['scan', '.']);
        harmless(scanned);
        if (hostile.refused) {
          assert.match(scanned.output, hostile.refused);
          assert.equal(scanned.code, 2);
          return;
        }
        assert.match(scanned.output, new RegExp(`^${paying}:1:8: error: `, 'm'));
        assert.equal(scanned.code, 1);
        if (hostile.says) assert.match(scanned.output, hostile.says);
        const json = await keysmith(site.root, ['scan', '.', '--format', 'json']);
        const { leaks } = JSON.parse(
          json.output.slice(json.output.indexOf('{"'), json.output.lastIndexOf('}') + 1),
        ) as {
          leaks: { fingerprint: string }[];
        };
        assert.ok(!leaks.some(({ fingerprint }) => fingerprint === fingerprintOf(outsideKey)));
        for (const source of ['staged', 'history'] as const)
          if (hostile.git === source || hostile.git === 'both')
            harmless(await keysmith(site.root, ['scan', `--${source}`]));
        assert.deepEqual(canary.ran, []);
      });

      it('in the language server', async () => {
        make(hostile);
        const client = await GuardClient.start({ folder: pathToFileURL(site.root).href });
        try {
          const uri = pathToFileURL(site.at(paying)).href;
          const text = readFileSync(site.at(paying), 'utf8');
          await client.open(uri, text);
          const [found] = await client.pull(uri);
          assert.equal(found?.code, 'live-secret-key');
          const actions = await client.actions(uri, found.range);
          assert.ok(!JSON.stringify(actions).includes(outsideKey));
          const { environment } = hostile;
          for (const name of ['.env', 'docs/.env', 'sub/.env']) {
            const file = pathToFileURL(site.at(name)).href;
            await client.open(file, `K=${liveSecret(40)}\n`, 'dotenv');
            const told = (await client.pull(file)).length;
            if (environment && join(environment.folder, '.env') === name)
              assert.equal(told > 0, environment.told, name);
          }
          if (environment && !['.', 'docs', 'sub'].includes(environment.folder)) {
            const file = pathToFileURL(site.at(join(environment.folder, '.env'))).href;
            await client.open(file, `K=${liveSecret(40)}\n`, 'dotenv');
            assert.equal((await client.pull(file)).length > 0, environment.told);
          }
          const params = { roots: [pathToFileURL(site.root).href], exclude: [], id: 1 };
          const answer: ScanAnswer = await client.connection.sendRequest(guardMethods.scan, params);
          assert.ok(answer.files.some((one) => one.uri === uri));
          assert.ok(!JSON.stringify(answer).includes(fingerprintOf(outsideKey)));
          const peak = peakOf(client.pid);
          assert.ok(peak === undefined || peak < mostMegabytes, `${peak} MB`);
        } finally {
          await client.stop();
        }
        assert.deepEqual(canary.ran, []);
      });
    });
  }
});
