import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { ask, createEventMaker, enrol, openTestCentral, type TestCentral } from '../central.fixture.ts';
import { linkEvents } from '../store/chain.ts';
import { findSubject } from '../store/find-subject.ts';
import { findUncovered } from './audit-desk.ts';
import { auditCentre, type CentreAudit, isProved, toAuditText, toCaseText } from './audit-report.ts';

const CENTRE = 13;

describe('audit of a centre', () => {
  let central: TestCentral;
  let desks: EnrolAnswer[];

  beforeAll(async () => {
    central = await openTestCentral();
  }, 60_000);
  afterAll(async () => {
    await central.close();
  });
  beforeEach(async () => {
    for (const table of ['event', 'statement', 'case_doc', 'device', 'device_token']) {
      await central.sql.query(`delete from ${table}`);
    }
    await central.sql.query(`update stream set head = 0, chain = '' where coll in ('events', 'cases')`);
    desks = [await enrol(central, CENTRE, 'One'), await enrol(central, CENTRE, 'Two')];
    for (const [index, desk] of desks.entries()) {
      const make = createEventMaker(desk.device);
      const caseId = `case-${index}`;
      await push(desk, [make.open(caseId), make.note(caseId, 'Karimova came')]);
      await push(desk, [make.note(caseId, 'again'), { n: 4, odd: 'no event' }, make.note(caseId, 'gap')]);
    }
  });

  async function push({ device, token }: EnrolAnswer, events: { n: number; odd?: string }[]): Promise<void> {
    const numbered = events.map((it, index) => ({ ...it, n: (events[0]?.n ?? 0) + index }));
    const body = { device, epoch: central.epoch, from: numbered[0]?.n, events: numbered };
    expect((await ask(central, token, { url: '/v1/push/events', body })).status).toBe(200);
  }
  const sql = (text: string) => central.sql.query(text);
  const audit = (): Promise<CentreAudit> => auditCentre(central.sql, CENTRE);
  /** As somebody does who has the database and knows how its chain is made. */
  async function linkAnew(): Promise<void> {
    const rows = (await sql('select seq, status, code, event from event order by seq')) as never[];
    for (const [index, { chain }] of linkEvents({ head: 0, chain: '' }, rows).entries()) {
      await central.sql.query('update event set chain = $2 where seq = $1', [index + 1, chain]);
    }
    await sql(`update stream set head = (select max(seq) from event),
      chain = (select chain from event order by seq desc limit 1) where coll = 'events' and centre_id = ${CENTRE}`);
  }

  it('proves what nobody has touched, also what could not be taken as an event', async () => {
    const found = await audit();
    expect([isProved(found), found.stream.head]).toEqual([true, 10]);
    const text = toAuditText(found, central.clock.now);
    expect(text).toContain('PROVED: nothing is missing');
    expect(text).not.toMatch(/Karimova|FAULT/);
    const history = await toCaseText(central.sql, found, 'case-1');
    expect(history).toContain(`case.opened by baxmal-clerk-1 at desk ${desks[1]?.device} as its 1`);
    expect(history?.match(/signed, linked/g)).toHaveLength(4);
    expect(await toCaseText(central.sql, found, 'case-9')).toBe(null);
  });

  it.each([
    [
      'a word of an event',
      `update event set event = replace(event::text, 'again', 'never')::json where seq = 3`,
    ],
    ['who did it', `update event set event = replace(event::text, 'clerk-1', 'clerk-2')::json where seq = 2`],
    ['what became of it', `update event set status = 'rejected' where seq = 2`],
  ])('finds that %s was altered, also with the chain made anew', async (what, text) => {
    await sql(text);
    const found = await audit();
    expect(found.stream.faults.map((it) => it.code)).toContain('altered');
    if (what === 'what became of it') return;
    await linkAnew();
    const relinked = await audit();
    expect(relinked.stream.faults).toEqual([]);
    expect(relinked.desks[0]?.bad).toHaveLength(1);
    expect(isProved(relinked)).toBe(false);
    expect(toAuditText(relinked, 0)).toContain('FAULT: not what the desk has signed');
  });

  it('finds an event that is gone, and an end that was cut off, whoever made the numbers fit', async () => {
    await sql('delete from event where seq = 4');
    expect((await audit()).stream.faults).toContainEqual({ code: 'hole', seq: 4 });
    await sql('delete from event where seq > 3');
    await linkAnew();
    await sql(
      `update device set last_n = (select count(*) from event where event.device_id = device.device_id)`,
    );
    const found = await audit();
    expect(found.stream.faults).toEqual([]);
    expect(found.desks.map((it) => it.bad.length)).toEqual([1, 2]);
    expect(isProved(found)).toBe(false);
  });

  it('finds what was written in the name of a desk, and a desk that got another key', async () => {
    const name = desks[0]?.device;
    await sql(`insert into event select centre_id, 11, device_id, 6, 'made', case_id, status, code,
      replace(event::text, '"n":5', '"n":6')::json, raw, chain, received_at from event where device_id = '${name}' and n = 5`);
    await sql(`update device set last_n = 6 where device_id = '${name}'`);
    await linkAnew();
    expect((await audit()).desks[0]).toMatchObject({ gaps: [], bad: [], unsigned: [{ from: 6, to: 6 }] });
    const other = (await enrol(central, CENTRE, 'Three')).device;
    await sql(`update device set key = null where device_id = '${other}'`);
    await sql(`update device set key = '${'A'.repeat(43)}' where device_id = '${name}'`);
    expect((await audit()).desks[0]).toMatchObject({
      bad: [{ from: 1 }, { from: 3 }],
      unsigned: [{ from: 1 }],
    });
  });

  it('finds all that is kept of a person, by a number of now or of before, and nothing of others', async () => {
    const make = createEventMaker(desks[0]?.device ?? '');
    const set = (caseId: string, value: string, was: string | null) => ({
      ...make.set(caseId, 'applicant.phone', value, was),
      id: `set-${value}`,
    });
    const phone = '+998 90 123-45-67';
    const elsewhere = await enrol(central, 21, 'Elsewhere');
    const other = createEventMaker(elsewhere.device);
    await push(elsewhere, [
      other.open('case-far'),
      other.set('case-far', 'form.guardian', '998901234567', null),
    ]);
    await push(desks[0] as EnrolAnswer, [
      { ...set('case-0', phone, null), n: 6 },
      { ...set('case-0', '+998907654321', phone), n: 7 },
      { ...set('case-1', '+998901234568', null), n: 8 },
    ]);
    const found = await findSubject(central.sql, '+998901234567');
    expect(found.map((it) => [it.centreId, it.caseId])).toEqual([
      [CENTRE, 'case-0'],
      [21, 'case-far'],
    ]);
    // Nobody of that centre had sent it: kept, and told, though it is no case.
    expect(found.map((it) => it.case?.id ?? null)).toEqual(['case-0', null]);
    expect(found[0]?.events.map((it) => it.event.type)).toEqual([
      'case.opened',
      'note.added',
      'note.added',
      'note.added',
      'field.set',
      'field.set',
    ]);
    expect(await findSubject(central.sql, '+998900000000')).toEqual([]);
  });

  it('tells what no signature covers', () => {
    const spans = [
      { from: 3, to: 4 },
      { from: 4, to: 6 },
      { from: 9, to: 9 },
    ];
    expect(findUncovered(spans, 10)).toEqual([
      { from: 1, to: 2 },
      { from: 7, to: 8 },
      { from: 10, to: 10 },
    ]);
    expect(findUncovered([], 0)).toEqual([]);
  });
});
