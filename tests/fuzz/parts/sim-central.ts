import { Buffer } from 'node:buffer';
import type { Failure } from '#protocol/central';
import { PROTOCOL_VERSION } from '#protocol/protocol-version';
import { isServed } from '../../../sync/server/auth/guard.ts';
import type { DeviceCaller } from '../../../sync/server/auth/identify.ts';
import { createMetrics } from '../../../sync/server/metrics.ts';
import { Refusal } from '../../../sync/server/refuse.ts';
import { answerHello } from '../../../sync/server/routes/hello.ts';
import { answerOffer } from '../../../sync/server/routes/offer.ts';
import { answerPull } from '../../../sync/server/routes/pull.ts';
import { answerPush } from '../../../sync/server/routes/push.ts';
import { answerBytes, answerNewest } from '../../../sync/server/routes/snapshots.ts';
import { answerVerify } from '../../../sync/server/routes/verify.ts';
import { type FileStore, openFileStore } from '../../../sync/server/store/files.ts';
import type { Sql } from '../../../sync/server/store/sql.ts';
import type { Owner, Scheduler } from './scheduler.ts';
import { cloneSimBytes, createSimBytes, openSimBytes, type SimBytes } from './sim-bytes.ts';
import type { PackedAnswer } from './sim-packed-bytes.ts';
import { createSimSql, type SimSqlOptions } from './sim-sql.ts';
import { cloneTables, createTables, type SimTables } from './sim-tables.ts';
import { answerFileRequest, type FileRequest } from './sim-uploads.ts';

export type Ask =
  | { name: 'hello' | 'push' | 'offer' | 'verify'; body: unknown }
  | { name: 'pull'; collection: string; query: Record<string, string> }
  | { name: 'newest'; collection: string }
  | { name: 'packed'; collection: string; sha256: string; range: string | undefined }
  | { name: 'files'; request: FileRequest };

const REVOKE = 'update device set revoked_at = $3 where centre_id = $1 and device_id = $2';

/** A desk, and what it says it speaks; in which life of the database it is looked up, the centre knows. */
export type Asker = Omit<DeviceCaller, 'epoch' | 'key'> & { protocol?: number };

/** The real handlers over a database that keeps only what was committed. */
export type SimCentral = {
  tables(): SimTables;
  bytes(): SimBytes;
  /** What no handler may do: throw something that is no word of the database. */
  bugs: string[];
  isUp(): boolean;
  /** A line of JSON, as it would go out; a failure when the server dies meanwhile. */
  answer(asker: Asker, ask: Ask): Promise<{ text: string } | Failure>;
  crash(): void;
  start(): void;
  /** Or admits it again, with `null`. */
  revoke(device: Pick<Asker, 'centreId' | 'device'>, moment: number | null): void;
  /** What others than desks do at the centre; a kill takes what is under way. */
  work(job: (sql: Sql) => Promise<unknown>): void;
  backUp(): void;
  /** Puts the last backup back, under a new epoch, and with `isDiskLost` the files of then too; `false`: there is none. */
  restore(isDiskLost: boolean): boolean;
};

