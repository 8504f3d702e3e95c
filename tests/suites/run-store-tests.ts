import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CentralEvent } from '#model/case-event';
import { nextChain } from '#protocol/chain';
import { CasesPage, EventsPage } from '#protocol/pull';
import { createToken, hashSecret } from '../../sync/server/auth/secret.ts';
import { createEventMaker, SEED, toService } from '../../sync/server/central.fixture.ts';
import { createCode, enrolDevice } from '../../sync/server/store/enrolment.ts';
import { getEpoch, MIGRATIONS, migrate } from '../../sync/server/store/migrate.ts';
import { parseEvent } from '../../sync/server/store/parse-event.ts';
import { pullCases, pullDocs, pullEvents } from '../../sync/server/store/pull-pages.ts';
import { type PushOutcome, pushEvents } from '../../sync/server/store/push-events.ts';
import { pushRows } from '../../sync/server/store/push-rows.ts';
import { saveSeed } from '../../sync/server/store/save-seed.ts';
import { type Sql, transact } from '../../sync/server/store/sql.ts';
import { readHeads } from '../../sync/server/store/streams.ts';

const WRITERS = 24;
const BATCHES = 6;
const BATCH = 4;

/** What a database must do under the central server. Each test has centres of its own. */
export function runStoreTests(name: string, openSql: () => Promise<Sql>): void {
  describe(`the store on ${name}`, () => {
    let sql: Sql;
    let lastCentre = 1_000;

    beforeAll(async () => {
      sql = await openSql();
      await migrate(sql);
      await saveSeed(sql, SEED, { demo: true });
    }, 60_000);
    afterAll(async () => {
      await sql?.close();
    });

    const newCentre = (): number => {
      lastCentre += 1;
      return lastCentre;
    };
    const addDevice = async (centreId: number): Promise<string> => {
      const device = `ws-${randomUUID().slice(0, 8)}`;
      await sql.query(
        `insert into device (centre_id, device_id, desk, desk_number, number_prefix, token_hash, enrolled_at)
         values ($1, $2, 'Desk', 1, $2, $3, 0)`,
        [centreId, device, hashSecret(createToken())],
      );
      return device;
    };
    const push = (
      centreId: number,
      device: string,
      events: readonly { n: number; id?: string }[],
    ): Promise<PushOutcome> =>
      pushEvents(sql, {
        centreId,
        device,
        events: events.map((event) => parseEvent(device, event.n, event)),
        now: 1_795_000_000_000,
      });
    const readAll = async (
      centreId: number,
      device = 'nobody',
      bytes = 65_536,
    ): Promise<EventsPage['docs']> => {
      const docs: EventsPage['docs'] = [];
      for (let since = 0; ; ) {
        const page = await pullEvents(sql, { centreId, device, since, bytes, full: false });
        if (page === null) throw new Error('ahead of the stream');
        docs.push(...EventsPage.parse({ epoch: '', ...page }).docs);
        since = page.cursor;
        if (!page.more) return docs;
      }
    };
    const seqs = (docs: readonly { seq: number }[]): number[] => docs.map((it) => it.seq);
    const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

    it('applies each migration once, also when two servers start at the same moment', async () => {
      const again = await Promise.all([migrate(sql), migrate(sql)]);
      const rows = await sql.query<{ name: string }>('select name from migration order by number');
      expect({ again, names: rows.map((it) => it.name) }).toEqual({
        again: [
          { outcome: 'migrated', applied: [] },
          { outcome: 'migrated', applied: [] },
        ],
        names: MIGRATIONS.map((it) => it.name),
      });
    });

    it('refuses a database with a step it does not know, and one with a step changed since', async () => {
      const known = MIGRATIONS.map((it) => ({ ...it, text: `${it.text}\n-- otherwise` }));
      expect([await migrate(sql, []), await migrate(sql, known)]).toEqual([
        { outcome: 'newer', name: '0001-central.sql' },
        { outcome: 'changed', name: '0001-central.sql' },
      ]);
    });

    it('rolls a transaction back whole, and keeps its epoch', async () => {
      const epoch = await getEpoch(sql);
      const failing = sql.transaction(async (query) => {
        await query.query(`update meta set value = 'other' where name = 'epoch'`);
        throw new Error('stop');
      });
      await expect(failing).rejects.toThrow('stop');
      expect(await getEpoch(sql)).toBe(epoch);
    });

    it('tries a transaction again that was the victim of a deadlock', async () => {
      let attempts = 0;
      const result = await transact(sql, async () => {
        attempts += 1;
        if (attempts < 3) throw Object.assign(new Error('deadlock'), { code: '40P01' });
        return 'done';
      });
      expect({ result, attempts }).toEqual({ result: 'done', attempts: 3 });
    });

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
      expect(await readHeads(sql, centre)).toMatchObject({ events: 4, cases: 3, staff: 0, services: 1 });
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
      await sql.query('update device set revoked_at = 1 where device_id = $1', [device]);
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
      const kept = await sql.query<{ raw: unknown }>(
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
        const page = await pullEvents(sql, { centreId: centre, device: 'x', since, bytes: 1, full: false });
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
      const page = await pullEvents(sql, { centreId: centre, device, since: 0, bytes: 9_999, full: false });
      const chain = nextChain(new Uint8Array(), { ...event, seq: 1, status: 'ok' });
      expect(page?.chain).toBe(Buffer.from(chain).toString('base64'));
      const full = await pullEvents(sql, { centreId: centre, device, since: 0, bytes: 9_999, full: true });
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
      const first = await pullEvents(sql, { ...ask, since: 0, bytes: 1_500 });
      const size = Buffer.byteLength(JSON.stringify(first?.docs));
      expect(size).toBeLessThanOrEqual(1_500);
      expect(first).toMatchObject({ since: 0, head: 10, more: true, cursor: first?.docs.length });
      expect(seqs(await readAll(centre, 'x', 700))).toEqual(upTo(10));
      const end = await pullEvents(sql, { ...ask, since: 10, bytes: 1 });
      expect(end).toMatchObject({ cursor: 10, head: 10, more: false, docs: [] });
      expect(await pullEvents(sql, { ...ask, since: 11, bytes: 1 })).toBeNull();
    });

    it('folds events into the case as the shared rules say, with conflicts as data', async () => {
      const centre = newCentre();
      const [one, two] = [await addDevice(centre), await addDevice(centre)];
      const [a, b] = [createEventMaker(one), createEventMaker(two)];
      await push(centre, one, [a.open('case-1'), a.set('case-1', 'form.childName', 'Aziza K.', 'Aziza')]);
      const late = await push(centre, two, [b.set('case-1', 'form.childName', 'Azize', 'Aziza')]);
      expect(late).toMatchObject({ results: [{ status: 'review' }] });
      const page = await pullCases(sql, { centreId: centre, since: 0, bytes: 65_536 });
      const { docs } = CasesPage.parse({ epoch: '', ...page });
      expect(docs.map((it) => it.seq)).toEqual([2]);
      expect(docs[0]?.doc).toMatchObject({
        id: 'case-1',
        centreId: centre,
        hasConflicts: true,
        conflicts: [{ field: 'form.childName', kept: 'Aziza K.', offered: 'Azize' }],
        applied: { [one]: 2, [two]: 1 },
      });
    });

    it('shows a case once in its state stream, under its newest number', async () => {
      const centre = newCentre();
      const device = await addDevice(centre);
      const make = createEventMaker(device);
      await push(centre, device, [make.open('case-1'), make.open('case-2'), make.open('case-3')]);
      await push(centre, device, [make.note('case-1', 'x')]);
      const page = await pullCases(sql, { centreId: centre, since: 0, bytes: 65_536 });
      const docs = CasesPage.parse({ epoch: '', ...page }).docs;
      expect(docs.map((it) => [it.seq, it.doc.id])).toEqual([
        [2, 'case-2'],
        [3, 'case-3'],
        [4, 'case-1'],
      ]);
      const small = await pullCases(sql, { centreId: centre, since: 0, bytes: 1 });
      expect(small).toMatchObject({ cursor: 2, head: 4, more: true });
      const beyond = await pullCases(sql, { centreId: centre, since: 4, bytes: 1 });
      expect(beyond).toMatchObject({ cursor: 4, more: false, docs: [] });
    });

    it('keeps a case whose text no text column would take', async () => {
      const centre = newCentre();
      const device = await addDevice(centre);
      const make = createEventMaker(device);
      const text = 'scanner \u0000 typed \udfff this';
      await push(centre, device, [make.open('case-1'), make.note('case-1', text)]);
      const page = await pullCases(sql, { centreId: centre, since: 0, bytes: 65_536 });
      const docs = CasesPage.parse({ epoch: '', ...page }).docs;
      expect(docs[0]?.doc.notes.map((it) => it.text)).toEqual([text]);
    });

    it('shows a centre nothing of another, not even of a case with the same id', async () => {
      const [mine, other] = [newCentre(), newCentre()];
      const [one, two] = [await addDevice(mine), await addDevice(other)];
      await push(mine, one, [createEventMaker(one).open('case-1')]);
      const foreign = await push(other, two, [createEventMaker(two).note('case-1', 'x')]);
      expect(foreign).toMatchObject({ results: [{ seq: 1, status: 'rejected', code: 'case.absent' }] });
      expect((await readAll(mine)).map((it) => it.device)).toEqual([one]);
      expect((await pullCases(sql, { centreId: other, since: 0, bytes: 9_999 }))?.docs).toEqual([]);
      await pushRows(sql, {
        centreId: mine,
        collection: 'preferences',
        rows: [{ newDocumentState: { id: 'a', secret: 1 } }],
      });
      const conflicts = await pushRows(sql, {
        centreId: other,
        collection: 'preferences',
        rows: [{ assumedMasterState: { id: 'a' }, newDocumentState: { id: 'a', secret: 2 } }],
      });
      expect(conflicts).toEqual([]);
    });

    it('takes a row whose sender knew what stands here, and answers what stands here otherwise', async () => {
      const centreId = newCentre();
      const rows = (...list: Parameters<typeof pushRows>[1]['rows']) =>
        pushRows(sql, { centreId, collection: 'preferences', rows: list });
      const one = { id: 'p', size: 1, _deleted: false };
      const two = { id: 'p', size: 2, _deleted: false };
      const gone = { id: 'p', size: 2, _deleted: true };
      expect([
        await rows({ newDocumentState: one }),
        await rows({ newDocumentState: one }),
        await rows({ newDocumentState: two }),
        await rows({ assumedMasterState: one, newDocumentState: two }),
        await rows({ assumedMasterState: one, newDocumentState: { ...one, size: 3 } }),
        await rows({ assumedMasterState: two, newDocumentState: gone }),
      ]).toEqual([[], [], [one], [], [two], []]);
      const page = await pullDocs(
        sql,
        { centreId, collection: 'preferences', since: 0, bytes: 99 },
        (it) => it,
      );
      expect(page?.docs).toEqual([{ seq: 3, body: { id: 'p', size: 2 }, deleted: true }]);
    });

    it('gives a document of the seed a new number only when it reads otherwise', async () => {
      const before = await readHeads(sql, 13);
      const same = await saveSeed(sql, SEED, { demo: true });
      const changed = await saveSeed(
        sql,
        { ...SEED, services: [toService(1, 'Renamed'), toService(2, 'New')] },
        { demo: true },
      );
      const older = await saveSeed(sql, { ...SEED, services: [toService(2, 'New')] }, { demo: false });
      const after = await readHeads(sql, 13);
      expect({ same, changed, older }).toEqual({ same: 0, changed: 2, older: 1 });
      expect(after).toEqual({ ...before, services: 3, staff: 2 });
      const page = await pullDocs(
        sql,
        { centreId: 13, collection: 'services', since: 0, bytes: 99_999 },
        (it) => it.seq,
      );
      expect(page?.docs).toEqual([2, 3]);
      await saveSeed(sql, SEED, { demo: true });
    });

    it('takes an enrolment code once, within its time, and never gives a desk number twice', async () => {
      const now = 1_795_000_000_000;
      const none = new Map<string, number>();
      const made = await createCode(sql, 13, now);
      if (made.outcome !== 'made') throw new Error(made.outcome);
      const typed = made.code.toLowerCase().replaceAll('-', ' ');
      const enrolled = await enrolDevice(sql, { code: typed, desk: 'A', demoCodes: none, now });
      const again = await enrolDevice(sql, { code: made.code, desk: 'B', demoCodes: none, now });
      const late = await createCode(sql, 13, now - 20 * 86_400_000);
      const tooLate = await enrolDevice(sql, {
        code: late.outcome === 'made' ? late.code : '',
        desk: 'C',
        demoCodes: none,
        now,
      });
      expect([enrolled.outcome, again.outcome, tooLate.outcome]).toEqual([
        'enrolled',
        'bad-code',
        'bad-code',
      ]);
      expect(await createCode(sql, 999_999, now)).toEqual({ outcome: 'no-centre' });
      const demoCodes = new Map([
        ['D11', 11],
        ['D13', 13],
      ]);
      const many = await Promise.all(
        upTo(8).map((it) =>
          enrolDevice(sql, { code: it % 2 ? 'D11' : 'D13', desk: `${it}`, demoCodes, now }),
        ),
      );
      const numbers = many.map((it) => (it.outcome === 'enrolled' ? it.answer.deskNumber : 0));
      expect(numbers.sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    });

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
        const page = await pullEvents(sql, {
          centreId: centre,
          device: 'x',
          since,
          bytes: 20_000,
          full: false,
        });
        const cases = await pullCases(sql, { centreId: centre, since: sinceCase, bytes: 50_000 });
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
      const stored = await sql.query<{ count: number; distinct: number }>(
        `select count(*) as count, count(distinct device_id || ' ' || n) as distinct from event where centre_id = $1`,
        [centre],
      );
      expect(stored).toEqual([{ count: total, distinct: total }]);
      expect(seen).toEqual(upTo(total));
      const cases = await sql.query<{ case_id: string; doc: { notes: unknown[] } }>(
        'select case_id, doc from case_doc where centre_id = $1',
        [centre],
      );
      expect(new Map(cases.map((it) => [it.case_id, it.doc.notes.length]))).toEqual(seenCases);
    });
  });
}
