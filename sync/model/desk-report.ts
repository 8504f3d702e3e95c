import { z } from 'zod';

/** What a station tells of itself at every contact, and what the centre knows of it; a row of F-4. */
export const DeskState = z.object({
  waiting: z.int().nonnegative(),
  waitingBytes: z.int().nonnegative(),
  /** Epoch ms of the oldest unsent event by the station's clock; `null` when nothing waits. */
  oldestWaitingAt: z.int().nullable(),
  filesWaiting: z.int().nonnegative(),
  filesWaitingBytes: z.int().nonnegative(),
  /** Records the centre stored but did not apply, and those it has refused to take. */
  failing: z.int().nonnegative(),
  failingCode: z.string().max(60).nullable(),
  /** Station clock, epoch ms, when it said this. */
  clock: z.int(),
  lastFullSyncAt: z.int().nullable(),
  freeDiskBytes: z.int().nonnegative().nullable(),
  appVersion: z.string().max(40),
});
export type DeskState = z.infer<typeof DeskState>;

/** One desk as the central server has it. Times are the server's, epoch ms. */
export const DeskRow = z.object({
  centreId: z.int().positive(),
  device: z.string().max(60),
  desk: z.string().max(60),
  enrolledAt: z.int(),
  /** `null`: enrolled and never heard of again. */
  lastContactAt: z.int().nullable(),
  lastFullSyncAt: z.int().nullable(),
  clockDriftMs: z.int().nullable(),
  openConflicts: z.int().nonnegative(),
  state: DeskState.nullable(),
});
export type DeskRow = z.infer<typeof DeskRow>;
