import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CaseEvent, CentralEvent, EventStatus } from '#model/case-event';
import { newId } from '#model/new-id';
import { nextChain } from '#protocol/chain';
import { startPostgres } from '../../tests/suites/start-postgres.ts';
import { createHttpCentral } from '../replica/http-central.ts';
import { createMemoryDisk } from '../replica/memory-central.fixture.ts';
import { openReplica } from '../replica/open-replica.ts';
import { details, readCase, syncOnce, toDraft } from '../replica/replica.fixture.ts';
import type { Replica } from '../replica/replica.ts';
import { withSigning } from './auth/desk-key.fixture.ts';
import { enrol, openTestCentral, type TestCentral } from './central.fixture.ts';
import { makeNightly } from './nightly-backup.ts';
import { toCentralEvent } from './store/chain.ts';
import { openPgliteSql } from './store/pglite-sql.ts';
import { openPostgresSql } from './store/postgres-sql.ts';
import { restoreBackup } from './store/restore-backup.ts';
import type { Sql } from './store/sql.ts';
import { writeBackup } from './store/write-backup.ts';

const postgres = await startPostgres();
if (postgres.outcome === 'none') process.stderr.write(`restored into PGlite only: ${postgres.reason}\n`);

let folder = '';
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darcha-drill-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  if (postgres.outcome === 'running') await postgres.stop();
});

async function openEmpty(): Promise<Sql> {
  const sql = postgres.outcome === 'running' ? openPostgresSql({ url: postgres.url }) : await openPgliteSql();
  closing.push(() => sql.close());
  return sql;
}

/** A desk that is moved from server to server as its address is. */
async function openDesk(central: TestCentral, place: { url: string }, desk: string) {
  const enrolled = await enrol(central, 13, desk);
  const { token, expiresInSeconds: _, ...identity } = enrolled;
  const disk = createMemoryDisk();
  const withToken: typeof fetch = (input, init) =>
    fetch(String(input).replace('http://central', place.url), {
      ...init,
      headers: { ...init?.headers, authorization: `Bearer ${token}` },
    });
  const replica = await openReplica({
    name: `${identity.device}-${newId()}`,
    identity,
    storage: getRxStorageMemory() as never,
    ports: {
      journal: withSigning(disk.journal, enrolled),
      files: disk.files,
      nextCount: disk.nextCount,
      central: createHttpCentral({ fetch: withToken, baseUrl: 'http://central', now: Date.now }),
      now: Date.now,
      random: Math.random,
    },
  });
  closing.push(() => replica.close());
  return { replica, disk, device: identity.device };
}

type Stored = { seq: number; device_id: string; n: number; event_id: string; chain: string } & {
  event: CaseEvent;
  status: EventStatus;
  code: string | null;
};

const readStream = (sql: Sql): Promise<Stored[]> =>
  sql.query<Stored>('select * from event where centre_id = 13 order by seq');

const note = (replica: Replica, caseId: string, text: string) =>
  replica.record(caseId, 'baxmal-clerk-1', { type: 'note.added', body: { id: newId(), text } });

