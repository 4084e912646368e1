import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the declarations say a method answers with. */
export interface Answer {
  /** The `object` strings it may have: several where the declared type is a union. */
  readonly objects: readonly string[];
  readonly container: 'one' | 'list' | 'search';
  /** It may be only the stub of something that is gone. */
  readonly deleted: boolean;
}

/**
 * Reads the return type of `member` in a resource's declaration file, and follows the type's name through imports and
 * unions to the literal in its `object: '…'` line. The declarations are generated, so their layout is relied upon;
 * where it differs from what is expected this throws rather than guess.
 */
export function readAnswer(declarations: string, className: string, member: string): Answer {
  const body = block(text(declarations), `export declare class ${className} `);
  const returned = new RegExp(`^    ${member}\\(.*\\): (.+);$`, 'm').exec(body)?.[1];
  if (returned === undefined) throw new Error(`${declarations}: ${className}.${member} has no declared answer`);
  // A download and the answers of OAuth are no API objects, and are not declared as its responses.
  if (/^Promise<(?!Response<)\w+>$/.test(returned)) return { objects: [], container: 'one', deleted: false };
  const parts = /^(?:Promise<Response|(ApiListPromise|V2ListPromise|ApiSearchResultPromise))<(.+?)>+$/.exec(returned);
  if (!parts) throw new Error(`${declarations}: the answer of ${className}.${member} was not understood: ${returned}`);
  const [, list, type = ''] = parts;
  const names = type.split('|').map((name) => name.trim());
  return {
    objects: [...new Set(names.flatMap((name) => objectsOf(name, declarations)))],
    container: list === undefined ? 'one' : list === 'ApiSearchResultPromise' ? 'search' : 'list',
    deleted: names.some((name) => name.startsWith('Deleted')),
  };
}

function objectsOf(name: string, declarations: string): readonly string[] {
  const source = text(declarations);
  const union = new RegExp(`^export type ${name} = (.+);$`, 'm').exec(source)?.[1];
  if (union !== undefined) {
    const members = union.split('|').map((member) => member.trim());
    // An event is one of hundreds of shapes with the same `object`: the first speaks for all.
    return [
      ...new Set((members.length > 20 ? members.slice(0, 1) : members).flatMap((m) => objectsOf(m, declarations))),
    ];
  }
  if (source.includes(`export interface ${name} `) || source.includes(`export declare interface ${name} `)) {
    const body = block(source, `interface ${name} `);
    const object = /^    object\??: '([^']+)';$/m.exec(body)?.[1];
    if (object !== undefined) return [object];
    const base = new RegExp(`interface ${name} extends (\\w+) `).exec(source)?.[1];
    return base === undefined ? [] : objectsOf(base, declarations);
  }
  const [outer = '', inner] = name.split('.');
  for (const [, whole, list = '', from = ''] of source.matchAll(
    /^(?:import|export) (?:\* as (\w+)|\{([^}]+)\}) from '([^']+)';$/gm,
  )) {
    const target = join(dirname(declarations), from.replace(/\.js$/, '.d.ts'));
    if (inner !== undefined && whole === outer) return objectsOf(inner, target);
    const imported = list.split(',').map((item) => item.trim().split(' as '));
    const item = imported.find(([original, alias]) => (alias ?? original) === name);
    if (item) return objectsOf(item[0] ?? name, target);
  }
  return [];
}

/** From the line that holds `opening` to the first line that closes it at the same depth. */
function block(source: string, opening: string): string {
  const start = source.indexOf(opening);
  const end = source.indexOf('\n}', start);
  if (start < 0 || end < 0) throw new Error(`not found: ${opening}`);
  return source.slice(start, end);
}

const texts = new Map<string, string>();

function text(file: string): string {
  const known = texts.get(file) ?? readFileSync(file, 'utf8');
  texts.set(file, known);
  return known;
}
