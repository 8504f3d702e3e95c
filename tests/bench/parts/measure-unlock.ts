import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataKeys } from '#station/data-keys';
import { createHostSeal } from '#station/host-key';
import { readRecoverySecret } from '#station/recovery-key';
import { type Measured, percentile } from '../measured.ts';

const STARTS = 40;
const MOST_MS = 700;

/** The keys of a station with an authority that has rotated twice, as a start opens them. */
export async function measureUnlock(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'darcha-bench-keys-'));
  const shell = createHostSeal(join(folder, 'home'));
  try {
    await setUp(folder, shell);
    const times: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const startedAt = performance.now();
      const opened = await openDataKeys(folder, shell, { isNew: false });
      times.push(performance.now() - startedAt);
      if (opened.outcome !== 'open') throw new Error(`the keys are ${opened.outcome}`);
    }
    return {
      name: 'the keys of a station unlocked, p95',
      value: percentile(times, 0.95),
      unit: 'ms',
      target: MOST_MS,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function setUp(folder: string, shell: ReturnType<typeof createHostSeal>): Promise<void> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const authority = readRecoverySecret(JSON.stringify(privateKey.export({ format: 'jwk' })));
  const opened = await openDataKeys(folder, shell, { isNew: true });
  if (authority === null || opened.outcome !== 'open') throw new Error('no keys');
  await opened.keys.setRecoveryKey(authority.key);
  await opened.keys.rotate();
  await opened.keys.rotate();
}
