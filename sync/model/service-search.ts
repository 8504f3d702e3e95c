import { searchForm } from './identity/script.ts';
import type { LocalText } from './local-text.ts';
import type { Service } from './service.ts';

/** Words by code under which services are found too: names of spheres and of departments. */
export type ServiceLabels = {
  spheres?: Readonly<Record<string, LocalText>>;
  departments?: Readonly<Record<string, LocalText>>;
};

/** Finds services by what people call them. */
export type ServiceSearch = {
  /** Best first; of no text, the services as they stand in the catalogue. */
  search(text: string, limit?: number): Service[];
};

type Entry = { service: Service; code: string; fields: { words: string[]; weight: number }[] };

const USUAL_LIMIT = 20;
const LEAST_LENGTH_FOR_SLIPS = 4;

/** Prepares the current services of a catalogue for searching in any script, by word, synonym and code. */
export function createServiceSearch(services: readonly Service[], labels: ServiceLabels = {}): ServiceSearch {
  const current = services.filter((it) => it.current);
  const entries = current.map((it) => toEntry(it, labels));
  return {
    search(text, limit = USUAL_LIMIT) {
      const wanted = searchForm(text).split(' ').filter(Boolean);
      if (wanted.length === 0) return current.slice(0, limit);
      const exact = best(entries, (entry) => score(entry, wanted, matchExactly));
      const found = exact.length > 0 ? exact : best(entries, (entry) => score(entry, wanted, matchWithSlip));
      return found.slice(0, limit);
    },
  };
}

function toEntry(service: Service, { spheres, departments }: ServiceLabels): Entry {
  return {
    service,
    code: searchForm(service.code).replace(/ /g, ''),
    fields: [
      { words: wordsOf(Object.values(service.name)), weight: 3 },
      { words: wordsOf(service.synonyms), weight: 2.5 },
      { words: wordsOf(Object.values(spheres?.[service.sphere] ?? {})), weight: 1 },
      { words: wordsOf(Object.values(departments?.[service.department] ?? {})), weight: 1 },
    ],
  };
}

function wordsOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((it) => searchForm(it).split(' ')))].filter(Boolean);
}

function best(entries: readonly Entry[], scoreOf: (entry: Entry) => number): Service[] {
  return entries
    .map((entry) => ({ entry, points: scoreOf(entry) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || (a.entry.service.code < b.entry.service.code ? -1 : 1))
    .map(({ entry }) => entry.service);
}

type Matcher = (word: string, wanted: string) => number;

/** Zero unless every wanted word is found. */
function score(entry: Entry, wanted: readonly string[], match: Matcher): number {
  if (entry.code.startsWith(wanted.join(''))) return 100;
  let total = 0;
  for (const it of wanted) {
    const points = Math.max(0, ...entry.fields.map((field) => fieldPoints(field, it, match)));
    if (points === 0) return 0;
    total += points;
  }
  return total;
}

function fieldPoints({ words, weight }: Entry['fields'][number], wanted: string, match: Matcher): number {
  let top = 0;
  for (const word of words) top = Math.max(top, match(word, wanted));
  return top * weight;
}

function matchExactly(word: string, wanted: string): number {
  if (word === wanted) return 3;
  if (word.startsWith(wanted)) return 2;
  return wanted.length >= 3 && word.includes(wanted) ? 1 : 0;
}

/** Forgives one slip of the finger in the beginning of a word: a letter wrong, missing, too many or swapped. */
function matchWithSlip(word: string, wanted: string): number {
  const exact = matchExactly(word, wanted);
  if (exact > 0 || wanted.length < LEAST_LENGTH_FOR_SLIPS) return exact;
  return isOneSlipAway(word, wanted) ? 0.5 : 0;
}

function isOneSlipAway(word: string, wanted: string): boolean {
  let at = 0;
  while (at < wanted.length && word[at] === wanted[at]) at += 1;
  const rest = wanted.slice(at + 1);
  const swapped = wanted.slice(at + 1, at + 2) + wanted.slice(at, at + 1) + wanted.slice(at + 2);
  return (
    word.startsWith(rest, at + 1) ||
    word.startsWith(wanted.slice(at), at + 1) ||
    word.startsWith(rest, at) ||
    word.startsWith(swapped, at)
  );
}
