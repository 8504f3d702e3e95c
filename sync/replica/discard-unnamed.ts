import type { Drafts } from './drafts.ts';
import type { FileOutbox } from './ports.ts';
import type { Draft } from './replica.ts';

/** Files that a draft named and now neither it nor another does; those of cases the station keeps. */
export async function discardUnnamed(
  drafts: Drafts,
  files: FileOutbox,
  { before, after }: { before: Draft | null; after: Draft | null },
): Promise<void> {
  const gone = hashesOf(before).filter((it) => !hashesOf(after).includes(it));
  if (gone.length === 0) return;
  const named = (await drafts.all()).flatMap(hashesOf);
  for (const sha256 of gone) {
    if (!named.includes(sha256)) await files.discard(sha256);
  }
}

function hashesOf(draft: Draft | null): string[] {
  return draft?.documents.map((it) => it.sha256) ?? [];
}
