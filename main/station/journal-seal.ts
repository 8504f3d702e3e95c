import type { Sealer } from './sealer.ts';

/** `prev` is the hash of the record before, as it lies on the disk: no record can be moved, swapped or left out. */
type Place = { n: number; prev: string };

export function sealPayload(sealer: Sealer, place: Place, payload: string): string {
  return sealer.seal(Buffer.from(payload, 'utf8'), toPlace(place)).toString('base64');
}

/** `null` if it was not sealed here, at this place. */
export function openPayload(sealer: Sealer, place: Place, sealed: string): string | null {
  return sealer.open(Buffer.from(sealed, 'base64'), toPlace(place))?.toString('utf8') ?? null;
}

function toPlace({ n, prev }: Place): string {
  return `${n} ${prev}`;
}
