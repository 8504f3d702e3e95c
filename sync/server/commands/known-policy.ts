import type { CredentialKind } from '../store/people.ts';

const LEAST = { pin: 6, password: 10 } as const;
const MOST = { pin: 12, password: 200 } as const;

/** Why this may not be what somebody is known by; what was typed is not repeated. */
export function findFault(kind: CredentialKind, typed: string): string | null {
  if (kind === 'pin' && !/^\d*$/.test(typed)) return 'a PIN has digits alone';
  if (/\p{Cc}|\p{Cs}/u.test(typed)) return 'there is something in it that no keyboard writes';
  const length = [...typed].length;
  if (length < LEAST[kind] || length > MOST[kind]) {
    return `a ${kind === 'pin' ? 'PIN' : kind} has ${LEAST[kind]} to ${MOST[kind]} ${kind === 'pin' ? 'digits' : 'characters'}`;
  }
  return isTrivial(typed) ? 'that is one of the first that anybody would try' : null;
}

/** One thing again and again, a row of neighbours, or half of it twice. */
function isTrivial(typed: string): boolean {
  const codes = [...typed].map((it) => it.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((it, index) => it - (codes[index] ?? 0)));
  const isRow = steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 0);
  return isRow || /^(.{1,3})\1+$/u.test(typed);
}
