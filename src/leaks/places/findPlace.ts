import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { dialects } from './dialects.ts';
import type { GrammarName } from './grammarFiles.ts';
import { placeTables, type PlaceTable } from './placeTables.ts';
import type { Place, PlaceRefusal } from './place.ts';
import type { Step, Syntax } from './syntax.ts';

export interface FoundPlace {
  readonly place: Place;
  /** The nodes around it, the outermost first; the last is what stands in `parent`. */
  readonly steps: readonly Step[];
  /** The node that the literal, or its concatenation, is a part of, as `type.field`. */
  readonly parent: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** The key is one of several literals that are put together. */
  readonly joined: boolean;
}

/** Where a leak stands, by the syntax tree; refused where no variable can be read there. */
export function findPlace(syntax: Syntax, grammar: GrammarName, span: Span): Outcome<FoundPlace, PlaceRefusal> {
  const table = placeTables[grammar];
  const steps = syntax.around(span.start, span.end);
  if (!steps) return refuse('unparsable');
  if (steps.some(({ node }) => node.isError)) return refuse('unparsable');
  if (span.joined) return joined(syntax, table, span, grammar);
  const at = steps.findLastIndex(({ type }) => table.literals.includes(type));
  const wide = steps.findLastIndex(({ type, field }) => expands(table, type, field));
  const inner = refusalAmong(table, steps.slice(Math.max(at, wide, 0) + 1));
  if (inner) return refuse(inner);
  if (steps.at(-1)?.type === 'jsx_text') return ok({ place: { kind: 'jsxText' }, steps, parent: keyOf(steps.at(-2)) });
  if (wide > at) {
    const outer = refusalAmong(table, steps.slice(0, wide + 1));
    const own = outer ?? dialects[grammar]?.(syntax, steps, span);
    return own ? refuse(own) : ok({ place: { kind: 'expanded' }, steps, parent: keyOf(steps[wide]) });
  }
  const literal = steps[at];
  if (!literal) return refuse('place');
  return literalAt(syntax, table, { steps: steps.slice(0, at + 1), span, grammar });
}

const expands = ({ expands: types = [] }: PlaceTable, type: string, field: string | undefined): boolean =>
  types.includes(type) || types.includes(`${type}.${field ?? ''}`);

interface Around {
  readonly steps: readonly Step[];
  readonly span: Span;
  readonly grammar: GrammarName;
}

function literalAt(
  syntax: Syntax,
  table: PlaceTable,
  { steps, span, grammar }: Around,
): Outcome<FoundPlace, PlaceRefusal> {
  const { node } = steps.at(-1)!;
  const outer = refusalAmong(table, steps.slice(0, -1), steps.at(-1));
  if (outer) return refuse(outer);
  const own = dialects[grammar]?.(syntax, steps, span);
  if (own) return refuse(own);
  const parent = parentKey(steps);
  if (!holds(table, parent)) return refuse(parent.startsWith('expression_statement') ? 'statement' : 'place');
  const place: Place = {
    kind: 'literal',
    start: node.startIndex,
    end: node.endIndex,
    open: syntax.text.slice(node.startIndex, span.start),
    close: syntax.text.slice(span.end, node.endIndex),
    joined: false,
  };
  return ok({ place, steps, parent });
}

/** A key over several literals: what stands around the first of them, and around them all, decides. */
function joined(
  syntax: Syntax,
  table: PlaceTable,
  span: Span,
  grammar: GrammarName,
): Outcome<FoundPlace, PlaceRefusal> {
  const whole = syntax.around(span.start, span.end);
  const first = syntax.around(span.start, span.start + 1);
  const last = syntax.around(span.end - 1, span.end);
  if (!whole || !first || !last) return refuse('unparsable');
  const isLiteral = ({ type }: Step): boolean => table.literals.includes(type);
  const [from, to] = [first.findLast(isLiteral)?.node, last.findLast(isLiteral)?.node];
  if (!from || !to || whole.some(isLiteral)) return refuse('part');
  const around = whole.at(-1)!;
  const outer = refusalAmong(table, whole) ?? refusalAmong(table, first.slice(whole.length));
  // A chain of texts is itself what refuses a part of it.
  const chain = ['chained_string', 'concatenated_string'].includes(around.type);
  if (outer && !(chain && outer === 'part')) return refuse(outer);
  const own = dialects[grammar]?.(syntax, whole, span);
  if (own) return refuse(own);
  const sums =
    /^(?:binary_expression|binary_operator|binary|additive_expression|concatenated_string|chained_string|array|list|expression_list)$/;
  if (!sums.test(around.type)) return refuse('part');
  const covers = around.node.startIndex === from.startIndex && around.node.endIndex === to.endIndex;
  const parent = covers ? parentKey(whole) : `${around.type}.left`;
  if (covers && !holds(table, parent)) return refuse(parent.startsWith('expression_statement') ? 'statement' : 'place');
  if (chain && !covers) return refuse('part');
  const place: Place = {
    kind: 'literal',
    start: from.startIndex,
    end: to.endIndex,
    open: syntax.text.slice(from.startIndex, span.start),
    close: syntax.text.slice(span.end, to.endIndex),
    joined: true,
  };
  return ok({ place, steps: whole, parent });
}

function refusalAmong({ around }: PlaceTable, steps: readonly Step[], child?: Step): PlaceRefusal | undefined {
  let inner = child;
  for (const step of steps.toReversed()) {
    const found = (inner?.field === undefined ? undefined : around[`${step.type}.${inner.field}`]) ?? around[step.type];
    if (found === 'open') return undefined;
    if (found) return found;
    inner = step;
  }
  return undefined;
}

const holds = ({ holds: known }: PlaceTable, parent: string): boolean =>
  known.includes(parent) || known.includes(parent.split('.', 1)[0] ?? '');

/** Nodes that only wrap what stands in them. */
const wrappers = new Set(['concatenated_string']);

function parentKey(steps: readonly Step[]): string {
  let at = steps.length - 1;
  while (at > 0 && wrappers.has(steps[at - 1]?.type ?? '')) at -= 1;
  const [child, parent] = [steps[at], steps[at - 1]];
  return parent ? `${parent.type}${child?.field === undefined ? '' : `.${child.field}`}` : '';
}

const keyOf = (step: Step | undefined): string => step?.type ?? '';
