import { describe, expect, it } from 'vitest';
import { DeviceInfo } from '#contract/station-contract';
import { EventBody } from '#model/case-event';
import { CaseStatus } from '#model/case-status';
import { LANGUAGES } from '#model/local-text';
import { Collection } from '#protocol/collection';
import { ErrorCode } from '#protocol/error';
import en from './en.json';
import { createTranslate, hasMessage, type Language } from './messages.ts';
import ru from './ru.json';
import uzCyrl from './uz-Cyrl.json';
import uzLatn from './uz-Latn.json';

const MESSAGES: Record<Language, Record<string, string>> = {
  'uz-Latn': uzLatn,
  'uz-Cyrl': uzCyrl,
  ru,
  en,
};
const PLURAL = /_(zero|one|two|few|many|other)$/;
const PLACEHOLDER = /\{\{(\w+)\}\}/g;

// Names, formats and signs that are the same in every script.
const LATIN_IN_CYRILLIC =
  /^(PDF|CSV|JPEG|PNG|MRZ|QR|ID|PIN|dpi|A4|A5|F\d+|Esc|Enter|Shift|Ctrl|Alt|Tab|Darcha)$/;
// Keys whose one word happens to be the same in two languages, or the beginnings of such keys.
const SAME_ON_PURPOSE = [
  'answer.citizenship.',
  'answer.documentType.id-card',
  'answer.documentType.passport',
  'app.name',
  'device.kind.printer',
  'device.kind.scanner',
  'field.phone',
  'field.surname',
  'payment.terminal',
  'receipt.operator',
  'report.csv.appVersion',
  'role.auditor',
  'role.clerk',
  'signIn.pin',
  'sync.attention.code',
];

const entries = (language: Language) => Object.entries(MESSAGES[language]);
const baseOf = (key: string) => key.replace(PLURAL, '');
const basesOf = (language: Language) => new Set(entries(language).map(([key]) => baseOf(key)));
const placeholders = (text: string) => [...text.matchAll(PLACEHOLDER)].map((it) => it[1] ?? '').sort();
const withoutPlaceholders = (text: string) => text.replace(PLACEHOLDER, ' ');

