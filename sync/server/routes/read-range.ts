/** `to` is the first byte that is not sent. */
export type Range = { outcome: 'whole' | 'outside' } | { outcome: 'part'; from: number; to: number };

/** One range of a `Range` header; what is none, or several, asks for the whole, as RFC 9110 has it. */
export function readRange(header: string | undefined, bytes: number): Range {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return { outcome: 'whole' };
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return { outcome: 'whole' };
  return from < to ? { outcome: 'part', from, to } : { outcome: 'outside' };
}
