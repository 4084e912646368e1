import { header, type Call } from './exchange.ts';

/** The names of this machine that no DNS record can be made to stand for: a page that rebinds its own name sends that name. */
const ownNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/** What a program that was written for Stripe, and whose requests lead here, still names; and what a forwarder on this machine may name. */
const ledHere: ReadonlySet<string> = new Set([
  ...['api', 'files', 'connect', 'meter-events'].map((name) => `${name}.stripe.com`),
  '[::1]',
]);

/** Whether a request was sent to the emulator by a name of its own. */
export const namesEmulator = (call: Call): boolean => ownNames.has(hostName(call));

/** Whether a request was sent to this machine or to one of Stripe's hosts by name. */
export const namesLoopbackOrStripe = (call: Call): boolean => namesEmulator(call) || ledHere.has(hostName(call));

/**
 * Whether a web page sent a request. A browser says so with `Origin`, which it leaves out only where a page gets what it cannot read
 * (an image, a link), and with `Sec-Fetch-Site` there too; what the user opens by hand is `none`.
 */
export function isFromPage(call: Call): boolean {
  const site = header(call, 'sec-fetch-site');
  return header(call, 'origin') !== undefined || (site !== undefined && site !== 'none');
}

/** The host that a request names, in lower case and without its port; empty where it names none, or something that is no host. */
function hostName(call: Call): string {
  const [, name = '', port = '0'] = /^(\[[\da-f:]+\]|[^\s:@/[\]]+)(?::(\d{1,5}))?$/.exec(hostOf(call)) ?? [];
  return Number(port) <= 65_535 ? name : '';
}

const hostOf = (call: Call): string => (header(call, 'host') ?? '').toLowerCase();
