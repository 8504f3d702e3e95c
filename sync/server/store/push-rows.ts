import { toCanonicalJson } from '#protocol/chain';
import type { RowsAsk } from '#protocol/push';
import { readDocs, type StoredDoc, writeDocs } from './save-docs.ts';
import { type Sql, transact } from './sql.ts';
import { lockStream } from './streams.ts';

type RowState = RowsAsk['rows'][number]['newDocumentState'];

/**
 * RxDB's own rows: each is taken when the sender knew the state that stands here, and refused otherwise.
 *
 * One transaction. Answers the state that stands here for each that was refused.
 */
export function pushRows(
  sql: Sql,
  { centreId, collection, rows }: { centreId: number; collection: string; rows: RowsAsk['rows'] },
): Promise<RowState[]> {
  return transact(sql, async (query) => {
    await lockStream(query, centreId, collection);
    const ids = [...new Set(rows.map((it) => it.newDocumentState.id))];
    const states = await readDocs<RowState>(query, centreId, collection, ids);
    const changed = new Map<string, StoredDoc<RowState> & { id: string }>();
    const conflicts: RowState[] = [];
    for (const { assumedMasterState, newDocumentState } of rows) {
      const { id } = newDocumentState;
      const master = states.get(id);
      if (master !== undefined && isSame(master, newDocumentState)) continue;
      if (master !== undefined && (assumedMasterState == null || !isSame(master, assumedMasterState))) {
        conflicts.push(toRow(master));
        continue;
      }
      const stored = toStored(newDocumentState);
      states.set(id, stored);
      changed.set(id, { id, ...stored });
    }
    await writeDocs(query, centreId, collection, [...changed.values()]);
    return conflicts;
  });
}

/** A row as RxDB knows it. */
export function toRow({ body, deleted }: StoredDoc<RowState>): RowState {
  return { ...body, _deleted: deleted };
}

/** RxDB's own bookkeeping is no part of a document; `_rev` in an answer would switch on another mode. */
function toStored(state: RowState): StoredDoc<RowState> {
  const { _deleted, _meta, _rev, _attachments, ...body } = state;
  return { body: body as RowState, deleted: _deleted === true };
}

function isSame(master: StoredDoc<RowState>, state: RowState): boolean {
  return toCanonicalJson(toRow(master)) === toCanonicalJson(toRow(toStored(state)));
}
