import type { Centre } from '#model/reference';

const REGION_DIGITS = 4;

/** Code of the region a centre lies in: the first four digits of its place, in SOATO as in our sample of Georgia. */
export function regionOf(centre: Centre | null): string | null {
  return centre === null ? null : centre.place.slice(0, REGION_DIGITS);
}
