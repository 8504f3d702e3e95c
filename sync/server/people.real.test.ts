import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseEvent, EventBody } from '#model/case-event';
import { toService, words } from '#model/service.fixture';
import type { Position, StaffMember } from '#model/staff';
import type { EnrolAnswer } from '#protocol/enrol';
import { EventsPage } from '#protocol/pull';
import { PushAnswer } from '#protocol/push';
import {
  ask,
  enrol,
  OFFICIAL,
  openTestCentral,
  SEED,
  STRANGER,
  type TestCentral,
} from './central.fixture.ts';
import { savePeople } from './store/people.ts';
import { saveSeed } from './store/save-seed.ts';

const NOW = 1_795_000_000_000;
const DAY = 86_400_000;
const SERVICE = { ...toService(), id: 'PAY-01@1', code: 'PAY-01' };
const held = (role: Position['role'], from: number, to: number | null, more: object = {}): Position => ({
  centreId: 13,
  role,
  from,
  to,
  ...more,
});
const PEOPLE: StaffMember[] = [
  { id: 'clerk', centreId: 13, name: 'Clerk', role: 'clerk' },
  { id: 'senior', centreId: 13, name: 'Senior', role: 'senior-clerk' },
  { id: 'audit', centreId: 13, name: 'Audit', role: 'auditor' },
  { id: 'moved', centreId: 13, name: 'Moved', role: 'clerk', positions: [held('clerk', 0, NOW - 5 * DAY)] },
  { id: 'gone', centreId: 13, name: 'Gone', role: 'clerk', positions: [held('clerk', 0, NOW - 30 * DAY)] },
  { id: 'begins', centreId: 13, name: 'Begins', role: 'clerk', positions: [held('clerk', NOW + DAY, null)] },
  {
    id: 'stands-in',
    centreId: 13,
    name: 'Stands in',
    role: 'clerk',
    positions: [
      held('clerk', 0, null),
      held('senior-clerk', NOW - 9 * DAY, NOW - 6 * DAY, { for: 'senior' }),
    ],
  },
];

