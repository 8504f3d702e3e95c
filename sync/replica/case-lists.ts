import type { Case } from '#model/case';
import { toCaseRow } from './check-page.ts';
import { type CaseRow, runQuery, type Tables } from './database.ts';
import type { PendingCase, PendingCases } from './pending-cases.ts';
import type { CaseList, CaseListQuery, CaseView, Delivery } from './replica.ts';

type Order = 'dueAt' | 'age';
/** One index range: the field that must be equal, and between what the promised moment may lie. */
type Range = {
  by: 'shelf' | 'status' | 'conflicts';
  is: string;
  order: Order;
  from?: number;
  below?: number;
};

export type CaseLists = {
  list(query: CaseListQuery): Promise<CaseList>;
  find(caseId: string): Promise<CaseView | null>;
  countConflicts(): Promise<number>;
};

/**
 * Lists of cases: index ranges of the centre's copies, merged with what this desk has not had confirmed.
 *
 * Nothing reads all cases: a filter is one range or two, each cut at the limit, and totals are counts.
 */
export function createCaseLists(options: {
  tables: Tables;
  pending: PendingCases;
  deliveryOf(caseId: string, found: Case, pending: PendingCase | undefined): Delivery;
}): CaseLists {
  const { tables, pending, deliveryOf } = options;

  async function list(query: CaseListQuery): Promise<CaseList> {
    // Taken before the reads: a copy that arrives meanwhile must not show without our later events.
    const overlay = pending.all();
    const order: Order = query.sort === 'due' ? 'dueAt' : 'age';
    const ranges = toRanges(query, order).map((it): Range => ({ ...query.due, ...it }));
    const hidden = [...overlay.values()].filter((it) => it.hasBase).length;
    const pages = await Promise.all(
      // What is read in another order than is asked for is read whole: its first rows may be anybody's last.
      ranges.map((it) => readRange(tables, it, it.order === order ? query.limit + hidden : Infinity)),
    );
    const counts = await Promise.all(ranges.map((it) => countRange(tables, it)));
    const stale = await readRows(
      tables,
      [...overlay].filter(([, it]) => it.hasBase).map(([id]) => id),
    );
    const ours = [...overlay].flatMap(([id, it]) => {
      if (it.case === null) return [];
      const row = toCaseRow(0, it.case);
      const isWanted = query.filter === 'waiting' ? isWaiting(id, it) : ranges.some((r) => isIn(row, r));
      return isWanted ? [row] : [];
    });
    const rows = [...pages.flat().filter((it) => !overlay.has(it.id)), ...ours]
      .sort((a, b) => a[order] - b[order] || (a.id < b.id ? -1 : 1))
      .slice(0, query.limit);
    const counted = counts.reduce((sum, it) => sum + it, 0);
    const replaced = stale.filter((row) => ranges.some((it) => isIn(row, it))).length;
    return {
      rows: rows.flatMap((it) => toView(it, overlay.get(it.id))),
      total: counted - replaced + ours.length,
    };
  }

  function isWaiting(id: string, it: PendingCase): boolean {
    return it.case !== null && deliveryOf(id, it.case, it).state === 'waiting';
  }

  function toView(row: CaseRow, over: PendingCase | undefined): CaseView[] {
    const found = over?.case ?? (row.doc as Case);
    return [{ case: found, delivery: deliveryOf(row.id, found, over) }];
  }

  return {
    list,
    async find(caseId) {
      const over = pending.find(caseId);
      const found = over === undefined ? await readCase(tables, caseId) : over.case;
      return found === null ? null : { case: found, delivery: deliveryOf(caseId, found, over) };
    },
    async countConflicts() {
      return (await list({ filter: 'conflicts', sort: 'due', limit: 0, now: 0 })).total;
    },
  };
}

function toRanges({ filter, now }: CaseListQuery, order: Order): Range[] {
  switch (filter) {
    case 'open':
      return [{ by: 'shelf', is: 'open', order }];
    case 'overdue':
      return [{ by: 'shelf', is: 'open', order, below: now }];
    case 'all':
      return [
        { by: 'shelf', is: 'open', order },
        { by: 'shelf', is: 'closed', order },
      ];
    case 'conflicts':
      // They are few, and an index for them would cost at every insert of every case.
      return [{ by: 'conflicts', is: 'yes', order: 'dueAt' }];
    case 'waiting':
      return [];
    default:
      return [{ by: 'status', is: filter, order }];
  }
}

function isIn(row: CaseRow, range: Range): boolean {
  const { from = -Infinity, below = Infinity } = range;
  return row[range.by] === range.is && from <= row.dueAt && row.dueAt < below;
}

function toSelector(range: Range): Record<string, unknown> {
  const { by, is, from, below } = range;
  if (from === undefined && below === undefined) return { [by]: is };
  return {
    [by]: is,
    dueAt: { ...(from === undefined ? {} : { $gte: from }), ...(below === undefined ? {} : { $lt: below }) },
  };
}

async function readRange(tables: Tables, range: Range, limit: number): Promise<CaseRow[]> {
  if (limit === 0) return [];
  const found = await runQuery(
    tables.cases.find({
      selector: toSelector(range) as never,
      sort: [{ [range.by]: 'asc' }, { [range.order]: 'asc' }] as never,
      index: [range.by, range.order] as never,
      ...(limit === Infinity ? {} : { limit }),
    }),
  );
  return found.map((it) => it.toJSON() as CaseRow);
}

function countRange(tables: Tables, range: Range): Promise<number> {
  return runQuery(
    tables.cases.count({ selector: toSelector(range) as never, index: [range.by, 'dueAt'] as never }),
  );
}

async function readRows(tables: Tables, ids: string[]): Promise<CaseRow[]> {
  if (ids.length === 0) return [];
  const found = await runQuery(tables.cases.findByIds(ids));
  return [...found.values()].map((it) => it.toJSON() as CaseRow);
}

export async function readCase(tables: Tables, caseId: string): Promise<Case | null> {
  const found = await runQuery(tables.cases.findOne(caseId));
  if (found === null || found.shelf === 'unreadable') return null;
  return found.toJSON().doc as Case;
}
