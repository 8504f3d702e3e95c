import { hashSecret } from '../auth/secret.ts';
import type { Query } from './sql.ts';

export const WINDOW_MS = 60_000;
const MOST_FAILURES = 20;

type Attempt = { ip: string; now: number };

/** Codes are long, but a script need not be let try them. Counted over all servers of one database. */
export async function hasFailedTooOften(query: Query, attempt: Attempt): Promise<boolean> {
  const rows = await query.query<{ failures: number }>(
    'select failures from enrolment_failure where window_from = $1 and asker = $2',
    [toWindow(attempt), toAsker(attempt)],
  );
  return (rows[0]?.failures ?? 0) >= MOST_FAILURES;
}

export async function countFailure(query: Query, attempt: Attempt): Promise<void> {
  await query.query('delete from enrolment_failure where window_from < $1', [toWindow(attempt)]);
  await query.query(
    `insert into enrolment_failure (window_from, asker, failures) values ($1, $2, 1)
     on conflict (window_from, asker) do update set failures = enrolment_failure.failures + 1`,
    [toWindow(attempt), toAsker(attempt)],
  );
}

function toWindow({ now }: Attempt): number {
  return now - (now % WINDOW_MS);
}

/** An address says who somebody is; to count, its digest is enough. */
function toAsker({ ip }: Attempt): string {
  return hashSecret(ip).slice(0, 16);
}
