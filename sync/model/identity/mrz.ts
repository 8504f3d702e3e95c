import { findMrzLines, fitLine } from './mrz-lines.ts';
import { isRealDate } from './pinfl.ts';

/** Which of the zone's check digits does not agree, or which date does not exist. */
export type MrzField = 'document-number' | 'birth-date' | 'expiry' | 'personal-number' | 'composite';

/** A zone that was read; `corrected`: signs had to be put right for its check digits to agree. */
export type MrzRead = {
  outcome: 'read';
  kind: 'TD1' | 'TD3';
  /** As printed: capitals, without apostrophes; without a patronymic. */
  surname: string;
  givenName: string;
  documentNumber: string;
  documentType: string;
  nationality: string;
  birthDate: string;
  sex: 'm' | 'f' | null;
  expires: string;
  /** Only of papers of Uzbekistan. */
  pinfl: string | null;
  corrected: boolean;
};

export type MrzOutcome =
  | MrzRead
  | { outcome: 'unreadable'; code: 'no-mrz' | 'line-length' | 'check-digit' | 'date'; field?: MrzField };

/** Whether a text that arrived from somewhere is a machine-readable zone, well read or not. */
export function looksLikeMrz(text: string): boolean {
  return findMrzLines(text) !== null;
}

/**
 * Reads the machine-readable zone of an ID card (TD1) or a passport (TD3).
 *
 * Forgives lost or doubled fillers, small letters, Cyrillic look-alikes, and letters and digits that are
 * taken for each other; then every check digit must agree. Without a personal number the century of
 * birth is told by `today` (ISO), or by the expiry when even that is not given.
 */
export function parseMrz(text: string, today?: string): MrzOutcome {
  const found = findMrzLines(text);
  if (!found) return { outcome: 'unreadable', code: 'no-mrz' };
  const candidates = found.kind === 'TD1' ? td1Candidates(found.lines) : td3Candidates(found.lines);
  const outcomes = candidates.map((it) => readZone(it, found.kind, today));
  const read = outcomes.find((it) => it.outcome === 'read');
  const isWhole = found.lines.every((it) => it.length === LINE_LENGTH[found.kind]);
  if (read) return { ...read, corrected: read.corrected || !isWhole };
  const first = outcomes[0];
  return first && isWhole ? first : { outcome: 'unreadable', code: 'line-length' };
}

const LINE_LENGTH = { TD1: 30, TD3: 44 };
const NAMES_LENGTH = { TD1: 30, TD3: 39 };

/** The zone cut into its fields, as read. */
type Zone = {
  type: string;
  issuer: string;
  names: string;
  number: string;
  numberCheck: string;
  nationality: string;
  birth: string;
  birthCheck: string;
  sex: string;
  expiry: string;
  expiryCheck: string;
  personal: string;
  /** Empty where the document has none of its own. */
  personalCheck: string;
  /** What stands after the personal number or between, and is under the composite check. */
  optional: string;
  compositeCheck: string;
};

function td1Candidates(lines: readonly string[]): Zone[] {
  const [one = '', two = '', three = ''] = lines;
  return fitLine(one, 'TD1', [30, 14]).flatMap((a) =>
    fitLine(two, 'TD1', [29, 30]).map((b) => ({
      type: a.slice(0, 2),
      issuer: a.slice(2, 5),
      number: a.slice(5, 14),
      numberCheck: a.slice(14, 15),
      personal: a.slice(15),
      personalCheck: '',
      birth: b.slice(0, 6),
      birthCheck: b.slice(6, 7),
      sex: b.slice(7, 8),
      expiry: b.slice(8, 14),
      expiryCheck: b.slice(14, 15),
      nationality: b.slice(15, 18),
      optional: b.slice(18, 29),
      compositeCheck: b.slice(29),
      names: three,
    })),
  );
}

function td3Candidates(lines: readonly string[]): Zone[] {
  const [one = '', two = ''] = lines;
  return fitLine(two, 'TD3', [42, 43, 44]).map((b) => ({
    type: one.slice(0, 2),
    issuer: one.slice(2, 5),
    names: one.slice(5),
    number: b.slice(0, 9),
    numberCheck: b.slice(9, 10),
    nationality: b.slice(10, 13),
    birth: b.slice(13, 19),
    birthCheck: b.slice(19, 20),
    sex: b.slice(20, 21),
    expiry: b.slice(21, 27),
    expiryCheck: b.slice(27, 28),
    personal: b.slice(28, 42),
    personalCheck: b.slice(42, 43),
    optional: '',
    compositeCheck: b.slice(43),
  }));
}

function readZone(raw: Zone, kind: 'TD1' | 'TD3', today: string | undefined): MrzOutcome {
  const zone = corrected(raw, kind);
  const wrong = failingCheck(zone, kind);
  if (wrong) return { outcome: 'unreadable', code: 'check-digit', field: wrong };
  const expires = toDate(zone.expiry, 20);
  if (!expires) return { outcome: 'unreadable', code: 'date', field: 'expiry' };
  const pinfl = zone.issuer === 'UZB' ? (/^\d{14}/.exec(zone.personal)?.[0] ?? null) : null;
  const birthDate = toDate(zone.birth, birthCentury(zone, { pinfl, expires, today }));
  if (!birthDate) return { outcome: 'unreadable', code: 'date', field: 'birth-date' };
  const [surname = '', givenName = ''] = splitNames(zone.names, kind);
  return {
    outcome: 'read',
    kind,
    surname,
    givenName,
    documentNumber: zone.number.replaceAll('<', ''),
    documentType: zone.type.replaceAll('<', ''),
    nationality: zone.nationality.replaceAll('<', ''),
    birthDate,
    sex: zone.sex === 'M' ? 'm' : zone.sex === 'F' ? 'f' : null,
    expires,
    pinfl,
    corrected: Object.entries(zone).some(([key, value]) => raw[key as keyof Zone] !== value),
  };
}

