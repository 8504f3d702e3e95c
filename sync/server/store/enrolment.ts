import type { EnrolAnswer } from '#protocol/enrol';
import {
  createDeviceId,
  createEnrolmentCode,
  createToken,
  hashSecret,
  normaliseCode,
} from '../auth/secret.ts';
import { type Query, type Sql, transact } from './sql.ts';

const CODE_LIFE_MS = 14 * 24 * 60 * 60 * 1000;
const MOST_DESKS = 99;

export type EnrolOutcome =
  | { outcome: 'enrolled'; answer: Omit<EnrolAnswer, 'demo'> }
  | { outcome: 'bad-code' }
  /** The code is good, but the centre is not in the reference data. */
  | { outcome: 'no-centre' }
  | { outcome: 'no-number' };

export type NewCode = { outcome: 'made'; code: string; expiresAt: number } | { outcome: 'no-centre' };

/** A new code of one use, good for fourteen days. Only its hash is kept. */
export async function createCode(sql: Sql, centreId: number, now: number): Promise<NewCode> {
  return transact(sql, async (query) => {
    if ((await findPrefix(query, centreId)) === null) return { outcome: 'no-centre' };
    const code = createEnrolmentCode();
    const expiresAt = now + CODE_LIFE_MS;
    await query.query('insert into enrolment_code (code_hash, centre_id, expires_at) values ($1, $2, $3)', [
      hashSecret(normaliseCode(code)),
      centreId,
      expiresAt,
    ]);
    return { outcome: 'made', code, expiresAt };
  });
}

/** The codes of a demonstration: any number of uses, for ever. */
export async function saveDemoCodes(
  query: Query,
  codes: readonly { code: string; centreId: number }[],
): Promise<void> {
  for (const { code, centreId } of codes) {
    await query.query(
      `insert into enrolment_code (code_hash, centre_id, expires_at, reusable) values ($1, $2, 0, true)
       on conflict (code_hash) do update set centre_id = excluded.centre_id, reusable = true`,
      [hashSecret(normaliseCode(code)), centreId],
    );
  }
}

/** Makes a computer a desk of the centre that the code belongs to. A code that gave nothing is still good. */
export function enrolDevice(
  sql: Sql,
  ask: { code: string; desk: string; demo: boolean; now: number },
): Promise<EnrolOutcome> {
  return transact(sql, async (query) => {
    const code = normaliseCode(ask.code);
    const centreId = await findCode(query, code, ask);
    if (centreId === null) return { outcome: 'bad-code' };
    const prefix = await findPrefix(query, centreId);
    if (prefix === null) return { outcome: 'no-centre' };
    const deskNumber = await nextDeskNumber(query, prefix);
    if (deskNumber === null) return { outcome: 'no-number' };
    await query.query('update enrolment_code set used_at = $2 where code_hash = $1', [
      hashSecret(code),
      ask.now,
    ]);
    const device = createDeviceId();
    const token = createToken();
    await query.query(
      `insert into device (centre_id, device_id, desk, desk_number, number_prefix, token_hash, enrolled_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [centreId, device, ask.desk, deskNumber, prefix, hashSecret(token), ask.now],
    );
    return { outcome: 'enrolled', answer: { device, centreId, desk: ask.desk, deskNumber, token } };
  });
}

/** Locked, so that two computers with one code do not both find it good. */
async function findCode(
  query: Query,
  code: string,
  { demo, now }: { demo: boolean; now: number },
): Promise<number | null> {
  const rows = await query.query<{ centre_id: number }>(
    `select centre_id from enrolment_code
      where code_hash = $1 and ((used_at is null and expires_at > $2 and not reusable) or (reusable and $3))
      for update`,
    [hashSecret(code), now, demo],
  );
  return rows[0]?.centre_id ?? null;
}

async function findPrefix(query: Query, centreId: number): Promise<string | null> {
  const rows = await query.query<{ number_prefix: string }>(
    'select number_prefix from centre where centre_id = $1',
    [centreId],
  );
  return rows[0]?.number_prefix ?? null;
}

/** A number is never given twice, also not that of a desk long gone: it is part of its case numbers. */
async function nextDeskNumber(query: Query, prefix: string): Promise<number | null> {
  await query.query('select 1 from centre where number_prefix = $1 order by centre_id for update', [prefix]);
  const rows = await query.query<{ desk_number: number }>(
    'select desk_number from device where number_prefix = $1',
    [prefix],
  );
  const given = new Set(rows.map((it) => it.desk_number));
  for (let number = 1; number <= MOST_DESKS; number += 1) {
    if (!given.has(number)) return number;
  }
  return null;
}
