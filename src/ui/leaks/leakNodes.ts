import type { Finding } from './findings.ts';

/** A distinct token with the places it stands at. */
export interface LeakedKeyNode {
  readonly type: 'leakedKey';
  readonly fingerprint: string;
  readonly places: readonly [Finding, ...Finding[]];
}

export interface LeakFileNode {
  readonly type: 'leakFile';
  readonly uri: string;
  readonly places: readonly [Finding, ...Finding[]];
}

/** A place: below its key it is called by its file, below its file by its key. */
export interface LeakPlaceNode {
  readonly type: 'leakPlace';
  readonly finding: Finding;
  readonly below: 'leakedKey' | 'leakFile';
}

export type LeakTreeNode = LeakedKeyNode | LeakFileNode | LeakPlaceNode;
export type LeakGrouping = 'key' | 'file';

/** The rows at the top: a row a key, the gravest first, or a row a file, by path. */
export function groupFindings(findings: readonly Finding[], grouping: LeakGrouping): (LeakedKeyNode | LeakFileNode)[] {
  const nameOf = (finding: Finding): string => (grouping === 'key' ? finding.fingerprint : finding.uri.toString());
  const groups = Map.groupBy(findings, nameOf);
  const nodes = [...groups].flatMap(([name, [first, ...rest]]): (LeakedKeyNode | LeakFileNode)[] => {
    if (!first) return [];
    const places = [first, ...rest] as const;
    return [
      grouping === 'key' ? { type: 'leakedKey', fingerprint: name, places } : { type: 'leakFile', uri: name, places },
    ];
  });
  return nodes.toSorted((one, other) =>
    one.type === 'leakFile' && other.type === 'leakFile'
      ? one.uri.localeCompare(other.uri)
      : gravity(one) - gravity(other) || other.places.length - one.places.length,
  );
}

const grades = ['error', 'warning', 'information', 'hint'];
const gravity = ({ places }: LeakedKeyNode | LeakFileNode): number =>
  Math.min(...places.map(({ severity }) => grades.indexOf(severity)));

export const placesOf = (node: LeakedKeyNode | LeakFileNode): LeakPlaceNode[] =>
  node.places.map((finding) => ({ type: 'leakPlace', finding, below: node.type }));
