import { type Database, runQuery } from './database.ts';

const AT_ONCE = 500;

/** Takes the copies of later events out of the table. All of them at once, where none is left before them. */
export async function dropEventsAfter(database: Database, seq: number): Promise<void> {
  if (seq === 0) return database.empty('events');
  const { events } = database.tables;
  for (;;) {
    const later = { selector: { key: { $gt: String(seq).padStart(16, '0') } }, limit: AT_ONCE };
    const rows = await runQuery(events.find(later));
    if (rows.length === 0) return;
    await events.bulkRemove(rows.map((it) => it.key));
  }
}
