import type { Context } from '../context.ts';
import { getEpoch } from '../store/migrate.ts';
import { findByToken } from '../store/tokens.ts';
import { isSameSecret } from './secret.ts';

/** A desk that asks, and the life of the database in which it was looked up. */
export type DeviceCaller = {
  epoch: string;
  kind: 'device';
  device: string;
  centreId: number;
  /** Its public key, with which it signs what it pushes; a desk of before keys has none. */
  key: string | null;
};
/** Who asks. */
export type Caller =
  | DeviceCaller
  /** Whoever can read the file `admin-key` in the server's data folder. */
  | { epoch: string; kind: 'admin' };

export type Identified =
  | { outcome: 'known'; caller: Caller }
  | { outcome: 'unknown' }
  | { outcome: 'revoked' };

const ADMIN = 'admin:';

/** Finds out who asks from the `Authorization` header, and which life of the database answers. */
export async function identify(
  { sql, adminKey, now }: Pick<Context, 'sql' | 'adminKey' | 'now'>,
  authorization: string | undefined,
): Promise<Identified> {
  const token = /^Bearer (\S{8,300})$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return { outcome: 'unknown' };
  if (token.startsWith(ADMIN)) {
    const isAdmin = isSameSecret(token.slice(ADMIN.length), adminKey);
    if (!isAdmin) return { outcome: 'unknown' };
    return { outcome: 'known', caller: { kind: 'admin', epoch: await getEpoch(sql) } };
  }
  const found = await findByToken(sql, token, now());
  if (found === null) return { outcome: 'unknown' };
  if (found.revoked) return { outcome: 'revoked' };
  const { epoch, device, centreId, key } = found;
  return { outcome: 'known', caller: { kind: 'device', epoch, device, centreId, key } };
}
