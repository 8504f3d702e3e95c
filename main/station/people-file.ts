import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Credential } from '#protocol/credentials';
import { errorCodeOf } from './disk-refusal.ts';
import { type WriteOutcome, writeDurably } from './durable-file.ts';
import { SeenTime } from './kept-time.ts';
import type { Sealer } from './sealer.ts';

export const KeptPeople = z.object({
  /** `null`: the centre has never said who may sign in here. */
  people: z.array(Credential).nullable(),
  etag: z.string().nullable(),
  /** When the centre last answered, by its own clock. */
  answeredAt: z.number(),
  time: SeenTime,
  tries: z.record(z.string(), z.object({ wrong: z.int(), waitMs: z.number() })),
  /** Who signed in last here. */
  last: z.string().nullable(),
});
export type KeptPeople = z.infer<typeof KeptPeople>;

export const NOBODY: KeptPeople = {
  people: null,
  etag: null,
  answeredAt: 0,
  time: { seen: 0, behind: 0 },
  tries: {},
  last: null,
};

const PLACE = 'people';

/** `damaged`: altered, or sealed by another station. Then nobody is known until the centre answers. */
export async function readPeople(
  path: string,
  sealer: Sealer,
): Promise<{ kept: KeptPeople; state: 'read' | 'absent' | 'damaged' }> {
  const sealed = await readFile(path).catch((error: unknown) => {
    if (errorCodeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (sealed === null) return { kept: NOBODY, state: 'absent' };
  const kept = KeptPeople.safeParse(parseJson(sealer.open(sealed, PLACE)));
  return kept.success ? { kept: kept.data, state: 'read' } : { kept: NOBODY, state: 'damaged' };
}

export function writePeople(path: string, sealer: Sealer, kept: KeptPeople): Promise<WriteOutcome> {
  return writeDurably(path, sealer.seal(Buffer.from(JSON.stringify(kept)), PLACE));
}

function parseJson(bytes: Buffer | null): unknown {
  try {
    return bytes === null ? null : JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
