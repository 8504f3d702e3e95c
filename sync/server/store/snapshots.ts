import type { SnapshotAnswer } from '#protocol/snapshot';
import type { ByteStore } from './byte-store.ts';
import { workAlone } from './lease-locker.ts';
import { makeSnapshot, type SnapshotOf } from './make-snapshot.ts';
import { getEpoch } from './migrate.ts';
import type { Sql } from './sql.ts';
import { getStream } from './streams.ts';

/** A stream that is shorter is a few pages. */
const LEAST_ROWS = 2_000;
/** A newer one is made when so much of the stream has come after it: the pages behind it cost more by the row. */
const STALE_PART = 0.1;
/** A station on a thin line may be at an older one for so long. */
const KEPT_MS = 3 * 86_400_000;
/** Who asks waits so long for one that is being made. */
const PATIENCE_MS = 2_000;

export type Found = { outcome: 'found'; snapshot: SnapshotAnswer } | { outcome: 'none' | 'being-made' };

/** Packed copies of the streams of centres, made when somebody asks and none is new enough. */
export type Snapshots = {
  /** Waits a little for one that is being made. */
  newest(of: SnapshotOf, now: number): Promise<Found>;
  /** `null`: the centre has none of this name in this life of the database. */
  open(
    of: SnapshotOf & { sha256: string },
  ): Promise<{ bytes: number; read(from: number, to: number): AsyncIterable<Uint8Array> } | null>;
  /** Resolves when nothing is being made here any more. */
  close(): Promise<void>;
};

/** How long who asks waits for one that is made, how short a stream has none, and how one instance alone makes it. */
export type SnapshotWays = {
  leastRows?: number;
  pause?: (ms: number) => Promise<void>;
  alone?: typeof workAlone;
};

export function openSnapshots(
  { sql, bytes }: { sql: Sql; bytes: ByteStore },
  { leastRows = LEAST_ROWS, pause = pauseReally, alone = workAlone }: SnapshotWays = {},
): Snapshots {
  const making = new Map<string, Promise<void>>();

  async function find({ centreId, coll, sha256 = null }: SnapshotOf & { sha256?: string | null }) {
    const rows = await sql.query<SnapshotRow>(
      `select epoch, as_of, sha256, bytes, rows, chain from snapshot
        where centre_id = $1 and coll = $2 and epoch = (select value from meta where name = 'epoch')
          and ($3::text is null or sha256 = $3) order by as_of desc limit 3`,
      [centreId, coll, sha256],
    );
    for (const row of rows) {
      if ((await bytes.fileSize({ centreId, sha256: row.sha256, kind: 'snapshot' })) === row.bytes)
        return row;
    }
    return null;
  }

  /** Whoever is at it on another instance is not disturbed. */
  function make(of: SnapshotOf, now: number): Promise<void> {
    const key = `${of.centreId}/${of.coll}`;
    const running = making.get(key);
    if (running !== undefined) return running;
    const made = alone(sql, { centreId: of.centreId, uploadId: `snapshot/${of.coll}` }, () => keep(of, now))
      .then(() => undefined)
      // It is tried again when somebody asks again; until then there are pages.
      .catch(() => undefined)
      .finally(() => making.delete(key));
    making.set(key, made);
    return made;
  }

  async function keep(of: SnapshotOf, now: number): Promise<void> {
    const epoch = await getEpoch(sql);
    const { sha256, asOf, rows, bytes: size, chain } = await makeSnapshot(sql, bytes, of);
    await sql.query(
      `insert into snapshot (centre_id, coll, sha256, epoch, as_of, rows, bytes, chain, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (centre_id, coll, sha256) do update set epoch = excluded.epoch, made_at = excluded.made_at`,
      [of.centreId, of.coll, sha256, epoch, asOf, rows, size, chain, now],
    );
    await prune(of, sha256, now);
  }

  async function prune({ centreId, coll }: SnapshotOf, newest: string, now: number): Promise<void> {
    const old = await sql.query<{ sha256: string }>(
      `delete from snapshot where centre_id = $1 and coll = $2 and sha256 <> $3 and made_at < $4 returning sha256`,
      [centreId, coll, newest, now - KEPT_MS],
    );
    for (const { sha256 } of old) await bytes.dropFile({ centreId, sha256, kind: 'snapshot' });
  }

  return {
    async newest(of, now) {
      const { head } = await getStream(sql, of.centreId, of.coll);
      const found = await find(of);
      const behind = head - (found?.as_of ?? 0);
      const isDue = behind >= Math.max(leastRows, head * STALE_PART);
      const made = isDue ? make(of, now) : Promise.resolve();
      if (found !== null) return toFound(found);
      if (!isDue) return { outcome: 'none' };
      await Promise.race([made, pause(PATIENCE_MS)]);
      const fresh = await find(of);
      return fresh === null ? { outcome: 'being-made' } : toFound(fresh);
    },
    async open(of) {
      const row = await find(of);
      if (row === null) return null;
      const key = { centreId: of.centreId, sha256: row.sha256, kind: 'snapshot' as const };
      return { bytes: row.bytes, read: (from, to) => bytes.readFile(key, from, to) };
    },
    async close() {
      await Promise.all(making.values());
    },
  };
}

type SnapshotRow = Omit<SnapshotAnswer, 'asOf'> & { as_of: number };

function toFound({ as_of: asOf, ...row }: SnapshotRow): Found {
  return { outcome: 'found', snapshot: { ...row, asOf } };
}

function pauseReally(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
