import type { LocalText } from '#model/local-text';
import type { Place } from '#model/reference';
import { text } from '../text.ts';

type Named = readonly (readonly [code: string, name: LocalText])[];

// SOATO, four digits. Georgia has no SOATO: ISO 3166-2 codes stand in.
const regions: Named = [
  ['1703', text('Andijon viloyati', 'Андижон вилояти', 'Андижанская область', 'Andijan Region')],
  ['1706', text('Buxoro viloyati', 'Бухоро вилояти', 'Бухарская область', 'Bukhara Region')],
  ['1708', text('Jizzax viloyati', 'Жиззах вилояти', 'Джизакская область', 'Jizzakh Region')],
  [
    '1710',
    text('Qashqadaryo viloyati', 'Қашқадарё вилояти', 'Кашкадарьинская область', 'Kashkadarya Region'),
  ],
  ['1712', text('Navoiy viloyati', 'Навоий вилояти', 'Навоийская область', 'Navoi Region')],
  ['1714', text('Namangan viloyati', 'Наманган вилояти', 'Наманганская область', 'Namangan Region')],
  ['1718', text('Samarqand viloyati', 'Самарқанд вилояти', 'Самаркандская область', 'Samarkand Region')],
  [
    '1722',
    text('Surxondaryo viloyati', 'Сурхондарё вилояти', 'Сурхандарьинская область', 'Surkhandarya Region'),
  ],
  ['1724', text('Sirdaryo viloyati', 'Сирдарё вилояти', 'Сырдарьинская область', 'Syrdarya Region')],
  ['1726', text('Toshkent shahri', 'Тошкент шаҳри', 'город Ташкент', 'Tashkent city')],
  ['1727', text('Toshkent viloyati', 'Тошкент вилояти', 'Ташкентская область', 'Tashkent Region')],
  ['1730', text('Fargʻona viloyati', 'Фарғона вилояти', 'Ферганская область', 'Fergana Region')],
  ['1733', text('Xorazm viloyati', 'Хоразм вилояти', 'Хорезмская область', 'Khorezm Region')],
  [
    '1735',
    text(
      'Qoraqalpogʻiston Respublikasi',
      'Қорақалпоғистон Республикаси',
      'Республика Каракалпакстан',
      'Republic of Karakalpakstan',
    ),
  ],
  ['GE-TB', text('Tbilisi', 'Тбилиси', 'Тбилиси', 'Tbilisi')],
  ['GE-KK', text('Kvemo-Kartli oʻlkasi', 'Квемо-Картли ўлкаси', 'край Квемо-Картли', 'Kvemo Kartli')],
];

// SOATO, seven digits: the districts of the demonstration centres and some of their neighbours.
const districts: Named = [
  ['1708204', text('Baxmal tumani', 'Бахмал тумани', 'Бахмальский район', 'Baxmal district')],
  ['1708209', text('Gʻallaorol tumani', 'Ғаллаорол тумани', 'Галляаральский район', 'Gallaorol district')],
  [
    '1708212',
    text(
      'Sharof Rashidov tumani',
      'Шароф Рашидов тумани',
      'Шароф-Рашидовский район',
      'Sharof Rashidov district',
    ),
  ],
  ['1708218', text('Zomin tumani', 'Зомин тумани', 'Зааминский район', 'Zomin district')],
  ['1708235', text('Forish tumani', 'Фориш тумани', 'Фаришский район', 'Forish district')],
  ['1708401', text('Jizzax shahri', 'Жиззах шаҳри', 'город Джизак', 'Jizzakh city')],
  ['1710207', text('Gʻuzor tumani', 'Ғузор тумани', 'Гузарский район', 'Guzor district')],
  ['1710212', text('Dehqonobod tumani', 'Деҳқонобод тумани', 'Дехканабадский район', 'Dehqonobod district')],
  ['1710220', text('Qamashi tumani', 'Қамаши тумани', 'Камашинский район', 'Qamashi district')],
  ['1710242', text('Chiroqchi tumani', 'Чироқчи тумани', 'Чиракчинский район', 'Chiroqchi district')],
  ['1722201', text('Oltinsoy tumani', 'Олтинсой тумани', 'Алтынсайский район', 'Oltinsoy district')],
  ['1722204', text('Boysun tumani', 'Бойсун тумани', 'Байсунский район', 'Boysun district')],
  ['1722210', text('Denov tumani', 'Денов тумани', 'Денауский район', 'Denov district')],
  ['1722217', text('Sariosiyo tumani', 'Сариосиё тумани', 'Сариасийский район', 'Sariosiyo district')],
  ['1722221', text('Uzun tumani', 'Узун тумани', 'Узунский район', 'Uzun district')],
  ['1724212', text('Boyovut tumani', 'Боёвут тумани', 'Баяутский район', 'Boyovut district')],
  ['1724220', text('Guliston tumani', 'Гулистон тумани', 'Гулистанский район', 'Guliston district')],
  ['1724228', text('Mirzaobod tumani', 'Мирзаобод тумани', 'Мирзаабадский район', 'Mirzaobod district')],
  ['1724235', text('Xovos tumani', 'Ховос тумани', 'Хавасский район', 'Xovos district')],
  ['1724413', text('Yangiyer shahri', 'Янгиер шаҳри', 'город Янгиер', 'Yangiyer city')],
  ['1726264', text('Bektemir tumani', 'Бектемир тумани', 'Бектемирский район', 'Bektemir district')],
  [
    '1726283',
    text('Sergeli (Sirgʻali) tumani', 'Сергели (Сирғали) тумани', 'Сергелийский район', 'Sergeli district'),
  ],
  ['1726294', text('Chilonzor tumani', 'Чилонзор тумани', 'Чиланзарский район', 'Chilonzor district')],
  [
    '1727233',
    text('Quyichirchiq tumani', 'Қуйичирчиқ тумани', 'Куйичирчикский район', 'Quyichirchiq district'),
  ],
  [
    '1727239',
    text('Yuqorichirchiq tumani', 'Юқоричирчиқ тумани', 'Юкоричирчикский район', 'Yuqorichirchiq district'),
  ],
  [
    '1727253',
    text('Oʻrtachirchiq tumani', 'Ўртачирчиқ тумани', 'Уртачирчикский район', 'Ortachirchiq district'),
  ],
  ['1727401', text('Nurafshon shahri', 'Нурафшон шаҳри', 'город Нурафшон', 'Nurafshon city')],
];

// The municipality's code is ours.
const municipalities: Named = [
  [
    'GE-KK-GAR',
    text(
      'Gardabani munitsipaliteti',
      'Гардабани муниципалитети',
      'муниципалитет Гардабани',
      'Gardabani Municipality',
    ),
  ],
];

function toPlaces(named: Named, parentOf: (code: string) => string | null): Place[] {
  return named.map(([code, name]) => ({
    kind: 'place',
    id: `place:${code}`,
    code,
    parent: parentOf(code),
    name,
  }));
}

/** Regions, then districts under them: the first four digits of a district are its region. */
export const places: readonly Place[] = [
  ...toPlaces(regions, () => null),
  ...toPlaces(districts, (code) => code.slice(0, 4)),
  ...toPlaces(municipalities, (code) => code.slice(0, 5)),
];
