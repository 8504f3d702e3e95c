import { useEffect, useRef, useState } from 'react';
import type { Draft, OpenCaseOutcome } from '#replica/replica';
import { useDesk } from './desk.ts';
import { useWatch } from './use-watch.ts';

export type { Draft, OpenCaseOutcome } from '#replica/replica';

export function useDrafts(): readonly Draft[] | undefined {
  const { replica } = useDesk();
  return useWatch((listener) => replica.watchDrafts(listener), ['drafts']);
}

export type SavedState = 'saved' | 'saving' | 'disk-full' | 'disk-failed';

export type DraftInHand = {
  draft: Draft;
  saved: SavedState;
  /** Changes the draft on screen at once and saves it behind; calls are saved in order. */
  change(edit: (now: Draft) => Draft): void;
  /** Resolves when everything typed so far is on the disk. */
  settled(): Promise<void>;
  remove(): Promise<void>;
};

/** A draft being typed into; `null` when there is none of that id, `undefined` while it is read. */
export function useDraft(id: string): DraftInHand | null | undefined {
  const { replica } = useDesk();
  const [draft, setDraft] = useState<Draft | null | undefined>(undefined);
  const [saved, setSaved] = useState<SavedState>('saved');
  const latest = useRef<Draft | null>(null);
  const writing = useRef<Promise<void>>(Promise.resolve());

  useEffect(() => {
    let wanted = true;
    void replica.findDraft(id).then((found) => {
      if (!wanted) return;
      latest.current = found;
      setDraft(found);
    });
    return () => {
      wanted = false;
    };
  }, [replica, id]);

  if (draft === null || draft === undefined) return draft;

  const save = async (next: Draft): Promise<void> => {
    const answer = await replica.saveDraft(next);
    if (latest.current !== next) return;
    setSaved(answer.outcome);
  };
  return {
    draft,
    saved,
    change(edit) {
      if (latest.current === null) return;
      const next = { ...edit(latest.current), changedAt: Date.now() };
      latest.current = next;
      setDraft(next);
      setSaved('saving');
      writing.current = writing.current.then(() => save(next));
    },
    settled: () => writing.current,
    async remove() {
      await writing.current;
      latest.current = null;
      await replica.removeDraft(id);
    },
  };
}

/** Makes drafts and turns them into cases. */
export function useDraftActions(): {
  start(draft: Draft): Promise<void>;
  open(
    draft: Draft,
    details: Parameters<ReturnType<typeof useDesk>['replica']['openCase']>[1],
  ): Promise<OpenCaseOutcome>;
} {
  const { replica } = useDesk();
  return {
    start: async (draft) => {
      await replica.saveDraft(draft);
    },
    open: (draft, details) => replica.openCase(draft, details),
  };
}

export function useRemoveDraft(): (id: string) => Promise<void> {
  const { replica } = useDesk();
  return (id) => replica.removeDraft(id);
}
