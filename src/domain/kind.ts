/** The kinds of API key (source: "Key types" and "Organization API keys", API keys page). */
export const kinds = ['publishable', 'secret', 'restricted', 'organization'] as const;
export type Kind = (typeof kinds)[number];

/** What stands before the mode in a token. Organization keys share one prefix whatever their permissions. */
export const kindPrefixes = {
  publishable: 'pk',
  secret: 'sk',
  restricted: 'rk',
  organization: 'sk_org',
} as const satisfies Record<Kind, string>;

/** Only a publishable key may be seen by everyone. */
export const isSecretKind = (kind: Kind): boolean => kind !== 'publishable';