describe('who may do what', () => {
  let central: TestCentral;
  let desk: EnrolAnswer;
  let n = 0;

  beforeAll(async () => {
    central = await openTestCentral();
    await central.sql.transaction((query) => savePeople(query, PEOPLE));
    const service = { ...SERVICE, fourEyes: [{ right: 'case.refuse' as const }] };
    await saveSeed(central.sql, { ...SEED, services: [toService(), service] }, { demo: true });
    desk = await enrol(central, 13);
    await central.sql.query('update device set enrolled_at = $1', [NOW - 20 * DAY]);
  }, 60_000);
  afterAll(() => central.close());

  type Sent = { by: string; at?: number; confirmedBy?: string; caseId?: string };

  function toEvent({ by, at = NOW, confirmedBy, caseId = 'k' }: Sent, body: EventBody, of = desk): CaseEvent {
    if (of === desk) n += 1;
    const number = of === desk ? n : 1;
    const id = `${of.device}-e${number}`;
    const second = confirmedBy === undefined ? {} : { confirmedBy };
    const hlc = `${at}:0000:${of.device}`;
    const head = { id, caseId, device: of.device, n: number, by, at, hlc, base: 0, schema: 1 as const };
    return { ...head, ...second, ...body };
  }

  async function push(event: CaseEvent, of = desk): Promise<[string, string | undefined]> {
    const body = { device: of.device, epoch: central.epoch, from: event.n, events: [event] };
    const answer = await ask(central, of.token, { url: '/v1/push/events', body });
    const [result] = PushAnswer.parse(answer.body).results;
    return [result?.status ?? '', result?.code];
  }

  const note = (): EventBody => ({ type: 'note.added', body: { id: `note-${n}`, text: 'x' } });
  const move = (to: 'in-process' | 'refused', from: 'new' | 'in-process' = 'new'): EventBody => ({
    type: 'state.moved',
    body: { from, to, grounds: ['R01'], reason: '' },
  });
  const open = (code = 'SOC-03'): EventBody => ({
    type: 'case.opened',
    body: {
      number: '1708204-26-03000147-29',
      service: { code, version: 1 },
      channel: 'hall',
      language: 'ru',
      answers: {},
      missing: [],
      fee: { amount: 0, baseAmount: 0, tier: 'all', currency: 'UZS' },
      dueAt: null,
      acceptedOffline: true,
    },
  });
  const REFUSED = ['rejected', 'not-allowed'];

  it('lets people of the centre and of its office do what their role may', async () => {
    expect(await push(toEvent({ by: 'clerk' }, open()))).toEqual(['ok', undefined]);
    expect(await push(toEvent({ by: OFFICIAL }, note()))).toEqual(['ok', undefined]);
  });

  it.each([
    ['somebody of another centre', { by: STRANGER }],
    ['nobody that there is', { by: 'invented' }],
    ['nobody at all', { by: '' }],
    ['a key of every object', { by: '__proto__' }],
    ['another such key', { by: 'constructor' }],
    ['what no column takes', { by: 'clerk\u0000' }],
    ['who only looks', { by: 'audit' }],
    ['whose position has ended', { by: 'moved' }],
    ['who has not begun', { by: 'begins' }],
    ['who has not begun, by a clock ahead', { by: 'begins', at: NOW + 2 * DAY }],
    ['whose position ended before the desk was there, by a clock behind', { by: 'gone', at: NOW - 31 * DAY }],
  ])('stores and does not apply an event by %s', async (_, sent: Sent) => {
    expect(await push(toEvent(sent, note()))).toEqual(REFUSED);
  });

  it('takes what was done while a position was valid, however late it comes', async () => {
    expect(await push(toEvent({ by: 'moved', at: NOW - 6 * DAY }, note()))).toEqual(['ok', undefined]);
  });

  it('does not believe a clock that goes back behind the last time nothing waited', async () => {
    const other = await enrol(central, 13, 'Other');
    await central.sql.query('update device set enrolled_at = 0, quiet_at = $2 where device_id = $1', [
      other.device,
      NOW - 4 * DAY,
    ]);
    const event = toEvent({ by: 'moved', at: NOW - 6 * DAY }, note(), other);
    expect(await push(event, other)).toEqual(REFUSED);
  });

  it('notes when a desk said that nothing waits', async () => {
    const state = {
      ...{ waiting: 0, waitingBytes: 0, oldestWaitingAt: null, filesWaiting: 0, filesWaitingBytes: 0 },
      ...{ failing: 0, failingCode: null, clock: NOW, lastFullSyncAt: null, freeDiskBytes: null },
      appVersion: '1',
    };
    const quiet = async (waiting: number): Promise<unknown> => {
      const other = await enrol(central, 13, `Says ${waiting}`);
      const body = { protocol: 1, state: { ...state, waiting } };
      await ask(central, other.token, { url: '/v1/hello', body });
      const rows = await central.sql.query<{ quiet_at: number | null }>(
        'select quiet_at from device where device_id = $1',
        [other.device],
      );
      return rows[0]?.quiet_at;
    };
    expect([await quiet(0), await quiet(1)]).toEqual([NOW, null]);
  });

  it('asks for a second person where the service does, and for one who may be it', async () => {
    const caseId = 'eyes';
    expect(await push(toEvent({ by: 'clerk', caseId }, open('PAY-01')))).toEqual(['ok', undefined]);
    const refuse = (more: Partial<Sent>) => push(toEvent({ by: 'clerk', caseId, ...more }, move('refused')));
    const SECOND = ['rejected', 'second-person'];
    expect(await refuse({})).toEqual(SECOND);
    expect(await refuse({ confirmedBy: 'clerk' })).toEqual(SECOND);
    expect(await refuse({ by: 'senior', confirmedBy: 'senior' })).toEqual(SECOND);
    expect(await refuse({ confirmedBy: 'audit' })).toEqual(SECOND);
    expect(await refuse({ confirmedBy: 'invented' })).toEqual(SECOND);
    expect(await refuse({ confirmedBy: STRANGER })).toEqual(SECOND);
    expect(await refuse({ confirmedBy: 'stands-in' })).toEqual(SECOND);
    expect(await push(toEvent({ by: 'clerk', caseId }, move('in-process')))).toEqual(['ok', undefined]);
    const late = { confirmedBy: 'stands-in', at: NOW - 8 * DAY };
    expect(await push(toEvent({ by: 'clerk', caseId, ...late }, move('refused', 'in-process')))).toEqual([
      'ok',
      undefined,
    ]);
  });

  it('takes the rights of a role from the reference data, at once', async () => {
    const item = { kind: 'role', id: 'role-clerk', role: 'clerk', below: false, offlineDays: 9 } as const;
    const put = (rights: ('case.note' | 'case.open')[]) =>
      saveSeed(
        central.sql,
        { services: [], reference: [{ ...item, rights, name: words('') }], staff: [], enrolmentCodes: [] },
        { demo: true },
      );
    await put(['case.open']);
    expect(await push(toEvent({ by: 'clerk' }, note()))).toEqual(REFUSED);
    await put(['case.open', 'case.note']);
    expect(await push(toEvent({ by: 'clerk' }, note()))).toEqual(['ok', undefined]);
  });

  it('keeps all of it in the stream, whole and in its place', async () => {
    const url = '/v1/pull/events?bytes=1000000&full=1';
    const { body } = await ask(central, desk.token, { method: 'GET', url });
    const docs = EventsPage.parse(body).docs.flatMap((it) => ('ack' in it ? [] : [it]));
    const mine = docs.filter((it) => it.device === desk.device);
    expect(mine.map((it) => it.n)).toEqual(Array.from({ length: n }, (_, index) => index + 1));
    expect(mine.find((it) => it.by === 'invented')).toMatchObject({
      type: 'note.added',
      body: { text: 'x' },
      status: 'rejected',
      code: 'not-allowed',
    });
  });

  it('lets the people of a partner send and see their own, and do no more', async () => {
    const mahalla = {
      ...SEED.reference[1],
      id: 'centre-31',
      centreId: 31,
      parent: 13,
      type: 'partner',
    } as never;
    const team: StaffMember[] = [
      { id: 'mahalla', centreId: 31, name: 'Mahalla', role: 'partner' },
      { id: 'mahalla-boss', centreId: 31, name: 'Boss', role: 'supervisor' },
    ];
    const codes = [{ code: 'DEMO-31', centreId: 31 }];
    const seed = { services: [], reference: [mahalla], staff: team, enrolmentCodes: codes };
    await saveSeed(central.sql, seed, { demo: true });
    const its = await enrol(central, 31);
    const event = (number: number, by: string, body: EventBody): CaseEvent => ({
      ...toEvent({ by, caseId: 'their-own' }, body, its),
      id: `their-e${number}`,
      n: number,
    });
    expect(await push(event(1, 'mahalla', open()), its)).toEqual(['ok', undefined]);
    expect(await push(event(2, 'mahalla', move('in-process')), its)).toEqual(REFUSED);
    expect(await push(event(3, 'mahalla-boss', move('in-process')), its)).toEqual(REFUSED);
    const pulled = async (collection: string) => {
      const url = `/v1/pull/${collection}?bytes=1000000&full=1`;
      return (await ask(central, its.token, { method: 'GET', url })).body as {
        docs: { doc?: { id: string } }[];
      };
    };
    expect((await pulled('events')).docs).toHaveLength(3);
    expect((await pulled('cases')).docs.map((it) => it.doc?.id)).toEqual(['their-own']);
    expect((await pulled('staff')).docs.map((it) => it.doc?.id)).toEqual(['mahalla', 'mahalla-boss']);
  });
});
