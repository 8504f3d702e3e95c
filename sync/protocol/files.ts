import { z } from 'zod';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** `POST /v1/files/missing`: after a restore a station asks what the centre still has of what it once got. */
export const MissingFilesAsk = z.object({ sha256: z.array(Sha256).min(1).max(500) });
export type MissingFilesAsk = z.infer<typeof MissingFilesAsk>;

export const MissingFilesAnswer = z.object({ missing: z.array(Sha256).max(500) });
export type MissingFilesAnswer = z.infer<typeof MissingFilesAnswer>;
