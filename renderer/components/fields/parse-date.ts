const OLDEST_SHORT_YEAR_AHEAD = 10;

/**
 * Reads a date as a hand types it: `05032026`, `5.3.2026`, `05/03/26`, `2026-03-05`. ISO text comes back.
 *
 * `null` for what is no day. Two figures of a year are of this century up to ten years ahead of
 * `today` (ISO), else of the last.
 */
export function parseDate(text: string, today: string): string | null {
  const typed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return toDay(iso[1], iso[2], iso[3]);
  const parted = /^(\d{1,2})[.,/ -](\d{1,2})[.,/ -](\d{4}|\d{2})$/.exec(typed);
  const solid = /^(\d\d)(\d\d)(\d{4}|\d{2})$/.exec(typed);
  const found = parted ?? solid;
  if (found === null) return null;
  return toDay(toYear(found[3] ?? '', today), found[2], found[1]);
}

function toYear(text: string, today: string): string {
  if (text.length === 4) return text;
  const latest = Number(today.slice(0, 4)) + OLDEST_SHORT_YEAR_AHEAD;
  const year = Math.floor(latest / 100) * 100 + Number(text);
  return String(year > latest ? year - 100 : year);
}

function toDay(year = '', month = '', day = ''): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso) ? iso : null;
}
