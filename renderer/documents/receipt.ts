import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import { amountInWords } from '../i18n/amount-in-words.ts';
import { formatDateTime, formatLongDate, formatMoney, formatTime } from '../i18n/format.ts';
import { createTranslate, type Translate } from '../i18n/messages.ts';
import type { ReceiptFacts } from './receipt-facts.ts';

const INK = '#14202b';
const FAINT = '#5a6875';
const LINE = '#c9d2da';
const ACCENT = '#1f4f94';

/** The acceptance receipt (tilxat) on A5, in the language the applicant chose. */
export function toReceiptDocument(facts: ReceiptFacts): TDocumentDefinitions {
  const t = createTranslate(facts.language);
  return {
    pageSize: 'A5',
    pageMargins: [28, 24, 28, 38],
    info: { title: facts.number },
    defaultStyle: { font: 'Noto', fontSize: 9.2, lineHeight: 1.18, color: INK },
    content: [
      heading(facts, t),
      numberBlock(facts, t),
      ...(facts.acceptedOffline ? [offlineMark(facts, t)] : []),
      factTable(facts, t),
      paperLists(facts, t),
      signatureLine(t),
    ],
    footer: () => ({
      margin: [28, 0, 28, 0],
      stack: [{ text: appeal(facts, t), fontSize: 7.4, color: FAINT }],
    }),
    // Flat and small enough to be read whole in every language: the code would cover the end of it.
    ...(facts.demo
      ? {
          watermark: {
            text: t('receipt.demo'),
            color: FAINT,
            opacity: 0.16,
            bold: true,
            fontSize: 23,
            angle: -30,
          },
        }
      : {}),
  };
}

function heading({ centre }: ReceiptFacts, t: Translate): Content {
  return {
    margin: [0, 0, 0, 8],
    stack: [
      { text: centre.name, bold: true, fontSize: 10.5, color: ACCENT },
      {
        text: [centre.address, centre.phone].filter((it) => it !== '').join(' · '),
        fontSize: 7.6,
        color: FAINT,
      },
      { canvas: [{ type: 'line', x1: 0, y1: 4, x2: 363, y2: 4, lineWidth: 1.2, lineColor: ACCENT }] },
      { text: t('receipt.title'), bold: true, fontSize: 12.5, margin: [0, 8, 0, 0] },
    ],
  };
}

function numberBlock(facts: ReceiptFacts, t: Translate): Content {
  return {
    margin: [0, 0, 0, 8],
    columns: [
      {
        width: '*',
        stack: [
          { text: t('receipt.number'), fontSize: 7.6, color: FAINT },
          { text: facts.number, bold: true, fontSize: 15, characterSpacing: 0.4 },
          { text: `${t('receipt.shortCode')}: ${shortCode(facts.number)}`, fontSize: 8, color: FAINT },
          {
            margin: [0, 8, 0, 0],
            stack: [
              { text: t('receipt.deadline'), fontSize: 7.6, color: FAINT },
              {
                text: facts.dueAt === null ? t('receipt.noDeadline') : dueText(facts, facts.dueAt),
                bold: true,
                fontSize: facts.dueAt === null ? 10 : 13,
              },
            ],
          },
        ],
      },
      { width: 84, qr: facts.number, fit: 84, eccLevel: 'M', foreground: INK },
    ],
  };
}

/** The day; on the day itself the hour too, since a term of minutes is over before the evening. */
function dueText({ language, acceptedAt, utcOffsetMinutes }: ReceiptFacts, dueAt: number): string {
  const day = formatLongDate(language, dueAt, utcOffsetMinutes);
  const isSameDay = day === formatLongDate(language, acceptedAt, utcOffsetMinutes);
  return isSameDay ? `${day}, ${formatTime(language, dueAt, utcOffsetMinutes)}` : day;
}

