import { normaliseApostrophes } from './identity/script.ts';
import type { Language } from './local-text.ts';

/** The order of the Uzbek Cyrillic alphabet, whose own four letters come last. */
const UZBEK_CYRILLIC = 'абвгдеёжзийклмнопрстуфхцчшъыьэюяўқғҳ';
const AFTER_ALL = 1_000;

/**
 * How texts of a language are sorted; numbers within a text by their value.
 *
 * The library's order is right for Uzbek in Latin letters once apostrophes are normalised, and wrong in
 * Cyrillic, which therefore has its own.
 */
export function createCollator(language: Language): (a: string, b: string) => number {
  switch (language) {
    case 'uz-Latn': {
      const collator = new Intl.Collator('uz', { numeric: true });
      return (a, b) => collator.compare(normaliseApostrophes(a), normaliseApostrophes(b));
    }
    case 'uz-Cyrl':
      return compareUzbekCyrillic;
    case 'ru':
    case 'en':
      return new Intl.Collator(language, { numeric: true }).compare;
  }
}

const RANKS = new Map([...UZBEK_CYRILLIC].map((letter, index) => [letter, AFTER_ALL + index]));
const others = new Intl.Collator('ru', { numeric: true });

function compareUzbekCyrillic(a: string, b: string): number {
  const [one, other] = [toUnits(a), toUnits(b)];
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const order = compareUnits(one[at] ?? '', other[at] ?? '');
    if (order !== 0) return order;
  }
  return one.length - other.length || others.compare(a, b);
}

/** Letters one by one, a number as one unit. */
function toUnits(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/\d+|[^\d]/gu) ?? []
  );
}

function compareUnits(a: string, b: string): number {
  const [rankA, rankB] = [RANKS.get(a), RANKS.get(b)];
  if (rankA !== undefined && rankB !== undefined) return rankA - rankB;
  if (rankA !== undefined) return 1;
  if (rankB !== undefined) return -1;
  return others.compare(a, b);
}
