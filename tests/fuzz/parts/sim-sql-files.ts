import type { Statement } from './sim-tables.ts';

/** What the routes of files and uploads ask of the database. */
export const FILE_STATEMENTS: readonly Statement[] = [
  {
    when: /^insert into upload \(centre_id, upload_id, sha256, bytes, promises, created_at\)/,
    run(view, [centre, id, sha256, bytes, at]) {
      view.put('upload', `${centre}/${id}`, { sha256, bytes, promises: [], created_at: at });
      return [];
    },
  },
  {
    when: /^select sha256, bytes, promises, created_at from upload where/,
    run: (view, [centre, id]) => [view.get('upload', `${centre}/${id}`) ?? []].flat(),
  },
  {
    when: /^update upload set promises = \$3 where/,
    run(view, [centre, id, promises]) {
      const key = `${centre}/${id}`;
      const row = view.get('upload', key);
      if (row !== undefined) view.put('upload', key, { ...row, promises: JSON.parse(String(promises)) });
      return [];
    },
  },
  {
    when: /^delete from upload where centre_id = \$1 and upload_id = \$2$/,
    run(view, [centre, id]) {
      view.remove('upload', `${centre}/${id}`);
      return [];
    },
  },
  {
    when: /^select bytes from file where centre_id = \$1 and sha256 = \$2$/,
    run: (view, [centre, sha256]) => [view.get('file', `${centre}/${sha256}`) ?? []].flat(),
  },
  {
    when: /^select sha256, bytes from file where centre_id = \$1 and sha256 = any/,
    run: (view, [centre, all]) =>
      (all as string[]).flatMap((it) => [view.get('file', `${centre}/${it}`) ?? []].flat()),
  },
  {
    when: /^insert into file \(centre_id, sha256, bytes, stored_at\)/,
    run(view, [centre, sha256, bytes, at]) {
      view.put('file', `${centre}/${sha256}`, { sha256, bytes, stored_at: at });
      return [];
    },
  },
];
