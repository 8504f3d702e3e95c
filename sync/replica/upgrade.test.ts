import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, expect, test, vi } from 'vitest';
import { Case } from '#model/case';
import type { CaseEvent } from '#model/case-event';
import { newId } from '#model/new-id';
import { createWorld, details, readCase, readTimeline, syncOnce, toDraft, toSet } from './replica.fixture.ts';
import type { Replica } from './replica.ts';

// The first test of a file waits for RxDB to be loaded, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const known = vi.hoisted(() => ({ types: new Set<string>() }));
vi.mock('#model/case-event', async (load) => {
  const real = await load<typeof import('#model/case-event')>();
  const isKnownType = (type: unknown) => real.isKnownType(type) && !known.types.has(type);
  return { ...real, isKnownType };
});

const opened: Replica[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  known.types.clear();
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
  const older = vi
    .spyOn(Case, 'safeParse')
    .mockImplementation((it) => safeParse({ ...(it as object), id: 7 }));
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

test('events of a type that an older program does not know are counted, and read after the update', async () => {
  const world = createWorld();
  const writer = await world.createDesk('desk-1').open();
  opened.push(writer);
  const draft = toDraft();
  await writer.openCase(draft, details);
  await writer.record(draft.id, 'c', { type: 'note.added', body: { id: newId(), text: 'newer' } });
  await syncOnce(writer);
  known.types.add('note.added');
  const desk = world.createDesk('desk-2');
  const storage = getRxStorageMemory() as never;
  const before = await desk.open({}, storage, { appVersion: '1' });
  const older = (await syncOnce(before)).attention.unreadable;
  await before.close();
  known.types.clear();
  world.central.asked.length = 0;
  const after = await desk.open({}, storage, { appVersion: '2' });
  opened.push(after);
  const newer = (await syncOnce(after)).attention.unreadable;

  expect([older, newer]).toEqual([[{ collection: 'events', count: 1 }], undefined]);
  expect((await readTimeline(after, draft.id)).length).toBe(2);
  expect(world.central.asked.filter((it) => it === 'pull events')).toEqual([]);
});

test('what a newer program recorded here does not keep an older one from opening, and is sent', async () => {
  const world = createWorld();
  const desk = world.createDesk('desk-1');
  const newer = await desk.open({}, undefined, { appVersion: '2' });
  const draft = toDraft();
  await newer.openCase(draft, details);
  const { id } = draft;
  await newer.record(id, 'c', toSet('applicant.phone', '1', null));
  await newer.close();
  const [, last] = desk.disk.records;
  const event = { ...JSON.parse(last?.payload ?? ''), type: 'case.hologram', body: {} };
  desk.disk.records.splice(1, 1, { n: 2, payload: JSON.stringify(event) });
  const older = await desk.open({}, undefined, { appVersion: '1' });
  opened.push(older);
  const seen = await readCase(older, id);
  const sent: CaseEvent[] = [];
  world.central.before = (name, ask) => {
    if (name !== 'push') return undefined;
    sent.push(...(ask as { events: CaseEvent[] }).events);
    return { outcome: 'offline', reason: 'cut' };
  };
  await syncOnce(older);

  expect(seen?.case.answers['applicant.phone']).toBeUndefined();
  expect(seen?.delivery.state).toBe('waiting');
  expect(sent.map((it) => it.type)).toEqual(['case.opened', 'case.hologram']);
});
