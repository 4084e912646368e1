import { header, type Call } from '../exchange.ts';

/**
 * The token a request carries: in `Authorization` (Bearer, or Basic with the token as user name, with or without colon and password),
 * or, for a publishable key, in the parameter `key`, as Stripe.js sends it (captured). Anything else counts as no key:
 * `Authorization: Token abc` is answered like an absent header (reported).
 */
export function readCredential(call: Call): string | undefined {
  const authorization = header(call, 'authorization');
  return authorization === undefined ? keyParameter(call) : readAuthorization(authorization);
}

export function readAuthorization(authorization: string): string | undefined {
  const [, scheme = '', rest = ''] = /^(\S+)\s+(.*)$/s.exec(authorization.trim()) ?? [];
  if (/^bearer$/i.test(scheme)) return rest.trim() || undefined;
  if (!/^basic$/i.test(scheme)) return undefined;
  const decoded = Buffer.from(rest.trim(), 'base64').toString('utf8');
  return decoded.split(':', 1)[0] || undefined;
}

function keyParameter(call: Call): string | undefined {
  if (!call.query.includes('key=') && !call.body.includes('key=')) return undefined;
  const key =
    new URLSearchParams(call.query).get('key') ?? new URLSearchParams(call.body.toString('latin1')).get('key');
  return key?.startsWith('pk_') ? key : undefined;
}
