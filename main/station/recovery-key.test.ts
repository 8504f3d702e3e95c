import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { readRecoveryKey, readRecoverySecret, unwrapByRecovery, wrapForRecovery } from './recovery-key.ts';

const PAIRS = {
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  X25519: generateKeyPairSync('x25519'),
};

for (const [kind, { publicKey, privateKey }] of Object.entries(PAIRS)) {
  test(`what is wrapped for ${kind} opens with its private half, given as JWK or as PEM`, async () => {
    const given = [
      JSON.stringify(publicKey.export({ format: 'jwk' })),
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ].map((it) => readRecoveryKey(it));
    const pem = readRecoverySecret(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    if (pem === null) throw new Error('no secret');
    for (const read of given) {
      if (read.outcome !== 'key') throw new Error(read.outcome);
      const wrapped = await wrapForRecovery(read.key, 'a key');
      expect(await unwrapByRecovery(pem, wrapped)).toBe('a key');
      expect(await unwrapByRecovery(pem, `${wrapped.slice(0, -4)}AAAA`)).toBeNull();
    }
  });
}

test('a private half is not taken for a public one, nor what is no key of ours', () => {
  const { privateKey } = PAIRS['P-256'];
  const texts = [
    JSON.stringify(privateKey.export({ format: 'jwk' })),
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    '{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}',
    'nothing',
    '',
  ];
  expect(texts.map((it) => readRecoveryKey(it).outcome)).toEqual([
    ...['private-key', 'private-key', 'not-a-key', 'not-a-key', 'not-a-key', 'not-a-key'],
  ]);
});
