import { isPublicName } from '../detect/clientSide.ts';
import type { LeakKind } from '../leak.ts';

const usual: Readonly<Record<LeakKind, string>> = {
  secret: 'STRIPE_SECRET_KEY',
  restricted: 'STRIPE_RESTRICTED_KEY',
  organization: 'STRIPE_ORGANIZATION_KEY',
  publishable: 'STRIPE_PUBLISHABLE_KEY',
  webhook: 'STRIPE_WEBHOOK_SECRET',
  cli: 'STRIPE_CLI_KEY',
  app: 'STRIPE_APP_TOKEN',
};

const assigned = /(?<![\w.])(?<name>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)["']?\s*[:=]\s*[^\n]{0,40}$/;

/**
 * A name for the variable: the one the key is given to already, if that looks like a variable's, else the usual one of its kind; with a
 * number where the name holds another value; one that has no value yet is as good as a new one. Never a name whose value a build tool hands to browsers.
 *
 * @param before what stands in front of the key
 * @param taken the variables that exist, with their values
 */
export function suggestVariable(
  kind: LeakKind,
  before: string,
  taken: ReadonlyMap<string, string>,
  value: string,
): string {
  for (const [name, held] of taken) if (held === value && !isPublicName(name)) return name;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const given = assigned.exec(line)?.groups?.['name'];
  const name = given === undefined || isPublicName(given) ? usual[kind] : given;
  for (let count = 1; ; count += 1) {
    const numbered = count === 1 ? name : `${name}_${count}`;
    if ((taken.get(numbered) ?? '') === '') return numbered;
  }
}
