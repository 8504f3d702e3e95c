import fc from 'fast-check';
import { expect, test } from 'vitest';
import { feeFor } from './fee.ts';
import type { BaseAmount } from './reference.ts';
import type { FeeRule } from './service.ts';

const base = (from: string, amount: number, country: 'UZ' | 'GE' = 'UZ'): BaseAmount => ({
  kind: 'base-amount',
  id: `${country}-${from}`,
  country,
  from,
  amount,
});
const baseAmounts = [base('2025-08-01', 412_000), base('2018-11-01', 202_730), base('2024-10-01', 375_000)];
const at = (local: string) => Date.parse(`${local}+05:00`);
const asked = {
  baseAmounts,
  at: at('2026-11-20T10:00'),
  utcOffsetMinutes: 300,
  channel: 'hall',
  currency: 'UZS',
} as const;
const share = (baseShare: number) => ({
  fees: [{ from: '2020-01-01', tiers: [{ code: 'base', baseShare }] }],
});

test.each([
  ['2024-09-30T23:59', 202_730],
  ['2024-10-01T00:00', 375_000],
  ['2025-07-31T23:59', 375_000],
  ['2025-08-01T00:00', 412_000],
  ['2010-01-01T00:00', 202_730],
])('on %s the base amount is %d', (day, amount) => {
  expect(feeFor(share(1), { ...asked, at: at(day) })).toEqual({
    amount,
    baseAmount: amount,
    tier: 'base',
    currency: 'UZS',
  });
});

test('through the portal it is nine tenths', () => {
  const amounts = [0.02, 8, 40, 0].map((it) => feeFor(share(it), { ...asked, channel: 'portal' }).amount);
  expect(amounts).toEqual([7416, 2_966_400, 14_832_000, 0]);
});

test('is in whole soʻm, half up', () => {
  const of = (amount: number) =>
    feeFor(share(0.5), { ...asked, baseAmounts: [base('2020-01-01', amount)] }).amount;
  expect([of(1), of(2), of(3), of(4)]).toEqual([1, 1, 2, 2]);
  expect(feeFor(share(0.02), { ...asked, baseAmounts: [base('2020-01-01', 340_000)] }).amount).toBe(6800);
});

test('no share of any base amount is a soʻm off what whole numbers say', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99_999 }),
      fc.integer({ min: 1, max: 2_000_000 }),
      (thousandths, amount) => {
        const fee = feeFor(share(thousandths / 1000), {
          ...asked,
          baseAmounts: [base('2020-01-01', amount)],
        });
        expect(fee.amount).toBe(Number((BigInt(thousandths) * BigInt(amount) * 2n + 1000n) / 2000n));
      },
    ),
  );
});

test('the tier is the one asked for, or the first; a fixed part is added', () => {
  const rule: FeeRule = {
    from: '2020-01-01',
    tiers: [
      { code: 'small', baseShare: 0.5 },
      { code: 'large', baseShare: 1, soum: 500 },
    ],
  };
  const fees = [undefined, 'large', 'gone'].map((tier) => feeFor({ fees: [rule] }, { ...asked, tier }));
  expect(fees.map((it) => [it.tier, it.amount])).toEqual([
    ['small', 206_000],
    ['large', 412_500],
    ['small', 206_000],
  ]);
});

test('Georgia has prices of its own and no base amount', () => {
  const fees = { fees: [{ from: '2020-01-01', tiers: [{ code: 'ten-days', soum: 60 }] }] };
  expect(feeFor(fees, { ...asked, currency: 'GEL' })).toEqual({
    amount: 60,
    baseAmount: 0,
    tier: 'ten-days',
    currency: 'GEL',
  });
});
