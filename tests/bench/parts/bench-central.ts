import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReferenceItem } from '#model/reference';
import type { Service } from '#model/service';
import type { Answered } from '#protocol/central';
import { EnrolAnswer } from '#protocol/enrol';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import { createHttpCentral } from '#replica/http-central';
import { createDeskKey, type DeskKey } from '../../../sync/server/auth/desk-key.fixture.ts';
import { startChild } from '../../e2e/parts/child.ts';
import { makeEvents } from './make-events.ts';

const SEED_FILE = 'out/seed/seed.json';
/** Within what the server takes in one body. */
const EVENTS_A_PUSH = 100;

export const CODE = 'DEMO-BAXMAL';
export const CLERK = { id: 'baxmal-clerk-1', pin: '1111' };

/** A real central server on PGlite that holds cases of the centre of Baxmal. */
export type BenchCentral = {
  url: string;
  /** Lets a caller read what a desk of that centre may read. */
  token: string;
  cases: number;
  events: number;
  close(): Promise<void>;
};

/** Starts it and pushes the cases as a desk does, over the real wire. */
export async function openBenchCentral(cases: number): Promise<BenchCentral> {
  const data = await mkdtemp(join(tmpdir(), 'darcha-bench-central-'));
  const args = ['out/server/main.js', '--data', data, '--port', '0', '--seed', SEED_FILE, '--demo'];
  const child = await startChild(args, 'darcha-central ready ');
  const close = async (): Promise<void> => {
    await child.kill('SIGTERM');
    await rm(data, { recursive: true, force: true });
  };
  try {
    const events = await fillCentral(child.ready, cases);
    const reader = await enrol(child.ready, 'Reader');
    return { url: child.ready, token: reader.token, cases, events, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Pushes cases as a desk does; how many events they are. */
export async function fillCentral(url: string, cases: number): Promise<number> {
  const seed = JSON.parse(await readFile(SEED_FILE, 'utf8')) as {
    services: Service[];
    reference: ReferenceItem[];
  };
  const key = createDeskKey();
  const desk = await enrol(url, 'Filler', key);
  const centre = seed.reference.find((it) => it.kind === 'centre' && it.centreId === desk.centreId);
  if (centre?.kind !== 'centre') throw new Error(`the seed has no centre ${desk.centreId}`);
  const events = makeEvents({
    count: cases,
    device: desk.device,
    deskNumber: desk.deskNumber,
    prefix: centre.numberPrefix,
    by: CLERK.id,
    services: seed.services.filter((it) => it.code.startsWith('SOC')),
    now: Date.now(),
  });
  const central = openWire(url, desk.token);
  const { signal } = new AbortController();
  const { epoch } = take(await central.pull({ collection: 'events', since: 0, bytes: 1 }, signal));
  for (let from = 1; from <= events.length; from += EVENTS_A_PUSH) {
    const batch = events.slice(from - 1, from - 1 + EVENTS_A_PUSH);
    const push = key.signed({ device: desk.device, epoch, from, events: batch });
    const { results } = take(await central.push(push, signal));
    const bad = results.find((it) => it.status !== 'ok');
    if (bad !== undefined) throw new Error(`event ${bad.n} became ${bad.status} (${bad.code})`);
  }
  return events.length;
}

async function enrol(url: string, desk: string, key: DeskKey = createDeskKey()): Promise<EnrolAnswer> {
  const response = await fetch(`${url}/v1/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
    body: JSON.stringify(key.toEnrolAsk({ code: CODE, desk })),
  });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return EnrolAnswer.parse(await response.json());
}

function openWire(url: string, token: string | null) {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  return createHttpCentral({
    baseUrl: url,
    now: () => Date.now(),
    fetch: (input, init) => fetch(input, { ...init, headers: { ...(init?.headers as object), ...headers } }),
  });
}

function take<T>(answered: Answered<T>): T {
  if (answered.outcome !== 'ok') throw new Error(`the server answered ${JSON.stringify(answered)}`);
  return answered.answer;
}

/** Has the long streams packed, as they mostly are before a desk comes; how long it takes to make them. */
export async function packStreams({ url, token }: BenchCentral): Promise<number> {
  const startedAt = performance.now();
  const { snapshots } = openWire(url, token);
  for (const collection of ['events', 'cases'] as const) {
    for (let code: string | null = 'unavailable'; code === 'unavailable'; ) {
      const found = await snapshots?.newest(collection, new AbortController().signal);
      code = found?.outcome === 'refused' ? found.code : null;
    }
  }
  return performance.now() - startedAt;
}
