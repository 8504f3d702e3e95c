import type { LocalText } from '#model/local-text';
import type { CalendarDay } from '#model/reference';
import { text } from '../text.ts';

type Holiday = readonly [monthDay: string, name: LocalText];
type Day = { country: 'UZ' | 'GE'; date: string; name: LocalText; provisional?: true };

const uzbekYears = [2025, 2026, 2027];
const uzbekFixed: readonly Holiday[] = [
  ['01-01', text('Yangi yil', 'Янги йил', 'Новый год', 'New Year')],
  ['03-08', text('Xotin-qizlar kuni', 'Хотин-қизлар куни', 'Женский день', 'Women’s Day')],
  ['03-21', text('Navroʻz', 'Наврўз', 'Навруз', 'Navruz')],
  [
    '05-09',
    text(
      'Xotira va qadrlash kuni',
      'Хотира ва қадрлаш куни',
      'День памяти и почестей',
      'Day of Memory and Honour',
    ),
  ],
  ['09-01', text('Mustaqillik kuni', 'Мустақиллик куни', 'День независимости', 'Independence Day')],
  [
    '10-01',
    text(
      'Oʻqituvchi va murabbiylar kuni',
      'Ўқитувчи ва мураббийлар куни',
      'День учителей и наставников',
      'Teachers’ and Mentors’ Day',
    ),
  ],
  ['12-08', text('Konstitutsiya kuni', 'Конституция куни', 'День Конституции', 'Constitution Day')],
];
const ramazonHayit = text('Ramazon hayit', 'Рамазон ҳайит', 'Рамазан хайит', 'Ramazon hayit');
const qurbonHayit = text('Qurbon hayit', 'Қурбон ҳайит', 'Курбан хайит', 'Qurbon hayit');
const movedRest = text(
  'Koʻchirilgan dam olish kuni',
  'Кўчирилган дам олиш куни',
  'Перенесённый выходной день',
  'Moved day of rest',
);

// Computed by Umm al-Qura, except 20.03.2026: that one the decision of 2026 names.
const hayits: readonly Day[] = [
  { country: 'UZ', date: '2025-03-30', name: ramazonHayit, provisional: true },
  { country: 'UZ', date: '2025-06-06', name: qurbonHayit, provisional: true },
  { country: 'UZ', date: '2026-03-20', name: ramazonHayit },
  { country: 'UZ', date: '2026-05-27', name: qurbonHayit, provisional: true },
  { country: 'UZ', date: '2027-03-09', name: ramazonHayit, provisional: true },
  { country: 'UZ', date: '2027-05-16', name: qurbonHayit, provisional: true },
];

// 23.03.2026 is published. The others follow from the rule that in a five-day week a day of rest on which
// a holiday falls moves to the next working day, and wait for the decree of their year.
const moved: readonly Day[] = [
  { country: 'UZ', date: '2025-03-10', name: movedRest, provisional: true },
  { country: 'UZ', date: '2025-03-31', name: movedRest, provisional: true },
  { country: 'UZ', date: '2026-03-09', name: movedRest, provisional: true },
  { country: 'UZ', date: '2026-03-23', name: movedRest },
  { country: 'UZ', date: '2026-05-11', name: movedRest, provisional: true },
  { country: 'UZ', date: '2027-03-22', name: movedRest, provisional: true },
  { country: 'UZ', date: '2027-05-10', name: movedRest, provisional: true },
  { country: 'UZ', date: '2027-05-17', name: movedRest, provisional: true },
];

const georgianYears = [2026, 2027];
const georgianFixed: readonly Holiday[] = [
  ['01-01', text('Yangi yil', 'Янги йил', 'Новый год', 'New Year')],
  ['01-02', text('Yangi yil', 'Янги йил', 'Новый год', 'New Year')],
  [
    '01-07',
    text('Pravoslav Rojdestvosi', 'Православ Рождествоси', 'Православное Рождество', 'Orthodox Christmas'),
  ],
  ['01-19', text('Choʻqintirish bayrami', 'Чўқинтириш байрами', 'Крещение Господне', 'Epiphany')],
  ['03-03', text('Onalar kuni', 'Оналар куни', 'День матери', 'Mother’s Day')],
  ['03-08', text('Xotin-qizlar kuni', 'Хотин-қизлар куни', 'Женский день', 'Women’s Day')],
  [
    '04-09',
    text(
      'Milliy birdamlik kuni',
      'Миллий бирдамлик куни',
      'День национального единства',
      'Day of National Unity',
    ),
  ],
  [
    '05-09',
    text(
      'Fashizm ustidan gʻalaba kuni',
      'Фашизм устидан ғалаба куни',
      'День победы над фашизмом',
      'Day of Victory over Fascism',
    ),
  ],
  ['05-12', text('Avliyo Andrey kuni', 'Авлиё Андрей куни', 'День святого Андрея', 'Saint Andrew’s Day')],
  [
    '05-17',
    text('Oila qadriyatlari kuni', 'Оила қадриятлари куни', 'День святости семьи', 'Day of Family Purity'),
  ],
  ['05-26', text('Mustaqillik kuni', 'Мустақиллик куни', 'День независимости', 'Independence Day')],
  ['08-28', text('Mariamoba', 'Мариамоба', 'Мариамоба', 'Mariamoba')],
  ['10-14', text('Svetitsxovloba', 'Светицховлоба', 'Светицховлоба', 'Svetitskhovloba')],
  ['11-23', text('Avliyo Georgiy kuni', 'Авлиё Георгий куни', 'День святого Георгия', 'Saint George’s Day')],
];
const easter = text('Pasxa', 'Пасха', 'Пасха', 'Orthodox Easter');
const easterDates = [
  '2026-04-10',
  '2026-04-11',
  '2026-04-12',
  '2026-04-13',
  '2027-04-30',
  '2027-05-01',
  '2027-05-02',
  '2027-05-03',
];

function everyYear(country: Day['country'], years: readonly number[], holidays: readonly Holiday[]): Day[] {
  return years.flatMap((year) =>
    holidays.map(([monthDay, name]) => ({ country, date: `${year}-${monthDay}`, name })),
  );
}

function toCalendarDay({ country, date, name, provisional }: Day): CalendarDay {
  return {
    kind: 'calendar-day',
    id: `calendar-day:${country}:${date}`,
    country,
    date,
    works: false,
    provisional: provisional ?? false,
    name,
  };
}

/** Days on which Uzbekistan (2025–2027) and Georgia (2026–2027) do not work. */
export const calendarDays: readonly CalendarDay[] = [
  ...everyYear('UZ', uzbekYears, uzbekFixed),
  ...hayits,
  ...moved,
  ...everyYear('GE', georgianYears, georgianFixed),
  ...easterDates.map((date): Day => ({ country: 'GE', date, name: easter })),
].map(toCalendarDay);
