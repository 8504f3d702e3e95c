const WEIGHTS = [7, 3, 1];
const CENTURIES = [1800, 1900, 2000];

export type PinflOutcome =
  | { outcome: 'ok'; pinfl: string; birthDate: string; sex: 'm' | 'f' }
  | { outcome: 'bad'; code: 'length' | 'characters' | 'century' | 'date' | 'check-digit' };

/**
 * Checks a personal number (JShShIR) of Uzbekistan and reads birth date and sex out of it.
 *
 * `G DDMMYY RRR NNN C`: sex with century, birth date, place, serial, check digit. Spaces and dashes
 * within are forgiven.
 */
export function checkPinfl(text: string): PinflOutcome {
  const pinfl = text.replace(/[\s-]/g, '');
  if (pinfl.length !== 14) return { outcome: 'bad', code: 'length' };
  if (!/^[0-9]+$/.test(pinfl)) return { outcome: 'bad', code: 'characters' };
  const lead = Number(pinfl[0]);
  const century = CENTURIES[Math.ceil(lead / 2) - 1];
  if (century === undefined) return { outcome: 'bad', code: 'century' };
  const birthDate = `${century + Number(pinfl.slice(5, 7))}-${pinfl.slice(3, 5)}-${pinfl.slice(1, 3)}`;
  if (!isRealDate(birthDate)) return { outcome: 'bad', code: 'date' };
  if (checkDigit(pinfl.slice(0, 13)) !== Number(pinfl[13])) return { outcome: 'bad', code: 'check-digit' };
  return { outcome: 'ok', pinfl, birthDate, sex: lead % 2 === 1 ? 'm' : 'f' };
}

/** How a number is shown in a list: its first digit and its last three. */
export function maskPinfl(text: string): string {
  const digits = text.replace(/[\s-]/g, '');
  if (digits.length < 8) return '•'.repeat(digits.length);
  return `${digits.slice(0, 1)}${'•'.repeat(digits.length - 4)}${digits.slice(-3)}`;
}

/** Whether a text is a personal number in either country: 14 digits that check, or Georgia's 11. */
export function isPersonalNumber(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '');
  return /^[0-9]{11}$/.test(digits) || checkPinfl(digits).outcome === 'ok';
}

/** Whether ISO text names a day that exists. */
export function isRealDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function checkDigit(digits: string): number {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) sum += Number(digits[at]) * (WEIGHTS[at % 3] ?? 0);
  return sum % 10;
}
