import type { Language } from './messages.ts';

const SPACE = '\u00a0';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Forms = readonly [one: string, few: string, many: string];
const UNITS = {
  'uz-Latn': {
    day: ['kun', 'kun', 'kun'],
    hour: ['soat', 'soat', 'soat'],
    minute: ['daqiqa', 'daqiqa', 'daqiqa'],
  },
  'uz-Cyrl': {
    day: ['кун', 'кун', 'кун'],
    hour: ['соат', 'соат', 'соат'],
    minute: ['дақиқа', 'дақиқа', 'дақиқа'],
  },
  ru: { day: ['день', 'дня', 'дней'], hour: ['час', 'часа', 'часов'], minute: ['минута', 'минуты', 'минут'] },
  en: {
    day: ['day', 'days', 'days'],
    hour: ['hour', 'hours', 'hours'],
    minute: ['minute', 'minutes', 'minutes'],
  },
} as const satisfies Record<Language, Record<'day' | 'hour' | 'minute', Forms>>;

/** `3 kun 4 soat`, `5 часов`, `12 minutes`: the two largest units, minutes only under a day. */
export function formatDuration(language: Language, ms: number): string {
  const whole = Math.max(0, ms);
  const days = Math.floor(whole / DAY_MS);
  const hours = Math.floor((whole % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((whole % HOUR_MS) / MINUTE_MS);
  const parts: string[] = [];
  if (days > 0) parts.push(counted(language, days, 'day'));
  if (hours > 0 && days < 10) parts.push(counted(language, hours, 'hour'));
  if (days === 0 && hours < 10 && (minutes > 0 || hours === 0))
    parts.push(counted(language, minutes, 'minute'));
  return parts.join(SPACE);
}

function counted(language: Language, count: number, unit: 'day' | 'hour' | 'minute'): string {
  return `${count}${SPACE}${UNITS[language][unit][formOf(language, count)]}`;
}

function formOf(language: Language, count: number): 0 | 1 | 2 {
  if (language !== 'ru') return count === 1 ? 0 : 1;
  const tens = count % 100;
  const ones = count % 10;
  if (ones === 1 && tens !== 11) return 0;
  return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
}
