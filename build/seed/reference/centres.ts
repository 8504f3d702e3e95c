import type { Centre } from '#model/reference';
import { text } from '../text.ts';

type Definition = Pick<Centre, 'centreId' | 'place' | 'numberPrefix' | 'name' | 'address' | 'topServices'> &
  Partial<Pick<Centre, 'type' | 'parent'>>;

const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '18:00' }));
const hours = [...weekdays, { weekday: 6, opens: '09:00', closes: '15:00' }];

// Services of the villages: UNDP's study names water, gas, electricity, building and kindergarten first.
const rural = [
  'SOC-03',
  'FHD-01',
  'IDM-03',
  'LAN-01',
  'HOU-06',
  'HOU-05',
  'HOU-01',
  'EDU-01',
  'BUS-01',
  'JUS-05',
];
const urban = [
  'IDM-03',
  'IDM-01',
  'FHD-01',
  'LAN-02',
  'EDU-02',
  'EDU-01',
  'BUS-01',
  'BUS-04',
  'TRA-01',
  'JUS-05',
];
const georgian = ['BUS-01', 'BUS-04', 'IDM-02', 'LAN-02', 'FHD-01', 'FHD-02', 'IDM-01', 'JUS-05'];

function inUzbekistan(definition: Definition): Centre {
  return {
    kind: 'centre',
    id: `centre:${definition.centreId}`,
    type: 'centre',
    parent: 1,
    phone: '1148',
    country: 'UZ',
    utcOffsetMinutes: 300,
    hours,
    ...definition,
  };
}

function inGeorgia(definition: Definition): Centre {
  return {
    ...inUzbekistan({ parent: 2, ...definition }),
    phone: '2 405 505',
    country: 'GE',
    utcOffsetMinutes: 240,
  };
}

/**
 * The demonstration centres under their two offices; street addresses are invented.
 *
 * Prefixes of offices and of Georgia are ours: an office takes no cases, Georgia has no SOATO.
 */
