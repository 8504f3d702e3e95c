import { useEffect, useRef, useState } from 'react';
import type { Draft, Replica } from '#replica/replica';
import { useDesk } from './desk.ts';
import { createDraftWriter, type SavedState } from './draft-writer.ts';
import { useWatch } from './use-watch.ts';

export type { Draft, OpenCaseOutcome } from '#replica/replica';
export type { SavedState } from './draft-writer.ts';

export function useDrafts(): readonly Draft[] | undefined {
  const { replica } = useDesk();
  return useWatch((listener) => replica.watchDrafts(listener), ['drafts']);
}

export type DraftInHand = {
  draft: Draft;
  saved: SavedState;
  /** Changes the draft on screen at once and saves it behind. */
  change(edit: (now: Draft) => Draft): void;
  /** The draft with everything typed so far, once the disk has taken or refused it. */
  settled(): Promise<Draft>;
};

/** A draft being typed into; `null` when there is none of that id, `undefined` while it is read. */
export function useDraft(id: string): DraftInHand | null | undefined {
  const { replica } = useDesk();
  const [draft, setDraft] = useState<Draft | null | undefined>(undefined);
  const [saved, setSaved] = useState<SavedState>('saved');
  const latest = useRef<Draft | null>(null);
  const [writer] = useState(() => createDraftWriter(replica.saveDraft, setSaved));

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

  const now = (): Draft => latest.current ?? draft;
  return {
    draft,
    saved,
    change(edit) {
      const next = { ...edit(now()), changedAt: Date.now() };
      latest.current = next;
      setDraft(next);
      writer.write(next);
    },
    async settled() {
      await writer.settled();
      return now();
    },
  };
}

/** Turns a draft into a case. */
export function useOpenCase(): Replica['openCase'] {
  const { replica } = useDesk();
  return replica.openCase;
}

export function useRemoveDraft(): (id: string) => Promise<void> {
  const { replica } = useDesk();
  return (id) => replica.removeDraft(id);
}
