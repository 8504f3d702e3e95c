import pg from 'pg';
import type { Query, Sql } from './sql.ts';

const INT8 = 20;
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
  return {
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await pool.query(text, [...values])).rows as Row[],
    transaction: (work) => inTransaction(pool, work),
    pool: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work({
      query: async <Row>(text: string, values: readonly unknown[] = []) =>
        (await client.query(text, [...values])).rows as Row[],
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
