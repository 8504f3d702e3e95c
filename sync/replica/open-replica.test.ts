import { expect, test } from 'vitest';
import { open } from './open-in-test.fixture.ts';
import {
  createWorld,
  details,
  readCase,
  readDrafts,
  readTimeline,
  syncOnce,
  toDraft,
  toSet,
} from './replica.fixture.ts';

test('a case taken without a line is seen at once, waits, and is sent when the line is there', async () => {
  const world = createWorld();
  const desk = world.createDesk('desk-1');
  const replica = await open(desk.open());
  const draft = toDraft();
  await replica.saveDraft(draft);

  const made = await replica.openCase(draft, details);
  const before = await readCase(replica, draft.id);
  const status = await syncOnce(replica);
  const after = await readCase(replica, draft.id);

  expect(made).toMatchObject({ outcome: 'opened', caseId: draft.id });
  expect([before?.delivery.state, before?.case.acceptedOffline]).toEqual(['waiting', true]);
  expect([after?.delivery, after?.case.number]).toEqual([{ state: 'sent' }, before?.case.number]);
  expect(status).toMatchObject({
    phase: 'idle',
    trouble: null,
    waiting: { events: 0, bytes: 0, oldestAt: null },
  });
  expect(world.central.events.map((it) => [it.seq, it.n, it.type])).toEqual([[1, 1, 'case.opened']]);
  expect(await readDrafts(replica)).toEqual([]);
});

test('a database that is lost is rebuilt from the journal at once and from the centre when there is a line', async () => {
  const world = createWorld();
  const desk = world.createDesk('desk-1');
  const first = await open(desk.open());
  const [sent, unsent] = [toDraft(), toDraft()];
  await first.openCase(sent, details);
  await first.record(sent.id, 'c', toSet('applicant.phone', '+998901234567', null));
  await syncOnce(first);
  await first.openCase(unsent, details);
  // The journal keeps a month; of the first case it has only the end.
  desk.disk.records.splice(0, 1);

  const rebuilt = await open(desk.openEmpty());
  const atOnce = [await readCase(rebuilt, sent.id), await readCase(rebuilt, unsent.id)];
  const status = await syncOnce(rebuilt);
  const later = [await readCase(rebuilt, sent.id), await readCase(rebuilt, unsent.id)];

  expect(atOnce.map((it) => it?.case.id ?? null)).toEqual([null, unsent.id]);
  expect([status.phase, status.waiting.events, world.central.events.length]).toEqual(['idle', 0, 3]);
  expect(later.map((it) => it?.delivery.state)).toEqual(['sent', 'sent']);
  expect((await readTimeline(rebuilt, sent.id)).map((it) => it.event.type)).toEqual([
    'case.opened',
    'field.set',
  ]);
});

test('what waits is told with its age, and small values are kept over a restart', async () => {
  const world = createWorld();
  const desk = world.createDesk('desk-1');
  const first = await open(desk.open());
  const draft = toDraft();
  await first.openCase(draft, details);
  await first.record(draft.id, 'c', toSet('applicant.phone', '+998901234567', null));
  await first.writeLocal('last-user', { id: 'baxmal-clerk-1' });
  const before = first.sync.status();

  const second = await open(desk.open());

  const view = await readCase(second, draft.id);
  expect(before.waiting).toMatchObject({ events: 2, cases: 1, oldestAt: view?.case.openedAt });
  expect(second.sync.status().waiting).toEqual(before.waiting);
  expect([await second.readLocal('last-user'), await second.readLocal('none')]).toEqual([
    { id: 'baxmal-clerk-1' },
    undefined,
  ]);
});

test('a case that was never sent is found by its number after a new start', async () => {
  const desk = createWorld().createDesk('desk-1');
  const made = await (await open(desk.open())).openCase(toDraft(), details);

  const again = await open(desk.open());

  const number = made.outcome === 'opened' ? made.number : '';
  expect(await again.findCases(number)).toMatchObject([{ number, ground: 'number' }]);
});

test('one loop: a saved event wakes it when it idles, and only the clerk when it backs off', async () => {
  const world = createWorld();
  const replica = await open(world.createDesk('desk-1').open());
  const until = (phase: string) =>
    new Promise<void>((resolve) => {
      const stop = replica.sync.watch((status) => {
        if (status.phase !== phase) return;
        queueMicrotask(() => stop());
        resolve();
      });
    });
  const isAsked = () => world.central.asked.filter((it) => it === 'hello').length;
  replica.sync.start();
  await until('idle');
  const draft = toDraft();
  await replica.openCase(draft, details);
  await until('syncing');
  await until('idle');
  const afterSave = [isAsked(), world.central.events.length];

  world.central.before = () => ({ outcome: 'offline', reason: 'no-line' });
  replica.sync.now();
  await until('waiting-to-retry');
  await replica.record(draft.id, 'c', toSet('applicant.phone', '+998901234567', null));
  const backedOff = isAsked();
  world.central.before = () => undefined;
  replica.sync.now();
  await until('idle');

  // A round that sent something ends with a second hello.
  expect([afterSave, backedOff, isAsked()]).toEqual([[3, 1], 4, 6]);
  expect(world.central.events.length).toBe(2);
});
