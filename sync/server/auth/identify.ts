import type { Query } from '../store/sql.ts';
import { hashSecret, isSameSecret } from './secret.ts';

/** Who asks. */
export type DeviceCaller = { kind: 'device'; device: string; centreId: number };
export type Caller =
  | DeviceCaller
  /** Whoever can read the file `admin-key` in the server's data folder. */
  | { kind: 'admin' };

export type Identified =
  | { outcome: 'known'; caller: Caller }
  | { outcome: 'unknown' }
  | { outcome: 'revoked' };

const ADMIN = 'admin:';

/** Finds out who asks from the `Authorization` header. */
export async function identify(
  query: Query,
  adminKey: string,
  authorization: string | undefined,
): Promise<Identified> {
  const token = /^Bearer (\S{8,300})$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return { outcome: 'unknown' };
  if (token.startsWith(ADMIN)) {
    const isAdmin = isSameSecret(token.slice(ADMIN.length), adminKey);
    return isAdmin ? { outcome: 'known', caller: { kind: 'admin' } } : { outcome: 'unknown' };
  }
  const rows = await query.query<{ centre_id: number; device_id: string; revoked_at: number | null }>(
    'select centre_id, device_id, revoked_at from device where token_hash = $1',
    [hashSecret(token)],
  );
  const row = rows[0];
  if (row === undefined) return { outcome: 'unknown' };
  if (row.revoked_at !== null) return { outcome: 'revoked' };
  return { outcome: 'known', caller: { kind: 'device', device: row.device_id, centreId: row.centre_id } };
}
