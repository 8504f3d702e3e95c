import { randomUUID } from 'node:crypto';
import type { Lock, Locker } from '@tus/server';
import type { Sql } from './sql.ts';
import type { UploadName } from './uploads.ts';

export type LeaseTimes = {
  /** A lease that was not renewed for so long is anybody's. */
  leaseMs: number;
  renewMs: number;
  /** How often somebody who waits looks. */
  pollMs: number;
  patienceMs: number;
};

export const LEASE_TIMES: LeaseTimes = { leaseMs: 10_000, renewMs: 2_500, pollMs: 300, patienceMs: 25_000 };

/** The answer to whoever waited in vain. */
export const LOCKED = { status_code: 423, body: 'another request works on this upload' };

/** By the database's clock: those of two instances may differ. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

export type LeaseLockers = (centreId: number) => Locker;

/**
 * One request at a time works on an upload, whichever instance of the server it came to.
 *
 * A lease is a row with a time; who holds it renews it, and hears so that another wants it: mostly a desk whose
 * line was cut, while the request before it still waits for bytes that never come.
 */
export function createLeaseLockers(sql: Sql, times = LEASE_TIMES): LeaseLockers {
  const cancelHere: CancelHere = new Map();
  return (centreId) => ({
    newLock: (uploadId) => createLease(createLeaseRow(sql, { centreId, uploadId }, times), times, cancelHere),
  });
}

/** Does the work unless somebody else is at it, on any instance: `null` then. */
export async function workAlone<T>(
  sql: Sql,
  name: UploadName,
  work: () => Promise<T>,
  times = LEASE_TIMES,
): Promise<T | null> {
  const row = createLeaseRow(sql, name, times);
  if (!(await row.take())) return null;
  const timer = setInterval(() => void row.renew().catch(() => false), times.renewMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await row.give();
  }
}

/** Within one instance nobody needs to wait for the next renewal to hear that the lease is wanted. */
type CancelHere = Map<string, () => unknown>;

function createLease(row: LeaseRow, times: LeaseTimes, cancelHere: CancelHere): Lock {
  let timer: NodeJS.Timeout | undefined;

  function keepRenewing(cancel: () => unknown): void {
    timer = setTimeout(async () => {
      // Without the database it cannot be renewed, and runs out.
      if (await row.renew().catch(() => false)) keepRenewing(cancel);
      else cancel();
    }, times.renewMs);
    timer.unref();
  }

  return {
    async lock(signal, cancel) {
      const giveUpAt = Date.now() + times.patienceMs;
      while (!(await row.take())) {
        if (signal.aborted || Date.now() > giveUpAt) throw LOCKED;
        cancelHere.get(row.name)?.();
        await row.want();
        await new Promise((resolve) => setTimeout(resolve, times.pollMs));
      }
      cancelHere.set(row.name, cancel);
      keepRenewing(cancel);
    },
    async unlock() {
      clearTimeout(timer);
      cancelHere.delete(row.name);
      await row.give();
    },
  };
}

type LeaseRow = ReturnType<typeof createLeaseRow>;

function createLeaseRow(sql: Sql, { centreId, uploadId }: UploadName, { leaseMs }: LeaseTimes) {
  const holder = randomUUID();
  const isOurs = 'centre_id = $1 and upload_id = $2 and holder = $3';
  return {
    name: `${centreId}/${uploadId}`,
    async take(): Promise<boolean> {
      const taken = await sql.query(
        `insert into upload_lease (centre_id, upload_id, holder, until) values ($1, $2, $3, ${NOW} + $4)
         on conflict (centre_id, upload_id) do update
           set holder = excluded.holder, until = excluded.until, is_wanted = false
           where upload_lease.until < ${NOW}
         returning holder`,
        [centreId, uploadId, holder, leaseMs],
      );
      return taken.length > 0;
    },
    async want(): Promise<void> {
      await sql.query(
        'update upload_lease set is_wanted = true where centre_id = $1 and upload_id = $2 and not is_wanted',
        [centreId, uploadId],
      );
    },
    /** Whether it is still ours and nobody else wants it. */
    async renew(): Promise<boolean> {
      const rows = await sql.query<{ is_wanted: boolean }>(
        `update upload_lease set until = ${NOW} + $4 where ${isOurs} returning is_wanted`,
        [centreId, uploadId, holder, leaseMs],
      );
      return rows[0]?.is_wanted === false;
    },
    async give(): Promise<void> {
      await sql.query(`delete from upload_lease where ${isOurs}`, [centreId, uploadId, holder]);
    },
  };
}
