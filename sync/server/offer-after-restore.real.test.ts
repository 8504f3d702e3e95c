import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { CaseEvent } from '#model/case-event';
import type { StaffMember } from '#model/staff';
import { nextChain } from '#protocol/chain';
import type { EventsPage } from '#protocol/pull';
import { ask, createEventMaker, enrol, openTestCentral, SEED, type TestCentral } from './central.fixture.ts';
import { migrate } from './store/migrate.ts';
import { savePeople } from './store/people.ts';
import { openPgliteSql } from './store/pglite-sql.ts';
import { renewEpoch } from './store/restored.ts';
import { saveSeed } from './store/save-seed.ts';
import type { Sql } from './store/sql.ts';

const RESTORED_AT = 1_795_000_001_000;
/** Began after the copy was made. */
const NEWCOMER: StaffMember = { id: 'newcomer', centreId: 13, name: 'Newcomer', role: 'clerk' };
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openOn(folder: string): Promise<{ central: TestCentral; sql: Sql }> {
  const sql = await openPgliteSql(folder);
  closing.push(() => sql.close().catch(() => undefined));
  await migrate(sql);
  await saveSeed(sql, SEED, { demo: true });
  const central = await openTestCentral({ sql });
  closing.push(() => central.close());
  return { central, sql };
}

type Desk = { device: string; token: string };

async function push(central: TestCentral, { device, token }: Desk, events: CaseEvent[]): Promise<unknown> {
  const body = { device, epoch: central.epoch, from: events[0]?.n ?? 1, events };
  return (await ask(central, token, { url: '/v1/push/events', body })).body;
}

async function readAll(central: TestCentral, { token }: Desk): Promise<EventsPage['docs']> {
  const url = '/v1/pull/events?since=0&bytes=4000000&full=1';
  return ((await ask(central, token, { method: 'GET', url })).body as EventsPage).docs;
}

function chainOf(docs: EventsPage['docs'], upTo: number): string {
  const bytes = docs
    .slice(0, upTo)
    .reduce<Uint8Array>((so, it) => nextChain(so, it as never), new Uint8Array());
  return Buffer.from(bytes).toString('base64');
}

