import type { Case } from '#model/case';
import { nameKeys } from '#model/identity/name-key';
import type { CaseRow, Tables } from './database.ts';
import { readShelfQuietly } from './read-shelf.ts';
import type { Found } from './replica.ts';

type Entry = { number: string; digits: string; name: string; keys: string[]; pinfl: string; phone: string };

export type CaseSearch = {
  /** Begins to read all names, in pieces that do not hold up the window; later calls do nothing. */
  buildQuietly(): void;
  /** Whether what is in the table now is in memory, or is being read. */
  isRead(): boolean;
  put(found: Case): void;
  drop(caseId: string): void;
  find(text: string): Promise<readonly Found[]>;
};

const MOST_FOUND = 20;

/** Who came with what: packed keys of names, numbers, PINFL and phones in memory, scanned whole. */
export function createCaseSearch(tables: Tables, rest: () => Promise<void>): CaseSearch {
  const entries = new Map<string, Entry>();
  let building: Promise<void> | null = null;

  async function read(): Promise<void> {
    for (const shelf of ['open', 'closed'] as const) await readShelf(shelf);
  }

  const readShelf = (shelf: CaseRow['shelf']) => readShelfQuietly({ tables, rest, take: putRow }, shelf);

  function putRow(row: CaseRow): void {
    // What was put meanwhile is newer.
    if (row.shelf !== 'unreadable' && !entries.has(row.id)) entries.set(row.id, toEntry(row.doc as Case));
  }

  function build(): Promise<void> {
    building ??= read();
    return building;
  }

  return {
    buildQuietly() {
      // What goes wrong here goes wrong again, and is heard, when somebody searches.
      build().catch(() => {
        building = null;
      });
    },
    isRead: () => building !== null,
    put(found) {
      entries.set(found.id, toEntry(found));
    },
    drop(caseId) {
      entries.delete(caseId);
    },
    async find(text) {
      await build();
      const match = toMatcher(text);
      const found: Found[] = [];
      for (const [caseId, entry] of entries) {
        const ground = match(entry);
        if (ground !== null) found.push({ caseId, number: entry.number, name: entry.name, ground });
        if (found.length === MOST_FOUND) break;
      }
      return found;
    },
  };
}

function toEntry(it: Case): Entry {
  const part = (path: string) => String(it.answers[`applicant.${path}`] ?? '');
  const name = [part('surname'), part('givenName'), part('patronymic')].filter((s) => s !== '').join(' ');
  return {
    number: it.number,
    digits: onlyDigits(it.number),
    name,
    keys: name.split(' ').flatMap((word) => nameKeys(word)),
    pinfl: part('pinfl'),
    phone: onlyDigits(part('phone')),
  };
}

function toMatcher(text: string): (entry: Entry) => Found['ground'] | null {
  const digits = onlyDigits(text);
  if (digits.length >= 3 && !/\p{L}/u.test(text)) {
    return (entry) => {
      if (entry.digits.includes(digits)) return 'number';
      if (entry.pinfl.startsWith(digits)) return 'pinfl';
      return entry.phone.endsWith(digits) ? 'phone' : null;
    };
  }
  const wanted = text.split(/\s+/u).flatMap((word) => {
    const keys = nameKeys(word);
    return keys.length === 0 ? [] : [keys];
  });
  if (wanted.length === 0) return () => null;
  const isMeant = (keys: readonly string[], entry: Entry) =>
    keys.some((key) => entry.keys.some((it) => it.startsWith(key)));
  return (entry) => (wanted.every((keys) => isMeant(keys, entry)) ? 'name' : null);
}

function onlyDigits(text: string): string {
  return text.replace(/\D/gu, '');
}
