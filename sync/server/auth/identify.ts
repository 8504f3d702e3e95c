import { getEpoch } from '../store/migrate.ts';
import type { Query } from '../store/sql.ts';
import { hashSecret, isSameSecret } from './secret.ts';

/** A desk that asks, and the life of the database in which it was looked up. */
export type DeviceCaller = { epoch: string; kind: 'device'; device: string; centreId: number };
/** Who asks. */
export type Caller =
  | DeviceCaller
  /** Whoever can read the file `admin-key` in the server's data folder. */
  | { epoch: string; kind: 'admin' };

export type Identified =
  | { outcome: 'known'; caller: Caller }
  | { outcome: 'unknown' }
  | { outcome: 'revoked' };

type DeviceRow = { centre_id: number; device_id: string; revoked_at: number | null; epoch: string };

const ADMIN = 'admin:';

/** Finds out who asks from the `Authorization` header, and which life of the database answers. */
export async function identify(
  query: Query,
  adminKey: string,
  authorization: string | undefined,
): Promise<Identified> {
  const token = /^Bearer (\S{8,300})$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return { outcome: 'unknown' };
  if (token.startsWith(ADMIN)) {
    const isAdmin = isSameSecret(token.slice(ADMIN.length), adminKey);
    if (!isAdmin) return { outcome: 'unknown' };
    return { outcome: 'known', caller: { kind: 'admin', epoch: await getEpoch(query) } };
  }
  const rows = await query.query<DeviceRow>(
    `select centre_id, device_id, revoked_at, (select value from meta where name = 'epoch') as epoch
       from device where token_hash = $1`,
    [hashSecret(token)],
  );
  const row = rows[0];
  if (row === undefined) return { outcome: 'unknown' };
  if (row.revoked_at !== null) return { outcome: 'revoked' };
  const { epoch, device_id: device, centre_id: centreId } = row;
  return { outcome: 'known', caller: { kind: 'device', epoch, device, centreId } };
}
