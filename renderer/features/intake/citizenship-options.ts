import type { Translate } from '../../i18n/messages.ts';

// As a document has it (ICAO). `XXA`: stateless.
const COUNTRIES = [
  'UZB',
  'GEO',
  'KAZ',
  'KGZ',
  'TJK',
  'TKM',
  'AFG',
  'AZE',
  'ARM',
  'RUS',
  'BLR',
  'UKR',
  'TUR',
  'CHN',
  'KOR',
  'IND',
  'XXA',
] as const;

/** Countries whose people come most; a code that is none of them is shown as it is. */
export function citizenshipOptions(t: Translate, held: string): { code: string; label: string }[] {
  const options: { code: string; label: string }[] = COUNTRIES.map((code) => ({
    code,
    label: t(`answer.citizenship.${code}`),
  }));
  const isKnown = held === '' || options.some((it) => it.code === held);
  return isKnown ? options : [{ code: held, label: held }, ...options];
}
