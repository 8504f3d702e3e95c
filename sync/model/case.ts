import { z } from 'zod';
import { Answer, Answers } from './answer.ts';
import { AttachedDocument, Fee } from './case-event.ts';
import { CaseStatus, Channel } from './case-status.ts';
import { Language } from './local-text.ts';

/** Who gave a value, when by their own clock, and the hybrid clock of it. */
export const Authored = z.object({
  by: z.string().max(60),
  at: z.int(),
  device: z.string().max(60),
  hlc: z.string().max(90),
});
export type Authored = z.infer<typeof Authored>;

/** Two values given to one field by people who were apart; both stay until somebody settles it. */
export const FieldConflict = z.object({
  /** `<offering event's id>/<field>`. */
  id: z.string().max(160),
  /** A field path, or `status`. */
  field: z.string().max(120),
  kept: Answer,
  keptBy: Authored,
  offered: Answer,
  offeredBy: Authored,
  /** Of an offered refusal: what it rested on. */
  refusal: z.object({ grounds: z.array(z.string()), reason: z.string() }).optional(),
});
export type FieldConflict = z.infer<typeof FieldConflict>;

/** `dueAt` of a case for which no date can be promised: it sorts last. Epoch ms of the year 9999. */
export const NO_DUE_DATE = 253_370_764_800_000;

/**
 * A case: the fold of its events by `projectCase`, the same in the window and at the centre.
 *
 * Top-level and flat where the list filters and sorts; times are epoch ms.
 */
export const Case = z.object({
  id: z.string().max(36),
  centreId: z.int().positive(),
  number: z.string().max(24),
  serviceCode: z.string().max(40),
  serviceVersion: z.int().positive(),
  status: CaseStatus,
  /** Not closed; what the list shows first. */
  open: z.boolean(),
  /** Promised time, `NO_DUE_DATE` when none can be promised. */
  dueAt: z.int(),
  openedAt: z.int(),
  openedBy: z.string().max(60),
  openedDevice: z.string().max(60),
  openedHlc: z.string().max(90),
  changedAt: z.int(),
  acceptedOffline: z.boolean(),
  channel: Channel,
  language: Language,
  fee: Fee,
  missing: z.array(z.string()),
  answers: Answers,
  /**
   * Per field set after the opening: who set it last and when; decides `lww` and names the author in a
   * conflict. The author of all others opened the case: see `standingAuthor`.
   */
  authors: z.record(z.string(), Authored),
  documents: z.array(z.intersection(AttachedDocument, z.object({ by: z.string(), at: z.int() }))),
  notes: z.array(z.object({ id: z.string(), text: z.string(), by: z.string(), at: z.int() })),
  payments: z.array(
    z.object({
      id: z.string(),
      amount: z.int(),
      method: z.enum(['cash', 'terminal', 'invoice']),
      slip: z.string(),
      by: z.string(),
      at: z.int(),
    }),
  ),
  refusal: z.object({ grounds: z.array(z.string()), reason: z.string() }).nullable(),
  conflicts: z.array(FieldConflict),
  hasConflicts: z.boolean(),
  /** Highest `n` of each device folded in: an event at or below it is a replay and changes nothing. */
  applied: z.record(z.string(), z.int().positive()),
});
export type Case = z.infer<typeof Case>;
