import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { CaseEvent, EventBody } from '#model/case-event';
import type { Centre, ReferenceItem } from '#model/reference';
import { toService, words } from '#model/service.fixture';
import type { EnrolAnswer } from '#protocol/enrol';
import { PROTOCOL_HEADER } from '#protocol/protocol-version';
import type { RecoveryKey } from '#protocol/recovery-key';
import { enrolBy, toSigned } from './auth/desk-key.fixture.ts';
import { type CentralServerOptions, createCentralServer } from './central-server.ts';
import { createMetrics } from './metrics.ts';
import { openByteFolder } from './store/byte-folder.ts';
import type { ByteStore } from './store/byte-store.ts';
import { openFileStore } from './store/files.ts';
import { getEpoch, migrate } from './store/migrate.ts';
import { openPgliteSql } from './store/pglite-sql.ts';
import { type Seed, saveSeed } from './store/save-seed.ts';
import type { Sql } from './store/sql.ts';

function toCentre(centreId: number, parent: number | null, numberPrefix = '1708204'): Centre {
  return {
    kind: 'centre',
    id: `centre-${centreId}`,
    centreId,
    type: parent === null ? 'office' : 'centre',
    parent,
    place: '1708',
    numberPrefix,
    name: words(`Centre ${centreId}`),
    address: words(''),
    phone: '',
    country: 'UZ',
    utcOffsetMinutes: 300,
    hours: [],
    topServices: [],
  };
}

const reference: ReferenceItem[] = [
  toCentre(1, null, '1726000'),
  toCentre(11, 1),
  toCentre(13, 1),
  toCentre(14, 13, '1724000'),
  toCentre(21, null, '0009000'),
];

/** Of the office, and so of 11, 13 and 14 too. */
export const OFFICIAL = 'office-supervisor';
/** Of centre 21 alone. */
export const STRANGER = 'stranger-clerk';

/** An office (1), two centres of one district (11, 13), a branch of 13 (14), and a stranger (21). */
export const SEED: Seed = {
  services: [toService()],
  reference,
  staff: [
    {
      id: 'baxmal-clerk-1',
      centreId: 13,
      name: 'A clerk',
      role: 'clerk',
      demoPin: '1111',
    },
    { id: OFFICIAL, centreId: 1, name: 'An official', role: 'supervisor' },
    { id: STRANGER, centreId: 21, name: 'A stranger', role: 'clerk' },
  ],
  enrolmentCodes: [1, 11, 13, 14, 21].map((centreId) => ({ code: `DEMO-${centreId}`, centreId })),
};

export const ADMIN_KEY = 'the-key-of-the-tests';

export type TestCentral = {
  server: FastifyInstance;
  sql: Sql;
  epoch: string;
  folder: string;
  clock: { now: number };
  /** Listens, and answers where. */
  listen(): Promise<string>;
  close(): Promise<void>;
};

