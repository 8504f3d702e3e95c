import { expect, test } from 'vitest';
import type { Draft, Replica } from '#replica/replica';
import { createDraftWriter, type SavedState } from './draft-writer.ts';

const toDraft = (changedAt: number): Draft => ({
  id: 'd1',
  serviceCode: 'SOC-03',
  serviceVersion: 1,
  startedAt: 0,
  changedAt,
  startedBy: 'baxmal-clerk-1',
  channel: 'hall',
  language: 'uz-Latn',
  number: null,
  answers: {},
  documents: [],
});

/** A disk that writes when it is told to. */
function createSlowDisk() {
  const written: number[] = [];
  const waiting: { write(): void; fail(): void; refuse(): void }[] = [];
  const save: Replica['saveDraft'] = (draft) =>
    new Promise((resolve, reject) => {
      waiting.push({
        write() {
          written.push(draft.changedAt);
          resolve({ outcome: 'saved' });
        },
        refuse: () => resolve({ outcome: 'disk-full' }),
        fail: () => reject(new Error('the database is closed')),
      });
    });
  const next = async () => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    const it = waiting.shift();
    if (it === undefined) throw new Error('nothing waits');
    return it;
  };
  return { save, written, next };
}

test('while one is written, of all that follow only the newest is', async () => {
  const disk = createSlowDisk();
  const said: SavedState[] = [];
  const writer = createDraftWriter(disk.save, (it) => said.push(it));
  writer.write(toDraft(1));
  const first = await disk.next();
  for (const at of [2, 3, 4, 5]) writer.write(toDraft(at));
  const settled = writer.settled();
  first.write();
  (await disk.next()).write();
  await settled;
  expect(disk.written).toEqual([1, 5]);
  expect(said).toEqual([...Array<SavedState>(5).fill('saving'), 'saved']);
});

test('after a write that broke off or was refused the next one is written', async () => {
  const disk = createSlowDisk();
  const said: SavedState[] = [];
  const writer = createDraftWriter(disk.save, (it) => said.push(it));
  for (const end of ['fail', 'refuse', 'write'] as const) {
    writer.write(toDraft(said.length));
    (await disk.next())[end]();
    await writer.settled();
  }
  expect(said).toEqual(['saving', 'disk-failed', 'saving', 'disk-full', 'saving', 'saved']);
});
