import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, expect, test, vi } from 'vitest';
import { Case } from '#model/case';
import { createWorld, details, readCase, syncOnce, toDraft, toSet } from './replica.fixture.ts';
import type { Replica } from './replica.ts';

// The first test of a file waits for RxDB to be loaded, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const opened: Replica[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const it of opened.splice(0)) await it.close();
});

test('a case that an older program could not read is read after the update, and goes on with the centre', async () => {
  const world = createWorld();
  const writer = await world.createDesk('desk-1').open();
  opened.push(writer);
  const draft = toDraft();
  await writer.openCase(draft, details);
  await syncOnce(writer);
  const desk = world.createDesk('desk-2');
  const storage = getRxStorageMemory() as never;
  const { safeParse } = Case;
  const older = vi.spyOn(Case, 'safeParse').mockImplementation((it) => safeParse({ ...(it as object), id: 7 }));
  const before = await desk.open({}, storage, { appVersion: '1' });
  const { attention } = await syncOnce(before);
  await before.close();
  older.mockRestore();
  const after = await desk.open({}, storage, { appVersion: '2' });
  opened.push(after);
  const seen = (await readCase(after, draft.id))?.case.id;
  await writer.record(draft.id, 'c', toSet('applicant.phone', '+998901112233', null));
  await syncOnce(writer);
  await syncOnce(after);

  expect(attention.unreadable).toEqual([{ collection: 'cases', count: 1 }]);
  expect(seen).toBe(draft.id);
  expect((await readCase(after, draft.id))?.case.answers['applicant.phone']).toBe('+998901112233');
});
