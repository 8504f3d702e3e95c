import type { Token } from '#protocol/token';
import { createToken, hashSecret } from '../auth/secret.ts';
import type { Query } from './sql.ts';

/** Short enough that a stolen one is soon worth nothing, long enough that a thin line carries few. */
export const TOKEN_LIFE_MS = 60 * 60_000;

type Owner = { centreId: number; device: string; now: number };

/** A new token of a device; only its digest is kept. `null`: the challenge was used before. */
export async function createDeviceToken(
  query: Query,
  { centreId, device, now }: Owner,
  nonce: string | null,
): Promise<Token | null> {
  const token = createToken();
  await query.query('delete from device_token where centre_id = $1 and device_id = $2 and expires_at < $3', [
    centreId,
    device,
    now,
  ]);
  const rows = await query.query(
    `insert into device_token (token_hash, centre_id, device_id, expires_at, nonce_hash) values ($1, $2, $3, $4, $5)
     on conflict (nonce_hash) do nothing returning expires_at`,
    [hashSecret(token), centreId, device, now + TOKEN_LIFE_MS, nonce === null ? null : hashSecret(nonce)],
  );
  return rows.length === 0 ? null : { token, expiresInSeconds: TOKEN_LIFE_MS / 1000 };
}

export type DeviceOfToken = {
  centreId: number;
  device: string;
  key: string | null;
  revoked: boolean;
  epoch: string;
};

/** Whose token it is, and the life of the database in which it was looked up. */
export async function findByToken(query: Query, token: string, now: number): Promise<DeviceOfToken | null> {
  type Row = {
    centre_id: number;
    device_id: string;
    key: string | null;
    revoked_at: number | null;
    epoch: string;
  };
  const [row] = await query.query<Row>(
    `select centre_id, device_id, key, revoked_at, (select value from meta where name = 'epoch') as epoch
       from device_token join device using (centre_id, device_id) where token_hash = $1 and expires_at > $2`,
    [hashSecret(token), now],
  );
  if (row === undefined) return null;
  const { centre_id: centreId, device_id: device, key, revoked_at, epoch } = row;
  return { centreId, device, key, epoch, revoked: revoked_at !== null };
}
