import { openReplica } from '#replica/open-replica';

/** Programs of `other-programs.ts`. */
const NAMES = ['older', 'packed unseen', 'damage unseen', 'nothing read again'] as const;
export type ProgramName = (typeof NAMES)[number];
export type Program = { version: string; openReplica: typeof openReplica };
/** What desks run: the newest, and the one of one schema before. */
export type Programs = { newer: Program; older: Program | null };

type Loaded = { openReplica: typeof openReplica };

/** Before any history, as it takes the time of the machine. */
const loaded = new Map(
  await Promise.all(
    NAMES.map(async (name) => {
      const path = `../../../sync/replica/open-replica.ts?program=${encodeURIComponent(name)}`;
      return [name, (await import(/* @vite-ignore */ path)) as Loaded] as const;
    }),
  ),
);

const ofAll: readonly (string | undefined)[] = ['packed unseen', 'damage unseen'];

/** With a program in which something is wrong in place of ours, where one is named. */
export function toPrograms(wrong: string | undefined): Programs {
  const find = (name: string | undefined): typeof openReplica =>
    loaded.get(name as ProgramName)?.openReplica ?? openReplica;
  return {
    newer: { version: '1.1.0', openReplica: find(wrong) },
    // It would do right what is made wrong in ours.
    older: ofAll.includes(wrong) ? null : { version: '1.0.0', openReplica: find('older') },
  };
}
