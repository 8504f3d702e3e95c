import { resolve } from 'node:path';
import { withDatabase } from '../open-database.ts';
import type { DatabaseChoice } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import { type RestoreOutcome, restoreBackup } from '../store/restore-backup.ts';

/** Fills an empty database from a backup. */
export function runRestore(database: DatabaseChoice, file: string): Promise<Done | Problem> {
  return withDatabase(database, async (sql) => {
    const path = resolve(file);
    const result = await restoreBackup(sql, path, Date.now());
    if (result.outcome !== 'restored') return explain(result, path);
    const { rows, epoch, header } = result;
    const text = `${rows} rows of ${new Date(header.madeAt).toISOString()} are restored; the new epoch is ${epoch}.\n`;
    return { outcome: 'done', text };
  });
}

function explain(result: Exclude<RestoreOutcome, { outcome: 'restored' }>, path: string): Problem {
  switch (result.outcome) {
    case 'no-file':
      return toProblem(EXIT.usage, `there is no file ${path}.`, 'give the name of a backup.');
    case 'no-backup':
      return toProblem(EXIT.usage, `${path} is no backup that this program can read.`, 'give another file.');
    case 'damaged':
      return toProblem(
        EXIT.failed,
        `${path} is cut short or altered: its checksum is not right.`,
        'use the backup of the day before; nothing was restored.',
      );
    case 'newer':
      return toProblem(
        EXIT.failed,
        `${path} has the step ${result.name}, which this program has not.`,
        'use the newest program.',
      );
    case 'not-empty':
      return toProblem(
        EXIT.usage,
        `the database is not empty: there are rows in ${result.table}.`,
        'name an empty database, or an empty --data folder.',
      );
  }
}
