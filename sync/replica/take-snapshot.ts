import type { Case } from '#model/case';
import type { Central, CentralSnapshots, Failure, StreamDoc } from '#protocol/central';
import { nextChain } from '#protocol/chain';
import type { Collection } from '#protocol/collection';
import type { ErrorCode } from '#protocol/error';
import { type SnapshotAnswer, SnapshotCollection } from '#protocol/snapshot';
import { encodeBase64, toCaseRow, toEventRow } from './check-page.ts';
import type { Database, PulledRows } from './database.ts';
import type { Checkpoint, Damaged, Pulled } from './pull-stream.ts';

type Row<C extends SnapshotCollection> = PulledRows[C];

export type SnapshotParts = {
  central: Central;
  database: Database;
  epoch(): string | null;
  /** Empties the table of what an earlier try left there. */
  forget(collection: SnapshotCollection): Promise<boolean>;
  /** Rows that are in the table, of a copy that is not whole yet. */
  filled(collection: SnapshotCollection, rows: readonly Row<never>[]): Promise<void>;
  progress(done: number, of: number): void;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

export type SnapshotOutcome =
  /** Its last rows: with them the table is whole, and the copy as far as the checkpoint. */
  | (Pulled<Row<never>> & { sha256: string })
  /** There is none, and there are pages. */
  | { outcome: 'none' }
  | Failure
  | Damaged
  | { outcome: 'disk-failed' };

/** A copy is asked for again while it is made, for so long; then there are pages. */
const MOST_ASKED = 60;
const ASK_AGAIN_MS = 2_000;

export function mayBePacked({ snapshots }: Central, collection: Collection): boolean {
  return snapshots !== undefined && SnapshotCollection.safeParse(collection).success;
}

/**
 * Takes what a stream has packed into a table that has nothing of it, all but the last rows.
 *
 * Those are given back: whoever writes them with the checkpoint says that the copy is whole. Until then it is nobody's,
 * and a crash in between begins with an empty table again.
 */
export async function takeSnapshot(
  parts: SnapshotParts,
  collection: Collection,
  signal: AbortSignal,
): Promise<SnapshotOutcome> {
  const named = SnapshotCollection.safeParse(collection);
  const { snapshots } = parts.central;
  if (snapshots === undefined || !named.success) return { outcome: 'none' };
  const found = await find(parts, snapshots, named.data, signal);
  if (found.outcome !== 'ok') return found;
  if (found.answer.epoch !== parts.epoch())
    return { outcome: 'refused', code: 'must-refetch', reason: 'epoch' };
  try {
    const isEmpty = await parts.database.isEmpty(named.data);
    if (!isEmpty && !(await parts.forget(named.data))) return { outcome: 'disk-failed' };
    return await read(parts, snapshots, { collection: named.data, ...found.answer }, signal);
  } catch {
    return { outcome: 'disk-failed' };
  }
}

async function find(
  { sleep }: SnapshotParts,
  snapshots: CentralSnapshots,
  collection: SnapshotCollection,
  signal: AbortSignal,
): Promise<{ outcome: 'ok'; answer: SnapshotAnswer } | Failure | { outcome: 'none' }> {
  for (let asked = 0; asked < MOST_ASKED && !signal.aborted; asked += 1) {
    const found = await snapshots.newest(collection, signal);
    if (found.outcome !== 'refused') return found;
    if (found.code !== 'unavailable') return found.code === 'not-found' ? { outcome: 'none' } : found;
    await sleep(found.retryAfterMs ?? ASK_AGAIN_MS, signal);
  }
  return { outcome: 'none' };
}

type Of = SnapshotAnswer & { collection: SnapshotCollection };

async function read(
  parts: SnapshotParts,
  snapshots: CentralSnapshots,
  of: Of,
  signal: AbortSignal,
): Promise<SnapshotOutcome> {
  const { collection, asOf, rows, chain, sha256, bytes } = of;
  const proof = collection === 'events' ? createEventProof() : createCaseProof(asOf);
  const writer = createWriter(parts, collection);
  let count = 0;
  const answer = await snapshots.read(
    of,
    {
      loaded: (have) => parts.progress(Math.floor((have / bytes) * asOf * LOADING), asOf),
      async take(docs) {
        const checked = proof.check(docs);
        if (checked === null) return false;
        count += docs.length;
        const isWritten = await writer.write(checked);
        parts.progress(Math.floor(asOf * LOADING + (docs.at(-1)?.seq ?? 0) * (1 - LOADING)), asOf);
        return isWritten;
      },
    },
    signal,
  );
  await writer.atRest();
  if (answer.outcome === 'refused' && NOT_THERE.includes(answer.code)) return { outcome: 'none' };
  if (answer.outcome !== 'ok') return answer;
  const last = await writer.end();
  if (last === null) return { outcome: 'disk-failed' };
  const end = proof.end();
  const isWhole = end !== null && count === rows && end.chain === chain;
  if (!isWhole || (collection === 'events' && end.seq !== asOf)) {
    await snapshots.drop(of);
    return { outcome: 'damaged', reason: 'chain' };
  }
  return { outcome: 'page', rows: last, checkpoint: { seq: asOf, chain }, more: true, head: asOf, sha256 };
}

/** It went meanwhile, or the station's disk has no place for it. */
const NOT_THERE: readonly ErrorCode[] = ['not-found', 'unavailable'];
/** Of the way: the rest is writing. */
const LOADING = 0.5;

type Proof = {
  /** `null`: what comes is not what follows. */
  check(docs: readonly StreamDoc[]): readonly Row<never>[] | null;
  /** Where it got, `null` where it did not fit. */
  end(): Checkpoint | null;
};

/** No hole, nothing twice, and the chain that the centre has at the end. */
function createEventProof(): Proof {
  let at = 0;
  let chain: Uint8Array = new Uint8Array();
  let isBroken = false;
  return {
    check(docs) {
      isBroken ||= docs.some((it, index) => it.seq !== at + index + 1);
      if (isBroken) return null;
      for (const event of docs) chain = nextChain(chain, event as never);
      at += docs.length;
      return docs.map((it) => toEventRow(it.seq, it)) as never;
    },
    end: () => (isBroken ? null : { seq: at, chain: encodeBase64(chain) }),
  };
}

/** In order, and none from behind the end; the file's hash is proved by the station. */
function createCaseProof(asOf: number): Proof {
  let at = 0;
  let isBroken = false;
  return {
    check(docs) {
      for (const { seq } of docs) {
        isBroken ||= !(seq > at && seq <= asOf);
        at = seq;
      }
      if (isBroken) return null;
      const rows = (docs as readonly (StreamDoc & { doc: Case })[]).map((it) => toCaseRow(it.seq, it.doc));
      return rows.filter((it) => it.id !== '') as never;
    },
    end: () => (isBroken ? null : { seq: at, chain: '' }),
  };
}

/** Few enough for the window to have its turn while they are sealed. */
const ROWS_A_WRITE = 800;
/** While the database writes one it has the next, and the rows after that are made ready. */
const MOST_WRITES = 2;

/** A little behind what is read. The very last row is kept back. */
function createWriter(parts: SnapshotParts, collection: SnapshotCollection) {
  let held: Row<never>[] = [];
  let open: Promise<void>[] = [];
  let hasFailed = false;
  /** Said of one after the other, in their order. */
  async function fill(rows: readonly Row<never>[], before: Promise<void> | undefined): Promise<void> {
    try {
      await Promise.all([parts.database.fill(collection, rows as never), before]);
      if (!hasFailed) await parts.filled(collection, rows);
    } catch {
      hasFailed = true;
    }
  }
  function begin(rows: readonly Row<never>[]): void {
    open = [...open, fill(rows, open.at(-1))];
  }
  async function atRest(most = 0): Promise<void> {
    while (open.length > most) {
      await open[0];
      open = open.slice(1);
    }
  }
  return {
    atRest,
    /** Whether all before these are in the table or on their way. */
    async write(rows: readonly Row<never>[]): Promise<boolean> {
      if (held.length >= ROWS_A_WRITE) {
        await atRest(MOST_WRITES - 1);
        begin(held);
        held = [];
      }
      held.push(...rows);
      return !hasFailed;
    },
    /** All but the last row are in the table now; `null` where the disk did not take them. */
    async end(): Promise<readonly Row<never>[] | null> {
      if (held.length > 1) begin(held.slice(0, -1));
      await atRest();
      return hasFailed ? null : held.slice(-1);
    },
  };
}