describe('messages', () => {
  it.each(LANGUAGES)('has every sentence in %s and no other', (language) => {
    const all = new Set(LANGUAGES.flatMap((it) => [...basesOf(it)]));
    const here = basesOf(language);
    expect([...all].filter((it) => !here.has(it))).toEqual([]);
  });

  it.each(LANGUAGES)('has no empty or untrimmed sentence in %s', (language) => {
    expect(entries(language).filter(([, text]) => text.trim() === '' || text !== text.trim())).toEqual([]);
  });

  it.each(LANGUAGES)('has exactly the plural forms of %s where one is counted', (language) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const forms = new Map<string, string[]>();
    for (const [key] of entries(language)) {
      const form = PLURAL.exec(key)?.[1];
      if (form === undefined) continue;
      const base = baseOf(key);
      forms.set(base, [...(forms.get(base) ?? []), form]);
    }
    const wrong = [...forms].filter(([, has]) => has.toSorted().join() !== needed.join());
    expect(wrong).toEqual([]);
    expect([...forms.keys()].filter((base) => base in MESSAGES[language])).toEqual([]);
  });

  it.each(LANGUAGES)('names the same values in %s as in the first language', (language) => {
    const wanted = new Map(entries('uz-Latn').map(([key, text]) => [baseOf(key), placeholders(text).join()]));
    const wrong = entries(language).filter(([key, text]) => {
      const given = placeholders(text);
      // A plural form may say its number in a word; nothing else may leave a value out.
      const mayLackCount = PLURAL.test(key) && !given.includes('count');
      const all = mayLackCount ? [...given, 'count'].toSorted() : given;
      return all.join() !== wanted.get(baseOf(key)) && given.join() !== wanted.get(baseOf(key));
    });
    expect(wrong).toEqual([]);
  });

  it('writes ʻ after o and g, ʼ elsewhere, and no other apostrophe in Uzbek', () => {
    const wrong = entries('uz-Latn').filter(([, text]) => /['`´‘’′ʹ]|[^oOgG\s]ʻ|[oOgG]ʼ/.test(text));
    expect(wrong).toEqual([]);
    expect(entries('uz-Cyrl').filter(([, text]) => /['`´‘’′]|\S[ʻʼ]/.test(text))).toEqual([]);
  });

  it.each(['uz-Cyrl', 'ru'] as const)('has no Latin letter in a Cyrillic word of %s', (language) => {
    const wrong = entries(language).filter(([, text]) =>
      /\p{Script=Cyrillic}\p{Script=Latin}|\p{Script=Latin}\p{Script=Cyrillic}/u.test(
        withoutPlaceholders(text),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it.each(['uz-Latn', 'en'] as const)('has no Cyrillic letter in %s', (language) => {
    expect(entries(language).filter(([, text]) => /\p{Script=Cyrillic}/u.test(text))).toEqual([]);
  });

  it.each(['uz-Cyrl', 'ru'] as const)('leaves no Latin word in %s but names and formats', (language) => {
    const wrong = entries(language).flatMap(([key, text]) =>
      [...withoutPlaceholders(text).matchAll(/[\p{Script=Latin}\d]*\p{Script=Latin}[\p{Script=Latin}\d]*/gu)]
        .map(([word]) => word)
        .filter((word) => !LATIN_IN_CYRILLIC.test(word))
        .map((word) => `${key}: ${word}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no sentence left in another language', () => {
    const pairs = [
      ['uz-Latn', 'en'],
      ['uz-Cyrl', 'ru'],
      ['uz-Latn', 'uz-Cyrl'],
      ['ru', 'en'],
    ] as const;
    const copies = pairs.flatMap(([one, other]) =>
      entries(one)
        .filter(([key, text]) => MESSAGES[other][key] === text && isSentence(text))
        .map(([key]) => key),
    );
    expect([...new Set(copies)].filter((key) => !SAME_ON_PURPOSE.some((it) => key.startsWith(it)))).toEqual(
      [],
    );
  });

  it('counts in every language', () => {
    const said = LANGUAGES.map((language) => createTranslate(language)('cases.total', { count: 22 }));
    expect(said).toEqual(['22 ta ish', '22 та иш', '22 дела', '22 cases']);
  });
});

describe('codes', () => {
  const missing = (keys: readonly string[]) => keys.filter((key) => !hasMessage(key));

  it('has what happened and what next for every refusal and every silence of the centre', () => {
    const troubles = [
      ...['no-line', 'stalled', 'cut'].map((it) => `offline-${it}`),
      ...['html', 'unreadable'].map((it) => `not-central-${it}`),
      'disk-failed',
      ...ErrorCode.options,
    ];
    expect(missing(troubles.flatMap((it) => [`trouble.${it}`, `trouble.${it}.next`]))).toEqual([]);
  });

  it('has a word for every status, and for the step to it and what follows', () => {
    const keys = CaseStatus.options.flatMap((it) => [`status.${it}`, `move.${it}`, `move.consequence.${it}`]);
    expect(missing(keys)).toEqual([]);
  });

  it('has a word for every kind and condition of a device', () => {
    const { kind, condition } = DeviceInfo.shape;
    expect(
      missing([
        ...kind.options.map((it) => `device.kind.${it}`),
        ...condition.options.flatMap((it) => [`device.condition.${it}`, `device.next.${it}`]),
      ]),
    ).toEqual([]);
  });

  it('has a sentence for every event', () => {
    const types = EventBody.options.map((it) => it.shape.type.value);
    const said = types.filter((type) =>
      Object.keys(en).some(
        (key) => key.startsWith(`event.${type}`) || key.startsWith(`event.${type.split('.')[0]}.`),
      ),
    );
    expect(said).toEqual(types);
  });

  it('has words for what the centre says of a record, and for what is pulled', () => {
    const codes = [
      'case.absent',
      'case.exists',
      'case-shape',
      'device',
      'field.conflict',
      'field.first-writer',
      'field.reserved',
      'not-allowed',
      'reducer',
      'refusal.no-ground',
      'schema',
      'second-person',
      'state.conflict',
      'state.not-allowed',
    ];
    expect(
      missing([
        ...codes.map((it) => `record.${it}`),
        ...Collection.options.map((it) => `sync.collection.${it}`),
        'save.disk-full',
        'save.disk-failed',
      ]),
    ).toEqual([]);
  });
});

/** Words, and not only signs, figures and values. */
function isSentence(text: string): boolean {
  return /\p{Letter}{2,}/u.test(withoutPlaceholders(text));
}
