import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '#model/new-id';
import { withSigning } from '../server/auth/desk-key.fixture.ts';
import { enrol, openTestCentral, SEED, type TestCentral } from '../server/central.fixture.ts';
import { compact } from '../server/store/compact.ts';
import { upsertDocs, writeDocs } from '../server/store/save-docs.ts';
import { createHttpCentral } from './http-central.ts';
import { createMemoryDisk } from './memory-central.fixture.ts';
import { openReplica } from './open-replica.ts';
import {
  details,
  readCase,
  readList,
  readStaff,
  readTimeline,
  syncOnce,
  toDraft,
  toSet,
} from './replica.fixture.ts';
import type { Replica } from './replica.ts';

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of closing.splice(0).reverse()) await it.close();
});

async function openDesk(desk: string) {
  const enrolled = await enrol(central, 13, desk);
  const { token, expiresInSeconds: _, ...identity } = enrolled;
  const disk = createMemoryDisk();
  const withToken: typeof fetch = (input, init) =>
    fetch(input, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } });
  const open = async (name: string) => {
    const replica = await openReplica({
      name,
      identity,
      storage: getRxStorageMemory() as never,
      ports: {
        journal: withSigning(disk.journal, enrolled),
        files: disk.files,
        nextCount: disk.nextCount,
        central: createHttpCentral({ fetch: withToken, baseUrl: url, now: Date.now }),
        now: Date.now,
        random: Math.random,
      },
    });
    closing.push(replica);
    return replica;
  };
  const name = `${identity.device}-${newId()}`;
  return {
    replica: await open(name),
    reopen: () => open(name),
    openEmpty: () => open(`${identity.device}-${newId()}`),
    disk,
    device: identity.device,
  };
}

let central: TestCentral;
let url: string;
beforeAll(async () => {
  central = await openTestCentral();
  url = await central.listen();
});
afterAll(() => central.close());

async function openTwo() {
  const [one, two] = [await openDesk('One'), await openDesk('Two')];
  return { one, two };
}

function readEventsOf(device: string): Promise<{ n: number; status: string }[]> {
  return central.sql.query('select n, status from event where device_id = $1 order by n', [device]);
}

async function syncAll(...replicas: Replica[]) {
  const statuses = [];
  for (const it of replicas) statuses.push(await syncOnce(it));
  return statuses.map((it) => [it.phase, it.trouble?.failure ?? null, it.waiting.events]);
}

test('two desks and the server itself agree, with a conflict met and settled', async () => {
  const { one, two } = await openTwo();
  const draft = toDraft({ answers: { 'applicant.surname': 'Каримова', 'form.childName': 'Али' } });
  await one.replica.openCase(draft, details);
  const first = await syncAll(one.replica, two.replica);
  await one.replica.record(draft.id, 'baxmal-clerk-1', toSet('form.childName', 'Vali', 'Али'));
  await two.replica.record(draft.id, 'office-supervisor', toSet('form.childName', 'Gʻani', 'Али'));
  await syncAll(one.replica, two.replica, one.replica);
  const [row] = (await readList(one.replica, { filter: 'conflicts' })).rows;
  const [conflict] = row?.case.conflicts ?? [];
  const body = { conflictId: conflict?.id ?? '', field: 'form.childName', choice: 'kept' as const };
  await two.replica.record(draft.id, 'office-supervisor', { type: 'conflict.settled', body });
  const last = await syncAll(two.replica, one.replica);

  const good = ['idle', null, 0];
  expect([first, last]).toEqual([
    [good, good],
    [good, good],
  ]);
  expect([conflict?.kept, conflict?.offered]).toEqual(['Vali', 'Gʻani']);
  const views = [await readCase(one.replica, draft.id), await readCase(two.replica, draft.id)];
  expect(views[0]).toEqual(views[1]);
  expect([views[0]?.case.hasConflicts, views[0]?.case.answers['form.childName']]).toEqual([false, 'Vali']);
  const timelines = [await readTimeline(one.replica, draft.id), await readTimeline(two.replica, draft.id)];
  expect(timelines[0]).toEqual(timelines[1]);
});

