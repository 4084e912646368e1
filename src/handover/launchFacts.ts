import { maskTokens } from '../domain/secret.ts';
import { shownText, shownWords } from './shownText.ts';

/** What is read first, in this order; the name stands before them. */
const first = ['type', 'program', 'args'];

/**
 * What needs no showing. Which properties make another program run is for each debugger to say, so everything else is shown. No prefix is
 * trusted: a `__workspaceFolder` decides in which folder a program is looked for.
 */
const harmless: ReadonlySet<string> = new Set([
  // The editor takes no other than `launch` and `attach`, and what either runs or attaches to stands in properties of its own.
  'request',
  // Where the editor lists the configuration.
  'presentation',
  // When the editor opens its debug console.
  'internalConsoleOptions',
  // Whether the editor warns of a second session.
  'suppressMultipleSessionWarning',
  // Which files stepping passes over: they run either way.
  'skipFiles',
  // The editor's own mark of the settings file that the configuration is from.
  '__configurationTarget',
  // The editor's own number of the session.
  '__sessionId',
]);

/** A line for each thing that a launch configuration says, whole, as `shownText` shows it. */
export function launchFacts(configuration: Readonly<Record<string, unknown>>): string[] {
  const { name, ...rest } = configuration;
  const others = Object.keys(rest).filter((property) => !first.includes(property) && !harmless.has(property));
  return [
    `name: "${shownText(maskTokens(typeof name === 'string' ? name : asJson(name)))}"`,
    ...[...first, ...others.toSorted()].flatMap((property) => {
      const value = rest[property];
      return value === undefined ? [] : [`${shownWords([maskTokens(property)])}: ${shownValue(value)}`];
    }),
  ];
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return shownWords([maskTokens(value)]);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return shownWords(value.map(maskTokens));
  return shownText(maskTokens(asJson(value))).replaceAll(String.raw`\"`, '"');
}

/** What JSON has no words for does not reach a debugger either. */
const asJson = (value: unknown): string => JSON.stringify(value) ?? typeof value;
