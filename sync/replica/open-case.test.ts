import { expect, test } from 'vitest';
import { newId } from '#model/new-id';
import { open } from './open-in-test.fixture.ts';
import type { ReplicaPorts } from './ports.ts';
import { createWorld, details, readCase, readDrafts, syncOnce, toDraft } from './replica.fixture.ts';

const toDocument = (name: string, sha256 = 'ab'.repeat(32)) => ({
  id: newId(),
  item: 'passport',
  sha256,
  bytes: 10,
  mime: 'image/png',
  name,
});

/** The power goes at the k-th call of the station, before or after its work is on the disk. */
function crashingAt(ports: ReplicaPorts, step: number, when: 'before' | 'after') {
  let calls = 0;
  let crashed: () => void = () => undefined;
  const crash = new Promise<void>((resolve) => {
    crashed = resolve;
  });
  function wrap<A extends unknown[], R>(work: (...args: A) => Promise<R>) {
    return async (...args: A): Promise<R> => {
      calls += 1;
      const isIt = calls === step;
      if (isIt && when === 'before') return hang();
      const result = await work(...args);
      return isIt ? hang() : result;
    };
  }
  function hang(): Promise<never> {
    crashed();
    return new Promise(() => undefined);
  }
  const change = {
    nextCount: wrap(ports.nextCount),
    journal: { ...ports.journal, append: wrap(ports.journal.append) },
    files: { ...ports.files, queue: wrap(ports.files.queue) },
  };
  return { change, crash };
}

const steps = [1, 2, 3, 4, 5, 6].flatMap((step) => [
  { step, when: 'before' as const },
  { step, when: 'after' as const },
]);

test.each(steps)(
  'after a crash $when call $step, opening again makes one case, one number, each document once',
  async ({ step, when }) => {
    const world = createWorld();
    const desk = world.createDesk('desk-1');
    const draft = toDraft({ documents: [toDocument('1.png'), toDocument('2.png', 'cd'.repeat(32))] });
    const { change, crash } = crashingAt(desk.ports, step, when);
    const first = await open(desk.open(change));
    await first.saveDraft(draft);
    void first.openCase(draft, details);
    await crash;

    const second = await open(desk.open());
    const kept = await second.findDraft(draft.id);
    const again = await second.openCase(kept ?? draft, details);
    await syncOnce(second);

    const found = world.central.caseOf(draft.id);
    const types = world.central.events.map((it) => it.type);
    expect(types).toEqual(['case.opened', 'document.attached', 'document.attached']);
    expect(found?.documents.map((it) => it.name)).toEqual(['1.png', '2.png']);
    expect([...desk.disk.queued].sort()).toEqual(['ab'.repeat(32), 'cd'.repeat(32)]);
    expect(again).toEqual({ outcome: 'opened', caseId: draft.id, number: found?.number });
    // Only power lost between the counter and the draft leaves a number unused.
    expect(desk.disk.counts.get('case-2026')).toBe(step === 1 && when === 'after' ? 2 : 1);
    expect(await readDrafts(second)).toEqual([]);
  },
);

test('a crash after the case is journalled is made good at the next start, without the clerk', async () => {
  const world = createWorld();
  const desk = world.createDesk('desk-1');
  const draft = toDraft({ documents: [toDocument('1.png')] });
  const { change, crash } = crashingAt(desk.ports, 2, 'after');
  const first = await open(desk.open(change));
  await first.saveDraft(draft);
  void first.openCase(draft, details);
  await crash;

  const second = await open(desk.open());

  const found = await readCase(second, draft.id);
  expect(await readDrafts(second)).toEqual([]);
  expect(found?.case.documents.map((it) => it.name)).toEqual(['1.png']);
  expect(found?.delivery).toMatchObject({ state: 'waiting', events: 2 });
});

test('opening twice at once is opening once', async () => {
  const world = createWorld();
  const desk = world.createDesk('desk-1');
  const replica = await open(desk.open());
  const draft = toDraft();

  const both = await Promise.all([replica.openCase(draft, details), replica.openCase(draft, details)]);

  expect(both[0]).toEqual(both[1]);
  expect(desk.disk.records.length).toBe(1);
});

test('a late save of the draft does not bring it back', async () => {
  const desk = createWorld().createDesk('desk-1');
  const replica = await open(desk.open());
  const draft = toDraft();
  await replica.saveDraft(draft);

  const opening = replica.openCase(draft, details);
  const late = replica.saveDraft({ ...draft, changedAt: draft.changedAt + 1 });

  expect([(await opening).outcome, await late, await readDrafts(replica)]).toEqual([
    'opened',
    { outcome: 'saved' },
    [],
  ]);
});

test('a number once given stays with its draft when the screen saves an older picture of it', async () => {
  const desk = createWorld().createDesk('desk-1');
  const replica = await open(
    desk.open({ journal: { ...desk.ports.journal, append: async () => ({ outcome: 'disk-full' }) } }),
  );
  const draft = toDraft();

  const refused = await replica.openCase(draft, details);
  await replica.saveDraft(draft);
  const kept = await replica.findDraft(draft.id);

  expect(refused).toEqual({ outcome: 'disk-full' });
  expect(kept?.number).toMatch(/^1708204-26-03000001-\d\d$/);
});

test('the files of a draft wait for the centre only once its case is journalled', async () => {
  const desk = createWorld().createDesk('desk-1');
  const queuedAfter: number[] = [];
  const queue: ReplicaPorts['files']['queue'] = async (sha256) => {
    queuedAfter.push(desk.disk.records.length);
    return desk.ports.files.queue(sha256);
  };
  const replica = await open(desk.open({ files: { ...desk.ports.files, queue } }));
  const draft = toDraft({ documents: [toDocument('1.png'), toDocument('2.png')] });
  await replica.saveDraft(draft);
  await syncOnce(replica);
  const waiting = [replica.sync.status().files.count];

  await replica.openCase(draft, details);
  waiting.push(replica.sync.status().files.count);
  waiting.push((await syncOnce(replica)).files.count);

  expect({ waiting, queuedAfter, queued: [...desk.disk.queued] }).toEqual({
    waiting: [0, 1, 0],
    queuedAfter: [1, 2],
    queued: ['ab'.repeat(32)],
  });
});

test('a full disk that cannot queue a file is said, and no event names that file', async () => {
  const desk = createWorld().createDesk('desk-1');
  const files = { ...desk.ports.files, queue: async () => ({ outcome: 'disk-full' as const }) };
  const replica = await open(desk.open({ files }));
  const draft = toDraft({ documents: [toDocument('1.png')] });

  const outcome = await replica.openCase(draft, details);

  const types = desk.disk.records.map((it) => (JSON.parse(it.payload) as { type: string }).type);
  expect([outcome, types]).toEqual([{ outcome: 'disk-full' }, ['case.opened']]);
});

test('a file taken off a draft goes from the disk with the last draft that names it', async () => {
  const desk = createWorld().createDesk('desk-1');
  const replica = await open(desk.open());
  const [shared, own] = ['ab'.repeat(32), 'cd'.repeat(32)] as const;
  const first = toDraft({ documents: [toDocument('shared.png', shared), toDocument('own.png', own)] });
  const second = toDraft({ documents: [toDocument('again.png', shared)] });
  await replica.saveDraft(first);
  await replica.saveDraft(second);

  await replica.saveDraft({ ...first, documents: [] });
  const afterFirst = [...desk.disk.discarded];
  await replica.removeDraft(second.id);

  expect([afterFirst, [...desk.disk.discarded]]).toEqual([[own], [own, shared]]);
});
