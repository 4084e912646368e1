export { fingerprintOf } from '../../domain/fingerprint.ts';
