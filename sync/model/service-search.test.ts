import { describe, expect, test } from 'vitest';
import type { LocalText } from './local-text.ts';
import { Service } from './service.ts';
import { createServiceSearch } from './service-search.ts';

const text = (latin: string, cyrillic: string, ru: string, en: string): LocalText => ({
  'uz-Latn': latin,
  'uz-Cyrl': cyrillic,
  ru,
  en,
});
const service = (code: string, name: LocalText, more: object = {}) =>
  Service.parse({
    id: `${code}@1`,
    code,
    version: 1,
    current: true,
    sphere: code.slice(0, 3),
    department: 'D01',
    name,
    deadlines: [{ from: '2020-01-01', rule: { unit: 'hours', count: 1 } }],
    fees: [{ from: '2020-01-01', tiers: [{ code: 'base' }] }],
    checklist: [],
    form: [],
    result: name,
    ...more,
  });
const catalogue = [
  service(
    'SOC-03',
    text(
      'Farzand tugʻilganda bir martalik nafaqa',
      'Фарзанд туғилганда бир марталик нафақа',
      'Единовременное пособие при рождении ребёнка',
      'One-time birth allowance',
    ),
    { synonyms: ['suyunchi puli', 'роды'] },
  ),
  service(
    'FHD-01',
    text('Tugʻilishni qayd etish', 'Туғилишни қайд этиш', 'Регистрация рождения', 'Birth registration'),
    { synonyms: ['metrika', 'guvohnoma'] },
  ),
  service(
    'SOC-04',
    text(
      'Dafn marosimi uchun nafaqa',
      'Дафн маросими учун нафақа',
      'Пособие на погребение',
      'Funeral allowance',
    ),
  ),
  service(
    'LAN-01',
    text('Kadastr pasporti', 'Кадастр паспорти', 'Кадастровый паспорт', 'Cadastral passport'),
  ),
  service('OLD-01', text('Tugʻilish eski', 'Эски', 'Старое', 'Old birth'), { current: false }),
];
const { search } = createServiceSearch(catalogue, {
  spheres: { LAN: text('Yer va mulk', 'Ер ва мулк', 'Земля и имущество', 'Land and property') },
  departments: { D01: text('Inson', 'Инсон', 'Инсон', 'Human') },
});
const codes = (words: string) => search(words).map((it) => it.code);

test.each([
  ['tug‘ilish', ['FHD-01']],
  ['тугилиш', ['FHD-01']],
  ['birth', ['FHD-01', 'SOC-03']],
  ['рождени', ['FHD-01', 'SOC-03']],
  ['ребенок', ['SOC-03']],
  ['ребенка', ['SOC-03']],
  ['nafaqa dafn', ['SOC-04']],
  ['Метрика', ['FHD-01']],
  ['роды', ['SOC-03']],
  ['soc-03', ['SOC-03']],
  ['soc03', ['SOC-03']],
  ['имущество', ['LAN-01']],
  ['PASPORT', ['LAN-01']],
  ['cadastrel', ['LAN-01']],
  ['nafqaa', ['SOC-03', 'SOC-04']],
  ['eski', []],
  ['zzzz', []],
])('%j finds %j', (words, found) => {
  expect(codes(words)).toEqual(found);
});

test('no words find the catalogue as it stands, without what is not current, up to the limit', () => {
  expect([codes('  '), search('', 2).map((it) => it.code), search('birth', 1)]).toMatchObject([
    ['SOC-03', 'FHD-01', 'SOC-04', 'LAN-01'],
    ['SOC-03', 'FHD-01'],
    [{ code: 'FHD-01' }],
  ]);
});

describe('among five hundred services', () => {
  const words = 'Farzand tugʻilganda bir martalik nafaqa tayinlash toʻgʻrisida maʼlumotnoma olish'.split(' ');
  const many = Array.from({ length: 500 }, (_, it) => {
    const name = [0, 3, 5, 7].map((step) => words[(it + step) % words.length]).join(' ');
    return service(`M-${it}`, text(`${name} ${it}`, name, `Услуга ${it}`, `Service ${it}`));
  });
  const large = createServiceSearch(many);

  test('an answer comes while typing, with a slip of the finger too', () => {
    const asked = ['tug', 'nafaqa tayin', 'услуга 499', 'nafqaa', 'xyzzy'];
    for (const it of asked) large.search(it);
    const start = performance.now();
    for (const it of asked) large.search(it);
    expect((performance.now() - start) / asked.length).toBeLessThan(50);
  });
});
