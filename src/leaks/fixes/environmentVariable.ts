import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { isEncoded, type LeakForm } from '../leak.ts';
import { findPlace } from '../places/findPlace.ts';
import { refusals } from '../places/place.ts';
import type { Parses } from '../places/syntax.ts';
import { planYaml } from '../places/yamlPlaces.ts';
import { importEdits } from './imports.ts';
import { findLanguage, findTemplate, isUnknownCode, type Language, type Template } from './languages.ts';
import { withoutMagics } from './notebookCell.ts';
import { readAt } from './readAt.ts';
import { applyEdits, type TextEdit } from './textEdit.ts';

/** A leak in a text that is to be read from an environment variable instead. */
export interface VariablePlan {
  readonly text: string;
  /** The leak's span. */
  readonly start: number;
  readonly end: number;
  readonly form: LeakForm;
  readonly language: string;
  /** That of the notebook for its cells. */
  readonly path: string;
  readonly variable: string;
  /** The variables that other files of the same module declare. */
  readonly declared?: readonly string[];
}

/** The edits of the source; a refusal is a sentence that says what to do instead. */
export async function planVariable(parses: Parses, plan: VariablePlan): Promise<Outcome<TextEdit[], string>> {
  const { form, language: id, path, variable } = plan;
  if (/(?:^|\/)\.env(?:\.[\w.-]+)?$|\.env$/.test(path) || id === 'dotenv')
    return refuse('This file is where environment variables belong. Keep it out of git.');
  if (id === 'dockerfile' || /(?:^|\/)(?:Dockerfile|Containerfile)[\w.]*$/i.test(path))
    return refuse('What an image is built with stays in it. Pass the variable when the container starts.');
  const yaml = id === 'yaml' || id === 'dockercompose' || (id !== 'helm' && /\.ya?ml$/i.test(path));
  const language = findLanguage(id, path);
  const template = findTemplate(id, path);
  if (path.endsWith('.ipynb') && (id === 'json' || !findLanguage(id, '')))
    return refuse('Open the notebook, and move the key in its cell.');
  if (isUnknownCode(id, path))
    return refuse('Keysmith does not know this language well enough to change it. Read the variable by hand.');
  if (!yaml && !language && !template)
    return refuse('This kind of file cannot read a variable. Let the program read it instead.');
  if (isEncoded(form)) return refuse('The key is encoded here. Let the program encode the variable instead.');
  if (yaml) return form === 'plain' ? planYaml(plan, variable) : refuse(refusals.part);
  if (template) return form === 'plain' ? expandIn(plan, template) : refuse(refusals.part);
  return language ? await planCode(parses, plan, ofScript(language, plan)) : refuse(refusals.place);
}

function expandIn({ text, start, end, variable }: VariablePlan, template: Template): Outcome<TextEdit[], string> {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (template.comment.test(line)) return refuse(refusals.comment);
  return ok([{ start, end, text: template.expand(variable) }]);
}

/** In a script, which is no module, the name of a function is everybody's. */
function ofScript(language: Language, { text, path }: VariablePlan): Language {
  if (language.needs !== 'typescript helper' || /\.[cm]ts$/.test(path) || /^\s*(?:import|export)\b/m.test(text))
    return language;
  const { needs: _, ...rest } = language;
  return { ...rest, read: (name) => `process.env['${name}']!` };
}

async function planCode(parses: Parses, plan: VariablePlan, language: Language): Promise<Outcome<TextEdit[], string>> {
  const { grammar } = language;
  if (/\.d\.[cm]?ts$/.test(plan.path)) return refuse(refusals.ambient);
  const parsed = (text: string): string | undefined => withoutMagics(text, plan.path, grammar);
  const text = parsed(plan.text);
  if (text === undefined) return refuse('This cell is not in the language of the notebook. Replace the key by hand.');
  const before = await parses.document(grammar, text);
  if (!before) return refuse(refusals.tooLarge);
  try {
    const found = findPlace(before, grammar, { start: plan.start, end: plan.end, joined: plan.form === 'joined' });
    if (!found.ok) return refuse(refusals[found.problem]);
    const read = readAt(before, found.value, { ...plan, text, language });
    if (!read.ok) return refuse(refusals[read.problem]);
    const imports = importEdits(before, plan, language);
    if (!imports.ok) return refuse(refusals[imports.problem]);
    const edits = [...imports.value, ...read.value];
    // The last word: what the parser makes of the result.
    const changed = parsed(applyEdits(plan.text, edits));
    const after = changed === undefined ? undefined : await parses.draft(grammar, changed);
    if (!after) return refuse(refusals.breaks);
    try {
      return after.faults > before.faults ? refuse(refusals.breaks) : ok(edits);
    } finally {
      after.free();
    }
  } finally {
    before.free();
  }
}
