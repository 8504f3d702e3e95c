import { useRef, useState } from 'react';
import { newId } from '#model/new-id';
import type { DraftInHand } from '../../data/use-drafts.ts';
import { useFiles } from '../../data/use-files.ts';
import type { RefusedFile } from './refused-file.ts';

export type IntakeFiles = {
  refused: readonly RefusedFile[];
  /** Items of the checklist whose files are on their way to the disk; one for each giving. */
  busyItems: readonly string[];
  add(item: string, given: readonly File[]): void;
  remove(id: string): void;
  /** Resolves when every file given so far is in the draft, or refused. */
  settled(): Promise<unknown>;
};

/** The files of a draft: on the station's disk first, then named by the draft. */
export function useIntakeFiles(hand: DraftInHand): IntakeFiles {
  const files = useFiles();
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const [busyItems, setBusyItems] = useState<readonly string[]>([]);
  const keeping = useRef<Promise<unknown>>(Promise.resolve());

  const keepOne = async (item: string, file: File): Promise<void> => {
    const kept = await files.keep(file);
    if (kept.outcome !== 'kept') {
      setRefused((now) => [...now, { item, name: file.name, why: kept.outcome }]);
      return;
    }
    const { sha256, bytes, mime, name } = kept;
    const document = { id: newId(), item, sha256, bytes, mime, name };
    hand.change((now) => ({ ...now, documents: [...now.documents, document] }));
  };
  const keepAll = async (item: string, given: readonly File[]): Promise<void> => {
    setBusyItems((now) => [...now, item]);
    setRefused((now) => now.filter((it) => it.item !== item));
    try {
      // The same file taken off a moment ago must have gone from the disk before it is kept again.
      await hand.settled();
      for (const file of given) await keepOne(item, file);
    } finally {
      setBusyItems((now) => now.toSpliced(now.indexOf(item), 1));
    }
  };
  return {
    refused,
    busyItems,
    add(item, given) {
      keeping.current = Promise.allSettled([keeping.current, keepAll(item, given)]);
    },
    remove: (id) => hand.change((now) => ({ ...now, documents: now.documents.filter((it) => it.id !== id) })),
    settled: () => keeping.current,
  };
}
