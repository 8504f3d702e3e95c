import { expect, test } from 'vitest';
import type { z } from 'zod';
import { CaseEvent, CentralEvent } from '#model/case-event';
import { CredentialsAnswer } from './credentials.ts';
import { EnrolAnswer, EnrolAsk } from './enrol.ts';
import { ErrorAnswer } from './error.ts';
import { MissingFilesAnswer, MissingFilesAsk } from './files.ts';
import { HelloAnswer, HelloAsk } from './hello.ts';
import { EventAck, EventsPage } from './pull.ts';
import { PushAnswer, PushAsk, RowsAsk } from './push.ts';
import { SignInAnswer, SignInAsk } from './sign-in.ts';
import { SyncReportAnswer } from './sync-report.ts';
import { ChallengeAnswer, Token, TokenAsk } from './token.ts';
import { VerifyAnswer, VerifyAsk } from './verify.ts';

const head = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  caseId: '01890a5d-ac96-774b-bcce-b302099a8058',
  device: 'baxmal-1',
  n: 7,
  by: 'baxmal-clerk-1',
  at: 1_780_000_000_000,
  hlc: '1780000000000:0000:baxmal-1',
  base: 0,
  schema: 1 as const,
};
const events: CaseEvent[] = [
  {
    ...head,
    type: 'case.opened',
    body: {
      number: '1708204-26-03000147-29',
      service: { code: 'SOC-03', version: 1 },
      channel: 'hall',
      language: 'uz-Latn',
      answers: {
        'applicant.surname': 'Gʻulomov',
        'form.many': ['a', 'b'],
        'form.sum': 1.5,
        'form.ok': false,
      },
      missing: ['birth-record'],
      fee: { amount: 0, baseAmount: 412_000, tier: 'base', currency: 'UZS' },
      dueAt: null,
      acceptedOffline: true,
    },
  },
  {
    ...head,
    type: 'field.set',
    body: { set: { 'applicant.phone': '+998901234567' }, was: { 'applicant.phone': null } },
  },
  {
    ...head,
    type: 'document.attached',
    body: { id: 'd', item: 'other', sha256: 'ab'.repeat(32), bytes: 1, mime: 'image/png', name: 'a.png' },
  },
  { ...head, type: 'document.removed', body: { id: 'd', reason: '' } },
  { ...head, type: 'note.added', body: { id: 'x', text: 'кўрилди' } },
  { ...head, type: 'payment.recorded', body: { id: 'p', amount: 6800, method: 'cash', slip: '' } },
  {
    ...head,
    confirmedBy: 'baxmal-supervisor',
    type: 'state.moved',
    body: { from: 'new', to: 'refused', grounds: ['R01'], reason: '' },
  },
  { ...head, type: 'conflict.settled', body: { conflictId: 'c/status', field: 'status', choice: 'offered' } },
];
const state = {
  waiting: 1,
  waitingBytes: 300,
  oldestWaitingAt: 1,
  filesWaiting: 0,
  filesWaitingBytes: 0,
  failing: 0,
  failingCode: null,
  clock: 1_780_000_000_000,
  lastFullSyncAt: null,
  freeDiskBytes: null,
  appVersion: '0.1.0',
};
const central: CentralEvent[] = events.map((it, index) => ({
  ...it,
  seq: index + 1,
  status: 'review',
  code: 'field.conflict',
}));

const credential = {
  id: 'baxmal-clerk-1',
  pin: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
  password: null,
  offlineDays: 30,
};

