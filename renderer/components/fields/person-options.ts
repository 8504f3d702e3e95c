import type { Translate } from '../../i18n/messages.ts';

const DOCUMENT_TYPES = ['id-card', 'passport', 'birth-certificate', 'other'] as const;

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

type Option = { code: string; label: string };

export function documentTypeOptions(t: Translate): Option[] {
  return DOCUMENT_TYPES.map((it) => ({ code: it, label: t(`answer.documentType.${it}`) }));
}

/** Countries whose people come most; a code that is none of them is shown as it is. */
export function citizenshipOptions(t: Translate, held: string): Option[] {
  const options: Option[] = COUNTRIES.map((code) => ({
    code,
    label: t(`answer.citizenship.${code}`),
  }));
  const isKnown = held === '' || options.some((it) => it.code === held);
  return isKnown ? options : [{ code: held, label: held }, ...options];
}
