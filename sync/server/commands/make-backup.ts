import { resolve } from 'node:path';
import { withDatabase } from '../open-database.ts';
import type { DatabaseChoice } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import { writeBackup } from '../store/write-backup.ts';

/** One consistent copy of the database in a file. */
export function makeBackup(database: DatabaseChoice, file: string): Promise<Done | Problem> {
  return withDatabase(database, async (sql) => {
    const path = resolve(file);
    const [at] = await sql.query<{ made: boolean }>(`select to_regclass('migration') is not null as made`);
    if (at?.made !== true) {
      return toProblem(EXIT.usage, 'the database has nothing in it.', 'check --data and --database-url.');
    }
    const result = await writeBackup(sql, path, Date.now());
    if (result.outcome === 'exists') {
      return toProblem(EXIT.usage, `${path} is there already.`, 'give the name of a file that is not.');
    }
    if (result.outcome === 'not-written') {
      const problem = `${path} cannot be written (${result.code}).`;
      return toProblem(EXIT.notWritable, problem, 'choose another FILE, or make room for it.');
    }
    const { rows, header } = result;
    const text = `${rows} rows are in ${path}; its ${header.files.count} files are to be copied beside it.\n`;
    return { outcome: 'done', text };
  });
}
