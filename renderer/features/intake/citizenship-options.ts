import type { Language } from '../../i18n/messages.ts';

// As a document has it (ICAO) → as the language data name it. `XXA`: stateless.
const COUNTRIES: Readonly<Record<string, string>> = {
  UZB: 'UZ',
  GEO: 'GE',
  KAZ: 'KZ',
  KGZ: 'KG',
  TJK: 'TJ',
  TKM: 'TM',
  AFG: 'AF',
  AZE: 'AZ',
  ARM: 'AM',
  RUS: 'RU',
  BLR: 'BY',
  UKR: 'UA',
  TUR: 'TR',
  CHN: 'CN',
  KOR: 'KR',
  IND: 'IN',
  DEU: 'DE',
  USA: 'US',
};

/** Countries whose people come most; a code that is none of them is shown as it is. */
export function citizenshipOptions(
  language: Language,
  words: { held: string; stateless: string },
): { code: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' });
  const options = Object.entries(COUNTRIES).map(([code, region]) => ({
    code,
    label: names.of(region) ?? code,
  }));
  options.push({ code: 'XXA', label: words.stateless });
  if (words.held !== '' && !options.some((it) => it.code === words.held)) {
    options.unshift({ code: words.held, label: words.held });
  }
  return options;
}
