import type { Draft, Replica } from '#replica/replica';

export type SavedState = 'saved' | 'saving' | 'disk-full' | 'disk-failed';

export type DraftWriter = {
  write(next: Draft): void;
  /** Resolves when the disk has taken, or refused, the newest draft given so far. */
  settled(): Promise<void>;
};

/** Writes behind the typing, one draft at a time; one that a newer has replaced meanwhile is left out. */
export function createDraftWriter(
  save: Replica['saveDraft'],
  tell: (saved: SavedState) => void,
): DraftWriter {
  let newest: Draft | undefined;
  let writing = Promise.resolve();

  const writeOne = async (next: Draft): Promise<void> => {
    if (newest !== next) return;
    // A write that breaks off is said like one that is refused, and the next key is written again.
    const saved = await save(next).then(
      (it) => it.outcome,
      () => 'disk-failed' as const,
    );
    if (newest === next) tell(saved);
  };
  return {
    write(next) {
      newest = next;
      tell('saving');
      writing = writing.then(() => writeOne(next));
    },
    settled: () => writing,
  };
}
