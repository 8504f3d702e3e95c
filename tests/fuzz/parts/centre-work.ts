import { compact } from '../../../sync/server/store/compact.ts';
import { writeDocs } from '../../../sync/server/store/save-docs.ts';
import { transact } from '../../../sync/server/store/sql.ts';
import { CENTRE, type World } from './world.ts';

const PLACES = 6;
/** A desk that is without a line for longer may have missed that a place is gone. */
const KEPT_MS = 30_000;

/** The ministry has a place that is new, reads otherwise, or is gone; the centre one of its people. */
export function publish({ central, random, scheduler }: World): void {
  const isStaff = random.chance(0.3);
  const [centre, coll] = isStaff ? [CENTRE, 'staff'] : [0, 'reference'];
  const id = `${coll}-${random.below(PLACES)}`;
  const doc = { id, body: { id, at: scheduler.now() }, deleted: random.chance(0.5) };
  central.work((sql) => transact(sql, (query) => writeDocs(query, centre, coll, [doc])));
}

/** What the server does once a day, and what it does on the day on which all of that is long ago. */
export function forgetGone({ central, scheduler }: World): void {
  central.work((sql) => compact(sql, scheduler.now(), KEPT_MS));
}
