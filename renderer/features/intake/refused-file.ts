import type { KeptFile } from '../../data/use-files.ts';

/** A file that was dropped on an item of the checklist and not kept. */
export type RefusedFile = { item: string; name: string; why: Exclude<KeptFile['outcome'], 'kept'> };
