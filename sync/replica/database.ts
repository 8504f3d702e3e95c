import {
  createRxDatabase,
  type RxCollection,
  type RxJsonSchema,
  type RxQuery,
  type RxStorage,
  uncacheRxQuery,
} from 'rxdb/plugins/core';
import type { Collection } from '#protocol/collection';
import { fillTable, forgetQueries } from './fill-table.ts';

/** The centre's copy of one event; `event` is as it came, so that the chain can be recomputed. */
export type EventRow = {
  key: string;
  seq: number;
  caseId: string;
  status: string;
  /** Only where it is so: a row without it costs its index nothing. */
  marked?: 'rejected' | 'unread';
  device: string;
  n: number;
  event: object;
};

/** The centre's copy of one case, with what the lists filter and sort by laid out flat. */
export type CaseRow = {
  id: string;
  seq: number;
  shelf: 'open' | 'closed' | 'unreadable';
  status: string;
  dueAt: number;
  /** Falls as the case is newer: an ascending index is the only one that RxDB reads without sorting. */
  age: number;
  /** Only where it has some: a row without it costs its index nothing. */
  conflicts?: 'yes';
  doc: object;
};

export type CatalogueKind = Exclude<Collection, 'events' | 'cases'>;
/** A document of a small state stream, kept as it came: one of a newer shape waits for a newer program. */
export type DocRow = { id: string; kind: CatalogueKind; seq: number; doc: object };
/** What never leaves this computer: drafts and small values. */
export type LocalRow = { key: string; kind: 'draft' | 'value'; value: { it: unknown } };

export type PulledRows = {
  events: EventRow;
  cases: CaseRow;
  services: DocRow;
  reference: DocRow;
  staff: DocRow;
};
/** Few: RxDB opens one IndexedDB database for each, and its free edition at most 16 in a process. */
type Rows = { events: EventRow; cases: CaseRow; catalogue: DocRow; local: LocalRow };
export type Tables = { [K in keyof Rows]: RxCollection<Rows[K]> };

/** Upper bound of every time and number we index. Epoch ms of the year 9999, and `NO_DUE_DATE`. */
export const LATEST = 253_370_764_800_000;

const text = (maxLength: number) => ({ type: 'string', maxLength }) as const;
const count = { type: 'integer', minimum: 0, maximum: LATEST, multipleOf: 1 } as const;
const loose = { type: 'object', additionalProperties: true } as const;

const schemas: { [K in keyof Rows]: RxJsonSchema<Rows[K]> } = {
  events: {
    version: 1,
    primaryKey: 'key',
    type: 'object',
    properties: {
      key: text(16),
      seq: count,
      caseId: text(60),
      status: text(20),
      marked: text(10) as never,
      device: text(60),
      n: count,
      event: loose,
    },
    // RxDB on Dexie wants each indexed field in here, and looks at no row for it.
    required: ['key', 'seq', 'caseId', 'status', 'marked', 'device', 'n', 'event'],
    // RxDB adds the primary key to each, so both run in order of `seq`.
    // Those that few rows are in come first: of two that serve a query as well RxDB takes the later one.
    indexes: [['marked'], ['caseId']],
  },
  cases: {
    version: 1,
    primaryKey: 'id',
    type: 'object',
    properties: {
      id: text(60),
      seq: count,
      shelf: text(10),
      status: text(20),
      dueAt: count,
      age: count,
      conflicts: text(3) as never,
      doc: loose,
    },
    required: ['id', 'seq', 'shelf', 'status', 'dueAt', 'age', 'conflicts', 'doc'],
    indexes: [
      ['conflicts', 'dueAt'],
      ['shelf', 'dueAt'],
      ['shelf', 'age'],
      ['status', 'dueAt'],
      ['status', 'age'],
    ],
  },
  catalogue: {
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties: { id: text(200), kind: text(20) as never, seq: count, doc: loose },
    required: ['id', 'kind', 'seq', 'doc'],
    indexes: [['kind']],
  },
  local: {
    version: 0,
    primaryKey: 'key',
    type: 'object',
    properties: { key: text(100), kind: text(10) as never, value: loose as never },
    required: ['key', 'kind', 'value'],
    indexes: [['kind']],
  },
};

/** By an index that every row is in, and in its order: without one RxDB reads and sorts all there are. */
const ALL = {
  events: { sort: [{ caseId: 'asc' }], index: ['caseId'] },
  cases: { sort: [{ shelf: 'asc' }, { dueAt: 'asc' }], index: ['shelf', 'dueAt'] },
};

export type Database = {
  tables: Tables;
  /** Whether a table holds anything, also of a copy that was begun and not finished. */
  isEmpty(collection: 'events' | 'cases'): Promise<boolean>;
  /** Writes rows that the table has not, many at a time; on the disk with the next strict write to it at the latest. */
  fill<C extends 'events' | 'cases'>(collection: C, rows: readonly Rows[C][]): Promise<void>;
  /** After the last of them: who reads now sees them. */
  filled(collection: 'events' | 'cases'): void;
  empty(collection: Collection): Promise<void>;
  close(): Promise<void>;
};

/** A table of a newer shape begins empty: the centre's copies come again, and nothing is carried over. */
function toCreator(schema: object): object {
  return { schema, autoMigrate: false };
}

export async function openDatabase(name: string, storage: RxStorage<unknown, unknown>): Promise<Database> {
  const rx = await createRxDatabase<Tables>({ name, storage, multiInstance: false, closeDuplicates: true });
  const creators = Object.fromEntries(
    Object.entries(schemas).map(([key, schema]) => [key, toCreator(schema)]),
  );
  const tables = { ...(await rx.addCollections(creators as never)) } as Tables;
  return {
    tables,
    isEmpty: async (collection) =>
      (await runQuery<unknown, unknown>(tables[collection].findOne(ALL[collection] as never) as never)) ===
      null,
    fill: (collection, rows) => fillTable(tables[collection] as never, rows),
    filled: (collection) => forgetQueries(tables[collection] as never),
    async empty(collection) {
      if (collection !== 'events' && collection !== 'cases') {
        await tables.catalogue.find({ selector: { kind: collection } }).remove();
        return;
      }
      await tables[collection].remove();
      const again = { [collection]: toCreator(schemas[collection]) };
      Object.assign(tables, await rx.addCollections(again as never));
    },
    async close() {
      await rx.close();
    },
  };
}

/** RxDB keeps a query and runs it again behind its own failure: one that failed once would fail for ever. */
export async function runQuery<Row, Result>(query: RxQuery<Row, Result>): Promise<Result> {
  try {
    return await query.exec();
  } catch (error) {
    uncacheRxQuery(query.collection._queryCache, query);
    throw error;
  }
}

/** The table that holds a collection of the centre's. */
export function tableOf(collection: Collection): keyof Tables {
  return collection === 'events' || collection === 'cases' ? collection : 'catalogue';
}

/** Sequence numbers as text of one length, so that keys sort as numbers do. */
export function toEventKey(seq: number): string {
  return String(seq).padStart(16, '0');
}