function offlineMark({ language, acceptedAt, utcOffsetMinutes }: ReceiptFacts, t: Translate): Content {
  const time = formatTime(language, acceptedAt, utcOffsetMinutes);
  return {
    margin: [0, 0, 0, 8],
    table: { widths: ['*'], body: [[{ text: t('receipt.offline', { time }), margin: [4, 3, 4, 3] }]] },
    layout: {
      hLineColor: () => ACCENT,
      vLineColor: () => ACCENT,
      hLineWidth: () => 0.8,
      vLineWidth: () => 0.8,
    },
  };
}

function factTable(facts: ReceiptFacts, t: Translate): Content {
  const { language, utcOffsetMinutes } = facts;
  const rows: [string, Content][] = [
    [t('receipt.service'), facts.service.name],
    [
      t('receipt.applicant'),
      facts.pinfl === null ? facts.applicant : `${facts.applicant}   ${t('receipt.pinfl')} ${facts.pinfl}`,
    ],
    [t('receipt.accepted'), formatDateTime(language, facts.acceptedAt, utcOffsetMinutes)],
    [
      t('receipt.operator'),
      facts.desk === null ? facts.operator : `${facts.operator}, ${t('receipt.desk', { desk: facts.desk })}`,
    ],
    [t('receipt.fee'), feeText(facts, t)],
    [
      t('receipt.result'),
      [facts.service.result, t('receipt.resultHow')]
        .filter((it) => it !== '')
        .join('. ')
        .replace('..', '.'),
    ],
  ];
  return {
    margin: [0, 0, 0, 8],
    table: {
      widths: [92, '*'],
      body: rows.map(([label, value]) => [
        { text: label, color: FAINT },
        typeof value === 'string' ? { text: value } : value,
      ]),
    },
    layout: {
      hLineColor: () => LINE,
      hLineWidth: (index, node) => (index === 0 || index === node.table.body.length ? 0 : 0.5),
      vLineWidth: () => 0,
      paddingLeft: () => 0,
      paddingRight: () => 4,
      paddingTop: () => 2.5,
      paddingBottom: () => 2.5,
    },
  };
}

function feeText({ language, fee, feeGround }: ReceiptFacts, t: Translate): string {
  if (fee.amount === 0) return t('receipt.free');
  const sum = `${formatMoney(language, fee.amount, fee.currency)} (${amountInWords(language, fee.amount, fee.currency)})`;
  return feeGround === null ? sum : `${sum}. ${feeGround}`;
}

function paperLists(facts: ReceiptFacts, t: Translate): Content {
  const taken = facts.documents.map(
    ({ label, copies }) => `${label ?? t('receipt.otherPaper')} — ${t('receipt.copies', { count: copies })}`,
  );
  return {
    columnGap: 14,
    columns: [
      [paperList(t('receipt.documents'), taken.length > 0 ? taken : [t('receipt.noDocuments')])],
      [
        ...(facts.missing.length > 0 ? [paperList(t('receipt.missing'), facts.missing)] : []),
        ...(facts.fetched.length > 0 ? [paperList(t('receipt.fetched'), facts.fetched)] : []),
      ],
    ],
  };
}

function paperList(title: string, lines: string[]): Content {
  return {
    margin: [0, 0, 0, 5],
    stack: [
      { text: title, bold: true, margin: [0, 0, 0, 1] },
      { ul: lines, margin: [2, 0, 0, 0] },
    ],
  };
}

function signatureLine(t: Translate): Content {
  return {
    margin: [0, 10, 0, 0],
    unbreakable: true,
    columns: [
      { width: 'auto', text: t('receipt.signature'), color: FAINT },
      {
        width: '*',
        canvas: [{ type: 'line', x1: 8, y1: 10, x2: 170, y2: 10, lineWidth: 0.6, lineColor: FAINT }],
      },
    ],
  };
}

function appeal({ centre }: ReceiptFacts, t: Translate): string {
  return centre.country === 'UZ' ? t('receipt.appeal') : t('receipt.appealGe', { phone: centre.phone });
}

/** Desk, serial and check digits: enough to find a case in its own centre. */
function shortCode(number: string): string {
  return number.split('-').slice(2).join('-');
}
