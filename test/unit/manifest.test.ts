import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { contextKeys, keysView, leaksView, requestsView, settingDefaults } from '../../src/ui/contract.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface MenuEntry {
  readonly command: string;
}
interface Manifest {
  readonly main: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: Readonly<
      Record<'activitybar' | 'panel', readonly { readonly id: string; readonly icon: string }[]>
    >;
    readonly walkthroughs: readonly { readonly steps: readonly { readonly completionEvents: readonly string[] }[] }[];
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>>;
    };
  };
}
const manifest = JSON.parse(read('package.json')) as Manifest;
const { contributes } = manifest;
const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;

/** The command ids of the typed table in `contract.ts`, whose handlers the compiler keeps complete. */
const commandsInCode = [
  ...(
    /interface CommandArguments \{(?<body>[^}]*)\}/.exec(read('src/ui/contract.ts'))?.groups?.['body'] ?? ''
  ).matchAll(/'(?<id>keysmith\.[\w.]+)'/g),
].map((match) => match.groups?.['id'] ?? '');
const declared = contributes.commands.map(({ command }) => command);

describe('manifest', () => {
  it('declares exactly the commands that exist in code', () => {
    assert.ok(commandsInCode.length > 0);
    assert.deepEqual(declared.toSorted(), commandsInCode.toSorted());
  });

  it('ticks a step of the walkthrough when what it asks for has happened, not when a command was called', () => {
    const events = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.map(({ completionEvents }) => completionEvents),
    );
    assert.equal(events.length, 5);
    const contexts = new Set<string>(Object.values(contextKeys));
    for (const [event = '', ...others] of events) {
      const [, context = ''] = /^onContext:(keysmith\.[\w.]+)(?: == running)?$/.exec(event) ?? [];
      assert.ok(contexts.has(context), event);
      assert.deepEqual(others, []);
    }
  });

  it('declares exactly the settings that exist in code, with the same defaults', () => {
    const defaults = Object.fromEntries(
      Object.entries(contributes.configuration.properties).map(([id, { default: value }]) => [id, value]),
    );
    assert.deepEqual(defaults, settingDefaults);
  });

  it('reads every setting somewhere', () => {
    const code = globSync('src/**/*.ts', { cwd: root })
      .filter((path) => !path.endsWith('contract.ts'))
      .map(read)
      .join('\n');
    for (const id of Object.keys(settingDefaults)) assert.ok(code.includes(`'${id}'`), `${id} is read nowhere`);
  });

  it('declares exactly the views that exist in code, each in a container that is declared', () => {
    const { activitybar, panel } = contributes.viewsContainers;
    const containers = [...activitybar, ...panel].map(({ id }) => id);
    assert.deepEqual(Object.keys(contributes.views), containers);
    assert.deepEqual(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
      [keysView, leaksView, requestsView],
    );
    for (const { view } of contributes.viewsWelcome) assert.equal(view, keysView);
  });

  it('names only declared commands in menus, each with a `when`', () => {
    for (const [menu, entries] of Object.entries(contributes.menus)) {
      for (const entry of entries) {
        assert.ok(declared.includes(entry.command), `${menu}: ${entry.command}`);
        assert.ok('when' in entry, `${menu}: ${entry.command} has no when clause`);
      }
    }
  });

  it('puts at most three actions on a row', () => {
    const rows = [
      'key.secret.live',
      'key.publishable.sandbox',
      'key.restricted.sandbox',
      'group.standard.live',
      'group.restricted.live',
      'group.organization.all',
      'kept.secret.live',
      'unreadable.damaged',
    ];
    const entries = (contributes.menus['view/item/context'] ?? []) as readonly (MenuEntry & {
      readonly group: string;
      readonly when: string;
    })[];
    for (const row of rows) {
      const shown = entries.filter(
        ({ group, when }) =>
          group.startsWith('inline') &&
          [...when.matchAll(/=~ \/(.+?)\/(?: |$)/g)].every(([, pattern = '']) => new RegExp(pattern).test(row)),
      );
      assert.ok(shown.length > 0 && shown.length <= 3, `${row}: ${shown.length}`);
    }
  });

  it('offers every row action in the context menu too', () => {
    const entries = (contributes.menus['view/item/context'] ?? []) as readonly (MenuEntry & {
      readonly group: string;
    })[];
    const inline = entries.filter(({ group }) => group.startsWith('inline')).map(({ command }) => command);
    const listed = new Set(entries.filter(({ group }) => !group.startsWith('inline')).map(({ command }) => command));
    for (const command of inline) assert.ok(listed.has(command), command);
  });

  it('has no setting that the user’s own settings cannot set in a remote window', () => {
    // With a scope of machines, the editor reads such a setting from the remote machine’s file alone.
    const ofMachines = Object.entries(contributes.configuration.properties).filter(([, { scope }]) =>
      scope.startsWith('machine'),
    );
    assert.deepEqual(ofMachines, []);
  });

  it('takes no setting from a workspace that is not trusted', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const taken = Object.entries(contributes.configuration.properties).filter(
      ([id, { scope }]) => !['application', 'machine'].includes(scope) && !restrictedConfigurations.includes(id),
    );
    assert.deepEqual(
      taken.map(([id]) => id),
      [],
    );
  });

  it('gives every command a category', () => {
    for (const { command, category } of contributes.commands) assert.equal(category, '%category%', command);
  });

  it('takes every text from package.nls.json, and that file has no other', () => {
    const used = new Set(
      [...read('package.json').matchAll(/"%(?<name>[\w.]+)%"/g)].map((match) => match.groups?.['name'] ?? ''),
    );
    assert.deepEqual([...used].toSorted(), Object.keys(texts).toSorted());
    for (const { title } of contributes.commands) assert.match(title, /^%.+%$/);
    for (const { contents } of contributes.viewsWelcome) assert.match(contents, /^%.+%$/);
  });

  it('links only declared commands, or the editor’s own, from welcome views', () => {
    const links = [...JSON.stringify(texts).matchAll(/\(command:(?<id>[\w.]+)\)/g)].map(
      (match) => match.groups?.['id'] ?? '',
    );
    assert.ok(links.length > 0);
    for (const link of links) assert.ok(declared.includes(link) || link.startsWith('workbench.'), link);
  });

  it('points at files that exist', () => {
    for (const { icon } of contributes.viewsContainers.activitybar) assert.ok(existsSync(join(root, icon)), icon);
  });

  it('compiles against the API of the oldest editor it allows', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('ships no dependency beside the bundle', () => {
    assert.equal(manifest.dependencies, undefined);
  });

  // `npm ci` refuses a lockfile that leaves out another platform's package: see scripts/completeLockfile.ts.
  it('locks the optional packages of every platform', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>;
    };
    const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );
    assert.ok(wanted.length > 0);
    const missing = wanted.filter(
      (name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)),
    );
    assert.deepEqual(missing, []);
  });
});
