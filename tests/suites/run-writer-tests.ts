import { expect, it } from 'vitest';
import type { CentralEvent } from '#model/case-event';
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
    const writer = async (device: string, index: number): Promise<void> => {
      const make = createEventMaker(device);
      const caseId = `case-${index % 5}`;
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const events = upTo(BATCH).map(() =>
          index < 5 && batch === 0 ? make.open(caseId) : make.note(caseId, 'x'),
        );
        await push(centre, device, events);
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
}
