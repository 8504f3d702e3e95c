import { expect, test } from 'vitest';
import { createMemoryDisk } from './memory-central.fixture.ts';
import { open } from './open-in-test.fixture.ts';
import { recordAgain } from './record-again.ts';
import { createWorld, details, readCase, syncOnce, toDraft } from './replica.fixture.ts';

const toNote = (text: string) => ({ type: 'note.added' as const, body: { id: `note-${text}`, text } });

/** A desk whose case and two notes are with the centre, and whose station's folder is then an older copy. */
async function createDeskPutBack(many: number) {
  const world = createWorld();
  const desk = world.createDesk('desk-1');
  const first = await open(desk.open());
  const { id } = toDraft();
  await first.openCase(toDraft({ id }), details);
  for (const text of ['a', 'b']) await first.record(id, 'c', toNote(text));
  await syncOnce(first);
  desk.disk.putBack(many);
  return { world, desk, id };
}

test.each([0, 1, 2, 3, 4])(
  'of an older journal with %i records since, all reach the centre once, under numbers of their own',
  async (many) => {
    const { world, desk, id } = await createDeskPutBack(1);
    const replica = await open(desk.openEmpty());
    const notes = ['c', 'd', 'e', 'f'].slice(0, many);
    for (const text of notes) await replica.record(id, 'c', toNote(text));
    for (let round = 0; round < 2; round++) await syncOnce(replica);
    await replica.record(id, 'c', toNote('z'));
    const status = await syncOnce(replica);

    const wanted = ['a', 'b', ...notes, 'z'];
    const events = world.central.events;
    expect([status.phase, status.waiting.events, status.attention.records]).toEqual(['idle', 0, []]);
    expect(events.map((it) => it.status)).toEqual(events.map(() => 'ok'));
    expect(
      world.central
        .caseOf(id)
        ?.notes.map((it) => it.text)
        .sort(),
    ).toEqual(wanted);
    expect((await readCase(replica, id))?.case).toEqual(world.central.caseOf(id));
  },
);

test('what was recorded under numbers that the centre knows is seen and waits until it is sent anew', async () => {
  const { world, desk, id } = await createDeskPutBack(1);
  const replica = await open(desk.openEmpty());
  for (const text of ['c', 'd']) await replica.record(id, 'c', toNote(text));

  await syncOnce(replica);
  const meanwhile = await readCase(replica, id);

  expect(world.central.events.length).toBe(3);
  expect(meanwhile?.case.notes.map((it) => it.text)).toEqual(['a', 'b', 'c', 'd']);
  expect([meanwhile?.delivery.state, replica.sync.status().waiting.events]).toEqual(['waiting', 2]);
});

test('where the database remembers more than the journal, the journal goes on after it', async () => {
  const { world, desk, id } = await createDeskPutBack(2);
  const replica = await open(desk.open());
  const saved = await replica.record(id, 'c', toNote('c'));
  const seen = await readCase(replica, id);
  const status = await syncOnce(replica);

  expect([saved, seen?.case.notes.length]).toEqual([
    { outcome: 'saved', event: { id: expect.any(String), n: 4 } },
    3,
  ]);
  expect([status.waiting.events, world.central.events.length]).toEqual([0, 4]);
});

test('records are recorded again once, however often it is begun', async () => {
  const { journal, records } = createMemoryDisk();
  const toPayload = (id: string, device = 'desk-1') => JSON.stringify({ id, device, caseId: 'case-1' });
  for (const id of ['one', 'two', 'three']) await journal.append(toPayload(id));
  await journal.append(toPayload('four', 'desk-9'));
  await journal.append('torn');
  const again = () => recordAgain({ journal, device: 'desk-1', upTo: 5, known: new Set(['one', 'other']) });
  // The disk is full after the first of two.
  const { append } = journal;
  let left = 1;
  journal.append = async (payload) => (left-- > 0 ? append(payload) : { outcome: 'disk-full' });
  const full = await again();
  left = 9;
  const done = await again();
  const idle = await again();

  expect(full).toEqual({ outcome: 'disk-full' });
  expect([done, idle]).toMatchObject([
    { outcome: 'done', renumbered: [{ was: 3, event: { id: 'three', n: 7 } }] },
    { outcome: 'done', renumbered: [] },
  ]);
  expect(records.slice(5).map((it) => it.payload)).toEqual([toPayload('two'), toPayload('three')]);
});
