import { z } from 'zod';
import { Answers } from './answer.ts';
import { CaseStatus, Channel } from './case-status.ts';
import { Language } from './local-text.ts';

const uuid = z.string().max(36);

/** The file itself is sent apart; the event names it by its SHA-256 (lower-case hex). */
export const AttachedDocument = z.object({
  id: uuid,
  /** Code of the checklist item, or `other`. */
  item: z.string().max(40),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  mime: z.string().max(100),
  name: z.string().max(200),
});
export type AttachedDocument = z.infer<typeof AttachedDocument>;

export const Fee = z.object({
  amount: z.int().nonnegative(),
  baseAmount: z.int().nonnegative(),
  tier: z.string().max(40),
  currency: z.enum(['UZS', 'GEL']),
});
export type Fee = z.infer<typeof Fee>;

/** What happened, by type. Bodies are additive between releases. */
export const EventBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('case.opened'),
    body: z.object({
      number: z.string().max(24),
      service: z.object({ code: z.string().max(40), version: z.int().positive() }),
      channel: Channel,
      /** Language and script of what is printed for the applicant. */
      language: Language,
      answers: Answers,
      /** Items the applicant did not bring; listed on the receipt and chased. */
      missing: z.array(z.string().max(40)).max(50),
      fee: Fee,
      /** Epoch ms by which the applicant was promised the result; `null`: no date can be promised. */
      dueAt: z.int().nullable(),
      acceptedOffline: z.boolean(),
    }),
  }),
  z.object({ type: z.literal('field.set'), body: z.object({ set: Answers, was: Answers }) }),
  z.object({ type: z.literal('document.attached'), body: AttachedDocument }),
  z.object({
    type: z.literal('document.removed'),
    body: z.object({ id: uuid, reason: z.string().max(500) }),
  }),
  z.object({
    type: z.literal('note.added'),
    body: z.object({ id: uuid, text: z.string().min(1).max(4_000) }),
  }),
  z.object({
    type: z.literal('payment.recorded'),
    body: z.object({
      id: uuid,
      amount: z.int().positive(),
      method: z.enum(['cash', 'terminal', 'invoice']),
      slip: z.string().max(60),
    }),
  }),
  z.object({
    type: z.literal('state.moved'),
    body: z.object({
      from: CaseStatus,
      to: CaseStatus,
      /** Codes of refusal grounds; at least one when `to` is `refused`. */
      grounds: z.array(z.string().max(10)).max(10),
      reason: z.string().max(2_000),
    }),
  }),
  z.object({
    type: z.literal('conflict.settled'),
    body: z.object({
      conflictId: z.string().max(160),
      field: z.string().max(120),
      choice: z.enum(['kept', 'offered']),
    }),
  }),
]);
export type EventBody = z.infer<typeof EventBody>;
export type EventType = EventBody['type'];

const TYPES: ReadonlySet<unknown> = new Set(EventBody.options.map((it) => it.shape.type.value));

/** Whether this program knows what such an event does: a newer one may know more. */
export function isKnownType(type: unknown): type is EventType {
  return TYPES.has(type);
}

const head = z.object({
  id: uuid,
  caseId: uuid,
  /** The device that recorded it, and the number that device's journal gave it: 1, 2, 3, … */
  device: z.string().max(60),
  n: z.int().positive(),
  /** Who: id of the staff member signed in. */
  by: z.string().max(60),
  /** The second person, where the service asks for four eyes. */
  confirmedBy: z.string().max(60).optional(),
  /** The device's own clock, epoch ms. Shown, never ordered by. */
  at: z.int(),
  /** Hybrid logical clock `<ms, 13 digits>:<count, 4 digits>:<device>`; breaks ties, does not order. */
  hlc: z.string().max(90),
  /** The last central sequence number its author had seen of the case's stream. */
  base: z.int().nonnegative(),
  schema: z.literal(1),
});

/** One object a type is checked in one go; an intersection would be checked twice and joined. */
const whole = EventBody.options.map((it) => z.object({ ...head.shape, ...it.shape }));

/** Something that happened to a case: insert-only, numbered by its device. */
export const CaseEvent = z.discriminatedUnion(
  'type',
  whole as [(typeof whole)[number]],
) as z.ZodType as z.ZodType<CaseEvent>;
export type CaseEvent = z.infer<typeof head> & EventBody;

/** An event before its journal has numbered it. */
export type UnnumberedEvent = Omit<z.infer<typeof head>, 'n'> & EventBody;

/** What the centre made of an event: taken, taken but somebody must look, or stored and not applied. */
export const EventStatus = z.enum(['ok', 'review', 'rejected']);
export type EventStatus = z.infer<typeof EventStatus>;

/** An event with its place in the centre's stream. */
export const CentralEvent = z.intersection(
  CaseEvent,
  z.object({ seq: z.int().positive(), status: EventStatus, code: z.string().max(60).optional() }),
);
export type CentralEvent = CaseEvent & { seq: number; status: EventStatus; code?: string | undefined };
