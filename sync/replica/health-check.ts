import type { Central } from '#protocol/central';
import { nextChain } from '#protocol/chain';
import type { Collection } from '#protocol/collection';
import { toRowsHash } from '#protocol/rows-hash';
import { decodeBase64, encodeBase64 } from './check-page.ts';
import { type CaseRow, type DocRow, type EventRow, runQuery, type Tables } from './database.ts';
import { PULL_ORDER } from './pull-all.ts';
import type { Checkpoint } from './pull-stream.ts';
import { readShelfQuietly } from './read-shelf.ts';
import { readEventRows } from './timeline.ts';

/** What a check found wrong with a copy; `good` is how far it is right. */
export type Damage =
  | { what: 'hole' | 'changed' | 'other'; collection: 'events'; good: Checkpoint }
  | { what: 'other'; collection: Exclude<Collection, 'events'> };

export type CheckParts = {
  tables: Tables;
  central: Central;
  epoch(): string | null;
  checkpoint(collection: Collection): Checkpoint;
  /** Between two slices of work: the window draws and answers first. */
  breathe(): Promise<void>;
};

/** A slice holds the window for a few milliseconds: two hashes of some hundred bytes for each. */
const EVENTS_A_SLICE = 50;
const EVENTS_A_POINT = 1_000;
const MOST_POINTS = 100;
const START: Checkpoint = { seq: 0, chain: '' };

/**
 * Looks for a hole or a changed byte in the copy of the events, whatever the line does; and has the centre compare
 * the copies with its own, where there is a line. Reads only.
 */
export async function findDamage(parts: CheckParts, signal: AbortSignal): Promise<Damage[]> {
  const found = [await checkEvents(parts, signal)];
  for (const collection of PULL_ORDER) {
    if (signal.aborted) break;
    if (collection !== 'events') found.push(await checkRows(parts, collection, signal));
  }
  return found.filter((it) => it !== null);
}

async function checkEvents(parts: CheckParts, signal: AbortSignal): Promise<Damage | null> {
  const kept = parts.checkpoint('events');
  const { points, isWhole, what } = await readChain(parts, kept, signal);
  // All of it went meanwhile, as that of a restored server does.
  if (signal.aborted || parts.checkpoint('events').seq < kept.seq) return null;
  const answer = await verify(parts, points, signal);
  if (isWhole && answer?.isGood !== false) return null;
  // Without the centre's word what came before a hole is believed: a pull from there proves it.
  const good = answer?.good ?? (what === 'hole' ? points.at(-1) : undefined) ?? START;
  return { what: isWhole ? 'other' : what, collection: 'events', good };
}

type Chain = { points: Checkpoint[]; isWhole: boolean; what: 'hole' | 'changed' };

/** The chain as the rows make it, at points in between and as far as it is without a fault. */
async function readChain(parts: CheckParts, kept: Checkpoint, signal: AbortSignal): Promise<Chain> {
  const points: Checkpoint[] = [];
  let chain = START.chain;
  for (let after = 0; after < kept.seq && !signal.aborted; after += EVENTS_A_SLICE) {
    const upTo = Math.min(after + EVENTS_A_SLICE, kept.seq);
    const rows = await readEventRows(parts.tables, { after, upTo });
    const what = rows.length < upTo - after ? 'hole' : 'changed';
    if (what === 'hole' || rows.some(isMislabelled)) {
      if (after > 0) points.push({ seq: after, chain });
      return { points, isWhole: false, what };
    }
    chain = addTo(chain, rows);
    if (upTo % EVENTS_A_POINT === 0 && upTo < kept.seq) points.push({ seq: upTo, chain });
    await parts.breathe();
  }
  if (chain !== kept.chain) return { points, isWhole: false, what: 'changed' };
  return { points: [...points, kept], isWhole: true, what: 'changed' };
}

function addTo(chain: string, rows: readonly EventRow[]): string {
  const start: Uint8Array = decodeBase64(chain);
  return encodeBase64(rows.reduce((so, row) => nextChain(so, row.event as never), start));
}

/** The columns beside an event are read off it; one that says otherwise was changed since. */
function isMislabelled(row: EventRow): boolean {
  return row.seq !== (row.event as { seq?: unknown }).seq;
}

async function verify(
  { central, epoch }: CheckParts,
  all: readonly Checkpoint[],
  signal: AbortSignal,
): Promise<{ isGood: boolean; good: Checkpoint } | null> {
  const points = thin(all.filter((it) => it.seq > 0));
  const ours = epoch();
  if (points.length === 0 || ours === null) return null;
  const answer = await central.verify?.({ epoch: ours, collection: 'events', points }, signal);
  if (answer?.outcome !== 'ok') return null;
  const seq = answer.answer.ok ? answer.answer.upTo : answer.answer.lastGood;
  return { isGood: answer.answer.ok, good: points.find((it) => it.seq === seq) ?? START };
}

/** As many as one question may have, the last one among them. */
function thin(points: readonly Checkpoint[]): Checkpoint[] {
  const step = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, index) => (points.length - 1 - index) % step === 0);
}

async function checkRows(
  parts: CheckParts,
  collection: Exclude<Collection, 'events'>,
  signal: AbortSignal,
): Promise<Damage | null> {
  const ours = parts.epoch();
  const { seq: cursor } = parts.checkpoint(collection);
  if (ours === null || cursor === 0) return null;
  const rows = toRowsHash(await readNumbers(parts, collection));
  // A page that came meanwhile is in the one and not in the other.
  if (parts.checkpoint(collection).seq !== cursor) return null;
  const answer = await parts.central.verify?.({ epoch: ours, collection, cursor, rows }, signal);
  if (answer?.outcome !== 'ok' || answer.answer.ok) return null;
  return { what: 'other', collection };
}

async function readNumbers(
  { tables, breathe }: CheckParts,
  collection: Exclude<Collection, 'events'>,
): Promise<{ seq: number; id: string }[]> {
  if (collection !== 'cases') {
    const rows = await runQuery(tables.catalogue.find({ selector: { kind: collection } }));
    return rows.map(({ seq, id }: DocRow) => ({ seq, id: id.slice(collection.length + 1) }));
  }
  const numbers = new Map<string, number>();
  const take = ({ id, seq }: CaseRow): void => void numbers.set(id, seq);
  for (const shelf of ['open', 'closed', 'unreadable'] as const) {
    await readShelfQuietly({ tables, rest: breathe, take }, shelf);
  }
  return [...numbers].map(([id, seq]) => ({ id, seq }));
}
