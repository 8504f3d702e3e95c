import type { ReferenceItem } from '#model/reference';
import { baseAmounts } from './base-amounts.ts';
import { calendarDays } from './calendar-days.ts';
import { centres } from './centres.ts';
import { departments } from './departments.ts';
import { places } from './places.ts';
import { refusalGrounds } from './refusal-grounds.ts';
import { spheres } from './spheres.ts';

export const reference: readonly ReferenceItem[] = [
  ...places,
  ...centres,
  ...spheres,
  ...departments,
  ...refusalGrounds,
  ...baseAmounts,
  ...calendarDays,
];
