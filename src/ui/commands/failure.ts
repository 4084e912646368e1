import type { Problem, Result } from '../../domain/problem.ts';

/** Carries a refusal out of a command to the one place where failures are shown. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.kind);
    this.name = 'Refusal';
    this.problem = problem;
  }
}

/** The value of a result; a refusal ends the command. */
export function orRefuse<T>(result: Result<T>): T {
  if (!result.ok) throw new Refusal(result.problem);
  return result.value;
}
