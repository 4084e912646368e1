/** The two modes of Stripe. A token spells them `test` and `live` (source: "Sandbox versus live mode", API keys page). */
export const modes = ['sandbox', 'live'] as const;
export type Mode = (typeof modes)[number];

export type TokenMode = 'test' | 'live';

export const tokenModeOf = (mode: Mode): TokenMode => (mode === 'live' ? 'live' : 'test');
export const modeOf = (tokenMode: TokenMode): Mode => (tokenMode === 'live' ? 'live' : 'sandbox');

export const otherMode = (mode: Mode): Mode => (mode === 'live' ? 'sandbox' : 'live');
