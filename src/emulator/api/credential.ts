/**
 * The token in an `Authorization` header: Bearer, or Basic with the token as user name (with or without colon and password).
 * Anything else counts as no key (stripe-auth facts 2.2: `Authorization: Token abc` is answered like an absent header).
 */
export function readCredential(authorization: string | undefined): string | undefined {
  const [, scheme = '', rest = ''] = /^(\S+)\s+(.*)$/s.exec(authorization?.trim() ?? '') ?? [];
  if (/^bearer$/i.test(scheme)) return rest.trim() || undefined;
  if (!/^basic$/i.test(scheme)) return undefined;
  const decoded = Buffer.from(rest.trim(), 'base64').toString('utf8');
  return decoded.split(':', 1)[0] || undefined;
}