const token = { token: 't'.repeat(43), expiresInSeconds: 3_600 };
const messages: [string, z.ZodType, unknown][] = [
  ...events.map((it): [string, z.ZodType, unknown] => [it.type, CaseEvent, it]),
  ['EnrolAsk', EnrolAsk, { code: 'DEMO-BAXMAL', desk: 'Oyna 1', key: 'k'.repeat(43), proof: 'e30.e30.c2ln' }],
  ['Token', Token, token],
  ['ChallengeAnswer', ChallengeAnswer, { nonce: 'n'.repeat(40) }],
  ['TokenAsk', TokenAsk, { device: 'baxmal-1', assertion: 'e30.e30.c2ln' }],
  [
    'EnrolAnswer',
    EnrolAnswer,
    { device: 'baxmal-1', centreId: 13, desk: 'Oyna 1', deskNumber: 3, demo: true, ...token },
  ],
  ['HelloAsk', HelloAsk, { protocol: 1, state }],
  [
    'HelloAnswer',
    HelloAnswer,
    {
      epoch: 'e1',
      serverTime: 1,
      protocol: { min: 1, max: 1 },
      limits: { bodyBytes: 1, events: 1, fileBytes: 1 },
      heads: { events: 0, services: 72 },
      lastN: 0,
    },
  ],
  ['PushAsk', PushAsk, { device: 'baxmal-1', epoch: 'e1', from: 7, events }],
  [
    'PushAnswer',
    PushAnswer,
    { lastN: 7, results: [{ n: 7, seq: 1, status: 'rejected', code: 'case.absent' }], heads: {} },
  ],
  [
    'EventsPage',
    EventsPage,
    {
      epoch: 'e1',
      since: 0,
      cursor: 9,
      head: 9,
      more: false,
      docs: [...central, { ack: true, seq: 9, n: 1, device: 'baxmal-1', status: 'ok' }],
      chain: '',
    },
  ],
  [
    'RowsAsk',
    RowsAsk,
    { rows: [{ assumedMasterState: null, newDocumentState: { id: 'a', any: 1, _deleted: true } }] },
  ],
  ['MissingFilesAsk', MissingFilesAsk, { sha256: ['ab'.repeat(32)] }],
  ['MissingFilesAnswer', MissingFilesAnswer, { missing: [] }],
  ['VerifyAsk', VerifyAsk, { epoch: 'e1', collection: 'events', points: [{ seq: 9, chain: 'ab==' }] }],
  ['VerifyAsk', VerifyAsk, { epoch: 'e1', collection: 'cases', cursor: 9, rows: 'ab'.repeat(32) }],
  ['VerifyAnswer', VerifyAnswer, { ok: true, upTo: 9 }],
  ['VerifyAnswer', VerifyAnswer, { ok: false, lastGood: 4 }],
  ['CredentialsAnswer', CredentialsAnswer, { asOf: 1, people: [credential] }],
  ['SignInAsk', SignInAsk, { id: 'baxmal-clerk-1', password: 'ten letters' }],
  ['SignInAnswer', SignInAnswer, { outcome: 'signed-in', asOf: 1, person: credential }],
  ['SignInAnswer', SignInAnswer, { outcome: 'wrong' }],
  ['ErrorAnswer', ErrorAnswer, { error: 'gap', expected: 4 }],
  [
    'SyncReportAnswer',
    SyncReportAnswer,
    {
      asOf: 1,
      rows: [
        {
          centreId: 13,
          device: 'baxmal-1',
          desk: 'Oyna 1',
          enrolledAt: 1,
          lastContactAt: null,
          lastFullSyncAt: null,
          clockDriftMs: -500,
          openConflicts: 0,
          state,
        },
      ],
    },
  ],
];

test.each(messages)('%s comes out of the line as it went in', (_, schema, message) => {
  expect(schema.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
});

test('the push envelope lets an event through that is too new for it, so that it is judged alone', () => {
  const unknown = { n: 1, type: 'later.invented', body: { any: ['thing'] } };
  const ask = { device: 'd', epoch: 'e', from: 1, events: [unknown] };
  expect(PushAsk.parse(ask)).toEqual(ask);
  expect(CaseEvent.safeParse(unknown).success).toBe(false);
});

test('an acknowledgement on a page is not taken for an event, nor an event for an acknowledgement', () => {
  expect(EventAck.safeParse(central[0]).success).toBe(false);
  expect(CentralEvent.safeParse({ ack: true, seq: 1, n: 1, device: 'd', status: 'ok' }).success).toBe(false);
});
