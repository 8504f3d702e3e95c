import type { Heads } from '#protocol/collection';
import { type Sql, toPlaces } from './sql.ts';
import { COUNTRY, EMPTY_HEADS, isReadable } from './streams.ts';

export type HeadsListener = {
  centreId: number;
  device: string;
  /** Called once at the beginning, and whenever a head of this device's streams has moved. */
  moved(heads: Heads): void;
  /** The device has been revoked; nothing is called after it. */
  revoked(): void;
};

/** Tells who listens of heads that move; returns the way to stop. */
export type WatchHeads = { listen(listener: HeadsListener): () => void; close(): void };

const POLL_MS = 500;
/** Every so many polls it is asked whether a listening device was revoked. */
const REVOCATION_POLLS = 10;

/**
 * Asks the database twice a second, in one query for all centres that listen here, and not at all when nobody
 * does. No state of its own: any number of instances may do so beside each other.
 */
export function createWatchHeads(sql: Sql, problem: (error: unknown) => void): WatchHeads {
  const listeners = new Map<HeadsListener, string | null>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let polls = 0;
  let hasFailed = false;

  async function poll(): Promise<void> {
    try {
      tellMoved(await readAllHeads(sql, new Set([...listeners.keys()].map((it) => it.centreId))));
      polls += 1;
      if (polls % REVOCATION_POLLS === 0) await tellRevoked();
      hasFailed = false;
    } catch (error) {
      // A database that is away for an hour is one line of the log.
      if (!hasFailed) problem(error);
      hasFailed = true;
    }
    timer = listeners.size === 0 ? null : setTimeout(poll, POLL_MS);
  }

  function tellMoved(byCentre: ReadonlyMap<number, Heads>): void {
    for (const [listener, told] of listeners) {
      const heads = byCentre.get(listener.centreId);
      // Who came while the database was asked is told the next time.
      if (heads === undefined) continue;
      const text = JSON.stringify(heads);
      if (text === told) continue;
      listeners.set(listener, text);
      listener.moved(heads);
    }
  }

  async function tellRevoked(): Promise<void> {
    const devices = [...new Set([...listeners.keys()].map((it) => it.device))];
    if (devices.length === 0) return;
    const rows = await sql.query<{ device_id: string }>(
      `select device_id from device where revoked_at is not null and device_id in (${toPlaces(devices, 1)})`,
      devices,
    );
    const gone = new Set(rows.map((it) => it.device_id));
    for (const listener of [...listeners.keys()].filter((it) => gone.has(it.device))) {
      listeners.delete(listener);
      listener.revoked();
    }
  }

  return {
    listen(listener) {
      listeners.set(listener, null);
      timer ??= setTimeout(poll);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

async function readAllHeads(sql: Sql, centres: ReadonlySet<number>): Promise<Map<number, Heads>> {
  const ids = [...centres];
  if (ids.length === 0) return new Map();
  const rows = await sql.query<{ centre_id: number; coll: string; head: number }>(
    `select centre_id, coll, head from stream where centre_id in (${COUNTRY},${toPlaces(ids, 1)})`,
    ids,
  );
  return new Map(
    ids.map((centreId) => {
      const heads = { ...EMPTY_HEADS };
      for (const { centre_id, coll, head } of rows) {
        if (isReadable(centreId, { centreId: centre_id, coll })) heads[coll as keyof Heads] = head;
      }
      return [centreId, heads];
    }),
  );
}
