import type { Failure } from '#protocol/central';
import type { DeviceCaller } from '../../../sync/server/auth/identify.ts';
import { createMetrics } from '../../../sync/server/metrics.ts';
import { Refusal } from '../../../sync/server/refuse.ts';
import { answerHello } from '../../../sync/server/routes/hello.ts';
import { answerOffer } from '../../../sync/server/routes/offer.ts';
import { answerPull } from '../../../sync/server/routes/pull.ts';
import { answerPush } from '../../../sync/server/routes/push.ts';
import type { Sql } from '../../../sync/server/store/sql.ts';
import type { Owner, Scheduler } from './scheduler.ts';
import { cloneTables, createSimSql, createTables, type SimSqlOptions, type SimTables } from './sim-sql.ts';

export type Ask =
  | { name: 'hello' | 'push' | 'offer'; body: unknown }
  | { name: 'pull'; collection: string; query: Record<string, string> }
  | { name: 'file'; sha256: string };

/** A desk; in which life of the database it is looked up, the centre knows. */
export type Asker = Omit<DeviceCaller, 'epoch'>;

/** The real handlers over a database that keeps only what was committed. */
export type SimCentral = {
  tables(): SimTables;
  files: Set<string>;
  /** What no handler may do: throw something that is no word of the database. */
  bugs: string[];
  isUp(): boolean;
  /** A line of JSON, as it would go out; a failure when the server dies meanwhile. */
  answer(asker: Asker, ask: Ask): Promise<{ text: string } | Failure>;
  crash(): void;
  start(): void;
  backUp(): void;
  /** Puts the last backup back, under a new epoch; `false`: there is none. */
  restore(): boolean;
};

export function createSimCentral(
  scheduler: Scheduler,
  seed: (tables: SimTables) => void,
  options: SimSqlOptions = { isHalf: false },
): SimCentral {
  let tables = createTables();
  seed(tables);
  let backup: SimTables | null = null;
  let epoch = 1;
  let life = 0;
  let owner: Owner = { name: 'central', isDead: false };
  let isUp = true;
  let sql: Sql = open();
  const under = new Set<() => void>();
  const bugs: string[] = [];
  const metrics = createMetrics();
  const files = new Set<string>();

  function open(): Sql {
    life += 1;
    owner = { name: `central-${life}`, isDead: false };
    const mine = owner;
    return createSimSql(tables, (label) => scheduler.step(mine, label), options);
  }

  async function handle(asker: Asker, ask: Ask): Promise<unknown> {
    const caller: DeviceCaller = { ...asker, epoch: `epoch-${epoch}` };
    const device = tables.device?.get(`${caller.centreId}/${caller.device}`);
    if (device?.revoked_at != null) return new Refusal('device-revoked');
    const context = { sql, now: scheduler.now, demo: false, metrics };
    switch (ask.name) {
      case 'hello':
        return answerHello(context, caller, ask.body);
      case 'push':
        return answerPush(context, caller, ask.body);
      case 'offer':
        return answerOffer(context, caller, ask.body);
      case 'pull':
        return answerPull(context, caller, { collection: ask.collection, query: ask.query });
      case 'file':
        await scheduler.step(owner, 'file');
        files.add(`${caller.centreId}/${ask.sha256}`);
        return {};
    }
  }

  return {
    tables: () => tables,
    files,
    bugs,
    isUp: () => isUp,
    answer(asker, ask) {
      return new Promise((resolve) => {
        const die = (): void => resolve({ outcome: 'offline', reason: 'cut' });
        under.add(die);
        handle(asker, ask)
          .catch((error: unknown) => {
            bugs.push(`${ask.name}: ${error instanceof Error ? error.stack : String(error)}`);
            return new Refusal('internal');
          })
          .then((answer) => {
            under.delete(die);
            resolve(toLine(answer));
          });
      });
    },
    crash() {
      isUp = false;
      scheduler.kill(owner);
      for (const die of under) die();
      under.clear();
    },
    start() {
      if (isUp) return;
      isUp = true;
      sql = open();
    },
    backUp() {
      backup = cloneTables(tables);
    },
    restore() {
      if (backup === null || isUp) return false;
      tables = cloneTables(backup);
      epoch += 1;
      noteEnds(tables, scheduler.now());
      return true;
    },
  };
}

/** As `renewEpoch` does it. */
function noteEnds({ meta, stream }: SimTables, now: number): void {
  meta?.set('restored_at', { name: 'restored_at', value: String(now) });
  for (const { centre_id: centre, coll, head } of stream?.values() ?? []) {
    const name = `restored/${centre}`;
    if (coll === 'events' && !meta?.has(name)) meta?.set(name, { name, value: String(head) });
  }
}

function toLine(answer: unknown): { text: string } | Failure {
  if (!(answer instanceof Refusal)) return { text: JSON.stringify(answer) };
  const { expected } = answer.more;
  return { outcome: 'refused', code: answer.error, ...(expected === undefined ? {} : { expected }) };
}