export const centres: readonly Centre[] = [
  inUzbekistan({
    centreId: 1,
    type: 'office',
    parent: null,
    place: '1726',
    numberPrefix: '1726000',
    name: text(
      'Davlat xizmatlari agentligi (bosh idora)',
      'Давлат хизматлари агентлиги (бош идора)',
      'Агентство государственных услуг (головной офис)',
      'Public Services Agency (head office)',
    ),
    address: text('Toshkent shahri', 'Тошкент шаҳри', 'город Ташкент', 'Tashkent city'),
    topServices: [],
  }),
  inGeorgia({
    centreId: 2,
    type: 'office',
    parent: null,
    place: 'GE-TB',
    numberPrefix: '9900002',
    name: text(
      'Davlat servislarini rivojlantirish agentligi (Gruziya)',
      'Давлат сервисларини ривожлантириш агентлиги (Грузия)',
      'Агентство развития государственных сервисов (Грузия)',
      'Public Service Development Agency (Georgia)',
    ),
    address: text('Tbilisi shahri', 'Тбилиси шаҳри', 'город Тбилиси', 'Tbilisi'),
    topServices: [],
  }),
  inUzbekistan({
    centreId: 11,
    place: '1722217',
    numberPrefix: '1722217',
    name: text(
      'Sariosiyo tumani davlat xizmatlari markazi',
      'Сариосиё тумани давлат хизматлари маркази',
      'Центр государственных услуг Сариасийского района',
      'Sariosiyo Public Service Centre',
    ),
    address: text(
      'Sariosiyo tumani, Doʻstlik koʻchasi, 1-uy',
      'Сариосиё тумани, Дўстлик кўчаси, 1-уй',
      'Сариасийский район, улица Дустлик, дом 1',
      'Sariosiyo district, 1 Doʻstlik street',
    ),
    topServices: rural,
  }),
  inUzbekistan({
    centreId: 12,
    place: '1710212',
    numberPrefix: '1710212',
    name: text(
      'Dehqonobod tumani davlat xizmatlari markazi',
      'Деҳқонобод тумани давлат хизматлари маркази',
      'Центр государственных услуг Дехканабадского района',
      'Dehqonobod Public Service Centre',
    ),
    address: text(
      'Dehqonobod tumani, Mustaqillik koʻchasi, 2-uy',
      'Деҳқонобод тумани, Мустақиллик кўчаси, 2-уй',
      'Дехканабадский район, улица Мустакиллик, дом 2',
      'Dehqonobod district, 2 Mustaqillik street',
    ),
    topServices: rural,
  }),
  inUzbekistan({
    centreId: 13,
    place: '1708204',
    numberPrefix: '1708204',
    name: text(
      'Baxmal tumani davlat xizmatlari markazi',
      'Бахмал тумани давлат хизматлари маркази',
      'Центр государственных услуг Бахмальского района',
      'Baxmal Public Service Centre',
    ),
    address: text(
      'Baxmal tumani, Oʻsmat shaharchasi, Navroʻz koʻchasi, 3-uy',
      'Бахмал тумани, Ўсмат шаҳарчаси, Наврўз кўчаси, 3-уй',
      'Бахмальский район, посёлок Усмат, улица Навруз, дом 3',
      'Baxmal district, Oʻsmat, 3 Navroʻz street',
    ),
    topServices: rural,
  }),
  inUzbekistan({
    centreId: 14,
    place: '1724235',
    numberPrefix: '1724235',
    name: text(
      'Xovos tumani davlat xizmatlari markazi',
      'Ховос тумани давлат хизматлари маркази',
      'Центр государственных услуг Хавасского района',
      'Xovos Public Service Centre',
    ),
    address: text(
      'Xovos tumani, Tinchlik koʻchasi, 4-uy',
      'Ховос тумани, Тинчлик кўчаси, 4-уй',
      'Хавасский район, улица Тинчлик, дом 4',
      'Xovos district, 4 Tinchlik street',
    ),
    topServices: rural,
  }),
  inUzbekistan({
    centreId: 15,
    place: '1727401',
    numberPrefix: '1727401',
    name: text(
      'Nurafshon shahri davlat xizmatlari markazi',
      'Нурафшон шаҳри давлат хизматлари маркази',
      'Центр государственных услуг города Нурафшон',
      'Nurafshon Public Service Centre',
    ),
    address: text(
      'Nurafshon shahri, Istiqlol koʻchasi, 5-uy',
      'Нурафшон шаҳри, Истиқлол кўчаси, 5-уй',
      'город Нурафшон, улица Истиклол, дом 5',
      'Nurafshon city, 5 Istiqlol street',
    ),
    topServices: urban,
  }),
  inUzbekistan({
    centreId: 16,
    place: '1726283',
    numberPrefix: '1726283',
    name: text(
      'Sergeli tumani davlat xizmatlari markazi',
      'Сергели тумани давлат хизматлари маркази',
      'Центр государственных услуг Сергелийского района',
      'Sergeli Public Service Centre',
    ),
    address: text(
      'Toshkent shahri, Sergeli tumani, Bunyodkor koʻchasi, 6-uy',
      'Тошкент шаҳри, Сергели тумани, Бунёдкор кўчаси, 6-уй',
      'город Ташкент, Сергелийский район, улица Бунёдкор, дом 6',
      'Tashkent city, Sergeli district, 6 Bunyodkor street',
    ),
    topServices: urban,
  }),
  inGeorgia({
    centreId: 21,
    type: 'community-centre',
    place: 'GE-KK-GAR',
    numberPrefix: '9900021',
    name: text(
      'Gardabani jamoat markazi',
      'Гардабани жамоат маркази',
      'Общественный центр Гардабани',
      'Gardabani Community Centre',
    ),
    address: text('Gardabani shahri', 'Гардабани шаҳри', 'город Гардабани', 'Gardabani'),
    topServices: georgian,
  }),
];
