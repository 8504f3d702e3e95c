import { afterEach, expect, test } from 'vitest';
import {
  createWorld,
  details,
  readCase,
  readDrafts,
  readList,
  readTimeline,
  syncOnce,
  toDraft,
  toSet,
} from './replica.fixture.ts';
import type { Replica } from './replica.ts';

const opened: Replica[] = [];
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
});
async function open(replica: Promise<Replica>): Promise<Replica> {
  const it = await replica;
  opened.push(it);
  return it;
}

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