/** Two desks; a copy of the database after three events; five more, of both; and the copy put back. */
async function restore() {
  const folder = await mkdtemp(join(tmpdir(), 'darcha-restore-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const { central, sql } = await openOn(join(folder, 'one'));
  const [gone, stays] = [await enrol(central, 13, 'Gone'), await enrol(central, 13, 'Stays')];
  const [ofGone, ofStays] = [createEventMaker(gone.device), createEventMaker(stays.device)];
  const early = [ofGone.open('case-1'), ofGone.note('case-1', 'a')];
  await push(central, gone, early);
  await push(central, stays, [ofStays.open('case-2')]);
  await sql.close();
  await cp(join(folder, 'one'), join(folder, 'copy'), { recursive: true });

  const later = await openOn(join(folder, 'one'));
  await later.sql.transaction((query) => savePeople(query, [NEWCOMER]));
  const late = [
    { ...ofGone.note('case-1', 'b'), by: NEWCOMER.id },
    ofGone.set('case-1', 'form.childName', 'Ali', 'Aziza'),
  ];
  await push(later.central, stays, [ofStays.note('case-1', 'c')]);
  await push(later.central, gone, late);
  await push(later.central, gone, [{ ...ofGone.note('case-1', 'd'), schema: 9 } as never]);
  await push(later.central, stays, [{ ...ofStays.note('case-2', 'e'), by: 'invented' }]);
  const lost = await readAll(later.central, stays);
  await later.sql.close();

  const restoredSql = await openPgliteSql(join(folder, 'copy'));
  await renewEpoch(restoredSql, RESTORED_AT);
  await restoredSql.close();
  const { central: restored, sql: last } = await openOn(join(folder, 'copy'));
  restored.clock.now = RESTORED_AT + 1_000;
  return { restored, sql: last, gone, stays, lost, ofGone: { early, late, next: ofGone } };
}

const hello = (central: TestCentral, { token }: Desk) =>
  ask(central, token, {
    url: '/v1/hello',
    body: {
      protocol: 1,
      state: {
        waiting: 0,
        waitingBytes: 0,
        oldestWaitingAt: null,
        filesWaiting: 0,
        filesWaitingBytes: 0,
        failing: 0,
        failingCode: null,
        clock: 1,
        lastFullSyncAt: null,
        freeDiskBytes: null,
        appVersion: '',
      },
    },
  });

const offer = (central: TestCentral, { token }: Desk, body: object) =>
  ask(central, token, { url: '/v1/offer', body: { epoch: central.epoch, ...body } });

test('one desk heals a restored server of all that another, gone for ever, had sent; twice changes nothing', async () => {
  const { restored, sql, gone, stays, lost, ofGone } = await restore();
  const said = await hello(restored, stays);
  const since = 3;
  const body = { since, chain: chainOf(lost, since), events: lost.slice(since) };
  await sql.query('update device set revoked_at = 1 where device_id = $1', [gone.device]);
  const answers = [await offer(restored, stays, body), await offer(restored, stays, body)];

  expect((said.body as { restored?: object }).restored).toEqual({ since });
  expect(answers.map((it) => it.body)).toEqual([{ taken: 5 }, { taken: 0 }]);
  const healed = await readAll(restored, stays);
  const plain = (docs: EventsPage['docs']) =>
    docs.map((it) => {
      const { seq, device, n, status, id } = it as Record<string, unknown>;
      return [seq, device, n, status, id];
    });
  expect(plain(healed)).toEqual(plain(lost));

  // The desk that was thought lost comes back with its whole journal.
  await sql.query('update device set revoked_at = null where device_id = $1', [gone.device]);
  const back = await push(restored, gone, [...ofGone.early, ...ofGone.late]);
  expect(back).toMatchObject({ lastN: 5, results: [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }] });
  expect(await readAll(restored, stays)).toHaveLength(lost.length);
});

test('what somebody did whom the copy does not know is taken again, and nothing new of his', async () => {
  const { restored, gone, stays, lost, ofGone } = await restore();
  expect(lost.map((it) => it.status)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'rejected', 'rejected']);
  const again = await push(restored, gone, [...ofGone.early, ...ofGone.late]);
  expect(again).toMatchObject({ results: [{}, {}, { n: 3, status: 'ok' }, { n: 4, status: 'ok' }] });

  const after = { ...ofGone.next.note('case-1', 'f'), n: 5, by: NEWCOMER.id, at: RESTORED_AT };
  expect(await push(restored, gone, [after])).toMatchObject({
    results: [{ n: 5, status: 'rejected', code: 'not-allowed' }],
  });
  expect((await readAll(restored, stays)).at(-1)).toMatchObject({ by: NEWCOMER.id, code: 'not-allowed' });
});

test('who has another history, or another centre, or comes when nothing was restored, brings nothing', async () => {
  const { restored, stays, lost } = await restore();
  const stranger = await enrol(restored, 11, 'Stranger');
  const good = { since: 3, chain: chainOf(lost, 3), events: lost.slice(3) };
  const statuses = [
    await offer(restored, stays, { ...good, chain: chainOf(lost, 2) }),
    await offer(restored, stays, { ...good, since: 2, chain: chainOf(lost, 2) }),
    await offer(restored, stranger, good),
    await offer(restored, stranger, { ...good, since: 0, chain: '' }),
  ];
  restored.clock.now = RESTORED_AT + 31 * 86_400_000;
  const late = await enrol(restored, 13, 'Late');
  statuses.push(await offer(restored, late, good));

  expect(statuses.map((it) => [it.status, (it.body as { taken?: number }).taken])).toEqual([
    [403, undefined],
    [403, undefined],
    [403, undefined],
    // Its own centre's history is empty: the desks of another are no desks of its.
    [200, 0],
    [403, undefined],
  ]);
  expect(await readAll(restored, late)).toHaveLength(3);
});
