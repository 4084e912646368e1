import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { FoundPlace } from '../places/findPlace.ts';
import type { LiteralPlace, PlaceRefusal } from '../places/place.ts';
import type { Reading } from './readAt.ts';
import type { TextEdit } from './textEdit.ts';

interface Span {
  readonly startIndex: number;
  readonly endIndex: number;
}

const over = (span: Span | undefined, text: string): Outcome<TextEdit[], PlaceRefusal> =>
  span ? ok([{ start: span.startIndex, end: span.endIndex, text }]) : refuse('lifetime');

/** What is read is a text of its own, and the literal was borrowed: it lasts as long as the call or the name that borrows it. */
export function readInRust(
  { steps, parent }: FoundPlace,
  place: LiteralPlace,
  { variable, language }: Reading,
): Outcome<TextEdit[], PlaceRefusal> {
  if (!/^(?:r#*)?"$/.test(place.open) || !/^"#*$/.test(place.close)) return refuse('part');
  const read = language.read(variable, '"');
  const outer = steps.at(-2);
  const call = steps.at(-3);
  if (parent.startsWith('field_expression')) {
    // `"…".to_string()` is what the variable is already.
    const owned = ['to_string', 'to_owned'].includes(outer?.node.childForFieldName('field')?.text ?? '');
    return owned ? over(call?.node, read) : ok([{ start: place.start, end: place.end, text: read }]);
  }
  if (parent.startsWith('arguments')) {
    const owned = call?.node.childForFieldName('function')?.text === 'String::from';
    return owned ? over(call.node, read) : ok([{ start: place.start, end: place.end, text: `&${read}` }]);
  }
  const name = outer?.node.childForFieldName('pattern');
  const typed = outer?.node.childForFieldName('type');
  if (!name) return refuse('lifetime');
  return ok([
    ...(typed ? [] : [{ start: name.endIndex, end: name.endIndex, text: ': &str' }]),
    { start: place.start, end: place.end, text: `&${read}` },
  ]);
}
