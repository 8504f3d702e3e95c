import { randomUUID } from 'node:crypto';
import { EventsPage } from '#protocol/pull';
import { parseEvent } from '../../sync/server/store/parse-event.ts';
import { pullEvents } from '../../sync/server/store/pull-pages.ts';
import { type PushOutcome, pushEvents } from '../../sync/server/store/push-events.ts';
import type { Sql } from '../../sync/server/store/sql.ts';
import { addClerk } from './add-clerk.ts';

export type StoreWorld = ReturnType<typeof createStoreWorld>;

export const seqs = (docs: readonly { seq: number }[]): number[] => docs.map((it) => it.seq);
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** A database that the suite fills: centres, their desks, and what they send. `sql` is there before the first test. */
export function createStoreWorld() {
  const world = { sql: undefined as unknown as Sql, newCentre, addDevice, push, readAll };
  let lastCentre = 1_000;

  function newCentre(): number {
    lastCentre += 1;
    return lastCentre;
  }

  async function addDevice(centreId: number): Promise<string> {
    const device = `ws-${randomUUID().slice(0, 8)}`;
    await addClerk(world.sql, [centreId]);
    await world.sql.query(
      `insert into device (centre_id, device_id, desk, desk_number, number_prefix, enrolled_at)
       values ($1, $2, 'Desk', 1, $2, 0)`,
      [centreId, device],
    );
    return device;
  }

  function push(
    centreId: number,
    device: string,
    events: readonly { n: number; id?: string }[],
    sql = world.sql,
  ): Promise<PushOutcome> {
    return pushEvents(sql, {
      centreId,
      device,
      events: events.map((event) => parseEvent(device, event.n, event)),
      now: 1_795_000_000_000,
    });
  }

  async function readAll(centreId: number, device = 'nobody', bytes = 65_536): Promise<EventsPage['docs']> {
    const docs: EventsPage['docs'] = [];
    for (let since = 0; ; ) {
      const page = await pullEvents(world.sql, { centreId, device, since, bytes, full: false });
      if (page === null) throw new Error('ahead of the stream');
      docs.push(...EventsPage.parse({ epoch: '', ...page }).docs);
      since = page.cursor;
      if (!page.more) return docs;
    }
  }

  return world;
}
