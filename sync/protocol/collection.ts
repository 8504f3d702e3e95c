import { z } from 'zod';

/**
 * What can be pulled. `events` is an append-only stream of the centre and `cases` its state stream;
 * `staff` is the centre's; `services` and `reference` are the whole country's (centre 0).
 */
export const Collection = z.enum(['events', 'cases', 'services', 'reference', 'staff']);
export type Collection = z.infer<typeof Collection>;

/** Highest sequence number of each stream that this device may read. */
export const Heads = z.partialRecord(Collection, z.int().nonnegative());
export type Heads = z.infer<typeof Heads>;
