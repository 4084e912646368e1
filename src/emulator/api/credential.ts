import { header, type Call } from '../exchange.ts';

/**
 * The token a request carries: in `Authorization` (Bearer, or Basic with the token as user name, with or without colon and password),
 * or, for a publishable key, in the parameter `key`, as Stripe.js sends it (captured). Anything else counts as no key:
 * `Authorization: Token abc` is answered like an absent header (reported).
 */
export function readCredential(call: Call): string | undefined {
  const authorization = header(call, 'authorization');
  if (authorization !== undefined) return readAuthorization(authorization);
  const key = stripeJsParameter(call, 'key');
  return key?.startsWith('pk_') ? key : undefined;
}

export function readAuthorization(authorization: string): string | undefined {
  const [, scheme = '', rest = ''] = /^(\S+)\s+(.*)$/s.exec(authorization.trim()) ?? [];
  if (/^bearer$/i.test(scheme)) return rest.trim() || undefined;
  if (!/^basic$/i.test(scheme)) return undefined;
  const decoded = Buffer.from(rest.trim(), 'base64').toString('utf8');
  return decoded.split(':', 1)[0] || undefined;
}

/** What Stripe.js sends as a parameter where others send a header (captured): `key`, `_stripe_account`. Only where there is no `Authorization`. */
export function stripeJsParameter(call: Call, name: string): string | undefined {
  const named = `${name}=`;
  if (header(call, 'authorization') !== undefined || !(call.query.includes(named) || call.body.includes(named)))
    return undefined;
  return (
    new URLSearchParams(call.query).get(name) ??
    new URLSearchParams(call.body.toString('latin1')).get(name) ??
    undefined
  );
}
