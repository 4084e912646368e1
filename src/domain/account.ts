/** A Stripe business account, `acct_…`. A connected account names its platform; both may belong to an organization. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly organization: string | undefined;
  readonly platform: string | undefined;
}

/** An organization, `org_…`, that groups accounts (source: "Organization API keys", API keys page). */
export interface Organization {
  readonly id: string;
  readonly name: string;
}
