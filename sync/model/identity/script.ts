import { CYRILLIC_OF, IRREGULAR, LATIN_OF } from './script-tables.ts';

const APOSTROPHE = "['`´ʹʻʼʽˊˋ‘’‛′＇]";
const AFTER_O_G = new RegExp(`([OoGg])${APOSTROPHE}`, 'g');
const AFTER_LETTER = new RegExp(`(?<![OoGgʻʼ])(?<=\\p{L})${APOSTROPHE}`, 'gu');
const HAS_APOSTROPHE = new RegExp(APOSTROPHE);
const ALL_APOSTROPHES = new RegExp(APOSTROPHE, 'g');

const ROMAN = /^M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$/;
const ADDRESS = /@|:\/\/|^www\.|^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(\/|$)/;
const CODE = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/;
const LATIN_WORD = /[A-Za-zʻʼ]+/g;
const CYRILLIC_WORD = /[\u0400-\u04FF]+/g;

const AFTER_VOWEL = /[аеёиоуўыэюя]$/;
const SAYS_YE = /(^|[аеёиоуўыэюяъь])$/;
/** ъ after ў and ғ, or before a letter that says y itself. */
const SILENT_SIGN = /[ўғ]ъ|ъ[еёюя]/;

const TO_LATIN = new Map(IRREGULAR);
const TO_CYRILLIC = [...IRREGULAR].map(([cyrillic, latin]) => [latin, cyrillic] as const);

/** The one spelling that is stored: ʻ after o and g, ʼ after any other letter; whatever was typed. */
export function normaliseApostrophes(text: string): string {
  if (!HAS_APOSTROPHE.test(text)) return text;
  return text.replace(AFTER_O_G, '$1ʻ').replace(AFTER_LETTER, 'ʼ');
}

/** Uzbek in Latin letters; text that is in Latin letters already stays. */
export function toLatin(text: string): string {
  return text.normalize('NFC').replace(CYRILLIC_WORD, latinWord);
}

/**
 * Uzbek in Cyrillic letters.
 *
 * Loanwords with ц and ь are known by a list; addresses, codes and Roman numerals stay as they are.
 */
export function toCyrillic(text: string): string {
  return normaliseApostrophes(text.normalize('NFC'))
    .split(/(\s+)/)
    .map((token) => (isUntouched(token) ? token : token.replace(LATIN_WORD, cyrillicWord)))
    .join('');
}

/**
 * A text folded for comparing, in whatever script it is and on whatever keyboard it was typed.
 *
 * Not for showing: apostrophes are gone, ў and у are one letter, so are қ and к, ҳ and х, ё and е.
 */
export function searchForm(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(CYRILLIC_WORD, (word) => foldLetters(word))
    .replace(ALL_APOSTROPHES, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/y[eo]/g, 'e')
    .replace(/ts/g, 's')
    .replace(/[uxqwı]/g, (it) => FOLDED[it] ?? it)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const FOLDED: Readonly<Record<string, string>> = { u: 'o', x: 'h', q: 'k', w: 'v', ı: 'i' };
const FOLDED_CYRILLIC: Readonly<Record<string, string>> = { е: 'e', ё: 'e', ц: 's', ъ: '', ў: 'o', ғ: 'g' };

function foldLetters(word: string): string {
  return [...word].map((it) => FOLDED_CYRILLIC[it] ?? LATIN_OF[it] ?? it).join('');
}

function isUntouched(token: string): boolean {
  const bare = token.replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  if (ADDRESS.test(bare) || CODE.test(bare)) return true;
  return bare.length > 1 && ROMAN.test(bare);
}

function latinWord(word: string): string {
  const lower = word.toLowerCase();
  for (const [cyrillic, latin] of TO_LATIN) {
    if (lower.startsWith(cyrillic)) {
      return recase(latin, word.slice(0, cyrillic.length)) + latinLetters(word, cyrillic.length);
    }
  }
  return latinLetters(word, 0);
}

function latinLetters(word: string, from: number): string {
  const lower = word.toLowerCase();
  let latin = '';
  for (let at = from; at < word.length; at += 1) {
    latin += withCaseOf(latinLetter(lower, at), word, at);
  }
  return latin;
}

function latinLetter(lower: string, at: number): string {
  const letter = lower[at] ?? '';
  switch (letter) {
    case 'е':
      return SAYS_YE.test(lower.slice(0, at)) ? 'ye' : 'e';
    case 'ц':
      return AFTER_VOWEL.test(lower.slice(0, at)) ? 'ts' : 's';
    case 'ъ':
      return SILENT_SIGN.test(lower.slice(Math.max(0, at - 1), at + 2)) ? '' : 'ʼ';
    case 'с':
      return lower[at + 1] === 'ҳ' ? 'sʼ' : 's';
    default:
      return LATIN_OF[letter] ?? letter;
  }
}

/** A letter that becomes two is `Sh` before a small letter and `SH` among capitals. */
function withCaseOf(latin: string, word: string, at: number): string {
  if (!isCapital(word[at])) return latin;
  if (latin.length < 2) return latin.toUpperCase();
  const neighbour = word[at + 1] ?? word[at - 1];
  return isCapital(neighbour) ? latin.toUpperCase() : latin.slice(0, 1).toUpperCase() + latin.slice(1);
}

function cyrillicWord(word: string): string {
  const lower = word.toLowerCase();
  const known = TO_CYRILLIC.find(([latin]) => lower.startsWith(latin));
  if (!known) return cyrillicLetters(word, 0);
  const [latin, cyrillic] = known;
  return recase(cyrillic, word.slice(0, latin.length)) + cyrillicLetters(word, latin.length);
}

function cyrillicLetters(word: string, from: number): string {
  const lower = word.toLowerCase();
  let cyrillic = '';
  for (let at = from; at < word.length; ) {
    const [latin, letters] = cyrillicAt(lower, at);
    cyrillic += [...letters]
      .map((it, index) => (isCapital(word[at + index]) ? it.toUpperCase() : it))
      .join('');
    at += latin.length;
  }
  return cyrillic;
}

function cyrillicAt(lower: string, at: number): readonly [string, string] {
  const before = lower[at - 1] ?? '';
  if (lower.startsWith('ye', at)) return ['ye', /[bcdfghjklmnpqrstvxz]/.test(before) ? 'ье' : 'е'];
  if (lower.startsWith('tsiya', at) || lower.startsWith('tsion', at)) return ['ts', 'ц'];
  if (lower[at] === 'e' && (before === '' || /[aeiou]/.test(before))) return ['e', 'э'];
  return CYRILLIC_OF.find(([latin]) => lower.startsWith(latin, at)) ?? [lower[at] ?? '', lower[at] ?? ''];
}

function recase(text: string, model: string): string {
  if (model.length > 1 && model === model.toUpperCase()) return text.toUpperCase();
  return isCapital(model[0]) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}

function isCapital(letter: string | undefined): boolean {
  return letter !== undefined && letter !== letter.toLowerCase();
}
