import { type CaseRow, runQuery, type Tables } from './database.ts';

const PIECE = 150;

/** In order of an index that is there anyway; cases of one millisecond are read again with the next piece. */
export async function readShelfQuietly(
  options: { tables: Tables; rest(): Promise<void>; take(row: CaseRow): void },
  shelf: CaseRow['shelf'],
): Promise<void> {
  let from = 0;
  let limit = PIECE;
  for (;;) {
    const rows = await runQuery(
      options.tables.cases.find({
        selector: { shelf, age: { $gte: from } },
        sort: [{ shelf: 'asc' }, { age: 'asc' }],
        index: ['shelf', 'age'],
        limit,
      }),
    );
    for (const row of rows) options.take(row.toJSON() as CaseRow);
    if (rows.length < limit) return;
    const last = rows.at(-1)?.age ?? 0;
    limit = last === from ? limit * 2 : PIECE;
    from = last;
    await options.rest();
  }
}
