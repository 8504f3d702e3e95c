import { expect, test } from 'vitest';
import { formatPhone, parsePhone } from './phone.ts';

test.each([
  ['901234567', 'UZ', '+998901234567'],
  ['90 123-45-67', 'UZ', '+998901234567'],
  ['+998 (71) 206-70-07', 'UZ', '+998712067007'],
  ['(+998 62) 226-05-37', 'UZ', '+998622260537'],
  ['998901234567', 'UZ', '+998901234567'],
  ['8 90 123 45 67', 'UZ', '+998901234567'],
  ['00998901234567', 'GE', '+998901234567'],
  ['555 12 34 56', 'GE', '+995555123456'],
  ['0555123456', 'GE', '+995555123456'],
  ['2 405 505', 'GE', '+995322405505'],
  ['+995 32 240 55 05', 'UZ', '+995322405505'],
  ['+7 916 123-45-67', 'UZ', '+79161234567'],
] as const)('%s in %s is %s', (text, country, e164) => {
  expect(parsePhone(text, country)).toEqual({ outcome: 'ok', e164 });
});

test.each([
  '',
  '1148',
  '90123456',
  '9012345678',
  '+99890123456',
  'uy telefoni',
  '90123456a',
  '+',
  '001234567',
])('%j is no number', (text) => {
  expect(parsePhone(text, 'UZ')).toEqual({ outcome: 'bad' });
});

test('is laid out for reading, and read back', () => {
  const shown = ['+998901234567', '+995555123456', '+79161234567'].map(formatPhone);
  expect(shown).toEqual(['+998 90 123-45-67', '+995 555 12 34 56', '+79161234567']);
  expect(shown.map((it) => parsePhone(it, 'UZ'))).toMatchObject([
    { e164: '+998901234567' },
    { e164: '+995555123456' },
    { e164: '+79161234567' },
  ]);
});