test('the catalogue, places and people come down; many events go up in several pushes', async () => {
  const { one, two } = await openTwo();
  const draft = toDraft();
  await one.replica.openCase(draft, details);
  for (let i = 0; i < 60; i++) {
    const note = { id: `n${i}`, text: 'Ў'.repeat(3_000) };
    await one.replica.record(draft.id, 'baxmal-clerk-1', { type: 'note.added', body: note });
  }
  const good = ['idle', null, 0];
  expect(await syncAll(one.replica, two.replica)).toEqual([good, good]);

  const rows = await readEventsOf(one.device);
  const found = await readCase(two.replica, draft.id);
  expect([rows.length, found?.case.notes.length]).toEqual([61, 60]);
  expect((await two.replica.findService('SOC-03', 1))?.code).toBe('SOC-03');
  expect((await one.disk.journal.state()).acknowledged).toBe(61);
  expect((await one.replica.syncReport())?.fresh).toBe(true);
});

test('a record lost from the middle of the journal is sent from memory, and after a restart stood in for', async () => {
  const { one } = await openTwo();
  const draft = toDraft();
  await one.replica.openCase(draft, details);
  const set = (phone: string) =>
    one.replica.record(draft.id, 'baxmal-clerk-1', toSet('applicant.phone', phone, null));
  await set('+998900000001');
  await set('+998900000002');
  one.disk.records.splice(1, 1);
  const first = await syncAll(one.replica);
  await set('+998900000003');
  await set('+998900000004');
  one.disk.records.splice(2, 1);
  const again = await one.reopen();
  const second = await syncAll(again);

  const good = ['idle', null, 0];
  expect([first, second]).toEqual([[good], [good]]);
  const rows = await readEventsOf(one.device);
  expect(rows.map((it) => `${it.n} ${it.status}`)).toEqual(['1 ok', '2 ok', '3 ok', '4 rejected', '5 ok']);
  expect(again.sync.status().attention.records.map((it) => it.n)).toEqual([4]);
});

test('an older copy of the journal and what was recorded on it since are with the server, once and dense', async () => {
  const { one } = await openTwo();
  const draft = toDraft();
  const note = (replica: Replica, text: string) =>
    replica.record(draft.id, 'baxmal-clerk-1', {
      type: 'note.added',
      body: { id: `${draft.id.slice(0, 30)}-${text}`, text },
    });
  await one.replica.openCase(draft, details);
  for (const text of ['a', 'b']) await note(one.replica, text);
  await syncAll(one.replica);
  one.disk.putBack(1);
  const again = await one.openEmpty();
  for (const text of ['c', 'd', 'e']) await note(again, text);
  const rounds = [await syncAll(again), await syncAll(again)];

  const rows = await readEventsOf(one.device);
  const found = await readCase(again, draft.id);
  expect(rounds.at(-1)).toEqual([['idle', null, 0]]);
  expect(rows.map((it) => `${it.n} ${it.status}`)).toEqual(['1 ok', '2 ok', '3 ok', '4 ok', '5 ok', '6 ok']);
  expect(found?.case.notes.map((it) => it.text).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a desk that was away for longer than what is gone is told of has who is left, and its own work is sent', async () => {
  const { one, two } = await openTwo();
  const day = 86_400_000;
  const [member] = SEED.staff;
  const people = ['leaves', 'stays'].map((id) => ({ ...member, id, name: id }));
  await central.sql.transaction((query) => upsertDocs(query, 13, 'staff', people));
  await syncAll(one.replica, two.replica);
  const draft = toDraft();
  await one.replica.openCase(draft, details);
  await central.sql.transaction((query) =>
    writeDocs(query, 13, 'staff', [{ id: 'leaves', body: { id: 'leaves' }, deleted: true }]),
  );
  await syncAll(two.replica);
  await compact(central.sql, Date.now());
  await compact(central.sql, Date.now() + 91 * day);
  const kept = await central.sql.query(`select id from doc where centre_id = 13 and deleted`);

  const good = ['idle', null, 0];
  expect(await syncAll(one.replica, two.replica)).toEqual([good, good]);
  const names = async (replica: Replica) => (await readStaff(replica)).map((it) => it.id).sort();
  expect(kept).toEqual([]);
  expect(await names(one.replica)).toEqual(['baxmal-clerk-1', 'stays']);
  expect(await names(two.replica)).toEqual(['baxmal-clerk-1', 'stays']);
  expect((await readCase(two.replica, draft.id))?.case.id).toBe(draft.id);
});
