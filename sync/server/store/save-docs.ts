import { toCanonicalJson } from '#protocol/chain';
import { type Query, toPlaces, toValues } from './sql.ts';
import { lockStream, moveStream } from './streams.ts';

export type Doc = { id: string };

export type StoredDoc<D> = { body: D; deleted: boolean };

/** The documents of a collection with these ids. Asked under the lock of its stream they stay as they are. */
export async function readDocs<D>(
  query: Query,
  centreId: number,
  coll: string,
  ids: readonly string[],
): Promise<Map<string, StoredDoc<D>>> {
  if (ids.length === 0) return new Map();
  const rows = await query.query<StoredDoc<D> & { id: string }>(
    `select id, body, deleted from doc where centre_id = $1 and coll = $2 and id in (${toPlaces(ids, 3)})`,
    [centreId, coll, ...ids],
  );
  return new Map(rows.map(({ id, body, deleted }) => [id, { body, deleted }]));
}

/** Writes documents with the next numbers of their stream, which the caller has locked. */
export async function writeDocs(
  query: Query,
  centreId: number,
  coll: string,
  docs: readonly (StoredDoc<Doc> & { id: string })[],
): Promise<void> {
  if (docs.length === 0) return;
  const { head, chain } = await lockStream(query, centreId, coll);
  const rows = docs.map((it, index) => [
    centreId,
    coll,
    it.id,
    head + index + 1,
    JSON.stringify(it.body),
    it.deleted,
  ]);
  const { text, values } = toValues(rows, ['::int', '', '', '::bigint', '::json', '::boolean']);
  await query.query(
    `insert into doc (centre_id, coll, id, seq, body, deleted) values ${text}
     on conflict (centre_id, coll, id)
     do update set seq = excluded.seq, body = excluded.body, deleted = excluded.deleted`,
    values,
  );
  await moveStream(query, centreId, coll, { head: head + docs.length, chain });
}

/** Writes those that are new or read otherwise than what is stored; answers how many. Others stay. */
export async function upsertDocs(
  query: Query,
  centreId: number,
  coll: string,
  docs: readonly Doc[],
): Promise<number> {
  await lockStream(query, centreId, coll);
  let written = 0;
  for (let from = 0; from < docs.length; from += 500) {
    const some = docs.slice(from, from + 500);
    const ids = some.map((it) => it.id);
    const stored = await readDocs<Doc>(query, centreId, coll, ids);
    const changed = some.filter((it) => {
      const old = stored.get(it.id);
      return old === undefined || old.deleted || toCanonicalJson(old.body) !== toCanonicalJson(it);
    });
    await writeDocs(
      query,
      centreId,
      coll,
      changed.map((body) => ({ id: body.id, body, deleted: false })),
    );
    written += changed.length;
  }
  return written;
}