const DIGITS: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
};
const LETTERS: Readonly<Record<string, string>> = {
  '0': 'O',
  '1': 'I',
  '2': 'Z',
  '5': 'S',
  '6': 'G',
  '8': 'B',
};

function asDigits(text: string): string {
  return text.replace(/[A-Z]/g, (it) => DIGITS[it] ?? it);
}

function asLetters(text: string): string {
  return text.replace(/\d/g, (it) => LETTERS[it] ?? it);
}

/** Where only digits or only letters can stand, what was taken for the other is put right. */
function corrected(raw: Zone, kind: 'TD1' | 'TD3'): Zone {
  const issuer = asLetters(raw.issuer);
  const isUzbek = issuer === 'UZB';
  const numberCheck = asDigits(raw.numberCheck);
  return {
    ...raw,
    type: asLetters(raw.type),
    issuer,
    names: asLetters(raw.names),
    number: isUzbek
      ? asLetters(raw.number.slice(0, 2)) + asDigits(raw.number.slice(2))
      : likelyNumber(raw.number, numberCheck),
    numberCheck,
    nationality: asLetters(raw.nationality),
    birth: asDigits(raw.birth),
    birthCheck: asDigits(raw.birthCheck),
    expiry: asDigits(raw.expiry),
    expiryCheck: asDigits(raw.expiryCheck),
    personal: isUzbek ? asDigits(raw.personal) : raw.personal,
    personalCheck: kind === 'TD3' ? asDigits(raw.personalCheck) : '',
    compositeCheck: asDigits(raw.compositeCheck),
  };
}

/** A foreign number may have letters anywhere: O or 0, I or 1 is decided by its check digit, if one way fits. */
function likelyNumber(number: string, check: string): string {
  if (checkDigit(number) === check) return number;
  const ways = [...number].reduce<string[]>(
    (all, sign) => all.flatMap((it) => (SWAPS[sign] ?? sign).split('').map((way) => it + way)),
    [''],
  );
  const fitting = ways.filter((it) => checkDigit(it) === check);
  return fitting.length === 1 ? (fitting[0] ?? number) : number;
}

const SWAPS: Readonly<Record<string, string>> = { O: 'O0', '0': '0O', I: 'I1', '1': '1I' };

function failingCheck(zone: Zone, kind: 'TD1' | 'TD3'): MrzField | null {
  if (checkDigit(zone.number) !== zone.numberCheck) return 'document-number';
  if (checkDigit(zone.birth) !== zone.birthCheck) return 'birth-date';
  if (checkDigit(zone.expiry) !== zone.expiryCheck) return 'expiry';
  const isEmpty = /^<*$/.test(zone.personal) && zone.personalCheck === '<';
  if (kind === 'TD3' && !isEmpty && checkDigit(zone.personal) !== zone.personalCheck)
    return 'personal-number';
  return checkDigit(underComposite(zone, kind)) === zone.compositeCheck ? null : 'composite';
}

function underComposite(zone: Zone, kind: 'TD1' | 'TD3'): string {
  const dates = zone.birth + zone.birthCheck + zone.expiry + zone.expiryCheck;
  const number = zone.number + zone.numberCheck;
  const personal = zone.personal + zone.personalCheck;
  return kind === 'TD1' ? number + personal + dates + zone.optional : number + dates + personal;
}

const WEIGHTS = [7, 3, 1];

/** ICAO 9303: weights 7, 3, 1; letters are 10…35, a filler is nothing. */
function checkDigit(signs: string): string {
  let sum = 0;
  for (let at = 0; at < signs.length; at += 1) {
    const value = signs[at] === '<' ? 0 : Number.parseInt(signs[at] ?? '0', 36);
    sum += value * (WEIGHTS[at % 3] ?? 0);
  }
  return String(sum % 10);
}

function toDate(yymmdd: string, century: number): string | null {
  const date = `${century}${yymmdd.slice(0, 2)}-${yymmdd.slice(2, 4)}-${yymmdd.slice(4)}`;
  return isRealDate(date) ? date : null;
}

/** Papers run for five years at least: nobody is born later than that before one runs out. */
function birthCentury(
  zone: Zone,
  { pinfl, expires, today }: { pinfl: string | null; expires: string; today: string | undefined },
): number {
  const lead = Number(pinfl?.[0] ?? 0);
  if (lead >= 1 && lead <= 6 && pinfl?.slice(5, 7) === zone.birth.slice(0, 2))
    return 17 + Math.ceil(lead / 2);
  const latest = today ?? `${Number(expires.slice(0, 4)) - 5}${expires.slice(4)}`;
  return (toDate(zone.birth, 20) ?? '9999') <= latest ? 20 : 19;
}

/** Where fillers were lost and one sign is left between surname and name, the first one parts them. */
function splitNames(names: string, kind: 'TD1' | 'TD3'): string[] {
  const trimmed = names.replace(/^<+|<+$/g, '');
  const isShort = names.length < NAMES_LENGTH[kind];
  const parts = trimmed.includes('<<') || !isShort ? trimmed.split(/<<+/) : trimmed.split(/<(.*)/s);
  return [parts[0] ?? '', parts.slice(1).join(' ')].map((it) => it.replaceAll('<', ' ').trim());
}
