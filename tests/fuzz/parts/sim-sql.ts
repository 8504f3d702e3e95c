import { type Query, rememberAsked, type Sql } from '../../../sync/server/store/sql.ts';
import { DOC_STATEMENTS } from './sim-sql-docs.ts';
import { FILE_STATEMENTS } from './sim-sql-files.ts';
import { PEOPLE_STATEMENTS } from './sim-sql-people.ts';
import { SNAPSHOT_STATEMENTS } from './sim-sql-snapshots.ts';
import type { Row, SimTables, Statement, View, Written } from './sim-tables.ts';
import type { Asked, SqlLog } from './sql-log.ts';

/** `isHalf`: a commit writes the first of its tables and no other. `unknown` hears of what it cannot answer. */
export type SimSqlOptions = {
  isHalf: boolean;
  log?: SqlLog | undefined;
  unknown?: (fault: string) => void;
};

/**
 * PostgreSQL as far as the handlers of hello, push and pull ask it, in memory: each statement is a piece of work
 * that the scheduler lets happen, a transaction is there whole or not at all, and one runs at a time.
 *
 * A statement that is not known here fails by name. `sql-model.test.ts` asks a real database the same, and the
 * store suites try the real locks.
 */
export function createSimSql(
  tables: SimTables,
  step: (label: string) => Promise<void>,
  { isHalf, log, unknown }: SimSqlOptions,
): Sql {
  let lane: Promise<unknown> = Promise.resolve();
  const committed = toView(tables, null);
  let asked = 0;

  const ask = (view: View, isMine: () => boolean, tell?: (asked: Asked) => void): Query => ({
    async query<R>(text: string, values: readonly unknown[] = []): Promise<R[]> {
      // Of what a transaction asks nobody sees anything before it commits; of others every second waits its turn.
      if (view === committed) asked += 1;
      if (view === committed && asked % 2 === 0) await step('sql');
      if (!isMine()) throw new Error('the transaction is over');
      const rows = run(view, text.replace(/\s+/g, ' ').trim(), { values, unknown });
      tell?.({ text, values, rows });
      return rows as R[];
    },
  });

  return {
    ...ask(committed, () => true, log?.alone),
    transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
      const done = lane.then(async () => {
        const written: Written = new Map();
        const told: Asked[] = [];
        let isOpen = true;
        log?.begin();
        try {
          const asked = rememberAsked(
            ask(
              toView(tables, written),
              () => isOpen,
              (it) => told.push(it),
            ),
          );
          const answer = await work(asked);
          await asked.all();
          await step('commit');
          for (const [name, rows] of isHalf ? [...written].slice(0, 1) : written) {
            for (const [key, row] of rows) {
              if (row === null) tables[name]?.delete(key);
              else tables[name]?.set(key, { ...row, ...heldApart(tables, name, key) });
            }
          }
          log?.end(told);
          return answer;
        } catch (error) {
          log?.end(null);
          throw error;
        } finally {
          isOpen = false;
        }
      });
      lane = done.catch(() => undefined);
      return done;
    },
    close: async () => undefined,
  };
}

/** Who revokes a desk waits for its row in a real database; here he does not, and is not overwritten. */
function heldApart(tables: SimTables, name: string, key: string): Row {
  return name === 'device' ? { revoked_at: tables.device?.get(key)?.revoked_at } : {};
}

function toView(tables: SimTables, written: Written | null): View {
  function write(name: string, key: string, row: Row | null): void {
    const rows = written?.get(name) ?? new Map<string, Row | null>();
    rows.set(key, row);
    written?.set(name, rows);
  }
  return {
    get(name, key) {
      const mine = written?.get(name)?.get(key);
      return mine === undefined ? tables[name]?.get(key) : (mine ?? undefined);
    },
    put: (name, key, row) => void (written === null ? tables[name]?.set(key, row) : write(name, key, row)),
    remove: (name, key) => void (written === null ? tables[name]?.delete(key) : write(name, key, null)),
    all(name, start) {
      const rows = new Map<string, Row | null>(tables[name]);
      for (const [key, row] of written?.get(name) ?? []) rows.set(key, row);
      return [...rows].flatMap(([key, row]) => (row !== null && key.startsWith(start) ? [row] : []));
    },
  };
}

type Ask = { values: readonly unknown[]; unknown: SimSqlOptions['unknown'] };

