import { toRowsHash } from '#protocol/rows-hash';
import type { Row, Statement, View } from './sim-tables.ts';

const epochOf = (view: View): unknown => view.get('meta', 'epoch')?.value;
const bySeq = (a: Row, b: Row): number => Number(a.seq) - Number(b.seq);
const isOf = (row: Row, centre: unknown, coll: unknown): boolean =>
  row.centre_id === centre && row.coll === coll;

/** Whether the rows that a state stream has are those of which a desk has the hash. */
function hashRows(view: View, centre: unknown, coll: unknown, rows: { seq: number; id: string }[]): Row[] {
  const stream = view.get('stream', `${centre}/${coll}`);
  return stream === undefined ? [] : [{ head: stream.head, hash: toRowsHash(rows) }];
}

/** What is asked of the database to pack a stream, and to compare a desk's copy with it. */
export const SNAPSHOT_STATEMENTS: readonly Statement[] = [
  {
    when: /^select value from meta where name = 'epoch'$/,
    run: (view) => [{ value: epochOf(view) }],
  },
  {
    when: /^select epoch, as_of, sha256, bytes, rows, chain from snapshot where/,
    run: (view, [centre, coll, sha256]) =>
      view
        .all('snapshot', `${centre}/`)
        .filter((it) => isOf(it, centre, coll) && it.epoch === epochOf(view))
        .filter((it) => sha256 === null || it.sha256 === sha256)
        .sort((a, b) => Number(b.as_of) - Number(a.as_of))
        .slice(0, 3),
  },
  {
    when: /^insert into snapshot \(centre_id, coll, sha256, epoch, as_of, rows, bytes, chain, made_at\)/,
    run(view, [centre, coll, sha256, epoch, asOf, rows, bytes, chain, madeAt]) {
      const key = `${centre}/${coll}/${sha256}`;
      const fresh = { centre_id: centre, coll, sha256, as_of: asOf, rows, bytes, chain };
      view.put('snapshot', key, { ...fresh, ...view.get('snapshot', key), epoch, made_at: madeAt });
      return [];
    },
  },
  {
    when: /^delete from snapshot where .* and sha256 <> \$3 and made_at < \$4 returning sha256$/,
    run(view, [centre, coll, newest, before]) {
      const old = view
        .all('snapshot', `${centre}/`)
        .filter((it) => isOf(it, centre, coll) && it.sha256 !== newest)
        .filter((it) => Number(it.made_at) < Number(before));
      for (const it of old) view.remove('snapshot', `${centre}/${coll}/${it.sha256}`);
      return old;
    },
  },
  {
    when: /^select seq, doc from case_doc where centre_id = \$1 and seq > \$2 and seq <= \$3 order by seq limit/,
    run: (view, [centre, since, upTo, limit]) =>
      view
        .all('case_doc', `${centre}/`)
        .filter((it) => Number(it.seq) > Number(since) && Number(it.seq) <= Number(upTo))
        .sort(bySeq)
        .slice(0, Number(limit)),
  },
  {
    when: /^select head, e.seq, e.chain from stream s left join event e on .* e.seq in/,
    run(view, [centre, ...seqs]) {
      const stream = view.get('stream', `${centre}/events`);
      if (stream === undefined) return [];
      const { head } = stream;
      const found = seqs.flatMap((it) => [view.get('event', `${centre}/${it}`) ?? []].flat() as Row[]);
      return found.length === 0
        ? [{ head, seq: null, chain: null }]
        : found.map(({ seq, chain }) => ({ head, seq, chain }));
    },
  },
  {
    when: /^select head, \(select encode\(sha256.* from \(select seq, case_id as id from case_doc /,
    run: (view, [centre, coll]) => {
      const rows = view.all('case_doc', `${centre}/`);
      return hashRows(
        view,
        centre,
        coll,
        rows.map((it) => ({ seq: Number(it.seq), id: String(it.case_id) })),
      );
    },
  },
  {
    when: /^select head, \(select encode\(sha256.* from \(select seq, id from doc where .* and not deleted\)/,
    run: (view, [centre, coll]) => {
      const rows = view.all('doc', `${centre}/${coll}/`).filter((it) => it.deleted !== true);
      return hashRows(
        view,
        centre,
        coll,
        rows.map((it) => ({ seq: Number(it.seq), id: String(it.id) })),
      );
    },
  },
];
