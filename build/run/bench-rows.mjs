const BENCH_HEAD = ['name', 'value', 'unit', 'floor', 'ratio', 'target', 'ok'];

/**
 * A row as it is kept and shown, from what a suite measured.
 *
 * `floor` is the same work done the barest way in the same run, in the same unit. `target` is the
 * most the ratio to the floor may be or, where there is no floor, the value. What is not given is null.
 *
 * @param {{ name: string, value: number, unit: string, floor?: number, target?: number }} measured
 */
export function toRow({ name, value, unit, floor = null, target = null }) {
  const ratio = floor === null || floor === 0 ? null : round(value / floor);
  const judged = ratio ?? value;
  return {
    name,
    value: round(value),
    unit,
    floor: floor === null ? null : round(floor),
    ratio,
    target,
    ok: target === null ? null : judged <= target,
  };
}

/** The rows as a table of text. */
export function toTable(rows, head = BENCH_HEAD) {
  const cells = [head, ...rows.map((row) => head.map((column) => toText(row[column])))];
  const widths = head.map((_, at) => Math.max(...cells.map((line) => line[at].length)));
  return cells
    .map((line) =>
      line
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function toText(value) {
  if (value === null) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'NO';
  return String(value);
}

// Three significant digits are more than a shared machine can repeat.
function round(value) {
  return Number(value.toPrecision(4));
}