function run(view: View, text: string, { values, unknown }: Ask): Row[] {
  const statement = STATEMENTS.find((it) => it.when.test(text));
  if (statement === undefined) {
    unknown?.(text);
    throw new Error(`a statement that the simulated database does not know: ${text}`);
  }
  return statement.run(view, values).map((row) => ({ ...row }));
}

const json = (text: unknown): unknown =>
  text === null || text === undefined ? null : JSON.parse(String(text));
const bySeq = (a: Row, b: Row): number => Number(a.seq) - Number(b.seq);
const headOf = (view: View, centre: number, coll: string): number =>
  Number(view.get('stream', `${centre}/${coll}`)?.head ?? 0);

const toAt = (centre: unknown, since: unknown, limit: unknown) => ({
  centre: Number(centre),
  since: Number(since),
  limit: Number(limit),
});

function statePage(
  view: View,
  coll: string,
  rows: Row[],
  at: { centre: number; since: number; limit: number },
): Row[] {
  const stream = view.get('stream', `${at.centre}/${coll}`);
  if (stream === undefined) return [];
  const { head, min_seq } = stream;
  const page = rows
    .filter((it) => Number(it.seq) > at.since)
    .sort(bySeq)
    .slice(0, at.limit);
  return page.length === 0 ? [{ head, min_seq, seq: null }] : page.map((it) => ({ ...it, head, min_seq }));
}

function insertEvent(view: View, row: Row): void {
  const isTwice = view
    .all('event', `${row.centre_id}/`)
    .some(
      (it) =>
        it.seq === row.seq ||
        (it.device_id === row.device_id && it.n === row.n) ||
        (it.event_id !== null && it.event_id === row.event_id),
    );
  if (isTwice) throw Object.assign(new Error('unique'), { code: '23505' });
  view.put('event', `${row.centre_id}/${row.seq}`, row);
}

/** A list that came as lines; an empty one is a null. */
const lines = (text: unknown): (string | null)[] =>
  String(text)
    .split('\n')
    .map((it) => it || null);

/** What one statement writes of a push. */
function writePush(view: View, values: readonly unknown[]): Row[] {
  const [centre, head, chain, device, lastN, contact, now, before] = values;
  const [ns = [], ids = [], caseIds = [], statuses = [], codes = [], events = [], raws = [], chains = []] =
    values.slice(8, 16).map(lines);
  const stream = `${centre}/events`;
  view.put('stream', stream, { ...view.get('stream', stream), head, chain });
  const teller = `${centre}/${device}`;
  const told = view.get('device', teller);
  view.put('device', teller, { ...told, last_n: lastN, last_contact_at: contact ?? told?.last_contact_at });
  ns.forEach((n, at) => {
    insertEvent(view, {
      centre_id: centre,
      seq: Number(before) + at + 1,
      device_id: device,
      n: Number(n),
      event_id: ids[at],
      case_id: caseIds[at],
      status: statuses[at],
      code: codes[at],
      event: json(events[at]),
      raw: json(raws[at]),
      chain: chains[at],
      received_at: now,
    });
  });
  writeCases(view, Number(centre), values.slice(16));
  return [];
}

function writeCases(view: View, centre: number, [count, ...texts]: readonly unknown[]): void {
  if (count === 0) return;
  const [caseIds = [], docs = [], offeredBys = []] = texts.map(lines);
  const key = `${centre}/cases`;
  const head = headOf(view, centre, 'cases');
  const kept = { centre_id: centre, coll: 'cases', chain: '', min_seq: 0, ...view.get('stream', key) };
  view.put('stream', key, { ...kept, head: head + Number(count) });
  caseIds.forEach((caseId, at) => {
    const row = { centre_id: centre, case_id: caseId, seq: head + at + 1 };
    view.put('case_doc', `${centre}/${caseId}`, {
      ...row,
      doc: json(docs[at]),
      offered_by: json(offeredBys[at]),
    });
  });
}

