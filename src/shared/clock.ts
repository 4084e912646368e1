/** Tells the time, so that tests and the emulator's clock can decide what it is. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
