/** What the centre sent, beside the columns that are read off it. */
const BODIES = ['event', 'doc'] as const;
const WIDE = /[\u0100-\uffff]/g;

type Row = Record<string, unknown>;

/** A row as IndexedDB has it: one text is copied at once, an object name by name, at each step on its way to the disk. */
export function toStored(row: Row): Row {
  const name = BODIES.find((it) => typeof row[it] === 'object');
  return name === undefined ? row : { ...row, [name]: toText(row[name]) };
}

/** Never throws: RxDB would stay with that row for ever. What is no text of ours is for the check of the copies. */
export function toWhole(row: Row): Row {
  const name = BODIES.find((it) => typeof row[it] === 'string');
  return name === undefined ? row : { ...row, [name]: toBody(row[name] as string) };
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
