import { cloneTables, type SimTables } from './sim-tables.ts';

export type Asked = { text: string; values: readonly unknown[]; rows: readonly unknown[] };

/** What the simulated database was asked, in the order in which it counted. */
export type SqlStep =
  | { kind: 'alone'; asked: Asked }
  | { kind: 'transaction'; asked: readonly Asked[] }
  /** All of it is as it was at another time. */
  | { kind: 'tables'; tables: SimTables };

export type SqlLog = {
  steps: SqlStep[];
  alone(asked: Asked): void;
  begin(): void;
  /** `null`: it came to nothing. */
  end(asked: readonly Asked[] | null): void;
  /** A write by another hand: it waits for the row, if a transaction is under way. */
  beside(asked: Asked): void;
  tables(tables: SimTables): void;
};

export function createSqlLog(): SqlLog {
  const steps: SqlStep[] = [];
  let isOpen = false;
  let waiting: Asked[] = [];
  const alone = (asked: Asked): void => void steps.push({ kind: 'alone', asked: structuredClone(asked) });
  function end(asked: readonly Asked[] | null): void {
    isOpen = false;
    if (asked !== null) steps.push({ kind: 'transaction', asked: structuredClone(asked) });
    for (const it of waiting) alone(it);
    waiting = [];
  }
  return {
    steps,
    alone,
    begin() {
      isOpen = true;
    },
    end,
    beside: (asked) => (isOpen ? void waiting.push(asked) : alone(asked)),
    tables(tables) {
      end(null);
      steps.push({ kind: 'tables', tables: cloneTables(tables) });
    },
  };
}
