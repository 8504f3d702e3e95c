import { expect, it } from 'vitest';
import type { CaseEvent, CentralEvent } from '#model/case-event';
import { CasesPage } from '#protocol/pull';
import { createEventMaker } from '../../sync/server/central.fixture.ts';
import { pullCases, pullEvents } from '../../sync/server/store/pull-pages.ts';
import { type StoreWorld, seqs, upTo } from './store-world.ts';

const WRITERS = 24;
const BATCHES = 6;
const BATCH = 4;

/** Many desks write while one reads. */
export function runWriterTests(world: StoreWorld): void {
  const { newCentre, addDevice, push } = world;

  it(`loses no row for a reader that polls while ${WRITERS} desks write`, {
    timeout: 120_000,
  }, async () => {
    const centre = newCentre();
    const devices = await Promise.all(upTo(WRITERS).map(() => addDevice(centre)));
    const total = WRITERS * BATCHES * BATCH;
    let writing = true;
    const seen: number[] = [];
    const seenCases = new Map<string, number>();
    let [since, sinceCase] = [0, 0];
    const readOnce = async (): Promise<boolean> => {
      const page = await pullEvents(world.sql, {
        centreId: centre,
        device: 'x',
        since,
        bytes: 20_000,
        full: false,
      });
      const cases = await pullCases(world.sql, { centreId: centre, since: sinceCase, bytes: 50_000 });
      if (page === null || cases === null) throw new Error('ahead of the stream');
      seen.push(...seqs(page.docs as CentralEvent[]));
      for (const { doc } of CasesPage.parse({ epoch: '', ...cases }).docs)
        seenCases.set(doc.id, doc.notes.length);
      since = page.cursor;
      sinceCase = cases.cursor;
      return page.more || cases.more;
    };
    const reader = async (): Promise<void> => {
      while (writing) await readOnce();
      while (await readOnce());
    };
    // Another server on this database: what one gathers meets what the other does.
    const other = { ...world.sql };
    const writer = async (device: string, index: number): Promise<void> => {
      const make = createEventMaker(device);
      const caseId = `case-${index % 5}`;
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const events = upTo(BATCH).map(() =>
          index < 5 && batch === 0 ? make.open(caseId) : make.note(caseId, 'x'),
        );
        await push(centre, device, events, index % 2 === 0 ? other : world.sql);
        // Every third answer is lost, and its events are sent again.
        if (batch % 3 === 0) await push(centre, device, events);
      }
    };
    const reading = reader();
    await Promise.all(devices.map(writer));
    writing = false;
    await reading;
    const stored = await world.sql.query<{ count: number; distinct: number }>(
      `select count(*) as count, count(distinct device_id || ' ' || n) as distinct from event where centre_id = $1`,
      [centre],
    );
    expect(stored).toEqual([{ count: total, distinct: total }]);
    expect(seen).toEqual(upTo(total));
    const cases = await world.sql.query<{ case_id: string; doc: { notes: unknown[] } }>(
      'select case_id, doc from case_doc where centre_id = $1',
      [centre],
    );
    expect(new Map(cases.map((it) => [it.case_id, it.doc.notes.length]))).toEqual(seenCases);
  });
  it('takes what came together with a push that the database does not take', async () => {
    const desks = await Promise.all(upTo(8).map(() => openDesk(world)));
    const [bad] = desks;
    await world.sql.query(
      `create function refuse() returns trigger language plpgsql as
        $$ begin if new.device_id = '${bad?.device}' then raise exception 'not this one'; end if; return new; end $$`,
    );
    await world.sql.query(
      'create trigger refuse before insert on event for each row execute function refuse()',
    );
    const sendAll = () =>
      Promise.allSettled(desks.map(({ centre, device, events }) => push(centre, device, events)));
    const answers = await sendAll();
    await world.sql.query('drop trigger refuse on event');
    expect(answers.map((it) => it.status)).toEqual(['rejected', ...upTo(7).map(() => 'fulfilled')]);
    expect(await countAll(world, desks)).toEqual([0, ...upTo(7).map(() => 3)]);
    const again = await sendAll();
    expect(again.slice(1)).toEqual(answers.slice(1));
    expect(await countAll(world, desks)).toEqual(upTo(8).map(() => 3));
  });

  it('two servers that gather pushes of the same centres do not wait for each other in a ring', async () => {
    const desks = await Promise.all(upTo(40).map(() => openDesk(world)));
    const seconds = await Promise.all(desks.map(({ centre }) => openDesk(world, centre)));
    const other = { ...world.sql };
    const answers = await Promise.all([
      ...desks.map((it) => push(it.centre, it.device, it.events)),
      ...seconds.reverse().map((it) => push(it.centre, it.device, it.events, other)),
    ]);
    expect(answers.map((it) => it.outcome)).toEqual(upTo(80).map(() => 'taken'));
    expect(await countAll(world, desks)).toEqual(upTo(40).map(() => 6));
  });
}

type Desk = { centre: number; device: string; events: CaseEvent[] };

/** A desk of the centre, or of a new one, with what it is about to send. */
async function openDesk({ newCentre, addDevice }: StoreWorld, centre = newCentre()): Promise<Desk> {
  const device = await addDevice(centre);
  const make = createEventMaker(device);
  return {
    centre,
    device,
    events: [make.open(`${device}-a`), make.note(`${device}-a`, 'x'), make.open(`${device}-b`)],
  };
}

async function countAll({ sql }: StoreWorld, desks: readonly Desk[]): Promise<number[]> {
  const rows = await sql.query<{ centre_id: number; head: number; rows: number }>(
    `select centre_id, head, (select count(*) from event e where e.centre_id = s.centre_id)::bigint as rows
       from stream s where coll = 'events' and centre_id between $1 and $2 order by centre_id`,
    [desks[0]?.centre, desks.at(-1)?.centre],
  );
  return desks.map(({ centre }) => {
    const row = rows.find((it) => it.centre_id === centre);
    expect(row?.head ?? 0).toBe(row?.rows ?? 0);
    return row?.rows ?? 0;
  });
}
