/** Runs one statement. Numbers come back as numbers, json as values. */
export interface Query {
  query<Row = unknown>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The database, whichever it is: PGlite by default, PostgreSQL where one is given. */
export interface Sql extends Query {
  /**
   * READ COMMITTED; rolled back when `work` rejects, or a statement that it did not wait for: such a one travels with
   * the commit.
   */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** How its connections are used, where there are several. */
  pool?(): { open: number; idle: number; waiting: number };
  close(): Promise<void>;
}

/** A transaction's query that remembers what it was asked; `all` resolves when everything is answered. */
export function rememberAsked(query: Query): Query & { all(): Promise<unknown> } {
  const asked: Promise<unknown>[] = [];
  return {
    query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]> {
      const answer = query.query<Row>(text, values);
      answer.catch(() => undefined);
      asked.push(answer);
      return answer;
    },
    all: () => Promise.all(asked),
  };
}

const RETRIED = ['40001', '40P01', '55P03'];
const ATTEMPTS = 6;

/** A transaction that is run again when the database chose it as the victim of a lock or a serialisation. */
export async function transact<T>(sql: Sql, work: (query: Query) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sql.transaction(work);
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRIED.includes(sqlState(error) ?? '')) throw error;
      await pause(Math.random() * 20 * 2 ** attempt);
    }
  }
}

/** The five-character SQLSTATE of an error of the database. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** `($1,$2),($3,$4)` and the values in that order, for statements over many rows; places begin at `first`. */
export function toValues(
  rows: readonly (readonly unknown[])[],
  casts: readonly string[] = [],
  first = 1,
): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const place = (value: unknown, column: number): string => {
    values.push(value);
    return `$${values.length + first - 1}${casts[column] ?? ''}`;
  };
  const text = rows.map((row) => `(${row.map(place).join(',')})`).join(',');
  return { text, values };
}

/** `$3,$4,$5`: places for a list that begins at parameter `first`. */
export function toPlaces(list: readonly unknown[], first: number): string {
  return list.map((_, index) => `$${first + index}`).join(',');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
