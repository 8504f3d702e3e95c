import { createHmac, randomBytes } from 'node:crypto';
import type { Query } from '../store/sql.ts';
import { createToken, isSameSecret } from './secret.ts';

const LIFE_MS = 2 * 60_000;
const RANDOM_BYTES = 12;

/**
 * Something to sign that was never signed before. Nothing is kept of it: it carries its time and proves by a key of the
 * database that it is ours, so that asking for many costs nobody anything. Whoever takes one sees to its single use.
 */
export async function createNonce(query: Query, now: number): Promise<string> {
  const text = `${now.toString(36)}.${randomBytes(RANDOM_BYTES).toString('base64url')}`;
  return `${text}.${sign(await readKey(query), text)}`;
}

/** Whether it is one of ours, and of these two minutes. */
export async function isFreshNonce(query: Query, nonce: string, now: number): Promise<boolean> {
  const [at = '', random = '', mac = ''] = nonce.split('.');
  // Two servers of one database may differ by a little.
  const age = Math.abs(now - Number.parseInt(at, 36));
  if (!(age < LIFE_MS)) return false;
  return isSameSecret(mac, sign(await readKey(query), `${at}.${random}`));
}

function sign(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

/** One for all servers of a database. */
async function readKey(query: Query): Promise<string> {
  const read = async () => {
    const rows = await query.query<{ value: string }>(`select value from meta where name = 'nonce_key'`);
    return rows[0]?.value;
  };
  const there = await read();
  if (there !== undefined) return there;
  await query.query(`insert into meta values ('nonce_key', $1) on conflict do nothing`, [createToken()]);
  return (await read()) ?? '';
}
