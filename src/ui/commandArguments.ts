import type { LeakPlace, TextRange } from '../leaks/protocol.ts';
import type { CommandArguments, CommandId } from './contract.ts';
import type { LeakedKeyNode, LeakPlaceNode } from './leaks/leakNodes.ts';
import type { OwnRows } from './ownRows.ts';
import type { KeyTreeNode } from './tree/nodes.ts';

type Row = KeyTreeNode | LeakPlaceNode | LeakedKeyNode;
type Reader<Id extends CommandId> = (all: readonly unknown[], rows: OwnRows) => CommandArguments[Id];
/** The commands that take something. */
type Taking = { [Id in CommandId]: CommandArguments[Id] extends [] ? never : Id }[CommandId];

const keyRows = ['key'] as const;
const anyKeyRows = ['key', 'kept'] as const;
const treeRows = [
  'status',
  'organization',
  'account',
  'mode',
  'group',
  'key',
  'more',
  'vault',
  'vaultMode',
  'kept',
  'unreadable',
] as const satisfies readonly KeyTreeNode['type'][];
const leakRows = ['leakPlace', 'leakedKey'] as const;

const readers: { readonly [Id in Taking]: Reader<Id> } = {
  'keysmith.key.createSecret': ([row], rows) => given(ownRow(row, rows, treeRows)),
  'keysmith.key.createRestricted': ([row], rows) => given(ownRow(row, rows, treeRows)),
  'keysmith.key.createOrganization': ([row], rows) => given(ownRow(row, rows, treeRows)),
  'keysmith.key.duplicate': ([row], rows) => given(ownRow(row, rows, keyRows)),
  'keysmith.key.reveal': ([row], rows) => given(ownRow(row, rows, anyKeyRows)),
  'keysmith.key.copy': ([row], rows) => given(ownRow(row, rows, anyKeyRows)),
  'keysmith.key.edit': ([row], rows) => given(ownRow(row, rows, keyRows)),
  'keysmith.key.editPermissions': ([row], rows) => given(ownRow(row, rows, keyRows)),
  'keysmith.key.limit': ([row], rows) => given(ownRow(row, rows, keyRows)),
  'keysmith.key.rotate': ([row], rows) => given(ownRow(row, rows, keyRows)),
  'keysmith.key.delete': ([row, others], rows) => selection(ownRow(row, rows, keyRows), others, rows),
  'keysmith.key.openLog': ([row], rows) => given(ownRow(row, rows, anyKeyRows)),
  'keysmith.key.openDashboard': ([row], rows) => given(ownRow(row, rows, anyKeyRows)),
  'keysmith.requests.explain': ([id]) => given(requestId(id)),
  'keysmith.leastPrivilege': ([row], rows) => given(ownRow(row, rows, keyRows)),
  'keysmith.vault.rename': ([row], rows) => given(ownRow(row, rows, ['kept'])),
  'keysmith.vault.forget': ([row, others], rows) => selection(ownRow(row, rows, treeRows), others, rows),
  'keysmith.leak.moveToVault': ([place], rows) => given(ownRow(place, rows, ['leakPlace']) ?? leakPlace(place)),
  'keysmith.leak.keepOutOfGit': ([place], rows) => given(ownRow(place, rows, ['leakPlace']) ?? leakPlace(place)),
  'keysmith.leak.rotate': ([place], rows) => given(ownRow(place, rows, leakRows) ?? leakPlace(place)),
  'keysmith.leak.ignore': ([place], rows) => given(ownRow(place, rows, leakRows) ?? leakPlace(place)),
  'keysmith.secretFor': ([wanted]) => given(wantedKey(wanted)),
  'keysmith.showMore': ([row], rows) => given(ownRow(row, rows, ['more'])),
};

/**
 * What a command was called with, as far as it can be believed. Anybody may call it: rows are those of our own, and all else is read once and
 * copied. What is neither is as if it had not been given, so that the command asks.
 */
export function commandArguments<Id extends CommandId>(
  id: Id,
  all: readonly unknown[],
  rows: OwnRows,
): CommandArguments[Id] {
  const reader = (readers as Partial<Record<CommandId, (all: readonly unknown[], rows: OwnRows) => unknown[]>>)[id];
  return (reader?.(all, rows) ?? []) as CommandArguments[Id];
}

/** Left out where there is none: that is how a command is called from the palette. */
const given = <T>(value: T | undefined): [T?] => (value === undefined ? [] : [value]);

function ownRow<const Type extends Row['type']>(
  row: unknown,
  rows: OwnRows,
  types: readonly Type[],
): Extract<Row, { readonly type: Type }> | undefined {
  if (!rows.has(row)) return undefined;
  const own = row as Row;
  return types.some((type) => type === own.type) ? (own as Extract<Row, { readonly type: Type }>) : undefined;
}

/** What is selected beside a row counts only together with it. */
function selection<One extends KeyTreeNode>(
  row: One | undefined,
  others: unknown,
  rows: OwnRows,
): [One?, (readonly KeyTreeNode[])?] {
  if (!row) return [];
  if (!Array.isArray(others)) return [row];
  const own = Array.from(others, (other: unknown) => ownRow(other, rows, treeRows)).filter(
    (other) => other !== undefined,
  );
  return [row, own];
}

const longestId = 100;

function requestId(given: unknown): string | undefined {
  return typeof given === 'string' && given.length <= longestId ? given : undefined;
}

const longestName = 300;

/** `"key"`, or `{ "key": "…" }` as inputs give it, copied; other shapes stay something that the command refuses. */
function wantedKey(given: unknown): unknown {
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given === 'string') return given.length <= longestName ? given : { key: null };
  const key = ownValue(given, 'key');
  if (key === undefined) return undefined;
  return { key: typeof key === 'string' && key.length <= longestName ? key : null };
}

const longestUri = 4096;

/** A place as a fix or a hover names it: plain data that has come through the editor. What stands there, the server looks up itself. */
function leakPlace(given: unknown): LeakPlace | undefined {
  const [uri, fingerprint] = [ownValue(given, 'uri'), ownValue(given, 'fingerprint')];
  const range = textRange(ownValue(given, 'range'));
  if (typeof uri !== 'string' || uri.length > longestUri || typeof fingerprint !== 'string' || !range) return undefined;
  return fingerprint.length <= longestName ? { uri, range, fingerprint } : undefined;
}

function textRange(given: unknown): TextRange | undefined {
  const [start, end] = [position(ownValue(given, 'start')), position(ownValue(given, 'end'))];
  return start && end && { start, end };
}

function position(given: unknown): TextRange['start'] | undefined {
  const [line, character] = [ownValue(given, 'line'), ownValue(given, 'character')];
  return isCount(line) && isCount(character) ? { line, character } : undefined;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** A property that an object has itself, and not by a getter; what throws has none. */
function ownValue(given: unknown, name: string): unknown {
  if (typeof given !== 'object' || given === null) return undefined;
  try {
    return Object.getOwnPropertyDescriptor(given, name)?.value;
  } catch {
    return undefined; // a proxy that refuses
  }
}
