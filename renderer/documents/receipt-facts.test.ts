import { expect, it } from 'vitest';
import { fold, opened } from '#model/case.fixture';
import { Centre } from '#model/reference';
import { Service } from '#model/service';
import { type ReceiptSources, toReceiptContext } from './receipt-context.ts';
import { toReceiptFacts } from './receipt-facts.ts';

const words = (text: string) => ({ 'uz-Latn': text, 'uz-Cyrl': text, ru: text, en: text });
const service = Service.parse({
  id: 'SOC-03@1',
  code: 'SOC-03',
  version: 1,
  current: true,
  sphere: 'SOC',
  department: 'D1',
  name: words('Allowance'),
  deadlines: [{ from: '2024-01-01', rule: { unit: 'hours', count: 1 } }],
  fees: [
    {
      from: '2024-01-01',
      tiers: [
        { code: 'base', soum: 25_000 },
        { code: 'share', label: words('Large'), baseShare: 0.02 },
      ],
    },
  ],
  checklist: [],
  form: [],
  result: words('Decision'),
});
const centre = Centre.parse({
  kind: 'centre',
  id: 'centre-13',
  centreId: 13,
  type: 'centre',
  parent: null,
  place: '1708204',
  numberPrefix: '1708204',
  name: words('Baxmal'),
  address: words('Usmat'),
  phone: '',
  country: 'UZ',
  utcOffsetMinutes: 300,
  hours: [],
  topServices: [],
});
const taken = fold(opened({}, { device: 'desk-a', n: 1 }));
const sources: ReceiptSources = {
  service,
  centre,
  staff: [{ id: taken.openedBy, name: 'D. Karimova' }],
  identity: { device: 'desk-a', desk: 'baxmal-1', demo: false },
};

function groundOf(fee: { amount: number; tier: string }): string | null {
  const it = { ...taken, fee: { baseAmount: 412_000, currency: 'UZS', ...fee } as const };
  return toReceiptFacts(it, { service, centre, operator: '', desk: null, demo: false }).feeGround;
}

it('has the ground of the fee as the screen has it: a fixed amount is no share of anything', () => {
  expect([groundOf({ amount: 25_000, tier: 'base' }), groundOf({ amount: 8_240, tier: 'share' })]).toEqual([
    'Belgilangan summa',
    'Large: BHMning 2\u00a0% miqdorida (BHM 412\u00a0000\u00a0soʻm)',
  ]);
});

it('is of the desk and the person that took the case', () => {
  expect(toReceiptContext(taken, sources)).toMatchObject({ operator: 'D. Karimova', desk: 'baxmal-1' });
});

it('names no desk for a case that another one took', () => {
  const identity = { ...sources.identity, device: 'desk-b' };
  expect(toReceiptContext(taken, { ...sources, identity })?.desk).toBeNull();
});

it('waits until service, centre and staff are read, and not for a service nobody here knows', () => {
  const without = (part: Partial<ReceiptSources>) => toReceiptContext(taken, { ...sources, ...part });
  expect([
    without({ service: undefined }),
    without({ centre: undefined }),
    without({ centre: null }),
    without({ staff: undefined }),
    without({ service: null })?.service,
  ]).toEqual([undefined, undefined, undefined, undefined, null]);
});
