import type { Language } from './messages.ts';

const SPACE = '\u00a0';
const MINUTE_MS = 60_000;

const MONTHS = {
  'uz-Latn': 'yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr',
  'uz-Cyrl': 'январ феврал март апрел май июн июл август сентябр октябр ноябр декабр',
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  en: 'January February March April May June July August September October November December',
} as const satisfies Record<Language, string>;

// Sunday first, as in the calendar of the language itself.
const WEEKDAYS = {
  'uz-Latn': 'yakshanba dushanba seshanba chorshanba payshanba juma shanba',
  'uz-Cyrl': 'якшанба душанба сешанба чоршанба пайшанба жума шанба',
  ru: 'воскресенье понедельник вторник среда четверг пятница суббота',
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday',
} as const satisfies Record<Language, string>;

const CURRENCY = {
  UZS: { 'uz-Latn': 'soʻm', 'uz-Cyrl': 'сўм', ru: 'сум', en: 'soʻm' },
  GEL: { 'uz-Latn': 'lari', 'uz-Cyrl': 'лари', ru: 'лари', en: 'lari' },
} as const satisfies Record<string, Record<Language, string>>;
export type Currency = keyof typeof CURRENCY;

const BYTE_UNITS = {
  'uz-Latn': ['bayt', 'KB', 'MB', 'GB'],
  'uz-Cyrl': ['байт', 'КБ', 'МБ', 'ГБ'],
  ru: ['байт', 'КБ', 'МБ', 'ГБ'],
  en: ['bytes', 'KB', 'MB', 'GB'],
} as const satisfies Record<Language, readonly string[]>;

// ICU has these wrong for Uzbek (short dates, month names, `UZS` in Russian), hence our own.

/** `05.03.2026`, by the clock of a place `utcOffsetMinutes` east of UTC. */
export function formatDate(_language: Language, at: number, utcOffsetMinutes: number): string {
  const { day, month, year } = partsOf(at, utcOffsetMinutes);
  return `${two(day)}.${two(month)}.${year}`;
}

/** `05.03.2026` of `2026-03-05`; anything else comes back as it is. */
export function formatIsoDate(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso) ?? [];
  return year === undefined ? iso : `${day}.${month}.${year}`;
}

/** `2026-yil 5-mart`, `2026 йил 5 март`, `5 марта 2026 г.`, `5 March 2026`. */
export function formatLongDate(language: Language, at: number, utcOffsetMinutes: number): string {
  const { day, month, year } = partsOf(at, utcOffsetMinutes);
  const name = nth(MONTHS[language], month - 1);
  switch (language) {
    case 'uz-Latn':
      return `${year}-yil${SPACE}${day}-${name}`;
    case 'uz-Cyrl':
      return `${year}${SPACE}йил${SPACE}${day}${SPACE}${name}`;
    case 'ru':
      return `${day}${SPACE}${name}${SPACE}${year}${SPACE}г.`;
    case 'en':
      return `${day}${SPACE}${name}${SPACE}${year}`;
  }
}

export function formatWeekday(language: Language, at: number, utcOffsetMinutes: number): string {
  return nth(WEEKDAYS[language], shifted(at, utcOffsetMinutes).getUTCDay());
}

/** `09:05`, 24 hours. */
export function formatTime(_language: Language, at: number, utcOffsetMinutes: number): string {
  const { hour, minute } = partsOf(at, utcOffsetMinutes);
  return `${two(hour)}:${two(minute)}`;
}

export function formatDateTime(language: Language, at: number, utcOffsetMinutes: number): string {
  return `${formatDate(language, at, utcOffsetMinutes)}${SPACE}${formatTime(language, at, utcOffsetMinutes)}`;
}

/** The time alone on the day of `now`, day and time otherwise: `10:42`, `05.03.2026 10:42`. */
export function formatMoment(language: Language, at: number, now: number, utcOffsetMinutes: number): string {
  const today = formatDate(language, now, utcOffsetMinutes) === formatDate(language, at, utcOffsetMinutes);
  return today ? formatTime(language, at, utcOffsetMinutes) : formatDateTime(language, at, utcOffsetMinutes);
}

/** `1 234 567,5`; English has a decimal point. */
export function formatNumber(language: Language, value: number, decimals?: number): string {
  const text = decimals === undefined ? String(Math.abs(value)) : Math.abs(value).toFixed(decimals);
  const [whole = '0', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, SPACE);
  const tail = fraction === undefined ? '' : `${language === 'en' ? '.' : ','}${fraction}`;
  return `${value < 0 ? '−' : ''}${grouped}${tail}`;
}

/** `412 000 soʻm`. */
export function formatMoney(language: Language, amount: number, currency: Currency): string {
  return `${formatNumber(language, amount)}${SPACE}${CURRENCY[currency][language]}`;
}

export function formatBytes(language: Language, bytes: number): string {
  const step = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), 3);
  const value = bytes / 1024 ** step;
  const figure = formatNumber(language, Number(value.toFixed(step === 0 || value >= 10 ? 0 : 1)));
  return `${figure}${SPACE}${BYTE_UNITS[language][step] ?? ''}`;
}

function partsOf(at: number, utcOffsetMinutes: number) {
  const date = shifted(at, utcOffsetMinutes);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

function shifted(at: number, utcOffsetMinutes: number): Date {
  return new Date(at + utcOffsetMinutes * MINUTE_MS);
}

function nth(words: string, index: number): string {
  return words.split(' ')[index] ?? '';
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
