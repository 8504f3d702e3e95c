import { readFile } from 'node:fs/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#model/local-text';
import type { Language } from '../i18n/messages.ts';
import { type Fonts, makePdf } from './make-pdf.ts';
import { toReceiptDocument } from './receipt.ts';
import type { ReceiptFacts } from './receipt-facts.ts';

const FONTS = 'node_modules/@expo-google-fonts/noto-sans';
const LETTERS = {
  'uz-Latn': 'Oʻktam Gʻulomov maʼlumotnoma ʻ ʼ',
  'uz-Cyrl': 'Ўктам Ғуломов Қодир Ҳамид ўқғҳ',
  ru: 'Ёлкин Щёголь № 7 «да»',
  en: 'Name – “quoted” №',
} as const satisfies Record<Language, string>;
const DUE = {
  'uz-Latn': '2026-yil 5-mart',
  'uz-Cyrl': '2026 йил 5 март',
  ru: '5 марта 2026 г.',
  en: '5 March 2026',
} as const satisfies Record<Language, string>;
const FEE = {
  'uz-Latn': 'Sakkiz ming ikki yuz qirq soʻm',
  'uz-Cyrl': 'Саккиз минг икки юз қирқ сўм',
  ru: 'Восемь тысяч двести сорок сумов',
  en: 'Eight thousand two hundred forty soʻm',
} as const satisfies Record<Language, string>;

function factsIn(language: Language): ReceiptFacts {
  return {
    language,
    number: '1708204-26-03000147-29',
    centre: { name: 'Baxmal', address: 'Usmat', phone: '+998 72 000 00 00', country: 'UZ' },
    utcOffsetMinutes: 300,
    desk: 'baxmal-1',
    operator: 'D. Karimova',
    applicant: 'Namunova G. B.',
    pinfl: '4••••••••••028',
    service: { code: 'SOC-03', name: LETTERS[language], result: '' },
    acceptedAt: Date.UTC(2026, 2, 2, 5, 42),
    acceptedOffline: true,
    dueAt: Date.UTC(2026, 2, 5, 13, 0),
    fee: { amount: 8_240, baseAmount: 412_000, tier: 'all', currency: 'UZS' },
    feeGround: '2 % (412 000)',
    documents: [
      { label: LETTERS[language], copies: 2 },
      { label: null, copies: 1 },
    ],
    missing: ['Б-1'],
    fetched: [],
    demo: true,
  };
}

async function readFonts(): Promise<Fonts> {
  const [regular, bold] = await Promise.all([
    readFile(`${FONTS}/400Regular/NotoSans_400Regular.ttf`),
    readFile(`${FONTS}/700Bold/NotoSans_700Bold.ttf`),
  ]);
  return { regular, bold };
}

async function readBack(pdf: Uint8Array): Promise<{ text: string; pages: number; size: number[] }> {
  const document = await getDocument({ data: pdf, useSystemFonts: false, verbosity: 0 }).promise;
  const page = await document.getPage(1);
  const { items } = await page.getTextContent();
  const text = items
    .map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : ''))
    .join('')
    .replace(/\s+/g, ' ');
  return { text, pages: document.numPages, size: page.view.slice(2).map(Math.round) };
}

describe('the receipt', { timeout: 60_000 }, () => {
  it.each(LANGUAGES)(
    'is one A5 page whose text can be read back letter by letter in %s',
    async (language) => {
      const pdf = await makePdf(toReceiptDocument(factsIn(language)), await readFonts());
      const { text, pages, size } = await readBack(pdf);
      expect({ pages, size }).toEqual({ pages: 1, size: [420, 595] });
      for (const part of [
        '1708204-26-03000147-29',
        LETTERS[language],
        DUE[language],
        '10:42',
        FEE[language],
      ]) {
        expect(text).toContain(part);
      }
    },
  );

  it('names no desk that is not known, and says the ground of the fee', async () => {
    const facts = { ...factsIn('en'), desk: null, feeGround: 'A fixed amount' };
    const { text } = await readBack(await makePdf(toReceiptDocument(facts), await readFonts()));
    expect(text).toMatch(/Operator D\. Karimova Fee .*soʻm\)\. A fixed amount/);
  });

  it('shows no more of the citizen than initials and a masked number', async () => {
    const pdf = await makePdf(toReceiptDocument(factsIn('en')), await readFonts());
    expect((await readBack(pdf)).text).toContain('Namunova G. B. PINFL 4••••••••••028');
  });
});
