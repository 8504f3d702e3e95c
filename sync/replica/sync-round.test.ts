import { expect, test } from 'vitest';
import type { DeskState } from '#model/desk-report';
import type { HelloAsk } from '#protocol/hello';
import { open } from './open-in-test.fixture.ts';
import type { FileOutbox } from './ports.ts';
import { createWorld, details, readCase, readTimeline, syncOnce, toDraft, toSet } from './replica.fixture.ts';

/** What each hello told the centre of the desk. */
function watchTold(world: ReturnType<typeof createWorld>): DeskState[] {
  const told: DeskState[] = [];
  world.central.before = (name, ask) => {
    if (name === 'hello') told.push((ask as HelloAsk).state);
    return undefined;
  };
  return told;
}

test('the centre is told at the end of a round that nothing waits any more, and is left alone when nothing did', async () => {
  const world = createWorld();
  const replica = await open(world.createDesk('desk-1').open());
  const told = watchTold(world);
  await replica.openCase(toDraft(), details);
  await syncOnce(replica);
  await syncOnce(replica);

  expect(told.map((it) => [it.waiting, it.lastFullSyncAt === null])).toEqual([
    [1, true],
    [0, false],
    [0, false],
  ]);
});

test('a file that was refused fails until it is sent, and then the desk is in sync', async () => {
  const world = createWorld();
  const desk = world.createDesk('desk-1');
  const sha256 = 'ab'.repeat(32);
  const answers: Awaited<ReturnType<FileOutbox['send']>>[] = [];
  const send: FileOutbox['send'] = async () => answers.shift() ?? { outcome: 'none-waiting' };
  const replica = await open(desk.open({ files: { ...desk.disk.files, send } }));
  const told = watchTold(world);
  answers.push({ outcome: 'refused', sha256, code: 'too-large' });
  const refused = await syncOnce(replica);
  answers.push({ outcome: 'refused', sha256, code: 'too-large' }, { outcome: 'sent', sha256 });
  const sent = await syncOnce(replica);

  expect(refused.attention.records).toMatchObject([{ eventId: sha256, code: 'too-large' }]);
  expect([refused.lastFullSyncAt, sent.attention.records, sent.lastFullSyncAt === null]).toEqual([
    null,
    [],
    false,
  ]);
  expect(told.map((it) => it.failing)).toEqual([0, 1, 1, 0]);
});

/** Two desks know a case with a phone number that the centre then has never heard of, in the same epoch. */
async function createOtherHistory() {
  const world = createWorld();
  const [desk, lost] = [world.createDesk('desk-1'), world.createDesk('desk-2')];
  const replica = await open(desk.open());
  const draft = toDraft();
  await replica.openCase(draft, details);
  await syncOnce(replica);
  const other = await open(lost.open());
  await syncOnce(other);
  await other.record(draft.id, 'c2', toSet('applicant.phone', '+998901234567', null));
  await syncOnce(other);
  await syncOnce(replica);
  world.central.restoreFrom(structuredClone(world.central.events.slice(0, 1)), 'epoch-1');
  const third = await open(world.createDesk('desk-3').open());
  const another = toDraft();
  await third.openCase(another, details);
  await third.record(another.id, 'c3', toSet('applicant.phone', '+998907654321', null));
  await syncOnce(third);
  return { world, replica, ids: [draft.id, another.id] };
}

test('after another history of the centre every copy is the centre’s, cases as well as events', async () => {
  const { world, replica, ids } = await createOtherHistory();
  const status = await syncOnce(replica);

  const cases = [];
  for (const id of ids) cases.push((await readCase(replica, id))?.case);
  expect([status.phase, status.waiting.events]).toEqual(['idle', 0]);
  expect(cases).toEqual(ids.map((id) => world.central.caseOf(id)));
  expect((await readTimeline(replica, ids[0] ?? '')).length).toBe(1);
});

test('an answer that the line altered is asked for again, and costs no copy', async () => {
  const world = createWorld();
  const replica = await open(world.createDesk('desk-1').open());
  const draft = toDraft();
  await replica.openCase(draft, details);
  await syncOnce(replica);
  const other = await open(world.createDesk('desk-2').open());
  await syncOnce(other);
  await other.record(draft.id, 'c2', toSet('applicant.phone', '+998901234567', null));
  await syncOnce(other);
  const asked: number[] = [];
  world.central.before = (name, ask) => {
    if (name === 'pull events') asked.push((ask as { since: number }).since);
    return undefined;
  };
  // Two: with bodies and without.
  world.central.alter = (name, page) =>
    name === 'pull events' && asked.length <= 2 ? { ...page, chain: btoa('x'.repeat(32)) } : page;
  const status = await syncOnce(replica);

  expect([status.phase, asked]).toEqual(['idle', [1, 1, 1]]);
});

test('a desk that was away past the horizon reads anew what was compacted, and nothing else', async () => {
  const world = createWorld();
  const replica = await open(world.createDesk('desk-1').open());
  world.central.put('staff', { id: 'one' });
  const draft = toDraft();
  await replica.openCase(draft, details);
  await syncOnce(replica);
  world.central.put('staff', { id: 'two' });
  await replica.record(draft.id, 'c1', toSet('applicant.phone', '+998901234567', null));
  const asked: string[] = [];
  world.central.before = (name, ask) => {
    const { since } = ask as { since?: number };
    if (name.startsWith('pull')) asked.push(`${name} ${since}`);
    const isBehind = name === 'pull staff' && since !== 0;
    return isBehind ? { outcome: 'refused', code: 'must-refetch', reason: 'compacted' } : undefined;
  };
  const status = await syncOnce(replica);
  const found = await readCase(replica, draft.id);

  expect([status.phase, status.waiting.events]).toEqual(['idle', 0]);
  expect(asked).toEqual(['pull staff 1', 'pull staff 0', 'pull events 1', 'pull cases 1']);
  expect(found?.case.answers['applicant.phone']).toBe('+998901234567');
});
