import type { RawRecord, RequestRecord } from './requestRecord.ts';
import { scrub, scrubBody, scrubPath } from './scrub.ts';

/** A record without what a client may have put where: headers, paths and bodies are its texts. */
export function scrubRecord({ detail: { cut, ...detail }, path, query, ...rest }: RawRecord): RequestRecord {
  const userAgent = scrubbed(detail.userAgent);
  const { refused } = detail;
  return {
    ...rest,
    path: scrubPath(path),
    query: scrubBody(query),
    detail: {
      ...detail,
      context: scrubbed(detail.context),
      address: scrub(detail.address),
      version: scrubbed(detail.version),
      userAgent,
      sdk: sdkOf(userAgent),
      idempotencyKey: scrubbed(detail.idempotencyKey),
      requestBody: scrubBody(detail.requestBody, cut?.request),
      responseBody: scrubBody(detail.responseBody, cut?.response),
      refused: refused && { kind: refused.kind, message: scrub(refused.message) },
    },
  };
}

const scrubbed = (text: string | undefined): string | undefined => text && scrub(text);

/** `Stripe/v1 NodeBindings/23.1.0` is `node 23.1.0`; `Stripe/v1 stripe-cli/1.52.0` is `stripe-cli 1.52.0`. */
function sdkOf(userAgent: string | undefined): string | undefined {
  const [, name, version] = /\bStripe\/v\d (stripe-cli|\w+?)(?:Bindings)?\/([\w.-]+)/.exec(userAgent ?? '') ?? [];
  return name && `${name.toLowerCase()} ${version}`;
}
