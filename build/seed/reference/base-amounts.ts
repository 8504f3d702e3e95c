import type { BaseAmount } from '#model/reference';

// First days of 2021-09 to 2023-12 are plausible, not sourced; so is the amount of 2021-09 and 2023-05.
const history: readonly (readonly [from: string, amount: number])[] = [
  ['2018-11-01', 202_730],
  ['2019-08-01', 223_000],
  ['2021-02-01', 245_000],
  ['2021-09-01', 270_000],
  ['2022-06-01', 300_000],
  ['2023-05-01', 330_000],
  ['2023-12-01', 340_000],
  ['2024-10-01', 375_000],
  ['2025-08-01', 412_000],
];

/** BHM, whole soʻm. */
export const baseAmounts: readonly BaseAmount[] = history.map(([from, amount]) => ({
  kind: 'base-amount',
  id: `base-amount:UZ:${from}`,
  country: 'UZ',
  from,
  amount,
}));
