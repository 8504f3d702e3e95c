import type { z } from 'zod';
import type { LocalText } from '#model/local-text';
import type { GroupField, PlainField } from '#model/service';
import type { Tier } from './terms.ts';

type Plain = z.input<typeof PlainField>;
type Of<Kind extends Plain['kind']> = Extract<Plain, { kind: Kind }>;
type More<Kind extends Plain['kind']> = Omit<Of<Kind>, 'kind' | 'key' | 'label' | 'options'>;
type Group = z.input<typeof GroupField>;
/** A field as written in the seed, before the defaults of its schema. */
export type FieldInput = Plain | Group;
type Options = Readonly<Record<string, LocalText>>;

export function textField(key: string, label: LocalText, more: More<'text'> = {}): Of<'text'> {
  return { kind: 'text', key, label, ...more };
}

export function numberField(key: string, label: LocalText, more: More<'number'> = {}): Of<'number'> {
  return { kind: 'number', key, label, ...more };
}

export function dateField(key: string, label: LocalText, more: More<'date'> = {}): Of<'date'> {
  return { kind: 'date', key, label, ...more };
}

export function yesNo(key: string, label: LocalText, more: More<'yes-no'> = {}): Of<'yes-no'> {
  return { kind: 'yes-no', key, label, ...more };
}

/** Options are given as code → label, in the order shown. */
export function choice(
  key: string,
  label: LocalText,
  options: Options,
  more: More<'choice'> = {},
): Of<'choice'> {
  const list = Object.entries(options).map(([code, name]) => ({ code, label: name }));
  return { kind: 'choice', key, label, options: list, ...more };
}

/** The question that settles the step of a tariff: its option codes are the tier codes. */
export function tierField(label: LocalText, tiers: readonly Tier[]): Of<'choice'> {
  const options = Object.fromEntries(tiers.map(([code, name]) => [code, name]));
  return choice('feeTier', label, options, { required: true });
}

/** How to reach somebody changes often and harmlessly: the later word wins. */
export function phoneField(key: string, label: LocalText, more: More<'phone'> = {}): Of<'phone'> {
  return { kind: 'phone', key, label, rule: 'lww', ...more };
}

export function pinflField(key: string, label: LocalText, more: More<'pinfl'> = {}): Of<'pinfl'> {
  return { kind: 'pinfl', key, label, ...more };
}

export function addressField(key: string, label: LocalText, more: More<'address'> = {}): Of<'address'> {
  return { kind: 'address', key, label, ...more };
}

export function personField(key: string, label: LocalText, more: More<'person'> = {}): Of<'person'> {
  return { kind: 'person', key, label, ...more };
}

type Rows = Pick<Group, 'minRows' | 'maxRows' | 'when' | 'help'>;

export function groupField(key: string, label: LocalText, fields: Plain[], rows: Rows = {}): Group {
  return { kind: 'group', key, label, fields, ...rows };
}
