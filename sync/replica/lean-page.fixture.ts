import { toEventRow } from './check-page.ts';
import { type CaseRow, type Database, openDatabase, runQuery, type Tables } from './database.ts';
import { dropEventsAfter } from './drop-events.ts';
import { createDiskStorage } from './lean-storage.ts';
import { readEventRows } from './timeline.ts';

const EVENTS = 1_200;
const REJECTED = 5;

const toEvent = (seq: number) => ({
  seq,
  id: `e-${seq}`,
  type: 'note.added',
  caseId: `case-${seq % 7}`,
  device: 'ws-1',
  n: seq,
  status: seq === REJECTED ? 'rejected' : 'ok',
});

const toCase = (seq: number): CaseRow => ({
  id: `case-${seq}`,
  seq,
  shelf: 'closed',
  status: 'issued',
  dueAt: seq,
  age: seq,
  ...(seq === 2 ? { conflicts: 'yes' } : {}),
  doc: { id: `case-${seq}`, note: 'Gʻafur' },
});

const isEmpty = async (it: Database) => [await it.isEmpty('events'), await it.isEmpty('cases')];

async function findFew(tables: Tables): Promise<string[]> {
  const rejected = await runQuery(
    tables.events.find({ selector: { marked: 'rejected' }, index: ['marked'] as never }),
  );
  const disputed = await runQuery(
    tables.cases.find({
      selector: { conflicts: 'yes' } as never,
      sort: [{ conflicts: 'asc' }, { dueAt: 'asc' }] as never,
      index: ['conflicts', 'dueAt'] as never,
    }),
  );
  return [...rejected.map((it) => it.key), ...disputed.map((it) => it.id)];
}

async function indexesOf(name: string): Promise<string[]> {
  const asked = indexedDB.open(name);
  await new Promise((resolve) => asked.addEventListener('success', resolve));
  const names = [...asked.result.transaction('docs').objectStore('docs').indexNames];
  asked.result.close();
  return names;
}

const lean = {
  /** Tables that were filled below RxDB, as RxDB reads them and as they lie on the disk. */
  async fill() {
    const database = await openDatabase('lean', createDiskStorage());
    const before = await isEmpty(database);
    const numbers = Array.from({ length: EVENTS }, (_, index) => index + 1);
    await database.fill(
      'events',
      numbers.map((it) => toEventRow(it, toEvent(it))),
    );
    await database.fill('cases', [toCase(1), toCase(2), toCase(3)]);
    for (const it of ['events', 'cases'] as const) database.filled(it);
    const after = await isEmpty(database);
    const few = await findFew(database.tables);
    const read = await runQuery(database.tables.cases.findOne('case-3'));
    await dropEventsAfter(database, 30);
    const left = await readEventRows(database.tables, { after: 0, upTo: EVENTS });
    const { doc } = read?.toJSON() ?? {};
    await database.close();
    const indexes = await Promise.all(
      ['events', 'cases'].map((it) => indexesOf(`rxdb-dexie-lean--1--${it}`)),
    );
    return { before, after, few, doc, indexes, left: left.map((it) => it.seq) };
  },
};
export type Lean = typeof lean;
Object.assign(globalThis, { lean });
