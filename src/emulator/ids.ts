import { randomText } from './random.ts';

/** An object id such as `cus_Nffr…`: the prefix and 14 random characters, as Stripe's. */
export const newObjectId = (prefix: string): string => `${prefix}_${randomText(14)}`;

export const newRequestId = (): string => newObjectId('req');

const epochBase62 = '1';

/**
 * A key id: `mk_`, six characters of time that begin with `1`, the last ten of the owner's id, eight random ones
 * (structure inferred from three published ids, stripe-auth facts 1).
 */
export function newKeyId(owner: string, now: Date): string {
  const time = Math.floor(now.getTime() / 1000)
    .toString(36)
    .slice(-5);
  return `mk_${epochBase62}${time}${owner.slice(-10)}${randomText(8)}`;
}
