const LOOK_ALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  З: '3',
  І: 'I',
  Ј: 'J',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  Ѕ: 'S',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  '«': '<<',
  '‹': '<',
  '〈': '<',
  '＜': '<',
  '≤': '<',
};
const LENGTH = { TD1: 30, TD3: 44 };
const COUNT = { TD1: 3, TD3: 2 };
const START = {
  TD1: /^[IAC1][A-Z0-9<][A-Z012568<]{3}[A-Z0-9<]{10,}$/,
  TD3: /^P[A-Z0-9<][A-Z012568<]{3}[A-Z0-9<]+$/,
};
const LEAST_LETTERS = 45;

/** The lines of a machine-readable zone as they came, cleaned; no length is promised. */
export type MrzLines = { kind: 'TD1' | 'TD3'; lines: string[] };

/** Finds the zone in what a reader, a keyboard wedge or a paste gave; other lines around it do not matter. */
export function findMrzLines(text: string): MrzLines | null {
  const lines = cleanLines(text);
  for (const [index, line] of lines.entries()) {
    for (const kind of ['TD3', 'TD1'] as const) {
      if (!START[kind].test(line)) continue;
      const found = splitLong(line, kind) ?? lines.slice(index, index + COUNT[kind]);
      if (isLikely(found)) return { kind, lines: found };
    }
  }
  return null;
}

/**
 * The ways in which a line may be brought to its length: lost fillers put back, doubled ones taken out.
 *
 * The line itself, when it is right. `spots` are where fillers of this line usually are.
 */
export function fitLine(line: string, kind: 'TD1' | 'TD3', spots: readonly number[]): string[] {
  const lack = LENGTH[kind] - line.length;
  if (lack === 0) return [line];
  const runs = [...line.matchAll(/<+/g)];
  if (lack > 0) {
    const places = [...spots.map((it) => it - lack), ...runs.map((it) => it.index)];
    return [...new Set(places)]
      .filter((it) => it >= 0 && it <= line.length)
      .map((it) => line.slice(0, it) + '<'.repeat(lack) + line.slice(it));
  }
  return runs
    .filter((it) => it[0].length >= -lack)
    .map((it) => line.slice(0, it.index) + line.slice(it.index - lack));
}

function cleanLines(text: string): string[] {
  return text
    .toUpperCase()
    .split(/[\r\n\t\v\f]+/)
    .map((line) => line.replace(/[^A-Z0-9<]/g, (it) => LOOK_ALIKES[it] ?? (/\s/.test(it) ? '' : it)))
    .filter((line) => /^[A-Z0-9<]{5,}$/.test(line));
}

function splitLong(line: string, kind: 'TD1' | 'TD3'): string[] | null {
  const length = LENGTH[kind];
  if (line.length !== length * COUNT[kind]) return null;
  return Array.from({ length: COUNT[kind] }, (_, it) => line.slice(it * length, (it + 1) * length));
}

/** A word in capitals alone is no zone: there must be digits, and about as many signs as a zone has. */
function isLikely(lines: readonly string[]): boolean {
  const all = lines.join('');
  return all.length >= LEAST_LETTERS && (all.match(/\d/g)?.length ?? 0) >= 10;
}
