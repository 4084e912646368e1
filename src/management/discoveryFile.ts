import { join } from 'node:path';

/** Stands beside the store in `data` while an emulator has it, and says where it listens. */
export const discoveryFile = (data: string): string => join(data, 'emulator.json');

/** Stands there while no emulator runs because somebody asked it to end. */
export const stoppedFile = (data: string): string => join(data, 'emulator.stopped');
