import { openReplica } from '#replica/open-replica';

/** Programs of `other-programs.ts`. */
export type ProgramName = 'older' | 'packed unseen' | 'damage unseen' | 'nothing read again';
export type Program = { version: string; openReplica: typeof openReplica };
/** What desks run: the newest, and the one of one schema before. */
export type Programs = { newer: Program; older: Program | null };

type Loaded = { openReplica: typeof openReplica };

const loaded = new Map<ProgramName, Loaded>();

/** To be awaited before a history, as it takes the time of the machine. */
export async function loadProgram(name: ProgramName): Promise<void> {
  const path = `../../../sync/replica/open-replica.ts?program=${encodeURIComponent(name)}`;
  loaded.set(name, (await import(/* @vite-ignore */ path)) as Loaded);
}

await loadProgram('older');

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
