import { generateKeyPairSync } from 'node:crypto';
import { type RecoverySecret, readRecoverySecret } from './recovery-key.ts';

/** Of an authority of its own. */
export function makeRecoveryPair(): RecoverySecret {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pair = readRecoverySecret(JSON.stringify(privateKey.export({ format: 'jwk' })));
  if (pair === null) throw new Error('the pair that was made is none');
  return pair;
}
