import { z } from 'zod';
import { FieldRule } from './field-rule.ts';
import { LocalText } from './local-text.ts';
import { Right } from './rights.ts';

/** How long the centre has. Windows are month-day bounds within which one may apply. */
export const DeadlineRule = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('minutes'), count: z.int().positive() }),
  z.object({ unit: z.literal('hours'), count: z.int().positive() }),
  z.object({ unit: z.literal('working-days'), count: z.int().positive() }),
  z.object({ unit: z.literal('calendar-days'), count: z.int().positive() }),
  z.object({ unit: z.literal('months'), count: z.int().positive() }),
  z.object({
    unit: z.literal('window'),
    /** `MM-DD`, inclusive. */
    opens: z.string().regex(/^\d\d-\d\d$/),
    closes: z.string().regex(/^\d\d-\d\d$/),
    /** Working days from the day of application. */
    workingDays: z.int().positive(),
  }),
  /** No date can be promised: a queue, a vacancy, an agreed slot. */
  z.object({ unit: z.literal('open'), reason: z.enum(['queue', 'vacancy', 'agreed-slot']) }),
]);
export type DeadlineRule = z.infer<typeof DeadlineRule>;

/** A figure in force from a day on, `until` exclusive; open-ended without it. */
const inForce = { from: z.iso.date(), until: z.iso.date().optional() };

/**
 * What a service costs, in shares of the base amount (BHM) or in whole soʻm.
 *
 * `tiers` are chosen by an answer (area of a dwelling, kind of applicant); the first is the default.
 */
export const FeeRule = z.object({
  ...inForce,
  tiers: z
    .array(
      z.object({
        code: z.string().max(40),
        label: LocalText.optional(),
        baseShare: z.number().nonnegative().optional(),
        soum: z.int().nonnegative().optional(),
      }),
    )
    .min(1),
});
export type FeeRule = z.infer<typeof FeeRule>;

const DatedDeadline = z.object({ ...inForce, rule: DeadlineRule });

/** One paper of the checklist. What the state holds already is *fetched* and may not be demanded. */
export const ChecklistItem = z.object({
  code: z.string().max(40),
  label: LocalText,
  source: z.enum(['brings', 'fetched']),
  required: z.boolean(),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

const fieldBase = {
  /** Last part of the path: the answer stands at `form.<key>`, or `form.<group>.<row>.<key>`. */
  key: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*$/)
    .max(40),
  label: LocalText,
  help: LocalText.optional(),
  required: z.boolean().default(false),
  rule: FieldRule.default('review'),
  /** Shown only when another answer of the form (same group first, then top level) is one of these. */
  when: z.object({ key: z.string(), is: z.array(z.union([z.string(), z.boolean()])).min(1) }).optional(),
};
const Option = z.object({ code: z.string().max(40), label: LocalText });

/** A field that holds one answer. */
export const PlainField = z.discriminatedUnion('kind', [
  z.object({
    ...fieldBase,
    kind: z.literal('text'),
    maxLength: z.int().positive().default(500),
    lines: z.int().default(1),
  }),
  z.object({
    ...fieldBase,
    kind: z.literal('number'),
    min: z.number().optional(),
    max: z.number().optional(),
    decimals: z.int().min(0).max(4).default(0),
    unit: LocalText.optional(),
  }),
  z.object({
    ...fieldBase,
    kind: z.literal('date'),
    notAfterToday: z.boolean().default(false),
    notBeforeToday: z.boolean().default(false),
  }),
  z.object({ ...fieldBase, kind: z.literal('yes-no') }),
  z.object({
    ...fieldBase,
    kind: z.literal('choice'),
    options: z.array(Option).min(1),
    many: z.boolean().default(false),
  }),
  z.object({ ...fieldBase, kind: z.literal('pinfl') }),
  z.object({ ...fieldBase, kind: z.literal('phone') }),
  /** Answers at `<path>.region`, `.district`, `.settlement`, `.street`, `.house`, `.flat`, `.landmark`. */
  z.object({ ...fieldBase, kind: z.literal('address') }),
  /** Answers at `<path>.surname`, `.givenName`, `.patronymic`, `.birthDate`, `.sex`, `.pinfl`. */
  z.object({ ...fieldBase, kind: z.literal('person') }),
]);
export type PlainField = z.infer<typeof PlainField>;

/** A group that repeats: children, founders, heirs. */
export const GroupField = z.object({
  ...fieldBase,
  kind: z.literal('group'),
  minRows: z.int().nonnegative().default(0),
  maxRows: z.int().positive().default(20),
  fields: z.array(PlainField).min(1),
});
export type GroupField = z.infer<typeof GroupField>;

export const FormField = z.union([PlainField, GroupField]);
export type FormField = z.infer<typeof FormField>;

/**
 * A service of the catalogue, one version of it. A new service is a row, not a release.
 *
 * A draft keeps the version it was begun on, so older versions stay in the replica while referred to.
 */
export const Service = z.object({
  /** `CODE@version`, for example `SOC-03@1`. */
  id: z.string().max(60),
  code: z.string().max(40),
  version: z.int().positive(),
  current: z.boolean(),
  kind: z.enum(['application', 'consultation', 'outreach']).default('application'),
  sphere: z.string().max(10),
  department: z.string().max(10),
  name: LocalText,
  /** Other words people ask for it with, any script: life events, old names, abbreviations. */
  synonyms: z.array(z.string().max(80)).default([]),
  deadlines: z.array(DatedDeadline).min(1),
  fees: z.array(FeeRule).min(1),
  checklist: z.array(ChecklistItem),
  form: z.array(FormField),
  result: LocalText,
  /** Steps that a second person must confirm, by the right they ask for; a payment from an amount on (soʻm, tetri). */
  fourEyes: z
    .array(z.object({ right: Right, fromAmount: z.int().nonnegative().optional() }))
    .max(20)
    .optional(),
  /** Sample data marks: what the figures rest on (`S…` a source, `P` plausible). */
  basis: z.string().max(200).default(''),
});
export type Service = z.infer<typeof Service>;
