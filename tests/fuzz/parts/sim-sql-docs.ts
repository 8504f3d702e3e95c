import type { Row, Statement, View } from './sim-tables.ts';

const SMALL = (row: Row): boolean => row.coll !== 'events' && row.coll !== 'cases';
const marksUpTo = (view: View, horizon: unknown): Row[] =>
  view.all('stream_mark', '').filter((it) => Number(it.at) <= Number(horizon));
const isSame = (a: Row, b: Row): boolean => a.centre_id === b.centre_id && a.coll === b.coll;

/** Where each small stream stood, by the newest note that is old enough. */
function toHorizons(view: View, horizon: unknown): Row[] {
  const newest = new Map<string, Row>();
  for (const mark of marksUpTo(view, horizon)) {
    const key = `${mark.centre_id}/${mark.coll}`;
    if (Number(mark.seq) >= Number(newest.get(key)?.seq ?? -1)) newest.set(key, mark);
  }
  return [...newest.values()];
}

function dropGone(view: View, horizon: unknown): Row[] {
  let gone = 0;
  for (const { centre_id: centre, coll, seq } of toHorizons(view, horizon)) {
    const dropped = view
      .all('doc', `${centre}/${coll}/`)
      .filter((it) => it.deleted === true && Number(it.seq) <= Number(seq));
    if (dropped.length === 0) continue;
    for (const it of dropped) view.remove('doc', `${centre}/${coll}/${it.id}`);
    const stream = view.get('stream', `${centre}/${coll}`) ?? {};
    const last = Math.max(Number(stream.min_seq), ...dropped.map((it) => Number(it.seq)));
    view.put('stream', `${centre}/${coll}`, { ...stream, min_seq: last });
    gone += dropped.length;
  }
  return [{ gone }];
}

const DOC_COLUMNS = 6;

/** What publishing small documents and dropping what is long gone ask of the database. */
export const DOC_STATEMENTS: readonly Statement[] = [
  {
    when: /^insert into doc \(centre_id, coll, id, seq, body, deleted\) values/,
    run(view, values) {
      for (let at = 0; at < values.length; at += DOC_COLUMNS) {
        const [centre, coll, id, seq, body, deleted] = values.slice(at, at + DOC_COLUMNS);
        view.put('doc', `${centre}/${coll}/${id}`, { id, seq, body: JSON.parse(String(body)), deleted });
      }
      return [];
    },
  },
  {
    when: /^update stream set head = \$3, chain = \$4 where centre_id = \$1 and coll = \$2$/,
    run(view, [centre, coll, head, chain]) {
      const key = `${centre}/${coll}`;
      view.put('stream', key, { ...view.get('stream', key), head, chain });
      return [];
    },
  },
  {
    when: /^insert into stream_mark .* select centre_id, coll, \$1, head from stream where coll not in/,
    run(view, [at]) {
      for (const { centre_id, coll, head } of view.all('stream', '').filter(SMALL)) {
        const key = `${centre_id}/${coll}/${at}`;
        if (view.get('stream_mark', key) === undefined)
          view.put('stream_mark', key, { centre_id, coll, at, seq: head });
      }
      return [];
    },
  },
  {
    when: /^with mark as \( select centre_id, coll, max\(seq\) as seq from stream_mark where at <= \$1/,
    run: (view, [horizon]) => dropGone(view, horizon),
  },
  {
    when: /^delete from stream_mark m where exists/,
    run(view, [horizon]) {
      const old = marksUpTo(view, horizon);
      for (const mark of old) {
        const hasLater = old.some((it) => isSame(it, mark) && Number(it.at) > Number(mark.at));
        if (hasLater) view.remove('stream_mark', `${mark.centre_id}/${mark.coll}/${mark.at}`);
      }
      return [];
    },
  },
];
