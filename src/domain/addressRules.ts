import ipaddr from 'ipaddr.js';
import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';

/** Why an entry of a list of address rules is refused; `entry` is as it was typed. */
export interface AddressProblem {
  readonly kind: 'addressInvalid';
  readonly entry: string;
  readonly why: 'syntax' | 'ipv6' | 'prefix' | 'hostBits' | 'duplicate';
  /** What was probably meant, where that can be told. */
  readonly suggestion: string | undefined;
}

/** An IPv4 address or CIDR range in its one spelling: `203.0.113.7`, `203.0.113.0/24`. */
export type AddressRule = string;

const plainAddress = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * Reads one rule. IPv4 only (source: "Limit an API key to certain IP addresses"); bits behind the prefix must be zero, because
 * `203.0.113.7/24` may have been meant as the address or as the range. A `/32` becomes the address.
 */
export function parseAddressRule(entry: string): Outcome<AddressRule, AddressProblem> {
  const invalid = (why: AddressProblem['why'], suggestion?: string): Outcome<AddressRule, AddressProblem> =>
    refuse({ kind: 'addressInvalid', entry, why, suggestion });
  const [address = '', prefix, ...more] = entry.trim().split('/');
  if (ipaddr.IPv6.isValid(address)) return invalid('ipv6');
  if (more.length > 0 || !plainAddress.test(address) || !ipaddr.IPv4.isValidFourPartDecimal(address))
    return invalid('syntax');
  if (prefix === undefined) return ok(ipaddr.IPv4.parse(address).toString());
  if (!/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) return invalid('prefix');
  const normalized = ipaddr.IPv4.parse(address).toString();
  const network = ipaddr.IPv4.networkAddressFromCIDR(`${normalized}/${Number(prefix)}`).toString();
  if (network !== normalized) return invalid('hostBits', `${network}/${Number(prefix)}`);
  return ok(Number(prefix) === 32 ? normalized : `${normalized}/${Number(prefix)}`);
}

/** Reads a list of rules; the first entry that is refused refuses the list. Naming the same range twice is refused too. */
export function parseAddressRules(entries: readonly string[]): Outcome<readonly AddressRule[], AddressProblem> {
  const rules: AddressRule[] = [];
  for (const entry of entries) {
    const rule = parseAddressRule(entry);
    if (!rule.ok) return rule;
    if (rules.includes(rule.value))
      return refuse({ kind: 'addressInvalid', entry, why: 'duplicate', suggestion: undefined });
    rules.push(rule.value);
  }
  return ok(rules);
}

/** The entries of a text in which rules stand separated by spaces, commas or line ends ("Bulk manage"). */
export const splitAddressList = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

/** Whether a peer may use a key with these rules. No rules allow everyone; `::ffff:10.0.0.1` counts as `10.0.0.1`. */
export function allowsAddress(rules: readonly AddressRule[], peer: string): boolean {
  if (rules.length === 0) return true;
  if (!ipaddr.IPv4.isValidFourPartDecimal(peer) && !ipaddr.IPv6.isValid(peer)) return false; // `10.1` and `0xa.0.0.1` are none
  const address = ipaddr.process(peer);
  if (!(address instanceof ipaddr.IPv4)) return false;
  return rules.some((rule) => address.match(ipaddr.IPv4.parseCIDR(rule.includes('/') ? rule : `${rule}/32`)));
}
