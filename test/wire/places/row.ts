/**
 * A place in a program: what it is called, whether a fix is offered there, and the program. `§` is the key, `‹` and `›` its halves, and
 * `#N` is the number of the row, for names that must differ.
 */
export type PlaceRow = readonly [place: string, offered: boolean, source: string];
