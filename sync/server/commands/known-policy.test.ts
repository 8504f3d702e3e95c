import { expect, test } from 'vitest';
import { findFault } from './known-policy.ts';

test.each([
  '',
  '12345',
  '111111',
  '123456',
  '987654',
  '121212',
  '123123',
  'abcdef',
  '1234567890123',
  '٢٧٤٩١٦',
])('takes no PIN that is short, or that anybody would try first: %j', (pin) => {
  expect(findFault('pin', pin)).toEqual(expect.any(String));
});

test.each(['', 'nine char', 'aaaaaaaaaaaa', 'abcabcabcabc', 'with\u0000nothing', 'x'.repeat(201)])(
  'takes no such password: %j',
  (password) => {
    expect(findFault('password', password)).toEqual(expect.any(String));
  },
);

test('takes others, and says nothing of what was typed', () => {
  expect([findFault('pin', '274916'), findFault('password', 'учта чойнак')]).toEqual([null, null]);
  expect(findFault('pin', '2749x6')).not.toContain('2749');
});
