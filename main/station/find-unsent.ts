import type { BlobFiles } from './blob-files.ts';
import type { Journal } from './journal.ts';
import type { KeptDrafts } from './kept-drafts.ts';

/** What this computer has and the centre has not. */
export async function findUnsent({
  journal,
  blobs,
  drafts,
}: {
  journal: Pick<Journal, 'state'>;
  blobs: Pick<BlobFiles, 'waiting'>;
  drafts: Pick<KeptDrafts, 'all'>;
}): Promise<{ records: number; files: number; drafts: number }> {
  const { last, acknowledged, unsentBytes } = await journal.state();
  return {
    // Numbers that were left out have no record.
    records: unsentBytes === 0 ? 0 : last - acknowledged,
    files: (await blobs.waiting()).count,
    drafts: (await drafts.all()).length,
  };
}
