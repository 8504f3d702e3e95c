import type { Database } from '../../../sync/replica/database.ts';
import { fillTable, forgetQueries } from '../../../sync/replica/fill-table.ts';
import type { Store } from '../../../sync/replica/open-replica.ts';
import { type Checkpoint, FROM_THE_START, type openPullStream } from '../../../sync/replica/pull-stream.ts';

type Row = Record<string, unknown>;
type TableName = 'events' | 'cases' | 'catalogue' | 'local';

/** What IndexedDB has on the disk: it outlives the window, and a write is whole or not there (strict durability). */
export type SimReplicaDisk = {
  tables: Record<TableName, Map<string, Row>>;
  checkpoints: Map<string, Checkpoint>;
  isFull: boolean;
  /** Goes on behind a page whose write failed, as RxDB by itself does. */
  isForgetful: boolean;
  /** It answers no more: until the window is loaded again, or until it is made anew. */
  closed: 'no' | 'until reload' | 'until made anew';
  /** RxDB's own queues stand still, until its replication is made anew. */
  isStill: boolean;
};

/** What a window may be told by its database; anything else is a fault of the program. */
export const DATABASE_ERRORS: readonly string[] = ['QuotaExceededError', 'DatabaseClosedError'];

function refuseIfClosed({ closed }: SimReplicaDisk): void {
  if (closed !== 'no') throw Object.assign(new Error('closed'), { name: 'DatabaseClosedError' });
}

export function createReplicaDisk(): SimReplicaDisk {
  const tables = { events: new Map(), cases: new Map(), catalogue: new Map(), local: new Map() };
  const whole = { isFull: false, isForgetful: false, closed: 'no', isStill: false } as const;
  return { tables, checkpoints: new Map(), ...whole };
}

export function cloneReplicaDisk({ tables, checkpoints }: SimReplicaDisk): SimReplicaDisk {
  const copy = (from: Map<string, Row>): Map<string, Row> => new Map(from);
  return {
    ...createReplicaDisk(),
    tables: {
      events: copy(tables.events),
      cases: copy(tables.cases),
      catalogue: copy(tables.catalogue),
      local: copy(tables.local),
    },
    checkpoints: new Map(checkpoints),
  };
}

const PRIMARY: Record<TableName, string> = { events: 'key', cases: 'id', catalogue: 'id', local: 'key' };

/**
 * The replica's tables and pull streams without RxDB: the same shape, every write a piece of work that the
 * scheduler lets happen and a crash takes away.
 *
 * A page and its checkpoint are two writes, as RxDB makes them. RxDB itself is tried by the tests beside the replica.
 */
export function createSimStore(disk: SimReplicaDisk, step: (label: string) => Promise<void>): Store {
  async function write(label: string, apply: () => void): Promise<void> {
    await step(label);
    refuseIfClosed(disk);
    if (disk.isFull) throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    apply();
  }
  const table = (name: TableName) => createTable(disk, name, write);
  const tables = {
    events: table('events'),
    cases: table('cases'),
    catalogue: table('catalogue'),
    local: table('local'),
  };
  return {
    async openDatabase() {
      refuseIfClosed(disk);
      return {
        tables,
        isEmpty: async (collection: TableName) => disk.tables[collection].size === 0,
        fill: (collection: 'events' | 'cases', rows: readonly Row[]) =>
          fillTable(tables[collection] as never, rows),
        filled: (collection: 'events' | 'cases') => forgetQueries(tables[collection] as never),
        empty: (collection: string) => write(`empty ${collection}`, () => emptyCollection(disk, collection)),
        close: async () => undefined,
      } as unknown as Database;
    },
    openPullStream: ((name: string) =>
      createPullStream(disk, name, write)) as unknown as typeof openPullStream,
  };
}

function emptyCollection({ tables }: SimReplicaDisk, collection: string): void {
  const isOwn = collection === 'events' || collection === 'cases';
  const rows = tables[isOwn ? collection : 'catalogue'];
  for (const [key, row] of rows) if (isOwn || row.kind === collection) rows.delete(key);
}

type Write = (label: string, apply: () => void) => Promise<void>;
type Turn = { outcome: string; rows?: readonly (Row & { _deleted?: boolean })[]; checkpoint?: Checkpoint };

