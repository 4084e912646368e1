import type { Outcome } from '../../shared/result.ts';
import { loadGrammars } from '../places/grammars.ts';
import { Parses } from '../places/syntax.ts';
import { planVariable, type VariablePlan } from './environmentVariable.ts';
import { ignoreFile, ignoreLine, type IgnorePlace } from './ignoreComment.ts';
import type { TextEdit } from './textEdit.ts';

type Planned = Promise<Outcome<TextEdit[], string>>;

/** What can be done about a leak in the text that has it. A refusal is a sentence that says what to do instead. */
export interface Fixes {
  /** Reads it from an environment variable. */
  variable(plan: VariablePlan): Planned;
  ignoreLine(place: IgnorePlace): Planned;
  ignoreFile(place: Omit<IgnorePlace, 'start' | 'end'>): Planned;
}

/** In this thread: for a text whose parsing may take its time. */
export function fixesHere(): Fixes {
  const parses = new Parses(loadGrammars());
  return {
    variable: async (plan) => await planVariable(parses, plan),
    ignoreLine: async (place) => await ignoreLine(parses, place),
    ignoreFile: async (place) => await ignoreFile(parses, place),
  };
}
