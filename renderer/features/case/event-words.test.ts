import { describe, expect, it } from 'vitest';
import type { EventBody } from '#model/case-event';
import { createFieldReader } from '../../components/field-reader.ts';
import { createTranslate } from '../../i18n/messages.ts';
import { eventWords } from './event-words.ts';

const t = createTranslate('en');
const reader = createFieldReader({ service: null, places: [], language: 'en', t });
const words = {
  t,
  reader,
  language: 'en' as const,
  utcOffsetMinutes: 300,
  now: 0,
  service: null,
  currency: 'UZS' as const,
  staffName: (id: string) => id,
};
const head = {
  id: 'e',
  caseId: 'c',
  device: 'd',
  n: 1,
  by: 'p',
  at: 0,
  hlc: '',
  base: 0,
  schema: 1 as const,
};
const say = (body: EventBody) => eventWords({ ...head, ...body, seq: null, status: 'waiting' }, words);

describe('eventWords', () => {
  it('tells what each field was and what it is now', () => {
    expect(
      say({
        type: 'field.set',
        body: { set: { 'applicant.surname': 'Karimova', 'form.x': 2 }, was: { 'applicant.surname': null } },
      }),
    ).toEqual({ what: '2 answers were corrected', more: ['Surname: — → Karimova', 'form.x: — → 2'] });
  });
  it('tells a step with its grounds and its reason', () => {
    expect(
      say({
        type: 'state.moved',
        body: { from: 'in-process', to: 'refused', grounds: ['R01', 'R03'], reason: 'No act' },
      }),
    ).toEqual({ what: 'Status: In process → Refused', more: ['Ground: R01, R03', 'No act'] });
  });
  it('tells which value a settled conflict left standing', () => {
    const settled = (choice: 'kept' | 'offered') =>
      say({ type: 'conflict.settled', body: { conflictId: 'x', field: 'status', choice } }).what;
    expect([settled('kept'), settled('offered')]).toEqual([
      'Conflict resolved, the standing value stays: Status',
      'Conflict resolved, the offered value is taken: Status',
    ]);
  });
  it('has words for every other event', () => {
    const document = {
      id: 'i',
      item: 'a',
      sha256: 'a'.repeat(64),
      bytes: 2048,
      mime: 'image/png',
      name: 'a.png',
    };
    const told = [
      say({ type: 'document.attached', body: document }),
      say({ type: 'document.removed', body: { id: 'i', reason: 'twice' } }),
      say({ type: 'note.added', body: { id: 'i', text: 'Hello' } }),
      say({ type: 'payment.recorded', body: { id: 'i', amount: 41200, method: 'cash', slip: '' } }),
    ];
    expect(told).toEqual([
      { what: 'A document was attached', more: ['a.png · 2 KB'.replace('2 KB', '2\u00a0KB')] },
      { what: 'A document was removed', more: ['twice'] },
      { what: 'A note was added', more: ['Hello'] },
      { what: 'Payment recorded: 41\u00a0200\u00a0soʻm, cash', more: [] },
    ]);
  });
});
