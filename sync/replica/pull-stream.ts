import type { RxCollection } from 'rxdb/plugins/core';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import type { Failure } from '#protocol/central';

/** How far down we have read, and the chain of all that came before. RxDB merges checkpoints: fixed keys. */
export type Checkpoint = { seq: number; chain: string };
export const FROM_THE_START: Checkpoint = { seq: 0, chain: '' };

/** What one request brought, checked. `checkpoint` holds once the rows are on the disk. */
export type Pulled<Row> = {
  outcome: 'page';
  rows: readonly (Row & { _deleted?: boolean })[];
  checkpoint: Checkpoint;
  more: boolean;
  head: number;
};
/** The centre's answer contradicts itself or what we have: a hole, a broken chain. */
export type Damaged = { outcome: 'damaged'; reason: 'hole' | 'chain' | 'order' };
export type TurnOutcome<Row> = Pulled<Row> | Failure | Damaged | { outcome: 'disk-failed' };

export type PullStream<Row> = {
  /** One page: asked, checked, written and its checkpoint stored. One call at a time. */
  turn(take: (at: Checkpoint) => Promise<TurnOutcome<Row>>): Promise<TurnOutcome<Row>>;
  checkpoint(): Promise<Checkpoint>;
  /** The same while it is open, and nothing of it is begun; at the start where it is not. */
  peek(): Checkpoint;
  close(): Promise<void>;
  /** Forgets how far it had read; for a collection that is emptied, or goes on from an earlier point. */
  forget(from?: Checkpoint): Promise<void>;
};

type Turn<Row> = {
  take: (at: Checkpoint) => Promise<TurnOutcome<Row>>;
  result: TurnOutcome<Row> | null;
  over: () => void;
  /** Silence of RxDB's own machinery is counted, not that of the line. */
  watch: (isOn: boolean) => void;
};

const STUCK_MS = 60_000;

/**
 * RxDB's pull-only replication of one collection, led page by page from outside.
 *
 * RxDB asks the handler when it likes (at start, when the window becomes visible, after an error). Out of
 * turn it gets an empty page, which ends its round and stores nothing. In turn it gets one page and then
 * an empty one, so a round is one page: the next is not asked for before this one is on the disk, and a
 * page whose write failed is never passed by a later one. The handler never throws: RxDB's own retry
 * would run beside our backoff, and an answer without documents would stop it for good.
 */
export function openPullStream<Row>(name: string, table: () => RxCollection<Row>): PullStream<Row> {
  let turn: Turn<Row> | null = null;
  let live: Promise<RxReplicationState<Row, Checkpoint>> | null = null;
  let last = FROM_THE_START;
  let first: Checkpoint | undefined;
  let hasFailed = false;

  async function handler(stored: Checkpoint | undefined) {
    const at = stored ?? FROM_THE_START;
    // An empty page is never stored, so memory may be ahead of the disk; it is never behind.
    if (at.seq > last.seq) last = at;
    const now = turn;
    if (now === null || now.result !== null) {
      now?.over();
      return { documents: [], checkpoint: at };
    }
    now.watch(false);
    now.result = await now.take(last);
    now.watch(true);
    if (now.result.outcome !== 'page') {
      now.over();
      return { documents: [], checkpoint: at };
    }
    if (now.result.rows.length === 0) {
      last = now.result.checkpoint;
      now.over();
    }
    return { documents: now.result.rows as never, checkpoint: now.result.checkpoint };
  }

  async function start(): Promise<RxReplicationState<Row, Checkpoint>> {
    const replication = replicateRxCollection<Row, Checkpoint>({
      // With the shape of the table in it: one that begins empty is read from its start.
      replicationIdentifier: `central-${name}-${table().schema.version}`,
      collection: table(),
      live: true,
      autoStart: false,
      waitForLeadership: false,
      // False would have RxDB send a mouse move every 20 s, and no lock screen would ever come.
      toggleOnDocumentVisible: true,
      pull: { batchSize: 1, handler, ...(first === undefined ? {} : { initialCheckpoint: first }) },
    });
    replication.error$.subscribe(() => {
      hasFailed = true;
    });
    last = FROM_THE_START;
    hasFailed = false;
    await replication.start();
    await isQuiet(replication);
    return replication;
  }

  /** All writes and their checkpoint are done. */
  async function isQuiet(replication: RxReplicationState<Row, Checkpoint>): Promise<void> {
    const state = replication.internalReplicationState;
    await state?.streamQueue.down;
    await state?.checkpointQueue;
  }

  async function close(): Promise<void> {
    const open = live;
    live = null;
    turn?.over();
    const replication = await open?.catch(() => null);
    await replication?.cancel();
  }

  async function runTurn(take: Turn<Row>['take']): Promise<TurnOutcome<Row>> {
    live ??= start();
    const replication = await live;
    const mine = await new Promise<Turn<Row>>((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const now: Turn<Row> = {
        take,
        result: null,
        over() {
          clearTimeout(timer);
          resolve(now);
        },
        watch(isOn) {
          clearTimeout(timer);
          if (isOn) timer = setTimeout(now.over, STUCK_MS);
        },
      };
      turn = now;
      now.watch(true);
      replication.reSync();
      // Of a database that was closed RxDB's round breaks off where nobody hears it. It is queued in a moment.
      setTimeout(() => replication.internalReplicationState?.streamQueue.down.catch(now.over));
    });
    turn = null;
    // Without a result RxDB never came to us, or was closed under us.
    if (mine.result === null) throw new Error('the turn came to nothing');
    await isQuiet(replication);
    if (hasFailed) throw new Error('the page was not written');
    if (mine.result.outcome === 'page') last = mine.result.checkpoint;
    return mine.result;
  }

  return {
    async turn(take) {
      try {
        return await runTurn(take);
      } catch {
        // Begin again from the last checkpoint that followed a good write.
        turn = null;
        await close().catch(() => undefined);
        return { outcome: 'disk-failed' };
      }
    },
    peek: () => (live === null ? FROM_THE_START : last),
    async checkpoint() {
      live ??= start();
      await live.catch(() => {
        live = null;
      });
      return last;
    },
    close,
    async forget(from) {
      live ??= start();
      const replication = await live;
      live = null;
      last = FROM_THE_START;
      await replication.remove();
      first = from;
    },
  };
}
