import { expect, it } from 'vitest';
import { toLatin } from '#model/identity/script';
import { LANGUAGES, LocalText } from '#model/local-text';
import { reference } from './reference/reference.ts';
import { services } from './services/services.ts';

type Found = { path: string; text: LocalText };

/** Every text in four languages, wherever in the seed it stands. */
function textsIn(value: unknown, path: string): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  const text = LocalText.strict().safeParse(value);
  if (text.success) return [{ path, text: text.data }];
  return Object.entries(value).flatMap(([key, it]) => textsIn(it, `${path}.${key}`));
}

const texts = [...services, ...reference].flatMap((it) => textsIn(it, it.id));

function pathsWhere(isWrong: (text: LocalText) => boolean): string[] {
  return texts.filter((it) => isWrong(it.text)).map((it) => `${it.path}: ${JSON.stringify(it.text)}`);
}

const CYRILLIC = /\p{Script=Cyrillic}/u;
/** What stays in Latin letters in any language: abbreviations, vehicle categories, units, group numbers. */
const LATIN_EVERYWHERE = /^(Face-ID|[A-E]|%)$/;
/** Latin words that belong into Cyrillic text. */
const LATIN_IN_CYRILLIC = /QR|ID|USB|SMS|Face-ID|\bI{1,2}\b/g;

it('says everything in four languages', () => {
  expect(texts.length).toBeGreaterThan(1000);
  expect(
    pathsWhere((text) => LANGUAGES.some((it) => text[it].trim() === '' || text[it] !== text[it].trim())),
  ).toEqual([]);
});

it('writes Uzbek Cyrillic and Russian in Cyrillic letters', () => {
  const hasForeign = (text: string) =>
    !CYRILLIC.test(text) || /\p{Script=Latin}/u.test(text.replaceAll(LATIN_IN_CYRILLIC, ''));
  expect(
    pathsWhere(
      (text) => !LATIN_EVERYWHERE.test(text.en) && (hasForeign(text['uz-Cyrl']) || hasForeign(text.ru)),
    ),
  ).toEqual([]);
});

it('writes Uzbek Latin and English without a Cyrillic letter', () => {
  expect(pathsWhere((text) => CYRILLIC.test(text['uz-Latn']) || CYRILLIC.test(text.en))).toEqual([]);
});

it('spells Uzbek with ʻ after o and g, ʼ elsewhere, and no other apostrophe', () => {
  const isWrong = (text: string) => /['`‘’´]|(?<![OoGg])ʻ|(?<=[OoGg])ʼ/.test(text);
  expect(pathsWhere((text) => isWrong(text['uz-Latn']) || isWrong(text['uz-Cyrl']))).toEqual([]);
  expect(services.flatMap((it) => it.synonyms).filter(isWrong)).toEqual([]);
});

it('says the same in both Uzbek scripts', () => {
  expect(
    pathsWhere((text) => toLatin(text['uz-Cyrl']).toLowerCase() !== text['uz-Latn'].toLowerCase()),
  ).toEqual([]);
});

it('has no letter of Russian that Uzbek does not write', () => {
  expect(pathsWhere((text) => /[ыщЫЩ]/.test(text['uz-Cyrl']))).toEqual([]);
});
