import type { CaseEvent, EventBody } from '#model/case-event';
import { createToken, hashSecret } from '../../../sync/server/auth/secret.ts';
import { type Sql, toValues } from '../../../sync/server/store/sql.ts';
import { addClerk } from '../../suites/add-clerk.ts';

export const CENTRES = 220;
export const STATIONS = 15;
export const EVENTS_A_STATION = 320;

const CLERK = 'baxmal-clerk-1';

export type Station = { centreId: number; device: string; token: string };

/** The desks of the country, centre beside centre, so that neighbours in the row work on different streams. */
export async function addStations(sql: Sql): Promise<Station[]> {
  const stations = Array.from({ length: CENTRES * STATIONS }, (_, index): Station => {
    const centreId = 1_000 + (index % CENTRES);
    return { centreId, device: `ws-${centreId}-${Math.floor(index / CENTRES)}`, token: createToken() };
  });
  await addClerk(sql, [...new Set(stations.map((it) => it.centreId))], CLERK);
  for (let from = 0; from < stations.length; from += 500) {
    const some = stations.slice(from, from + 500);
    const desks = toValues(
      some.map(({ centreId, device }, index) => [centreId, device, 'Desk', index, device, 0]),
    );
    await sql.query(
      `insert into device (centre_id, device_id, desk, desk_number, number_prefix, enrolled_at) values ${desks.text}`,
      desks.values,
    );
    const tokens = toValues(
      some.map(({ centreId, device, token }) => [
        hashSecret(token),
        centreId,
        device,
        Number.MAX_SAFE_INTEGER,
      ]),
    );
    await sql.query(
      `insert into device_token (token_hash, centre_id, device_id, expires_at) values ${tokens.text}`,
      tokens.values,
    );
  }
  return stations;
}

/** The life of a case in twelve events; a station takes one after the other. */
const LIFE: readonly ((id: string) => EventBody)[] = [
  () => ({
    type: 'case.opened',
    body: {
      number: '1708204-26-03000147-29',
      service: { code: 'SOC-03', version: 1 },
      channel: 'window',
      language: 'uz-Latn',
      answers: {
        'applicant.surname': 'Karimova',
        'applicant.phone': '+998901234567',
        'form.childName': 'Aziza',
      },
      missing: [],
      fee: { amount: 41_200, baseAmount: 412_000, tier: 'base', currency: 'UZS' },
      dueAt: null,
      acceptedOffline: true,
    },
  }),
  ...[1, 2, 3, 4].map(
    (page) =>
      (id: string): EventBody => ({
        type: 'document.attached',
        body: {
          id: `${id}-p${page}`,
          item: 'id-card',
          sha256: 'ab'.repeat(32),
          bytes: 200_000,
          mime: 'image/jpeg',
          name: '',
        },
      }),
  ),
  (id) => ({
    type: 'payment.recorded',
    body: { id: `${id}-pay`, amount: 41_200, method: 'terminal', slip: '004217' },
  }),
  () => ({ type: 'state.moved', body: { from: 'new', to: 'in-process', grounds: [], reason: '' } }),
  () => ({
    type: 'field.set',
    body: { set: { 'applicant.phone': '+998907654321' }, was: { 'applicant.phone': '+998901234567' } },
  }),
  (id) => ({ type: 'note.added', body: { id: `${id}-n1`, text: 'Called; comes on Thursday.' } }),
  () => ({ type: 'state.moved', body: { from: 'in-process', to: 'ready', grounds: [], reason: '' } }),
  () => ({ type: 'state.moved', body: { from: 'ready', to: 'issued', grounds: [], reason: '' } }),
  (id) => ({ type: 'note.added', body: { id: `${id}-n2`, text: 'Handed over.' } }),
];

/** Events `from` to `from + count - 1` of a station's day. */
export function makeDayEvents({ device }: Station, from: number, count: number): CaseEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const caseId = `${device}-${Math.floor((n - 1) / LIFE.length)}`;
    const at = 1_795_000_000_000 + n;
    const body = LIFE[(n - 1) % LIFE.length]?.(caseId);
    if (body === undefined) throw new Error('a case has no such event');
    const hlc = `${at}:0000:${device}`;
    return { id: `${device}-e${n}`, caseId, device, n, by: CLERK, at, hlc, base: 0, schema: 1, ...body };
  });
}

/** How many streams are not whole: numbers 1 to the head, and of each desk 1 to its last. */
export async function countHoles(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ whole: number }>(
    `select count(*)::bigint as whole from stream join
       (select centre_id, count(*) as rows, min(seq) as least, max(seq) as most from event group by centre_id) as it
       using (centre_id)
      where coll = 'events' and head = rows and least = 1 and most = head and rows = $1
        and not exists (select 1 from device where device.centre_id = stream.centre_id and last_n <> $2)`,
    [EVENTS_A_STATION * STATIONS, EVENTS_A_STATION],
  );
  return CENTRES - (row?.whole ?? 0);
}
