import qs from 'qs';
import type { ApiProblem, Result } from '../../domain/problem.ts';
import { ok, refuse } from '../../shared/result.ts';

export type Parameters = Readonly<Record<string, unknown>>;

/** The parameters of a v1 request, `a[b][]=c`, from a query or a form body. */
export function parseForm(text: string): Result<Parameters, ApiProblem> {
  try {
    return ok(
      qs.parse(text, {
        depth: 20,
        parameterLimit: 2000,
        arrayLimit: 1000,
        strictDepth: true,
        throwOnLimitExceeded: true,
      }),
    );
  } catch (error) {
    const why =
      error instanceof RangeError
        ? 'The request has too many or too deeply nested parameters.'
        : 'The request body cannot be read as form data.';
    return refuse({ kind: 'unreadableBody', why });
  }
}
