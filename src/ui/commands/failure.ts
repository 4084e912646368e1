import type { Problem, Result } from '../../domain/problem.ts';

/** Carries a refusal out of a command to the one place where failures are shown. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** Told by its name: commands are bundled apart from the code that catches what they throw, and each has its own class. */
export const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && error.name === 'Refusal' && 'problem' in error;

/** The value of a result; a refusal ends the command. */
export function orRefuse<T>(result: Result<T>): T {
  if (!result.ok) throw new Refusal(result.problem);
  return result.value;
}
