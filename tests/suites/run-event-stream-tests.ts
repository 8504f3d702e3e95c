import { expect, it } from 'vitest';
import type { CentralEvent } from '#model/case-event';
import { nextChain } from '#protocol/chain';
import { EventsPage } from '#protocol/pull';
import { createEventMaker } from '../../sync/server/central.fixture.ts';
import { pullEvents } from '../../sync/server/store/pull-pages.ts';
import { readHeads } from '../../sync/server/store/streams.ts';
import { type StoreWorld, seqs, upTo } from './store-world.ts';

/** What desks push, numbered, and what others pull. */
export function runEventStreamTests(world: StoreWorld): void {
  const { newCentre, addDevice, push, readAll } = world;

  it('numbers the events of a centre 1, 2, 3, whoever sends them', async () => {
    const centre = newCentre();
    const [one, two] = [await addDevice(centre), await addDevice(centre)];
    const [a, b] = [createEventMaker(one), createEventMaker(two)];
    await push(centre, one, [a.open('case-1'), a.note('case-1', 'first')]);
    await push(centre, two, [b.note('case-1', 'second')]);
    await push(centre, one, [a.note('case-1', 'third')]);
    const docs = await readAll(centre);
    expect(docs.map((it) => [it.seq, it.device, it.n])).toEqual([
      [1, one, 1],
      [2, one, 2],
      [3, two, 1],
      [4, one, 3],
    ]);
    expect(await readHeads(world.sql, centre)).toMatchObject({ events: 4, cases: 3, staff: 0, services: 1 });
  });

  it('answers what it has taken before with the same results, and takes only what is new', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    const events = [make.open('case-1'), make.note('case-1', 'a'), make.note('no-such-case', 'b')];
    const first = await push(centre, device, events);
    const lost = await push(centre, device, events);
    const overlapping = await push(centre, device, [...events.slice(1), make.note('case-1', 'c')]);
    expect(lost).toEqual(first);
    expect(overlapping).toEqual({
      outcome: 'taken',
      lastN: 4,
      results: [
        { n: 2, seq: 2, status: 'ok' },
        { n: 3, seq: 3, status: 'rejected', code: 'case.absent' },
        { n: 4, seq: 4, status: 'ok' },
      ],
    });
    expect(seqs(await readAll(centre))).toEqual(upTo(4));
  });

  it('takes a batch once when its sender gave up waiting and sends it again meanwhile', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    const events = [make.open('case-1'), make.note('case-1', 'a'), make.note('case-1', 'b')];
    const answers = await Promise.all(upTo(6).map(() => push(centre, device, events)));
    expect(new Set(answers.map((it) => JSON.stringify(it))).size).toBe(1);
    expect(answers[0]).toMatchObject({ outcome: 'taken', lastN: 3 });
    expect(seqs(await readAll(centre))).toEqual([1, 2, 3]);
  });

  it('refuses a gap with the number it expects, and takes nothing of it', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    const events = [make.open('case-1'), make.note('case-1', 'a'), make.note('case-1', 'b')];
    await push(centre, device, events.slice(0, 1));
    expect(await push(centre, device, events.slice(2))).toEqual({ outcome: 'gap', expected: 2 });
    expect(seqs(await readAll(centre))).toEqual([1]);
  });

  it('refuses another event under a number that is taken: two computers with one disk', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    const event = make.open('case-1');
    await push(centre, device, [event]);
    expect(await push(centre, device, [{ ...event, id: 'another' }])).toEqual({
      outcome: 'number-reused',
      n: 1,
    });
  });

  it('refuses a device that is revoked, and one it does not know', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    await world.sql.query('update device set revoked_at = 1 where device_id = $1', [device]);
    const event = createEventMaker(device).open('case-1');
    expect([await push(centre, device, [event]), await push(centre, 'ws-none', [event])]).toEqual([
      { outcome: 'revoked' },
      { outcome: 'revoked' },
    ]);
  });

  it('stores events that its schema refuses as rejected, and what comes behind them goes on', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    const good = make.open('case-1');
    const badType = { ...make.note('case-1', 'x'), type: 'case.blown-up' };
    const noHead = { n: make.note('case-1', 'x').n };
    const foreign = { ...make.note('case-1', 'x'), device: 'ws-other' };
    const twice = { ...make.note('case-1', 'x'), id: good.id };
    const last = make.note('case-1', 'reached');
    const result = await push(centre, device, [good, badType, noHead, foreign, twice, last]);
    expect(result).toMatchObject({
      lastN: 6,
      results: [
        { seq: 1, status: 'ok' },
        { seq: 2, status: 'rejected', code: 'schema' },
        { seq: 3, status: 'rejected', code: 'schema' },
        { seq: 4, status: 'rejected', code: 'device' },
        { seq: 5, status: 'rejected', code: 'id-taken' },
        { seq: 6, status: 'ok' },
      ],
    });
    expect(await push(centre, device, [good, badType, noHead, foreign, twice, last])).toEqual(result);
    const kept = await world.sql.query<{ raw: unknown }>(
      'select raw from event where centre_id = $1 and raw is not null order by seq',
      [centre],
    );
    expect(kept.map((it) => it.raw)).toEqual([badType, noHead, foreign, twice]);
  });

  it('gives its own device the same stream of rejected events, with ids that stand once', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    const events = [make.open('case-1'), { ...make.note('case-1', 'x'), body: 'torn' }, { n: 3 }, { n: 4 }];
    await push(centre, device, events);
    const own = await readAll(centre, device);
    const others = (await readAll(centre)) as CentralEvent[];
    expect(new Set(others.map((it) => it.id)).size).toBe(4);
    expect(own[0]).toEqual({ ack: true, seq: 1, n: 1, device, status: 'ok' });
    expect(own.slice(1)).toEqual(others.slice(1));
    expect(others[1]).toMatchObject({
      id: `${device}-e2`,
      caseId: 'case-1',
      status: 'rejected',
      code: 'schema',
      type: 'field.set',
      body: { set: {}, was: {} },
    });
  });

  it('chains the stream, so that each reader can compute what the page says', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    await push(centre, device, [make.open('case-1'), { n: 2 }]);
    const third = { ...make.note('case-1', 'ʻ Ў Қ \u0000 \ud800 end'), n: 3 };
    await push(centre, device, [third]);
    let chain: Uint8Array = new Uint8Array();
    for (let since = 0; since < 3; since += 1) {
      const page = await pullEvents(world.sql, {
        centreId: centre,
        device: 'x',
        since,
        bytes: 1,
        full: false,
      });
      const wire = EventsPage.parse(JSON.parse(JSON.stringify({ epoch: '', ...page })));
      expect(wire.docs.length).toBe(1);
      chain = nextChain(chain, wire.docs[0] as CentralEvent);
      expect(wire.chain).toBe(Buffer.from(chain).toString('base64'));
    }
  });

  it('keeps the chain of an own event that came back as a receipt', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const event = createEventMaker(device).open('case-1');
    await push(centre, device, [event]);
    const page = await pullEvents(world.sql, {
      centreId: centre,
      device,
      since: 0,
      bytes: 9_999,
      full: false,
    });
    const chain = nextChain(new Uint8Array(), { ...event, seq: 1, status: 'ok' });
    expect(page?.chain).toBe(Buffer.from(chain).toString('base64'));
    const full = await pullEvents(world.sql, {
      centreId: centre,
      device,
      since: 0,
      bytes: 9_999,
      full: true,
    });
    expect(full?.docs).toEqual([{ ...event, seq: 1, status: 'ok' }]);
  });

  it('cuts pages by bytes, one document at least, and says when there is more', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    await push(centre, device, [
      make.open('case-1'),
      ...upTo(9).map((it) => make.note('case-1', `note ${it}`)),
    ]);
    const ask = { centreId: centre, device: 'x', full: false };
    const first = await pullEvents(world.sql, { ...ask, since: 0, bytes: 1_500 });
    const size = Buffer.byteLength(JSON.stringify(first?.docs));
    expect(size).toBeLessThanOrEqual(1_500);
    expect(first).toMatchObject({ since: 0, head: 10, more: true, cursor: first?.docs.length });
    expect(seqs(await readAll(centre, 'x', 700))).toEqual(upTo(10));
    const end = await pullEvents(world.sql, { ...ask, since: 10, bytes: 1 });
    expect(end).toMatchObject({ cursor: 10, head: 10, more: false, docs: [] });
    expect(await pullEvents(world.sql, { ...ask, since: 11, bytes: 1 })).toBeNull();
  });
}