export function createSimCentral(
  scheduler: Scheduler,
  seed: (tables: SimTables) => void,
  /** `leastPacked`: a stream that is shorter is not packed. */
  options: SimSqlOptions & { leastPacked: number },
): SimCentral {
  let tables = createTables();
  tables.meta?.set('epoch', { name: 'epoch', value: 'epoch-1' });
  seed(tables);
  options.log?.tables(tables);
  let bytes = createSimBytes();
  let backup: { tables: SimTables; bytes: SimBytes } | null = null;
  let epochs = 1;
  let life = 0;
  let owner: Owner = { name: 'central', isDead: false };
  let isUp = true;
  let files: FileStore;
  let lastUpload = 0;
  /** One request at a time works on an upload; a kill gives all of them up. */
  let lanes = new Map<string, Promise<unknown>>();
  const under = new Set<() => void>();
  const bugs: string[] = [];
  let sql: Sql = open();
  const metrics = createMetrics();

  function open(): Sql {
    life += 1;
    owner = { name: `central-${life}`, isDead: false };
    const mine = owner;
    const step = (label: string): Promise<void> => scheduler.step(mine, label);
    const unknown = (fault: string): void => void bugs.push(`a statement that is not known: ${fault}`);
    const opened = createSimSql(tables, step, { ...options, unknown });
    files = openFileStore(opened, openSimBytes(bytes, step), {
      leastRows: options.leastPacked,
      pause: (ms) => scheduler.sleep(mine, ms),
      // There is one instance.
      alone: (_sql, _name, work) => work(),
    });
    lanes = new Map();
    return opened;
  }

  async function handle(asker: Asker, ask: Ask): Promise<unknown> {
    if (!isServed(String(asker.protocol ?? PROTOCOL_VERSION))) return new Refusal('update-needed');
    const caller: DeviceCaller = { ...asker, key: null, epoch: String(tables.meta?.get('epoch')?.value) };
    const device = tables.device?.get(`${caller.centreId}/${caller.device}`);
    if (device?.revoked_at != null) return new Refusal('device-revoked');
    const context = { sql, files, now: scheduler.now, demo: false, metrics };
    switch (ask.name) {
      case 'hello':
        return answerHello(context, caller, ask.body);
      case 'push':
        return answerPush(context, caller, ask.body);
      case 'offer':
        return answerOffer(context, caller, ask.body);
      case 'verify':
        return answerVerify(context, caller, ask.body);
      case 'newest':
        return answerNewest(context, caller, ask.collection);
      case 'packed':
        return toPacked(await answerBytes(context, caller, ask));
      case 'pull':
        return answerPull(context, caller, { collection: ask.collection, query: ask.query });
      case 'files':
        return inLane(ask.request.path, () =>
          answerFileRequest(
            { files, centreId: caller.centreId, now: scheduler.now(), newId: newUploadId },
            ask.request,
          ),
        );
    }
  }

  function inLane<T>(name: string, work: () => Promise<T>): Promise<T> {
    const done = (lanes.get(name) ?? Promise.resolve()).then(work, work);
    lanes.set(
      name,
      done.catch(() => undefined),
    );
    return done;
  }

  function newUploadId(): string {
    lastUpload += 1;
    return `00000000-0000-4000-8000-${String(lastUpload).padStart(12, '0')}`;
  }

  return {
    tables: () => tables,
    bytes: () => bytes,
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
      options.log?.end(null);
      scheduler.kill(owner);
      for (const die of under) die();
      under.clear();
    },
    start() {
      if (isUp) return;
      isUp = true;
      sql = open();
    },
    revoke({ centreId, device }, moment) {
      const row = tables.device?.get(`${centreId}/${device}`);
      if (row === undefined) return;
      row.revoked_at = moment;
      options.log?.beside({ text: REVOKE, values: [centreId, device, moment], rows: [] });
    },
    work(job) {
      if (!isUp) return;
      job(sql).catch((error: unknown) => {
        bugs.push(`beside the desks: ${error instanceof Error ? error.stack : String(error)}`);
      });
    },
    backUp() {
      backup = { tables: cloneTables(tables), bytes: cloneSimBytes(bytes) };
    },
    restore(isDiskLost) {
      if (backup === null || isUp) return false;
      tables = cloneTables(backup.tables);
      if (isDiskLost) bytes = cloneSimBytes(backup.bytes);
      epochs += 1;
      tables.meta?.set('epoch', { name: 'epoch', value: `epoch-${epochs}` });
      noteEnds(tables, scheduler.now());
      options.log?.tables(tables);
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

async function toPacked(answer: Awaited<ReturnType<typeof answerBytes>>): Promise<PackedAnswer | Refusal> {
  if (answer instanceof Refusal) return answer;
  const pieces: Uint8Array[] = [];
  for await (const it of answer.body ?? []) pieces.push(it);
  const { status, headers } = answer;
  return { status, headers, base64: Buffer.concat(pieces).toString('base64') };
}

function toLine(answer: unknown): { text: string } | Failure {
  if (!(answer instanceof Refusal)) return { text: JSON.stringify(answer) };
  const { expected, reason, retryAfterSeconds } = answer.more;
  return {
    outcome: 'refused',
    code: answer.error,
    ...(expected === undefined ? {} : { expected }),
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1_000 }),
  };
}
