import { afterEach, expect, test, vi } from 'vitest';
import type { EventBody } from '#model/case-event';
import { newId } from '#model/new-id';
import { createWorld, details, readDrafts, syncOnce, toDraft } from './replica.fixture.ts';
import type { Replica } from './replica.ts';

// The first test of a file waits for RxDB to be loaded, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const opened: Replica[] = [];
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
});

async function createDesk() {
  const world = createWorld();
  const desk = world.createDesk('desk-1');
  const replica = await desk.open();
  opened.push(replica);
  return { world, desk, replica };
}

const toDocument = (name: string) => ({
  id: newId(),
  item: 'passport',
  sha256: 'ab'.repeat(32),
  bytes: 10,
  mime: 'image/png',
  name,
});
/** Letters of two bytes: as text it would fit. */
const toAnswers = (many: number) =>
  Object.fromEntries(Array.from({ length: many }, (_, index) => [`form.f${index}`, 'Ў'.repeat(1_000)]));

test('what the centre would never take is refused before the journal has it', async () => {
  const { world, desk, replica } = await createDesk();
  const draft = toDraft();
  await replica.openCase(draft, details);
  const record = async (change: EventBody) => replica.record(draft.id, 'c', change);
  const outcomes = [
    await record({ type: 'note.added', body: { id: newId(), text: '' } }),
    await record({ type: 'field.set', body: { set: toAnswers(130), was: {} } }),
    await record({ type: 'document.attached', body: toDocument('x'.repeat(201)) }),
    await record({ type: 'note.added', body: { id: newId(), text: 'good' } }),
  ];
  const status = await syncOnce(replica);

  expect(outcomes).toMatchObject([
    { outcome: 'invalid' },
    { outcome: 'too-large' },
    { outcome: 'invalid' },
    { outcome: 'saved', event: { n: 2 } },
  ]);
  expect([desk.disk.queued.size, status.waiting.events, status.attention.records]).toEqual([0, 0, []]);
  expect(world.central.events.map((it) => it.n)).toEqual([1, 2]);
});

test('a body goes as far as the centre said at the last contact', async () => {
  const { world, replica } = await createDesk();
  const draft = toDraft();
  await replica.openCase(draft, details);
  world.central.alter = (name, answer) =>
    name === 'hello' ? { ...answer, limits: { bodyBytes: 4_000, events: 500, fileBytes: 1 } } : answer;
  await syncOnce(replica);
  const note = (letters: number) =>
    replica.record(draft.id, 'c', { type: 'note.added', body: { id: newId(), text: 'x'.repeat(letters) } });

  expect([(await note(3_000)).outcome, (await note(2_000)).outcome]).toEqual(['too-large', 'saved']);
});

test('a case with a paper that could not be sent is not opened by half', async () => {
  const { desk, replica } = await createDesk();
  const draft = toDraft({ documents: [toDocument('x'.repeat(201))] });
  await replica.saveDraft(draft);
  const refused = await replica.openCase(draft, details);
  const renamed = { ...draft, documents: draft.documents.map((it) => ({ ...it, name: 'x' })) };
  const opened = await replica.openCase(renamed, details);

  expect([refused, opened.outcome]).toEqual([{ outcome: 'invalid' }, 'opened']);
  expect([desk.disk.records.length, desk.disk.counts.get('case-2026'), await readDrafts(replica)]).toEqual([
    2,
    1,
    [],
  ]);
});
