import { type Query, type Sql, transact } from './sql.ts';

/** Wrong tries that cost no waiting: of one person, and of one desk where several may mistype. */
const FREE = { person: 5, device: 20 } as const;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
const FORGOTTEN_AFTER_MS = 86_400_000;

export type SignInTry = { centreId: number; device: string; staffId: string; now: number };
type Counted = { who: string; failures: number; last_at: number };

/**
 * Counts a try before it is looked at, so that many at once are as many; answers how long to wait instead, ms.
 *
 * In the database: a server that starts again, or another one, has counted the same.
 */
export function beginTry(sql: Sql, attempt: SignInTry): Promise<number> {
  return transact(sql, async (query) => {
    const { centreId, now } = attempt;
    const keys = keysOf(attempt);
    await query.query('delete from sign_in_failure where centre_id = $1 and last_at < $2', [
      centreId,
      now - FORGOTTEN_AFTER_MS,
    ]);
    for (const who of keys) {
      await query.query(
        `insert into sign_in_failure (centre_id, who, failures, last_at) values ($1, $2, 0, $3)
         on conflict (centre_id, who) do nothing`,
        [centreId, who, now],
      );
    }
    const rows = await query.query<Counted>(
      `select who, failures, last_at from sign_in_failure where centre_id = $1 and who in ($2, $3)
        order by who for update`,
      [centreId, ...keys],
    );
    const wait = Math.max(0, ...rows.map((it) => waitOf(it, now)));
    if (wait > 0) return wait;
    await query.query(
      `update sign_in_failure set failures = failures + 1, last_at = $4 where centre_id = $1 and who in ($2, $3)`,
      [centreId, ...keys, now],
    );
    return 0;
  });
}

/** It was right. What the desk tried on others stays counted: one good password does not buy more tries. */
export async function endTry(query: Query, attempt: SignInTry): Promise<void> {
  const [device, person] = keysOf(attempt);
  await query.query('delete from sign_in_failure where centre_id = $1 and who = $2', [
    attempt.centreId,
    person,
  ]);
  await query.query(
    'update sign_in_failure set failures = greatest(failures - 1, 0) where centre_id = $1 and who = $2',
    [attempt.centreId, device],
  );
}

function waitOf({ who, failures, last_at }: Counted, now: number): number {
  const over = failures - (who.startsWith('device:') ? FREE.device : FREE.person);
  if (over < 0) return 0;
  // A server's clock that was set back does not lengthen what is to be waited.
  const since = Math.max(0, now - last_at);
  return Math.max(0, Math.min(FIRST_WAIT_MS * 2 ** Math.min(over, 20), LONGEST_WAIT_MS) - since);
}

function keysOf({ device, staffId }: SignInTry): [string, string] {
  return [`device:${device}`, `person:${staffId}`];
}
