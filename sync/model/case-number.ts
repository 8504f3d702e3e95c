/** What a case number is made of. `prefix` is seven digits of the centre, `year` has four digits. */
export type CaseNumberParts = { prefix: string; year: number; desk: number; serial: number };

export type ParsedCaseNumber =
  | { outcome: 'ok'; number: string; prefix: string; year2: number; desk: number; serial: number }
  | { outcome: 'bad'; code: 'shape' | 'check-digits' };

/** The greatest serial a desk can give within a year. */
export const MAX_SERIAL = 999_999;

/**
 * The number of a case, `1708204-26-03000147-29`: centre, year, desk and serial, two check digits.
 *
 * The desk is in it, so two computers without a line never give the same. The check digits are
 * ISO 7064 mod 97-10 over the 17 digits: one wrong digit, or two neighbours swapped, always shows.
 */
export function formatCaseNumber({ prefix, year, desk, serial }: CaseNumberParts): string {
  const ranged = inRange(year, 2000, 2099) && inRange(desk, 0, 99) && inRange(serial, 0, MAX_SERIAL);
  if (!/^\d{7}$/.test(prefix) || !ranged) throw new RangeError('no case number can be made of this');
  const digits = `${prefix}${pad(year % 100, 2)}${pad(desk, 2)}${pad(serial, 6)}`;
  return layOut(digits + checkDigits(digits));
}

/** Reads a number as typed, scanned or pasted: with or without dashes and spaces. */
export function parseCaseNumber(text: string): ParsedCaseNumber {
  const digits = text.replace(/[\s\u2010-\u2015\u2212./_-]/g, '');
  if (!/^\d{19}$/.test(digits)) return { outcome: 'bad', code: 'shape' };
  if (checkDigits(digits.slice(0, 17)) !== digits.slice(17)) return { outcome: 'bad', code: 'check-digits' };
  return {
    outcome: 'ok',
    number: layOut(digits),
    prefix: digits.slice(0, 7),
    year2: Number(digits.slice(7, 9)),
    desk: Number(digits.slice(9, 11)),
    serial: Number(digits.slice(11, 17)),
  };
}

function checkDigits(digits: string): string {
  let rest = 0;
  for (const digit of `${digits}00`) rest = (rest * 10 + Number(digit)) % 97;
  return pad(98 - rest, 2);
}

function layOut(digits: string): string {
  return `${digits.slice(0, 7)}-${digits.slice(7, 9)}-${digits.slice(9, 17)}-${digits.slice(17)}`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function inRange(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
