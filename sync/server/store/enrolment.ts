import type { EnrolAnswer } from '#protocol/enrol';
import { createDeviceId, createEnrolmentCode, hashSecret, normaliseCode } from '../auth/secret.ts';
import { type Query, type Sql, transact } from './sql.ts';
import { createDeviceToken } from './tokens.ts';

const CODE_LIFE_MS = 14 * 24 * 60 * 60 * 1000;
const MOST_DESKS = 99;

export type EnrolOutcome =
  | { outcome: 'enrolled'; answer: Omit<EnrolAnswer, 'demo' | 'recoveryKey'> }
  | { outcome: 'bad-code' }
  /** The code is good, but the centre is not in the reference data. */
  | { outcome: 'no-centre' }
  | { outcome: 'no-number' }
  /** The key is that of a desk elsewhere, or of one that was sent away. */
  | { outcome: 'key-taken' };

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

type Newcomer = { code: string; desk: string; key: string | null; demo: boolean; now: number };

/**
 * Makes a computer a desk of the centre that the code belongs to. A code that gave nothing is still good, and one that
 * this key has used answers as it did: the answer may have been lost on its way.
 */
export function enrolDevice(sql: Sql, ask: Newcomer): Promise<EnrolOutcome> {
  return transact(sql, async (query) => {
    const code = normaliseCode(ask.code);
    const again = ask.key === null ? null : await findEnrolled(query, code, ask.key);
    if (again !== null) return toEnrolled(query, again, ask.now);
    const centreId = await findCode(query, code, ask);
    if (centreId === null) return { outcome: 'bad-code' };
    const prefix = await findPrefix(query, centreId);
    if (prefix === null) return { outcome: 'no-centre' };
    if (await isKeyTaken(query, ask.key)) return { outcome: 'key-taken' };
    const deskNumber = await nextDeskNumber(query, prefix);
    if (deskNumber === null) return { outcome: 'no-number' };
    await query.query('update enrolment_code set used_at = $2 where code_hash = $1', [
      hashSecret(code),
      ask.now,
    ]);
    const device = createDeviceId();
    await query.query(
      `insert into device (centre_id, device_id, desk, desk_number, number_prefix, key, enrolled_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [centreId, device, ask.desk, deskNumber, prefix, ask.key, ask.now],
    );
    return toEnrolled(query, { device, centreId, desk: ask.desk, deskNumber }, ask.now);
  });
}

type Enrolled = Pick<EnrolAnswer, 'device' | 'centreId' | 'desk' | 'deskNumber'>;

async function toEnrolled(query: Query, enrolled: Enrolled, now: number): Promise<EnrolOutcome> {
  const token = await createDeviceToken(query, { ...enrolled, now }, null);
  if (token === null) throw new Error('a token that no challenge was used for was not given');
  return { outcome: 'enrolled', answer: { ...enrolled, ...token } };
}

/** A desk with this key that was enrolled by this code, or by another of the same centre. */
async function findEnrolled(query: Query, code: string, key: string): Promise<Enrolled | null> {
  type Row = { centre_id: number; device_id: string; desk: string; desk_number: number };
  const [row] = await query.query<Row>(
    `select centre_id, device_id, desk, desk_number from device join enrolment_code using (centre_id)
      where key = $1 and code_hash = $2 and revoked_at is null`,
    [key, hashSecret(code)],
  );
  if (row === undefined) return null;
  const { centre_id: centreId, device_id: device, desk, desk_number: deskNumber } = row;
  return { device, centreId, desk, deskNumber };
}

async function isKeyTaken(query: Query, key: string | null): Promise<boolean> {
  return key !== null && (await query.query('select 1 from device where key = $1', [key])).length > 0;
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