test('a lost database comes back from its backup and from the desks: every event once, dense, chained', async () => {
  const first = await openTestCentral();
  let isFirstOpen = true;
  closing.push(async () => (isFirstOpen ? first.close() : undefined));
  const place = { url: await first.listen() };
  const desks = [await openDesk(first, place, 'One'), await openDesk(first, place, 'Two')] as const;
  const [one, two] = desks;
  const syncBoth = async () => {
    for (const { replica } of [...desks, ...desks]) await syncOnce(replica);
  };
  const draft = toDraft({
    answers: { 'applicant.surname': 'Каримова\u2028', 'form.childName': 'Oʻgʻiloy\u0000' },
  });
  await one.replica.openCase(draft, details);
  await syncBoth();
  for (let at = 0; at < 30; at += 1)
    await note(desks[at % 2]?.replica ?? one.replica, draft.id, `before ${at}`);
  await syncBoth();
  const file = join(folder, 'drill.jsonl.gz');
  const written = await writeBackup(first.sql, file, Date.now());
  for (let at = 0; at < 25; at += 1)
    await note(desks[at % 2]?.replica ?? one.replica, draft.id, `after ${at}`);
  await syncBoth();
  const lost = await readStream(first.sql);
  await note(two.replica, draft.id, 'while nothing answers');
  await first.close();
  isFirstOpen = false;

  const sql = await openEmpty();
  const restored = await restoreBackup(sql, file, Date.now());
  const kept = await readStream(sql);
  const second = await openTestCentral({ sql });
  closing.push(() => second.close());
  place.url = await second.listen();
  await syncBoth();

  expect([written.outcome, restored.outcome]).toEqual(['written', 'restored']);
  expect(second.epoch).not.toBe(first.epoch);
  expect(kept).toEqual(
    lost.slice(0, 31).map((it) => expect.objectContaining({ event: it.event, chain: it.chain })),
  );
  const stream = await readStream(sql);
  const idsOf = (rows: Stored[]): string[] =>
    rows.map((it) => `${it.device_id} ${it.n} ${it.event_id}`).sort();
  expect(lost).toHaveLength(56);
  expect(idsOf(stream)).toHaveLength(57);
  expect(idsOf(stream)).toEqual(expect.arrayContaining(idsOf(lost)));
  expect(new Set(idsOf(stream)).size).toBe(57);
  expect(stream.map((it) => it.seq)).toEqual(stream.map((_, index) => index + 1));
  let chain: Uint8Array = new Uint8Array();
  for (const row of stream) {
    chain = nextChain(chain, toCentralEvent(row.event, row.seq, row) as CentralEvent);
    expect(Buffer.from(chain).toString('base64')).toBe(row.chain);
  }
  const views = [await readCase(one.replica, draft.id), await readCase(two.replica, draft.id)];
  expect(views[0]).toEqual(views[1]);
  expect(views[0]?.case.notes).toHaveLength(56);
  expect(desks.map((it) => it.replica.sync.status().waiting.events)).toEqual([0, 0]);
});

test('what is not whole, not empty or not a backup is not restored, and a copy never replaces another', async () => {
  const central = await openTestCentral();
  closing.push(() => central.close());
  const file = join(folder, 'whole.jsonl.gz');
  await writeBackup(central.sql, file, 1);
  const text = gunzipSync(await readFile(file)).toString();
  const altered = join(folder, 'altered');
  await writeFile(altered, gzipSync(text.replace('Birth allowance', 'Birth Allowance')));
  const cut = join(folder, 'cut');
  await writeFile(cut, (await readFile(file)).subarray(0, -200));
  const short = join(folder, 'short');
  await writeFile(short, gzipSync(text.split('\n').slice(0, -2).join('\n')));
  const other = join(folder, 'other');
  await writeFile(other, gzipSync('{}\n'));
  const newer = join(folder, 'newer');
  await writeFile(newer, gzipSync(text.replace('0001-central.sql', '9999-central.sql')));
  const empty = await openPgliteSql();
  closing.push(() => empty.close());
  const outcomes = [];
  for (const it of [altered, cut, short, other, newer, join(folder, 'none')]) {
    outcomes.push((await restoreBackup(empty, it, Date.now())).outcome);
  }
  expect(outcomes).toEqual(['damaged', 'damaged', 'damaged', 'no-backup', 'damaged', 'no-file']);
  expect((await restoreBackup(central.sql, file, Date.now())).outcome).toBe('not-empty');
  expect((await writeBackup(central.sql, file, 2)).outcome).toBe('exists');
  expect((await restoreBackup(empty, file, Date.now())).outcome).toBe('restored');
  const again = join(folder, 'again.jsonl.gz');
  await writeBackup(empty, again, 1);
  const bodyOf = async (path: string): Promise<string[]> =>
    gunzipSync(await readFile(path))
      .toString()
      .split('\n')
      .filter((it) => !/"epoch"|"sha256"|"restored/.test(it));
  expect(await bodyOf(again)).toEqual(await bodyOf(file));
});

test('a copy a day is made, and fourteen are kept', async () => {
  const central = await openTestCentral();
  closing.push(() => central.close());
  const nights = join(folder, 'nights');
  for (let day = 0; day < 16; day += 1) {
    const now = (): number => Date.UTC(2026, 10, 1 + day, 1);
    await makeNightly({ sql: central.sql, folder: nights, now });
    await makeNightly({ sql: central.sql, folder: nights, now });
  }
  const { readdir } = await import('node:fs/promises');
  const names = (await readdir(nights)).sort();
  expect([names.length, names[0], names.at(-1)]).toEqual([
    14,
    'darcha-2026-11-03.jsonl.gz',
    'darcha-2026-11-16.jsonl.gz',
  ]);
});