function createPullStream(disk: SimReplicaDisk, name: string, write: Write) {
  const tableName: TableName = name === 'events' || name === 'cases' ? name : 'catalogue';
  const at = (): Checkpoint => disk.checkpoints.get(name) ?? FROM_THE_START;
  const standing: (() => void)[] = [];
  return {
    checkpoint: async () => at(),
    peek: at,
    passOver: () => undefined,
    async close() {
      disk.isStill = false;
      for (const goOn of standing.splice(0)) goOn();
    },
    forget: (from?: Checkpoint) =>
      write(`forget ${name}`, () => {
        if (from === undefined) disk.checkpoints.delete(name);
        else disk.checkpoints.set(name, from);
      }),
    async turn(take: (from: Checkpoint) => Promise<Turn>): Promise<Turn> {
      if (disk.isStill) {
        await new Promise<void>((resolve) => standing.push(resolve));
        return { outcome: 'disk-failed' };
      }
      const page = await take(at());
      if (page.outcome !== 'page' || page.rows === undefined || page.checkpoint === undefined) return page;
      const { rows, checkpoint } = page;
      try {
        if (rows.length > 0) {
          await write(`page ${name}`, () => putAll(disk.tables[tableName], PRIMARY[tableName], rows));
          await write(`checkpoint ${name}`, () => disk.checkpoints.set(name, checkpoint));
        } else disk.checkpoints.set(name, checkpoint);
        return page;
      } catch {
        if (disk.isForgetful) disk.checkpoints.set(name, checkpoint);
        return { outcome: 'disk-failed' };
      }
    },
  };
}

function putAll(rows: Map<string, Row>, key: string, added: readonly (Row & { _deleted?: boolean })[]): void {
  for (const row of added) {
    const id = String(row[key]);
    if (row._deleted === true) rows.delete(id);
    else rows.set(id, row);
  }
}

type Selector = Record<string, unknown>;
type Find = { selector?: Selector; sort?: Record<string, 'asc'>[]; limit?: number };

/** As much of an `RxCollection` as the replica asks for. Reads answer at once, from what is on the disk. */
function createTable(disk: SimReplicaDisk, name: TableName, write: Write) {
  const key = PRIMARY[name];
  const all = (): Row[] => [...disk.tables[name].values()];
  /** Below RxDB: what it keeps beside a row, it keeps for itself. */
  async function fill(written: readonly { document: Row }[]) {
    const rows = written.map(({ document: { _deleted, _attachments, _meta, _rev, ...row } }) => row);
    const error = rows.filter((it) => disk.tables[name].has(String(it[key])));
    if (error.length === 0) await write(`fill ${name}`, () => putAll(disk.tables[name], key, rows));
    return { error };
  }
  const query = <T>(exec: () => T) => ({
    async exec() {
      refuseIfClosed(disk);
      return exec();
    },
    collection: { _queryCache: { _map: new Map() } },
  });
  const toDoc = (row: Row | undefined) =>
    row === undefined
      ? null
      : {
          ...row,
          toJSON: () => row,
          toMutableJSON: () => structuredClone(row),
          incrementalRemove: () => write(`remove ${name}`, () => disk.tables[name].delete(String(row[key]))),
        };
  return {
    database: { token: 'simulated' },
    storageInstance: { originalStorageInstance: { internals: {}, bulkWrite: fill } },
    _queryCache: { _map: new Map() },
    find({ selector = {}, sort = [], limit = Number.POSITIVE_INFINITY }: Find = {}) {
      return query(() =>
        all()
          .filter((row) => fits(row, selector))
          .sort((a, b) => compare(a, b, [...sort.flatMap((it) => Object.keys(it)), key]))
          .slice(0, limit)
          .map(toDoc),
      );
    },
    count: ({ selector }: { selector: Selector }) =>
      query(() => all().filter((row) => fits(row, selector)).length),
    findOne: (id: string) => query(() => toDoc(disk.tables[name].get(id))),
    findByIds: (ids: readonly string[]) =>
      query(() => {
        const found = ids.flatMap((id) => {
          const doc = toDoc(disk.tables[name].get(id));
          return doc === null ? [] : [[id, doc] as const];
        });
        return new Map(found);
      }),
    bulkRemove: (keys: readonly string[]) =>
      write(`remove ${name}`, () => {
        for (const it of keys) disk.tables[name].delete(it);
      }),
    upsert: (row: Row) => write(`put ${name}`, () => putAll(disk.tables[name], key, [structuredClone(row)])),
    bulkUpsert: async (rows: readonly Row[]) => {
      if (rows.length > 0) await write(`put ${name}`, () => putAll(disk.tables[name], key, rows));
    },
  };
}

type Range = { $gt?: number; $gte?: number; $lt?: number };

function fits(row: Row, selector: Selector): boolean {
  return Object.entries(selector).every(([field, wanted]) => {
    const value = row[field] as number;
    if (typeof wanted !== 'object' || wanted === null) return value === wanted;
    const { $gt, $gte = -Infinity, $lt = Infinity } = wanted as Range;
    if ($gt !== undefined) return value > $gt;
    return $gte <= value && value < $lt;
  });
}

function compare(a: Row, b: Row, fields: readonly string[]): number {
  for (const field of fields) {
    const [x, y] = [a[field] as number, b[field] as number];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
