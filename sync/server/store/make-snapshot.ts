import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { constants, createBrotliCompress } from 'node:zlib';
import type { SnapshotCollection } from '#protocol/snapshot';
import type { ByteStore } from './byte-store.ts';
import { toCentralEvent } from './chain.ts';
import { readCaseRows, readEventRows } from './pull-pages.ts';
import type { Query } from './sql.ts';
import { getStream } from './streams.ts';

export type SnapshotOf = { centreId: number; coll: SnapshotCollection };
export type Made = { sha256: string; asOf: number; rows: number; bytes: number; chain: string };

const ROWS_AT_ONCE = 250;
/** Made once, carried often. */
const QUALITY = 7;

/**
 * Packs a stream up to its head into a file, a few rows at a time.
 *
 * Read without a transaction: a case that moves behind `asOf` meanwhile is not in it, and is pulled from there.
 */
export async function makeSnapshot(query: Query, store: ByteStore, of: SnapshotOf): Promise<Made> {
  const { head: asOf, chain } = await getStream(query, of.centreId, of.coll);
  const counted = { rows: 0 };
  const pack = createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });
  const lines = Readable.from(toLines(query, of, asOf, counted), { objectMode: false });
  lines.on('error', (error) => pack.destroy(error));
  const hash = createHash('sha256');
  const part = `snapshot-${randomUUID()}`;
  try {
    await store.append(part, 0, hashed(lines.pipe(pack), hash));
    const bytes = await store.partSize(part);
    const sha256 = hash.digest('hex');
    await store.keep(part, { centreId: of.centreId, sha256, kind: 'snapshot' });
    return { sha256, asOf, rows: counted.rows, bytes, chain };
  } finally {
    lines.destroy();
    await store.dropPart(part);
  }
}

async function* hashed(source: AsyncIterable<Uint8Array>, hash: { update(it: Uint8Array): unknown }) {
  for await (const bytes of source) {
    hash.update(bytes);
    yield bytes;
  }
}

async function* toLines(
  query: Query,
  { centreId, coll }: SnapshotOf,
  upTo: number,
  counted: { rows: number },
): AsyncGenerator<string> {
  for (let since = 0; since < upTo; ) {
    const range = { centreId, since, upTo, limit: ROWS_AT_ONCE };
    const docs =
      coll === 'events'
        ? (await readEventRows(query, range)).map((it) => toCentralEvent(it.event, it.seq, it))
        : await readCaseRows(query, range);
    const last = docs.at(-1);
    if (last === undefined) return;
    counted.rows += docs.length;
    since = last.seq;
    yield docs.map((it) => `${JSON.stringify(it)}\n`).join('');
  }
}
