import { z } from 'zod';
import { DeskRow } from '#model/desk-report';

/** `GET /v1/report/sync`: the desks of the asking device's centre and of those it supervises. */
export const SyncReportAnswer = z.object({
  /** Server time, epoch ms. */
  asOf: z.int(),
  rows: z.array(DeskRow),
});
export type SyncReportAnswer = z.infer<typeof SyncReportAnswer>;
