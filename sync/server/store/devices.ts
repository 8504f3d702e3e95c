import type { DeskRow, DeskState } from '#model/desk-report';
import type { Query } from './sql.ts';

/** Keeps what a station told of itself, with how far its clock is from ours. Answers its last number. */
export async function recordHello(
  query: Query,
  { centreId, device, state, now }: { centreId: number; device: string; state: DeskState; now: number },
): Promise<number> {
  const drift = toSafe(state.clock - now);
  // The station's clock wrote it; the report speaks in ours.
  const fullSyncAt = state.lastFullSyncAt === null ? null : toSafe(state.lastFullSyncAt - drift);
  const rows = await query.query<{ last_n: number }>(
    `update device set state = $3::json, clock_drift_ms = $4, last_contact_at = $5,
            last_full_sync_at = coalesce($6, last_full_sync_at), quiet_at = coalesce($7, quiet_at)
      where centre_id = $1 and device_id = $2 returning last_n`,
    [centreId, device, JSON.stringify(state), drift, now, fullSyncAt, state.waiting === 0 ? now : null],
  );
  return rows[0]?.last_n ?? 0;
}

/** Lets a desk in no more; its tokens are good for nothing from now on. Answers whose it was; `null`: nobody's. */
export async function revokeDevice(
  query: Query,
  { device, erase, now }: { device: string; erase: boolean; now: number },
): Promise<{ desk: string; centreId: number } | null> {
  const [row] = await query.query<{ desk: string; centre_id: number }>(
    `update device set revoked_at = coalesce(revoked_at, $2), erase = erase or $3
      where device_id = $1 returning desk, centre_id`,
    [device, now, erase],
  );
  return row === undefined ? null : { desk: row.desk, centreId: row.centre_id };
}

/** A clock that is out of its mind must not make a number that no report can be written with. */
function toSafe(ms: number): number {
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, ms));
}

type DeviceRow = {
  centre_id: number;
  device_id: string;
  desk: string;
  enrolled_at: number;
  last_contact_at: number | null;
  last_full_sync_at: number | null;
  clock_drift_ms: number | null;
  state: DeskState | null;
};

/** The desks of a centre and of all below it; of every centre when none is named. */
export async function readDesks(query: Query, top: number | null): Promise<DeskRow[]> {
  const scope = top === null ? null : await readBelow(query, top);
  const desks = await query.query<DeviceRow>(
    `select centre_id, device_id, desk, enrolled_at, last_contact_at, last_full_sync_at, clock_drift_ms, state
       from device where revoked_at is null order by centre_id, desk_number`,
  );
  const open = await countConflicts(query);
  return desks
    .filter((it) => scope === null || scope.has(it.centre_id))
    .map((it) => ({
      centreId: it.centre_id,
      device: it.device_id,
      desk: it.desk,
      enrolledAt: it.enrolled_at,
      lastContactAt: it.last_contact_at,
      lastFullSyncAt: it.last_full_sync_at,
      clockDriftMs: it.clock_drift_ms,
      openConflicts: open.get(`${it.centre_id} ${it.device_id}`) ?? 0,
      state: it.state,
    }));
}

async function readBelow(query: Query, top: number): Promise<Set<number>> {
  const centres = await query.query<{ centre_id: number; parent_id: number | null }>(
    'select centre_id, parent_id from centre',
  );
  const scope = new Set([top]);
  for (let size = 0; size !== scope.size; ) {
    size = scope.size;
    for (const it of centres) if (it.parent_id !== null && scope.has(it.parent_id)) scope.add(it.centre_id);
  }
  return scope;
}

/** Open conflicts by the desk whose value waits to be looked at. */
async function countConflicts(query: Query): Promise<Map<string, number>> {
  const rows = await query.query<{ centre_id: number; offered_by: string[] }>(
    'select centre_id, offered_by from case_doc where offered_by is not null',
  );
  const counts = new Map<string, number>();
  for (const { centre_id, offered_by } of rows) {
    for (const device of offered_by) {
      const key = `${centre_id} ${device}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}
