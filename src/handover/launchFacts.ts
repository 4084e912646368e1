import { maskTokens } from '../domain/secret.ts';
import { shownText, shownWords } from './shownText.ts';

/** What a launch configuration runs, where and with what, in the order in which it is read. */
const telling = [
  'type',
  'request',
  'runtimeExecutable',
  'runtimeArgs',
  'python',
  'pythonArgs',
  'miDebuggerPath',
  'miDebuggerArgs',
  'pipeTransport',
  'debugServer',
  'program',
  'mainClass',
  'module',
  'script',
  'executable',
  'target',
  'command',
  'url',
  'args',
  'vmArgs',
  'classPaths',
  'modulePaths',
  'cwd',
  'console',
  'initCommands',
  'preRunCommands',
  'setupCommands',
  'preLaunchTask',
  'postDebugTask',
  'env',
  'environment',
  'envFile',
] as const;

/** A line for each thing that tells what a launch configuration does, whole, as `shownText` shows it. */
export function launchFacts(configuration: Readonly<Record<string, unknown>>): string[] {
  return [
    `name: "${shownText(maskTokens(String(configuration['name'])))}"`,
    ...telling.flatMap((property) => {
      const value: unknown = configuration[property];
      return value === undefined || value === null ? [] : [`${property}: ${shownValue(value)}`];
    }),
  ];
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return shownWords([maskTokens(value)]);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return shownWords(value.map(maskTokens));
  const text = JSON.stringify(value) ?? typeof value;
  return shownText(maskTokens(text)).replaceAll(String.raw`\"`, '"');
}