/** A whole server over a real database in memory, filled with the seed above; or over a given, filled one. */
export async function openTestCentral({
  sql: given,
  demo = true,
  folder: shared,
  bytes,
  snapshotRows,
  recoveryKey,
  requestsAMinute,
  patience,
}: {
  sql?: Sql;
  demo?: boolean;
  /** Of another server on the same database, which has the files too. */
  folder?: string;
  /** Where files lie instead of that folder. */
  bytes?: ByteStore;
  /** Of the shortest stream that is packed. */
  snapshotRows?: number;
  /** Given to each desk that is enrolled. */
  recoveryKey?: RecoveryKey;
} & Pick<CentralServerOptions, 'requestsAMinute' | 'patience'> = {}): Promise<TestCentral> {
  const sql = given ?? (await openPgliteSql());
  if (given === undefined) {
    await migrate(sql);
    await saveSeed(sql, SEED, { demo });
  }
  const folder = shared ?? (await mkdtemp(join(tmpdir(), 'darcha-central-')));
  const clock = { now: 1_795_000_000_000 };
  const epoch = await getEpoch(sql);
  const server = await createCentralServer({
    sql,
    demo,
    files: openFileStore(
      sql,
      bytes ?? (await openByteFolder(folder)),
      snapshotRows === undefined ? {} : { leastRows: snapshotRows },
    ),
    adminKey: ADMIN_KEY,
    ...(recoveryKey === undefined ? {} : { recoveryKey }),
    metrics: createMetrics(),
    life: { stopping: false },
    now: () => clock.now,
    ...(requestsAMinute === undefined ? {} : { requestsAMinute }),
    ...(patience === undefined ? {} : { patience }),
  });
  return {
    server,
    sql,
    epoch,
    folder,
    clock,
    listen: () => server.listen({ port: 0, host: '127.0.0.1' }),
    close: async () => {
      await server.close();
      if (given === undefined) await sql.close();
      if (shared === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Answer = { status: number; body: unknown; headers: Record<string, unknown> };

/** Asks as a desk would: with the token and the version. */
export async function ask(
  { server }: TestCentral,
  token: string | null,
  {
    method = 'POST',
    url,
    body,
    headers = {},
  }: {
    method?: 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE' | 'OPTIONS';
    url: string;
    body?: unknown;
    headers?: Record<string, string>;
  },
): Promise<Answer> {
  const isText = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  const payload = isText ? body : JSON.stringify(toSigned(token, body));
  const response = await server.inject({
    method,
    url,
    headers: {
      [PROTOCOL_HEADER]: '1',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(payload === undefined ? {} : { payload }),
  });
  const isJson = String(response.headers['content-type']).startsWith('application/json');
  const isPlain = response.headers['content-encoding'] === undefined && response.body !== '';
  const parsed = isJson && isPlain ? response.json() : response.body;
  return { status: response.statusCode, body: parsed, headers: response.headers };
}

/**
 * A new desk of a centre; what is pushed with its token by `ask` is signed by its key, and that token does not run out,
 * whatever a test does with the clock.
 */
export async function enrol(central: TestCentral, centreId: number, desk = 'Desk'): Promise<EnrolAnswer> {
  const post = async (body: object) => (await ask(central, null, { url: '/v1/enrol', body })).body;
  const enrolled = await enrolBy(post, { code: `DEMO-${centreId}`, desk });
  const never = Number.MAX_SAFE_INTEGER;
  await central.sql.query('update device_token set expires_at = $1 where device_id = $2', [
    never,
    enrolled.device,
  ]);
  return enrolled;
}

/** Makes the events of one device: valid, numbered from 1 on. */
export function createEventMaker(device: string, by = 'baxmal-clerk-1') {
  let n = 0;
  const next = (caseId: string, body: EventBody): CaseEvent => {
    n += 1;
    const at = 1_795_000_000_000 + n;
    return {
      id: `${device}-e${n}`,
      caseId,
      device,
      n,
      by,
      at,
      hlc: `${at}:0000:${device}`,
      base: 0,
      schema: 1,
      ...body,
    };
  };
  return {
    open: (caseId: string): CaseEvent =>
      next(caseId, {
        type: 'case.opened',
        body: {
          number: '1708204-26-03000147-29',
          service: { code: 'SOC-03', version: 1 },
          channel: 'hall',
          language: 'uz-Latn',
          answers: { 'applicant.surname': 'Karimova', 'form.childName': 'Aziza' },
          missing: [],
          fee: { amount: 0, baseAmount: 0, tier: 'all', currency: 'UZS' },
          dueAt: null,
          acceptedOffline: true,
        },
      }),
    note: (caseId: string, text: string): CaseEvent =>
      next(caseId, { type: 'note.added', body: { id: `${device}-note-${n + 1}`, text } }),
    set: (caseId: string, path: string, value: string, was: string | null): CaseEvent =>
      next(caseId, { type: 'field.set', body: { set: { [path]: value }, was: { [path]: was } } }),
    next,
  };
}
