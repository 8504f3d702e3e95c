import type { Currency } from './format.ts';
import type { Language } from './messages.ts';

const CURRENCY_WORDS = {
  UZS: { 'uz-Latn': 'soʻm', 'uz-Cyrl': 'сўм', en: 'soʻm', ru: ['сум', 'сума', 'сумов'] },
  GEL: { 'uz-Latn': 'lari', 'uz-Cyrl': 'лари', en: 'lari', ru: ['лари', 'лари', 'лари'] },
} as const;

/**
 * A sum in words, first letter large, as a receipt has it: `Toʻrt yuz oʻn ikki ming soʻm`.
 *
 * Whole amounts from 0 to 999 999 999 999.
 */
export function amountInWords(language: Language, amount: number, currency: Currency): string {
  const words = [...numberWords(language, amount), currencyWord(language, amount, currency)].join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function numberWords(language: Language, amount: number): string[] {
  if (amount === 0) return [TABLES[language].zero];
  const scales = [1_000_000_000, 1_000_000, 1_000, 1];
  return scales.flatMap((scale, index) => {
    const group = Math.floor(amount / scale) % 1_000;
    return group === 0 ? [] : groupWords(language, group, 3 - index);
  });
}

/** `power`: 0 units, 1 thousands, 2 millions, 3 thousands of millions. */
function groupWords(language: Language, group: number, power: number): string[] {
  const { ones, teens, tens, hundred, scales } = TABLES[language];
  const words: string[] = [];
  const hundreds = Math.floor(group / 100);
  const rest = group % 100;
  if (hundreds > 0) words.push(hundred(hundreds));
  if (rest >= 11 && rest <= 19 && teens !== null) words.push(teens[rest - 11] ?? '');
  else words.push(...tensAndOnes(language, rest, { ones, tens, feminine: power === 1 }));
  if (power > 0)
    words.push(language === 'ru' ? russianForm(group, RU_SCALES[power - 1]) : (scales[power - 1] ?? ''));
  return words;
}

function tensAndOnes(
  language: Language,
  rest: number,
  { ones, tens, feminine }: { ones: string; tens: string; feminine: boolean },
): string[] {
  const ten = nth(tens, Math.floor(rest / 10) - 1);
  const digit = rest % 10;
  const one =
    language === 'ru' && feminine && digit <= 2 ? (['', 'одна', 'две'][digit] ?? '') : nth(ones, digit - 1);
  if (language === 'en' && ten !== '' && one !== '') return [`${ten}-${one}`];
  return [ten, one].filter((it) => it !== '');
}

function currencyWord(language: Language, amount: number, currency: Currency): string {
  const words = CURRENCY_WORDS[currency];
  return language === 'ru' ? russianForm(amount, words.ru) : words[language];
}

function russianForm(count: number, forms: readonly [string, string, string] | undefined): string {
  if (forms === undefined) return '';
  const tens = count % 100;
  const ones = count % 10;
  if (tens >= 11 && tens <= 14) return forms[2];
  if (ones === 1) return forms[0];
  return ones >= 2 && ones <= 4 ? forms[1] : forms[2];
}

function nth(words: string, index: number): string {
  return words.split(' ')[index] ?? '';
}

const RU_SCALES = [
  ['тысяча', 'тысячи', 'тысяч'],
  ['миллион', 'миллиона', 'миллионов'],
  ['миллиард', 'миллиарда', 'миллиардов'],
] as const;
const RU_HUNDREDS = 'сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот';
const RU_TEENS =
  'одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать';
const EN_TEENS = 'eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';

type Table = {
  zero: string;
  ones: string;
  tens: string;
  /** 11 … 19 where they are words of their own. */
  teens: readonly string[] | null;
  scales: readonly string[];
  hundred(count: number): string;
};

const TABLES: Record<Language, Table> = {
  'uz-Latn': uzbek({
    zero: 'nol',
    ones: 'bir ikki uch toʻrt besh olti yetti sakkiz toʻqqiz',
    tens: 'oʻn yigirma oʻttiz qirq ellik oltmish yetmish sakson toʻqson',
    hundred: 'yuz',
    scales: ['ming', 'million', 'milliard'],
  }),
  'uz-Cyrl': uzbek({
    zero: 'нол',
    ones: 'бир икки уч тўрт беш олти етти саккиз тўққиз',
    tens: 'ўн йигирма ўттиз қирқ эллик олтмиш етмиш саксон тўқсон',
    hundred: 'юз',
    scales: ['минг', 'миллион', 'миллиард'],
  }),
  ru: {
    zero: 'ноль',
    ones: 'один два три четыре пять шесть семь восемь девять',
    tens: 'десять двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто',
    teens: RU_TEENS.split(' '),
    scales: [],
    hundred: (count) => nth(RU_HUNDREDS, count - 1),
  },
  en: {
    zero: 'zero',
    ones: 'one two three four five six seven eight nine',
    tens: 'ten twenty thirty forty fifty sixty seventy eighty ninety',
    teens: EN_TEENS.split(' '),
    scales: ['thousand', 'million', 'billion'],
    hundred: (count) => `${nth('one two three four five six seven eight nine', count - 1)} hundred`,
  },
};

// Sums on papers name the one hundred and the one thousand: "bir yuz", "bir ming".
function uzbek(words: {
  zero: string;
  ones: string;
  tens: string;
  hundred: string;
  scales: string[];
}): Table {
  return { ...words, teens: null, hundred: (count) => `${nth(words.ones, count - 1)} ${words.hundred}` };
}