const STATEMENTS: readonly Statement[] = [
  ...FILE_STATEMENTS,
  ...DOC_STATEMENTS,
  ...PEOPLE_STATEMENTS,
  ...SNAPSHOT_STATEMENTS,
  {
    when: /^select name, value from meta where name in \('restored_at', \$1\)$/,
    run: (view, [end]) =>
      ['restored_at', String(end)].flatMap((name) => [view.get('meta', name) ?? []].flat() as Row[]),
  },
  {
    when: /^select head from stream where centre_id = \$1 and coll = 'events'$/,
    run: (view, [centre]) => [view.get('stream', `${centre}/events`) ?? []].flat() as Row[],
  },
  {
    when: /^select last_n, revoked_at, enrolled_at, quiet_at, head, chain from device join stream .* for update of device, stream$/,
    run(view, [centre, device]) {
      const [desk, stream] = [
        view.get('device', `${centre}/${device}`),
        view.get('stream', `${centre}/events`),
      ];
      return desk === undefined || stream === undefined ? [] : [{ ...stream, ...desk }];
    },
  },
  {
    when: /^select last_n, revoked_at, enrolled_at, quiet_at from device .* for update$/,
    run: (view, [centre, device]) => [view.get('device', `${centre}/${device}`) ?? []].flat() as Row[],
  },
  {
    when: /^update device set state = \$3/,
    run(view, [centre, device, state, drift, now, fullSyncAt, quietAt]) {
      const key = `${centre}/${device}`;
      const row = view.get('device', key);
      if (row === undefined) return [];
      const told = { state: json(state), clock_drift_ms: drift, last_contact_at: now };
      const next = {
        ...row,
        ...told,
        last_full_sync_at: fullSyncAt ?? row.last_full_sync_at,
        quiet_at: quietAt ?? row.quiet_at,
      };
      view.put('device', key, next);
      return [next];
    },
  },
  {
    when: /^select head, chain from stream where centre_id = \$1 and coll = \$2( for update)?$/,
    run: (view, [centre, coll]) => [view.get('stream', `${centre}/${coll}`) ?? []].flat() as Row[],
  },
  {
    when: /^insert into stream \(centre_id, coll\) values/,
    run(view, [centre, coll]) {
      const key = `${centre}/${coll}`;
      if (view.get('stream', key) === undefined)
        view.put('stream', key, { centre_id: centre, coll, head: 0, chain: '', min_seq: 0 });
      return [];
    },
  },
  {
    when: /^select coll, head from stream where/,
    run: (view, [centre]) =>
      [...view.all('stream', `${centre}/`), ...view.all('stream', '0/')].filter((it) =>
        (it.centre_id === 0 ? ['services', 'reference'] : ['events', 'cases', 'staff']).includes(
          String(it.coll),
        ),
      ),
  },
  {
    when: /^select n, seq, status, code, event_id from event .* n between \$3 and \$4 order by n$/,
    run: (view, [centre, device, first, last]) =>
      view
        .all('event', `${centre}/`)
        .filter(
          (it) => it.device_id === device && Number(it.n) >= Number(first) && Number(it.n) <= Number(last),
        )
        .sort((a, b) => Number(a.n) - Number(b.n)),
  },
  { when: /^with moved as \(update stream .* insert into case_doc /, run: writePush },
  {
    when: /^select seq, device_id, n, status, code, event, raw is null as taken, chain from event/,
    run: (view, [centre, since, head, limit]) =>
      view
        .all('event', `${centre}/`)
        .filter((it) => Number(it.seq) > Number(since) && Number(it.seq) <= Number(head))
        .sort(bySeq)
        .slice(0, Number(limit))
        .map((it) => ({ ...it, taken: it.raw === null })),
  },
  {
    when: /^select chain from event where centre_id = \$1 and seq = \$2$/,
    run: (view, [centre, seq]) => [view.get('event', `${centre}/${seq}`) ?? []].flat() as Row[],
  },
  {
    when: /^select head, row.seq, doc from stream left join/,
    run: (view, [centre, since, limit]) =>
      statePage(view, 'cases', view.all('case_doc', `${centre}/`), toAt(centre, since, limit)),
  },
  {
    when: /^select head, min_seq, row.seq, body, deleted from stream left join/,
    run: (view, [centre, coll, since, limit]) =>
      statePage(view, String(coll), view.all('doc', `${centre}/${coll}/`), toAt(centre, since, limit)),
  },
  {
    when: /^select id, body from doc where centre_id = 0 and coll = 'services' and id in/,
    run: (view, ids) => view.all('doc', '0/services/').filter((it) => ids.includes(it.id)),
  },
];
