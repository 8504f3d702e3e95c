import { afterEach, expect, test, vi } from 'vitest';
import type { EventBody } from '#model/case-event';
import { newId } from '#model/new-id';
import { nextChain } from '#protocol/chain';
import {
  createWorld,
  details,
  readCase,
  readList,
  readTimeline,
  syncOnce,
  toDraft,
  toSet,
} from './replica.fixture.ts';
import type { Replica } from './replica.ts';

// The first test of a file waits for RxDB to be loaded, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const opened: Replica[] = [];
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
});
async function open(replica: Promise<Replica>): Promise<Replica> {
  const it = await replica;
  opened.push(it);
  return it;
}

const toNote = (text: string): EventBody => ({ type: 'note.added', body: { id: newId(), text } });

/** A desk with a case at the centre, and another desk that has pulled nothing yet. */
async function createTwoDesks() {
  const world = createWorld({ pageDocs: 2 });
  const desk = world.createDesk('desk-1');
  const replica = await open(desk.open());
  const { id } = toDraft();
  await replica.openCase(toDraft({ id }), details);
  await syncOnce(replica);
  const other = await open(world.createDesk('desk-2').open());
  return { world, desk, replica, other, id };
}

test('an event of a newer program is kept and left out, and what follows it arrives', async () => {
  const { world, replica, other, id } = await createTwoDesks();
  const { central } = world;
  const newer = {
    ...central.events[0],
    id: newId(),
    device: 'desk-9',
    seq: 2,
    type: 'case.hologram',
    body: {},
  };
  central.events.push(newer as never);
  central.chains.push(nextChain(central.chains.at(-1) ?? new Uint8Array(), newer as never));
  central.heads.events += 1;
  await replica.record(id, 'c', toNote('after it'));
  await syncOnce(replica);
  const status = await syncOnce(other);

  expect([status.phase, status.trouble]).toEqual(['idle', null]);
  expect((await readTimeline(other, id)).map((it) => it.event.type)).toEqual(['case.opened', 'note.added']);
});

test('a case that cannot be read hides no other', async () => {
  const { world, other, id } = await createTwoDesks();
  const bad = newId();
  world.central.heads.cases += 1;
  world.central.states.cases?.unshift({
    seq: world.central.heads.cases,
    id: bad,
    doc: { id: bad, status: 42 },
  });
  const status = await syncOnce(other);

  expect(status.attention.unreadable).toEqual([{ collection: 'cases', count: 1 }]);
  expect([await readCase(other, bad), (await readCase(other, id))?.case.id]).toEqual([null, id]);
  expect(await readList(other)).toMatchObject({ rows: [{ case: { id } }], total: 1 });
});

test('an event that the centre rejects is named, and those before and behind it are applied', async () => {
  const { world, replica, id } = await createTwoDesks();
  await replica.record(id, 'c', toNote('before'));
  await replica.record(id, 'c', toSet('status', 'issued', 'new'));
  await replica.record(id, 'c', toNote('behind'));
  const status = await syncOnce(replica);

  expect(world.central.events.map((it) => `${it.n} ${it.status}`)).toEqual([
    '1 ok',
    '2 ok',
    '3 rejected',
    '4 ok',
  ]);
  expect(status.attention.records).toMatchObject([{ caseId: id, n: 3, code: world.central.events[2]?.code }]);
  expect(status.waiting.events).toBe(0);
});

test('a record in the middle of the journal that cannot be read holds nothing up', async () => {
  const { world, desk, replica, id } = await createTwoDesks();
  for (const text of ['one', 'two', 'three']) await replica.record(id, 'c', toNote(text));
  await replica.close();
  opened.splice(opened.indexOf(replica), 1);
  const at = desk.disk.records.findIndex((it) => it.n === 3);
  desk.disk.records[at] = { n: 3, payload: '{"torn' };
  const again = await open(desk.open());
  const status = await syncOnce(again);

  expect(world.central.events.map((it) => `${it.n} ${it.status}`)).toEqual([
    '1 ok',
    '2 ok',
    '3 rejected',
    '4 ok',
  ]);
  expect(status.waiting.events).toBe(0);
});
