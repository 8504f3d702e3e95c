import { createSealer } from './sealer.ts';

/** Of a key that everybody knows. */
export const testSealer = createSealer([{ id: '01020304', key: new Uint8Array(32) }], 'test');
