import { z } from 'zod';

/** `POST /v1/enrol`, the one message without a token: a computer becomes a desk of a centre. */
export const EnrolAsk = z.object({ code: z.string().min(4).max(80), desk: z.string().min(1).max(60) });
export type EnrolAsk = z.infer<typeof EnrolAsk>;

export const EnrolAnswer = z.object({
  device: z.string().max(60),
  centreId: z.int().positive(),
  desk: z.string().max(60),
  /** 1…99, unique within the district; the `WW` of its case numbers. */
  deskNumber: z.int().min(1).max(99),
  demo: z.boolean(),
  /** Secret. Kept by the station, never by the window. */
  token: z.string().min(32).max(200),
});
export type EnrolAnswer = z.infer<typeof EnrolAnswer>;
