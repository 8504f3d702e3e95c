/**
 * A table as CSV (RFC 4180), its lines ended by CR LF.
 *
 * A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers do not. So does what stands
 * behind a semicolon or a tab: a spreadsheet set to Russian or Uzbek cuts the line there, quotes or not.
 */
export function toCsvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}

const FORMULA = /(?<=^|[;\t\r\n])(?=[\s"']*[=+\-@＝＋－＠])|^(?=[\t\r\n])/g;

function toCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = value.replace(FORMULA, "'");
  return /[",\r\n']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
