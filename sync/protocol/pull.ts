import { z } from 'zod';
import { Case } from '#model/case';
import { CentralEvent, EventStatus } from '#model/case-event';
import { ReferenceItem } from '#model/reference';
import { Service } from '#model/service';
import { StaffMember } from '#model/staff';

/**
 * The asking device's own event come back: the device has its body. Asked with `full=1` the body comes too.
 */
export const EventAck = z.object({
  ack: z.literal(true),
  seq: z.int().positive(),
  n: z.int().positive(),
  device: z.string().max(60),
  status: EventStatus,
  code: z.string().max(60).optional(),
});
export type EventAck = z.infer<typeof EventAck>;

const page = {
  epoch: z.string().max(60),
  /** The cursor that was asked with. */
  since: z.int().nonnegative(),
  /** Where to go on. In a state stream it may pass the last document. */
  cursor: z.int().nonnegative(),
  head: z.int().nonnegative(),
  more: z.boolean(),
};

/**
 * `GET /v1/pull/events?since=&bytes=[&full=1]`: dense, `docs[0].seq = since + 1`.
 *
 * `chain` is the base64 SHA-256 chain at `cursor`, see `chain.ts`.
 */
export const EventsPage = z.object({
  ...page,
  docs: z.array(z.union([EventAck, CentralEvent])),
  chain: z.string(),
});
export type EventsPage = z.infer<typeof EventsPage>;

const row = { seq: z.int().positive(), deleted: z.boolean().optional() };

/** `GET /v1/pull/{collection}?since=&bytes=` of a state stream: in order of `seq`, superseded rows absent. */
export const CasesPage = z.object({ ...page, docs: z.array(z.object({ ...row, doc: Case })) });
export const ServicesPage = z.object({ ...page, docs: z.array(z.object({ ...row, doc: Service })) });
export const ReferencePage = z.object({ ...page, docs: z.array(z.object({ ...row, doc: ReferenceItem })) });
export const StaffPage = z.object({ ...page, docs: z.array(z.object({ ...row, doc: StaffMember })) });
export type CasesPage = z.infer<typeof CasesPage>;
export type ServicesPage = z.infer<typeof ServicesPage>;
export type ReferencePage = z.infer<typeof ReferencePage>;
export type StaffPage = z.infer<typeof StaffPage>;
