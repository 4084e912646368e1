import { messageOf } from '../../shared/errors.ts';
import { replaceFile } from '../../shared/replaceFile.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { addToExample, readVariables, setVariable } from '../fixes/envFile.ts';
import { findKeyFile, findPlainFile, type KeyFileProblem, type PlainFile } from './keyFile.ts';
import { writeKeyFile } from './writeKeyFile.ts';

export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** What could not be done beside what was asked: sentences. */
export type Notes = readonly string[];

/** Gives an environment file its variables, and its example their names. A second call with the same variables changes nothing. */
export async function keepVariables(
  folder: string,
  fileName: string,
  variables: readonly Variable[],
  { example = true }: { readonly example?: boolean } = {},
): Promise<Outcome<Notes, KeyFileProblem>> {
  const file = await findKeyFile(folder, fileName);
  if (!file.ok) return file;
  const text = withVariables(file.value, variables);
  const written = text.ok ? await writeKeyFile(folder, file.value, text.value) : text;
  if (!written.ok) return refuse({ why: written.problem, tracked: false });
  return ok(example ? await addExample(folder, variables) : []);
}

/** The text with all variables; refused where one of them stands there with another value, or where another one would change. */
function withVariables({ name: fileName, text }: PlainFile, variables: readonly Variable[]): Outcome<string, string> {
  const before = readVariables(text);
  let result = text;
  for (const { name, value } of variables) {
    const held = readVariables(result).get(name);
    if (held !== undefined && held !== '' && held !== value)
      return refuse(`${fileName} has ${name} with another value, which is not overwritten.`);
    result = setVariable(result, name, value);
  }
  const after = readVariables(result);
  const wanted = new Map([...before, ...variables.map(({ name, value }) => [name, value] as const)]);
  const same = wanted.size === after.size && [...wanted].every(([name, value]) => after.get(name) === value);
  return same ? ok(result) : refuse(`A line added to ${fileName} would change others: a quote in it has no end.`);
}

/** The example only helps whoever comes next: what is wrong with it stops nothing. */
async function addExample(folder: string, variables: readonly Variable[]): Promise<Notes> {
  const example = await findPlainFile(folder, '.env.example');
  if (!example.ok) return [`${example.problem} It was left as it is.`];
  const { text: old, path, mode } = example.value;
  const text = variables.reduce((now, { name }) => addToExample(now, name), old);
  if (text === old) return [];
  try {
    await replaceFile(path, text, { inside: folder, mode: mode ?? 'usual' });
    return [];
  } catch (error) {
    return [`.env.example was not changed: ${messageOf(error)}`];
  }
}
