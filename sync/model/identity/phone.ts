export type PhoneOutcome = { outcome: 'ok'; e164: string } | { outcome: 'bad' };

const PLANS = {
  UZ: { code: '998', trunk: /^8(?=\d{9}$)/, own: /^[2-9]\d{8}$/ },
  GE: { code: '995', trunk: /^0(?=\d{9}$)/, own: /^[2-9]\d{8}$/ },
};
const TBILISI_LOCAL = /^2\d{6}$/;

/** Reads a telephone number as people type it, and gives it as E.164; `country` says whose habits. */
export function parsePhone(text: string, country: 'UZ' | 'GE'): PhoneOutcome {
  const typed = text.trim().replace(/[\s().\u2010-\u2015\u2212-]/g, '');
  if (!/^\+?\d+$/.test(typed)) return { outcome: 'bad' };
  const international = typed.replace(/^00/, '+');
  if (international.startsWith('+')) return parseInternational(international.slice(1));
  const plan = PLANS[country];
  const own = typed.replace(plan.trunk, '');
  if (plan.own.test(own)) return { outcome: 'ok', e164: `+${plan.code}${own}` };
  if (country === 'GE' && TBILISI_LOCAL.test(own)) return { outcome: 'ok', e164: `+99532${own}` };
  return typed.length === 12 ? parseInternational(typed) : { outcome: 'bad' };
}

/** Lays a stored number out for reading: `+998 90 123-45-67`. */
export function formatPhone(e164: string): string {
  const uzbek = /^\+998(\d\d)(\d{3})(\d\d)(\d\d)$/.exec(e164);
  if (uzbek) return `+998 ${uzbek[1]} ${uzbek[2]}-${uzbek[3]}-${uzbek[4]}`;
  const georgian = /^\+995(\d{3})(\d\d)(\d\d)(\d\d)$/.exec(e164);
  if (georgian) return `+995 ${georgian.slice(1).join(' ')}`;
  return e164;
}

function parseInternational(digits: string): PhoneOutcome {
  const plan = Object.values(PLANS).find((it) => digits.startsWith(it.code));
  const fits = plan ? plan.own.test(digits.slice(plan.code.length)) : /^[1-9]\d{7,14}$/.test(digits);
  return fits ? { outcome: 'ok', e164: `+${digits}` } : { outcome: 'bad' };
}
