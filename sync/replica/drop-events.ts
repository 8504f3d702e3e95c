import { type Database, runQuery, toEventKey } from './database.ts';

const AT_ONCE = 500;

/** Takes the copies of later events out of the table. All of them at once, where none is left before them. */
export async function dropEventsAfter(database: Database, seq: number): Promise<void> {
  if (seq === 0) return database.empty('events');
  const { events } = database.tables;
  for (;;) {
    const rows = await runQuery(
      events.find({
        selector: { key: { $gt: toEventKey(seq) } },
        sort: [{ caseId: 'asc' }],
        index: ['caseId'],
        limit: AT_ONCE,
      }),
    );
    if (rows.length === 0) return;
    await events.bulkRemove(rows.map((it) => it.key));
  }
}
