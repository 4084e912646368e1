/**
 * Gives each parameter the name of what it is: `/v1/accounts/:accountId/persons/:id` becomes
 * `/v1/accounts/:account/persons/:person`. A name is one thing in one path, which a router insists on.
 */
export function nameParameters(path: string): string {
  const segments = path.split('/');
  const named = segments.map((segment, index) =>
    segment.startsWith(':') ? `:${singular(segments[index - 1] ?? '')}` : segment,
  );
  const names = named.filter((segment) => segment.startsWith(':'));
  if (new Set(names).size !== names.length) throw new Error(`${path}: two parameters of one name`);
  return named.join('/');
}

/** Each parameter with the path up to and including it, from left to right. */
export function parameters(path: string): readonly (readonly [name: string, upTo: string])[] {
  const segments = path.split('/');
  return segments.flatMap((segment, index) =>
    segment.startsWith(':') ? [[segment.slice(1), segments.slice(0, index + 1).join('/')] as const] : [],
  );
}

function singular(noun: string): string {
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  if (noun.endsWith('sses')) return noun.slice(0, -2);
  return noun.replace(/s$/, '');
}
