import pg from 'pg';
import type { Query, Sql } from './sql.ts';

const INT8 = 20;
const MOST_NAMED = 300;
const parsers = new pg.TypeOverrides();
parsers.setTypeParser(INT8, Number);

export type PostgresOptions = {
  url: string;
  /** Told of a connection lost while idle; the pool opens another by itself. */
  onLost?: (error: Error) => void;
};

/** A PostgreSQL server. Locks are waited for 5 s, then the transaction is tried again. */
export function openPostgresSql({ url, onLost = () => undefined }: PostgresOptions): Sql {
  const pool = new pg.Pool({
    connectionString: url,
    max: 16,
    types: parsers,
    connectionTimeoutMillis: 10_000,
    options: '-c lock_timeout=5000 -c idle_in_transaction_session_timeout=10000',
  });
  pool.on('error', onLost);
  const toStatement = createStatements();
  return {
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await pool.query(toStatement(text, values))).rows as Row[],
    transaction: (work) => inTransaction(pool, toStatement, work),
    pool: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

type ToStatement = (text: string, values: readonly unknown[]) => pg.QueryConfig;

/** What is asked again and again is parsed and planned once a connection; lists of odd lengths are not kept. */
function createStatements(): ToStatement {
  const names = new Map<string, string>();
  return (text, values) => {
    if (values.length === 0) return { text };
    const name = names.get(text) ?? (names.size < MOST_NAMED ? `s${names.size}` : undefined);
    if (name === undefined) return { text, values: [...values] };
    names.set(text, name);
    return { name, text, values: [...values] };
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  toStatement: ToStatement,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work({
      query: async <Row>(text: string, values: readonly unknown[] = []) =>
        (await client.query(toStatement(text, values))).rows as Row[],
    });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
