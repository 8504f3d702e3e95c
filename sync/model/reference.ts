import { z } from 'zod';
import { LocalText } from './local-text.ts';
import { RoleItem } from './rights.ts';

const id = z.string().max(60);

/** Hours a centre is open on a weekday (0 Sunday … 6 Saturday), as `HH:MM`; absent: closed. */
const OpeningHours = z.object({ weekday: z.int().min(0).max(6), opens: z.string(), closes: z.string() });

/** Region, district or city; `code` is SOATO (4, 7 or 10 digits) or the Georgian register's. */
export const Place = z.object({
  kind: z.literal('place'),
  id,
  code: z.string().max(12),
  parent: z.string().max(12).nullable(),
  name: LocalText,
});
export type Place = z.infer<typeof Place>;

/** A public-service centre, a branch or an office that supervises them. */
export const Centre = z.object({
  kind: z.literal('centre'),
  id,
  centreId: z.int().positive(),
  /** `partner`: a mahalla or another organisation that sends applications and sees its own. */
  type: z.enum(['office', 'centre', 'branch', 'community-centre', 'mobile', 'partner']),
  /** The centre that supervises this one; `null` at the top. */
  parent: z.int().positive().nullable(),
  place: z.string().max(12),
  /** Seven digits that lead its case numbers (SOATO in Uzbekistan, padded register code in Georgia). */
  numberPrefix: z.string().regex(/^\d{7}$/),
  name: LocalText,
  address: LocalText,
  phone: z.string().max(40),
  country: z.enum(['UZ', 'GE']),
  /** Minutes east of UTC: 300 Tashkent, 240 Tbilisi. Neither has summer time. */
  utcOffsetMinutes: z.int(),
  hours: z.array(OpeningHours),
  topServices: z.array(z.string()).max(20),
  /** After so long without a touch a desk locks itself; ten where it is not said. */
  idleLockMinutes: z.int().min(1).max(240).optional(),
});
export type Centre = z.infer<typeof Centre>;

/** A day on which the country does not work, or works though it is a weekend (a swapped day). */
export const CalendarDay = z.object({
  kind: z.literal('calendar-day'),
  id,
  country: z.enum(['UZ', 'GE']),
  date: z.iso.date(),
  works: z.boolean(),
  /** A forecast (a hayit by computation) until the decision is published. */
  provisional: z.boolean(),
  name: LocalText,
});
export type CalendarDay = z.infer<typeof CalendarDay>;

/** Base calculation amount (BHM) in whole soʻm, in force from a day. */
export const BaseAmount = z.object({
  kind: z.literal('base-amount'),
  id,
  country: z.enum(['UZ', 'GE']),
  from: z.iso.date(),
  amount: z.int().positive(),
});
export type BaseAmount = z.infer<typeof BaseAmount>;

export const Sphere = z.object({
  kind: z.literal('sphere'),
  id,
  code: z.string().max(10),
  order: z.int(),
  name: LocalText,
});
export type Sphere = z.infer<typeof Sphere>;

export const Department = z.object({
  kind: z.literal('department'),
  id,
  code: z.string().max(10),
  name: LocalText,
});
export type Department = z.infer<typeof Department>;

export const RefusalGround = z.object({
  kind: z.literal('refusal-ground'),
  id,
  code: z.string().max(10),
  name: LocalText,
  /** Counts against the centre and not against the applicant. */
  centreFault: z.boolean(),
});
export type RefusalGround = z.infer<typeof RefusalGround>;

/** Everything dated or named that is data and not code; one small replicated collection. */
export const ReferenceItem = z.discriminatedUnion('kind', [
  Place,
  Centre,
  CalendarDay,
  BaseAmount,
  Sphere,
  Department,
  RefusalGround,
  RoleItem,
]);
export type ReferenceItem = z.infer<typeof ReferenceItem>;
