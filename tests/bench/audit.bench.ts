import { auditCentre, isProved } from '../../sync/server/audit/audit-report.ts';
import { createDeskKey } from '../../sync/server/auth/desk-key.fixture.ts';
import { migrate } from '../../sync/server/store/migrate.ts';
import { parseEvent } from '../../sync/server/store/parse-event.ts';
import { openPgliteSql } from '../../sync/server/store/pglite-sql.ts';
import { pushEvents } from '../../sync/server/store/push-events.ts';
import type { Sql } from '../../sync/server/store/sql.ts';
import type { Measured } from './measured.ts';
import { keepOpen } from './parts/keep-open.ts';
import { makeDayEvents } from './parts/nation-day.ts';

const EVENTS = 100_000;
const AT_ONCE = 100;
const CENTRE = 1_000;

/** The whole history of a centre proved from its database; the floor is the bare reading of the same events. */
export function run(): Promise<Measured[]> {
  return keepOpen(async (keep) => {
    const sql = keep(await openPgliteSql());
    await migrate(sql);
    await fill(sql);
    const from = performance.now();
    await sql.query('select event, raw, chain from event where centre_id = $1 order by seq', [CENTRE]);
    const floor = performance.now() - from;
    const startedAt = performance.now();
    const audit = await auditCentre(sql, CENTRE);
    const value = performance.now() - startedAt;
    if (audit.stream.head !== EVENTS || !isProved(audit)) throw new Error('not proved');
    return [
      { name: `${EVENTS} events proved (60 s)`, value, unit: 'ms', target: 60_000 },
      { name: `${EVENTS} events proved; floor: all of them read`, value, unit: 'ms', floor },
    ];
  });
}

async function fill(sql: Sql): Promise<void> {
  const key = createDeskKey();
  const device = 'ws-audit';
  await sql.query(
    `insert into device (centre_id, device_id, desk, desk_number, number_prefix, key, enrolled_at)
     values ($1, $2, 'Desk', 1, '1708204', $3, 0)`,
    [CENTRE, device, key.key],
  );
  const station = { centreId: CENTRE, device, token: '' };
  for (let from = 1; from <= EVENTS; from += AT_ONCE) {
    const events = makeDayEvents(station, from, AT_ONCE);
    const { signature } = key.signed({ device, from, events });
    const sent = events.map((it) => parseEvent(device, it.n, it));
    const now = Date.now();
    const result = await pushEvents(sql, { centreId: CENTRE, device, events: sent, signature, now });
    if (result.outcome !== 'taken') throw new Error(result.outcome);
  }
}
