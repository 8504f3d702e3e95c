import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBlobFiles } from '#station/blob-files';
import { type DataKeys, openDataKeys, recoverDataKeys } from '#station/data-keys';
import { endErase, forgetErase } from '#station/erase-station';
import { createHostSeal } from '#station/host-key';
import { openJournal } from '#station/journal';
import { openKeptDrafts } from '#station/kept-drafts';
import type { RecoverySecret } from '#station/recovery-key';
import type { Uploader } from '#station/upload-file';

/** The folders of a station: its data, and the home of its user. */
export type Place = { data: string; home: string };

const PLANTED = {
  records: ['first', 'second'],
  draft: 'being typed',
  scan: [1, 2, 3],
  secret: 'of this desk',
};
const neverSends = { received: () => 0 } as unknown as Uploader;

export async function openKeys({ data, home }: Place): Promise<DataKeys> {
  const opened = await openDataKeys(data, createHostSeal(home), { isNew: false });
  if (opened.outcome !== 'open') throw new Error(`the keys are ${opened.outcome}`);
  return opened.keys;
}

/** All that keys seal, in what is written by two of them. */
export async function openParts({ data }: Place, keys: DataKeys) {
  const opened = await openJournal({
    folder: join(data, 'journal'),
    sealer: keys.sealer('journal'),
    now: Date.now,
  });
  if (opened.outcome !== 'open') throw new Error(`the journal is ${opened.outcome}`);
  return {
    journal: opened.journal,
    drafts: await openKeptDrafts(join(data, 'drafts'), keys.sealer('drafts')),
    blobs: await openBlobFiles(join(data, 'blobs'), keys.sealer('blobs'), neverSends),
  };
}

/** Of a station that has rotated once; without an authority where there is none. */
export async function plant(place: Place, authority: RecoverySecret | null): Promise<void> {
  const opened = await openDataKeys(place.data, createHostSeal(place.home), { isNew: true });
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  const { keys } = opened;
  if (authority !== null) await keys.setRecoveryKey(authority.key);
  const { journal, drafts, blobs } = await openParts(place, keys);
  await journal.append(PLANTED.records[0] ?? '');
  await drafts.write('d-1', PLANTED.draft);
  await blobs.keep(new Uint8Array(PLANTED.scan));
  await writeFile(join(place.data, 'secret.sealed'), await keys.device.seal(PLANTED.secret));
  await keys.rotate();
  await journal.append(PLANTED.records[1] ?? '');
  await journal.close();
}

export type Look = { state: 'open' | 'erased' | 'locked'; lost: string[] };

/** How the next start finds it: whether this user has the keys, and what of it does not open then. */
export async function look(place: Place): Promise<Look> {
  const erased = await endErase(place.data, []);
  if (erased.outcome === 'erased') return { state: 'erased', lost: [] };
  const opened = await openDataKeys(place.data, createHostSeal(place.home), { isNew: false });
  if (opened.outcome !== 'open') return { state: 'locked', lost: [] };
  return { state: 'open', lost: await findLost(place, opened.keys) };
}

/** The same for the authority, as another user. */
export async function lookAsAuthority(place: Place, authority: RecoverySecret): Promise<Look> {
  const recovered = await recoverDataKeys(place.data, createHostSeal(place.home), authority, () =>
    forgetErase(place.data),
  );
  return recovered.outcome === 'recovered' ? look(place) : { state: 'locked', lost: [] };
}

async function findLost(place: Place, keys: DataKeys): Promise<string[]> {
  const { journal, drafts, blobs } = await openParts(place, keys);
  const records = (await journal.read(1, 100_000)).map((it) => it.payload);
  await journal.close();
  const scan = await blobs.read('039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81');
  const secret = await keys.device.unseal(await readFile(join(place.data, 'secret.sealed')));
  const found = {
    records: JSON.stringify(records) === JSON.stringify(PLANTED.records),
    draft: (await drafts.all())[0] === PLANTED.draft,
    scan: scan.outcome === 'found',
    secret: secret === PLANTED.secret,
  };
  return Object.entries(found).flatMap(([name, isThere]) => (isThere ? [] : [name]));
}
