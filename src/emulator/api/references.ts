import type { ApiProblem } from '../../domain/problem.ts';
import { refuse } from '../../shared/result.ts';
import { objectTypes, type ObjectType } from '../routing/objectTypes.ts';
import { otherMode } from '../store/objects.ts';
import type { Endpoint, Visit } from './visit.ts';

/** An endpoint whose parameters may name objects of its own mode only. */
export const withinMode =
  (endpoint: Endpoint): Endpoint =>
  (visit) => {
    const problem = foreignReference(visit);
    return problem ? refuse(problem) : endpoint(visit);
  };

/**
 * The first parameter that names an object of the other mode (source: "a sandbox product object can't be part of a live mode payment").
 * What exists in neither mode passes: parameters are not validated here.
 */
function foreignReference({ store, place, parameters }: Visit): ApiProblem | undefined {
  for (const { parameter, name, id } of namedTexts(parameters)) {
    const types = typesNamed(name);
    if (types.some(({ object }) => store.objects.find(place, object, id))) continue;
    const there = otherMode(place);
    const type = types.find(({ object }) => store.objects.find(there, object, id));
    if (type) return { kind: 'objectNotFound', noun: type.noun, id, parameter, inPath: false, twin: there.mode };
  }
  return undefined;
}

interface NamedText {
  /** As Stripe prints it: `items[0][price]`. */
  readonly parameter: string;
  /** The innermost name that is no number: `price`. */
  readonly name: string;
  readonly id: string;
}

function* namedTexts(value: unknown, parameter = '', name = ''): Generator<NamedText> {
  if (typeof value === 'string') yield { parameter, name, id: value };
  if (typeof value !== 'object' || value === null) return;
  for (const [inner, item] of Object.entries(value)) {
    if (inner === 'metadata') continue;
    yield* namedTexts(item, parameter ? `${parameter}[${inner}]` : inner, /^\d+$/.test(inner) ? name : inner);
  }
}

/** What a parameter of this name may name: `default_payment_method` a `payment_method`, `tax_rates` each a `tax_rate`. */
function typesNamed(name: string): readonly ObjectType[] {
  const words = name.replace(/s$/, '').split('_');
  for (const [index] of words.entries()) {
    const types = typesByName.get(words.slice(index).join('_'));
    if (types) return types;
  }
  return [];
}

const typesByName = new Map<string, ObjectType[]>();
for (const type of objectTypes.values()) {
  const name = type.object.split('.').at(-1) ?? type.object;
  typesByName.set(name, [...(typesByName.get(name) ?? []), type]);
}
