import type { TextSealer } from './text-sealer.ts';

/** What a row is of, beside the columns that it is found by. */
const BODIES = ['event', 'doc', 'value'] as const;
/** Of RxDB's, and not known when a row is sealed. */
const NOT_OURS = ['_deleted', '_attachments', '_meta', '_rev'];
const WIDE = /[\u0100-\uffff]/g;

export type Row = Record<string, unknown>;

/** How rows of one table lie on the disk. */
export type RowForm = {
  /** As IndexedDB has it: one text is copied at once, an object name by name, at each step on its way to the disk. */
  toStored(row: Row): Row | Promise<Row>;
  /** Never throws: RxDB would stay with that row for ever. What is no text of ours is for the check of the copies. */
  toWhole(row: Row): Row | Promise<Row>;
};

/** In clear, but in one text. */
export const plainForm = {
  toStored(row: Row): Row {
    const name = BODIES.find((it) => typeof row[it] === 'object');
    return name === undefined ? row : { ...row, [name]: toText(row[name]) };
  },
  toWhole(row: Row): Row {
    const name = BODIES.find((it) => typeof row[it] === 'string');
    return name === undefined ? row : { ...row, [name]: toBody(row[name] as string) };
  },
} satisfies RowForm;

/** Sealed to its columns: a body does not open in another row, nor in its own when a column was changed. */
export function createSealedForm(table: string, sealer: TextSealer): RowForm {
  return {
    async toStored(row) {
      const name = BODIES.find((it) => typeof row[it] === 'object');
      if (name === undefined) return row;
      return { ...row, [name]: await sealer.seal(JSON.stringify(row[name]), toPlace(table, row, name)) };
    },
    async toWhole(row) {
      const name = BODIES.find((it) => typeof row[it] === 'string');
      if (name === undefined) return row;
      const text = await sealer.open(row[name] as string, toPlace(table, row, name));
      return { ...row, [name]: text === null ? {} : toBody(text) };
    },
  };
}

function toPlace(table: string, row: Row, body: string): string {
  const columns = Object.keys(row).filter((it) => it !== body && !NOT_OURS.includes(it));
  return JSON.stringify([table, ...columns.sort().map((it) => [it, row[it]])]);
}

/** One wide letter in it doubles the room of all others; where they are few they are written as `\uXXXX`. */
function toText(body: unknown): string {
  const text = JSON.stringify(body);
  const wide = text.match(WIDE)?.length ?? 0;
  if (wide === 0 || wide * 5 > text.length) return text;
  return text.replace(WIDE, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function toBody(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}
