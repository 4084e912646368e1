import fieldTypes from './fieldTypes.data.json' with { type: 'json' };
import type { Parameters } from './parameters.ts';

const numbers = new Set(fieldTypes.number);
const booleans = new Set(fieldTypes.boolean);

/** The parameters that steer a request and are no fields of an object. */
const steering = new Set([
  'expand',
  'include',
  'key',
  'client_secret',
  '_stripe_account',
  '_stripe_version',
  '_method',
]);

/** A form's parameters as an object's fields: numbers and booleans by the name of the field, an empty text as null. */
export function fieldsOf(parameters: Parameters): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => !steering.has(name))
      .map(([name, value]) => [name, name === 'metadata' ? value : typed(name, value)]),
  );
}

function typed(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => typed(name, item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([inner, item]) => [inner, inner === 'metadata' ? item : typed(inner, item)]),
    );
  }
  if (value === '') return null;
  if (typeof value !== 'string') return value;
  if (numbers.has(name) && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (booleans.has(name) && /^(?:true|false)$/.test(value)) return value === 'true';
  return value;
}

/** Metadata after an update: given names replace, an empty value removes (documented); `metadata=` removes all. */
export function mergeMetadata(old: unknown, change: unknown): Record<string, unknown> {
  if (typeof change !== 'object' || change === null) return {};
  const merged: Record<string, unknown> = { ...(old as Record<string, unknown> | undefined), ...change };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '' && value !== null));
}
