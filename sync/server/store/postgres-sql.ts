import pg from 'pg';
import { GatheringSocket } from './gathering-socket.ts';
import { type Query, rememberAsked, type Sql } from './sql.ts';

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
    // Statements that do not wait for each other travel together: `begin` with the first, `commit` with the last.
    pipeline: true,
    stream: () => new GatheringSocket(),
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

/** Named, they travel with the statement beside them; any other without values may be several in one text. */
const ALWAYS_NAMED = ['begin', 'commit'];

type ToStatement = (text: string, values: readonly unknown[]) => pg.QueryConfig;

/** What is asked again and again is parsed and planned once a connection; lists of odd lengths are not kept. */
function createStatements(): ToStatement {
  const names = new Map<string, string>();
  return (text, values) => {
    if (values.length === 0 && !ALWAYS_NAMED.includes(text)) return { text };
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
  const asked = rememberAsked({
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await client.query(toStatement(text, values))).rows as Row[],
  });
  try {
    void asked.query('begin');
    const result = await work(asked);
    void asked.query('commit');
    await asked.all();
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
