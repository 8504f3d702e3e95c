export type Row = Record<string, unknown>;
/** Rows by table and by key; what is committed and nothing else. */
export type SimTables = { [table: string]: Map<string, Row> };

export function createTables(): SimTables {
  return {
    meta: new Map(),
    centre: new Map(),
    device: new Map(),
    stream: new Map(),
    event: new Map(),
    case_doc: new Map(),
    doc: new Map(),
    upload: new Map(),
    file: new Map(),
    snapshot: new Map(),
    stream_mark: new Map(),
  };
}

export function cloneTables(tables: SimTables): SimTables {
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [
      name,
      new Map([...rows].map(([key, row]) => [key, { ...row }])),
    ]),
  );
}

/** What a transaction has written: a row, or that there is none. */
export type Written = Map<string, Map<string, Row | null>>;

export type View = {
  get(table: string, key: string): Row | undefined;
  put(table: string, key: string, row: Row): void;
  remove(table: string, key: string): void;
  /** All rows whose key begins so. */
  all(table: string, start: string): Row[];
};
export type Statement = { when: RegExp; run(view: View, values: readonly unknown[]): Row[] };
