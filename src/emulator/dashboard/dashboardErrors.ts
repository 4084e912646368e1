import type { KeyProblem } from '../../domain/problem.ts';
import type { Reply } from '../exchange.ts';

export const dashboardError = (status: number, code: string, message: string): Reply => ({
  status,
  body: { error: { code, message } },
});

/** The dashboard plane's words for a refusal. `code` is the name by which a client knows it. */
export function keyError(problem: KeyProblem): Reply {
  switch (problem.kind) {
    case 'keyNotFound':
      return dashboardError(404, 'key_not_found', `There is no key ${problem.id}.`);
    case 'alreadyRevealed':
      return dashboardError(
        409,
        'already_revealed',
        'A live secret can be revealed once, and this one has been. Rotate or delete the key.',
      );
    case 'publishableNotDeletable':
      return dashboardError(
        409,
        'publishable_not_deletable',
        'A publishable key cannot be deleted. Rotate it instead.',
      );
    default:
      return problem satisfies never;
  }
}
