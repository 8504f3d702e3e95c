import { z } from 'zod';
import { askCentral } from './ask-central.ts';
import type { CentralForward } from './central-forward.ts';

const Answer = z.object({ missing: z.array(z.string()) });
const PATIENCE_MS = 60_000;

export type MissingOutcome = { outcome: 'answered'; missing: string[] } | { outcome: 'offline' };

/** Which of these files the centre has not. What is no answer of the centre's says nothing. */
export async function askMissing(
  forward: CentralForward,
  sha256: readonly string[],
  signal: AbortSignal,
): Promise<MissingOutcome> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const ask = { path: '/v1/files/missing', body: { sha256 }, schema: Answer };
  const read = await askCentral(forward, ask, patience);
  if (read.outcome !== 'ok') return { outcome: 'offline' };
  return { outcome: 'answered', missing: sha256.filter((it) => read.answer.missing.includes(it)) };
}
