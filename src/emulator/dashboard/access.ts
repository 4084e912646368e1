import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { header, type Call } from '../exchange.ts';
import { isFromPage, namesEmulator } from '../senders.ts';

/**
 * Whether a request may use the dashboard plane: a `Host` of this machine (a page that rebinds its DNS name sends its own), sent by no
 * web page, and the bearer token handed to whoever started the emulator.
 */
export function mayManage(call: Call, dashboardToken: string): boolean {
  return isLocal(call) && sameText(header(call, 'authorization') ?? '', `Bearer ${dashboardToken}`);
}

export const isLocal = (call: Call): boolean => namesEmulator(call) && !isFromPage(call);

/** Proves to a caller who knows the token that this is the emulator it was told of, without the token crossing the wire. */
export function proofOf(dashboardToken: string, nonce: string): string {
  return createHmac('sha256', dashboardToken).update(nonce).digest('hex');
}

function sameText(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}
