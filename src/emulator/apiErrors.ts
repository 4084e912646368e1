import type { ApiProblem } from '../domain/problem.ts';
import type { Reply } from './exchange.ts';

/** The fields of a v1 error, in the alphabetical order in which Stripe prints them (captured replies, stripe-auth facts 2). */
interface ErrorBody {
  readonly code?: string;
  readonly doc_url?: string;
  readonly message: string;
  readonly param?: string;
  readonly type: string;
}

const challenge = { 'WWW-Authenticate': 'Basic realm="Stripe"' };
const docs = (code: string): string => `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;

function refusal(status: number, error: Omit<ErrorBody, 'type'> & { readonly type?: string }): Reply {
  const { type = 'invalid_request_error', ...rest } = error;
  return { status, body: { error: { ...rest, type } }, ...(status === 401 ? { headers: challenge } : {}) };
}

const withCode = (code: string, message: string): Omit<ErrorBody, 'type'> => ({ code, doc_url: docs(code), message });

/** Stripe's words for a refusal. Every text is a fact of the wire: see `stripe-auth` 2.1 to 2.10 for its source. */
export function apiError(problem: ApiProblem): Reply {
  switch (problem.kind) {
    case 'noKey':
      return refusal(401, {
        message:
          "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). " +
          'See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.',
      });
    case 'unknownKey':
      return refusal(401, { message: `Invalid API Key provided: ${problem.token}` });
    case 'expiredKey':
      return refusal(401, withCode('api_key_expired', `Expired API Key provided: ${problem.token}`));
    case 'publishableKeyNotAllowed':
      return refusal(
        401,
        withCode(
          'secret_key_required',
          'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
        ),
      );
    case 'unknownPath':
      return refusal(404, {
        message:
          `Unrecognized request URL (${problem.method}: ${problem.path}). If you are trying to list objects, remove the trailing slash. ` +
          'If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. ' +
          'Please see https://stripe.com/docs or we can help at https://support.stripe.com/.',
      });
    case 'unreadableBody':
      return refusal(400, { message: problem.why });
    case 'objectNotFound':
      return refusal(404, {
        ...withCode('resource_missing', `No such ${problem.noun}: '${problem.id}'${twinHint(problem.twinMode)}`),
        param: 'id',
      });
    case 'parameterInvalid':
      return refusal(400, { message: problem.why, param: problem.parameter });
    case 'notEmulated':
      return refusal(501, {
        message: `Keysmith's emulator does not emulate ${problem.what}. The request was authenticated and would have been let through.`,
        type: 'api_error',
      });
    default:
      return problem satisfies never;
  }
}

function twinHint(twinMode: 'test' | 'live' | undefined): string {
  if (!twinMode) return '';
  const own = twinMode === 'live' ? 'test' : 'live';
  return `; a similar object exists in ${twinMode} mode, but a ${own} mode key was used to make this request.`;
}
