import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { EnrolAnswer } from '#protocol/enrol';
import type { Answer, ask } from './central.fixture.ts';

export type Ask = Parameters<typeof ask>[2];

/** What lies at the centre whose things another's desk asks for. */
export type Things = {
  owner: EnrolAnswer;
  epoch: string;
  /** Where that centre's stream of events stands, and its chain there. */
  head: number;
  chain: string;
  fileSha256: string;
  uploadId: string;
  snapshotSha256: string;
  preferenceId: string;
  /** The next event of the owner's device. */
  nextEvent(): { n: number; id: string };
};

/** A way to ask for a thing of that centre by its name, and whether the answer gave it. */
type Naming = { ask(things: Things): Ask; gave(answer: Answer, things: Things): boolean };

export type RouteEntry = {
  access: 'probe' | 'anybody' | 'device' | 'device-or-admin' | 'admin';
  /** A path that is served, where the route has a place for a name. */
  url?: string;
  /** What is answered without end: its gates are asked, and no more. */
  isEndless?: true;
  /** Empty: the route takes no name of anything, what it answers hangs on the token alone. */
  names: readonly Naming[];
};

/** Words that stand in that centre's case and in its row. */
export const SAID = 'of centre A';

const tus = { 'tus-resumable': '1.0.0' };
const json = (answer: Answer): string => JSON.stringify(answer.body) ?? '';
const isFine = ({ status }: Answer): boolean => status < 300;
const pullOf = (collection: string): Naming => ({
  ask: () => ({ method: 'GET', url: `/v1/pull/${collection}?bytes=4000000&full=1` }),
  gave: (answer) => json(answer).includes(SAID),
});

/**
 * Every route of the central server, by method and address as the server itself has them. A route that is not in here
 * fails a test: write who may come in, and every way in which a request can name a thing of some centre.
 */
export const ROUTES: Record<string, RouteEntry> = {
  'GET /healthz': { access: 'probe', names: [] },
  'GET /readyz': { access: 'probe', names: [] },
  'POST /v1/enrol': { access: 'anybody', names: [] },
  'POST /v1/enrolment-codes': { access: 'admin', names: [] },
  'POST /v1/revocations': { access: 'admin', names: [] },
  'POST /v1/challenge': { access: 'anybody', names: [] },
  // Who asks in another's name is a matter of keys: `tokens.real.test.ts`.
  'POST /v1/token': { access: 'anybody', names: [] },
  // What people of the desk's own centre know, and nobody of another: `credentials.real.test.ts`.
  'GET /v1/credentials': { access: 'device', names: [] },
  'POST /v1/sign-in': { access: 'device', names: [] },
  'POST /v1/hello': { access: 'device', names: [] },
  'GET /v1/poke': { access: 'device', isEndless: true, names: [] },
  'POST /v1/push/events': {
    access: 'device',
    names: [
      {
        ask: ({ owner: { device }, epoch, nextEvent }) => {
          const event = nextEvent();
          return { url: '/v1/push/events', body: { device, epoch, from: event.n, events: [event] } };
        },
        gave: isFine,
      },
    ],
  },
  'POST /v1/push/:collection': {
    access: 'device',
    url: '/v1/push/preferences',
    names: [
      {
        // With the state it assumes wrong, whoever may see the row is told what it is.
        ask: ({ preferenceId: id }) => ({
          url: '/v1/push/preferences',
          body: {
            rows: [{ assumedMasterState: { id, text: 'guessed' }, newDocumentState: { id, text: 'x' } }],
          },
        }),
        gave: (answer) => json(answer).includes(SAID),
      },
    ],
  },
  'GET /v1/pull/:collection': {
    access: 'device-or-admin',
    url: '/v1/pull/reference',
    names: ['events', 'cases', 'preferences'].map(pullOf),
  },
  'GET /v1/report/sync': {
    access: 'device-or-admin',
    names: [
      {
        ask: () => ({ method: 'GET', url: '/v1/report/sync' }),
        gave: (answer, { owner }) => json(answer).includes(owner.device),
      },
    ],
  },
  'GET /v1/snapshots/:collection': {
    access: 'device',
    url: '/v1/snapshots/events',
    names: [
      {
        ask: () => ({ method: 'GET', url: '/v1/snapshots/events' }),
        gave: (answer, { snapshotSha256 }) => json(answer).includes(snapshotSha256),
      },
    ],
  },
  'GET /v1/snapshots/:collection/:sha256': {
    access: 'device',
    url: `/v1/snapshots/events/${'a'.repeat(64)}`,
    names: [
      {
        ask: ({ snapshotSha256 }) => ({ method: 'GET', url: `/v1/snapshots/events/${snapshotSha256}` }),
        gave: isFine,
      },
    ],
  },
  'POST /v1/offer': {
    access: 'device',
    names: [
      {
        ask: ({ epoch, head, chain, nextEvent }) => ({
          url: '/v1/offer',
          body: {
            epoch,
            since: head,
            chain,
            events: [{ ...nextEvent(), seq: head + 1, status: 'ok' }],
          },
        }),
        gave: (answer) => (answer.body as { taken?: number }).taken === 1,
      },
    ],
  },
  'POST /v1/verify': {
    access: 'device',
    names: [
      {
        ask: ({ epoch, head, chain }) => ({
          url: '/v1/verify',
          body: { epoch, collection: 'events', points: [{ seq: head, chain }] },
        }),
        gave: (answer, { head }) => (answer.body as { upTo?: number }).upTo === head,
      },
    ],
  },
  'HEAD /v1/files/:sha256': {
    access: 'device',
    url: `/v1/files/${'a'.repeat(64)}`,
    names: [{ ask: ({ fileSha256 }) => ({ method: 'HEAD', url: `/v1/files/${fileSha256}` }), gave: isFine }],
  },
  'POST /v1/files/missing': {
    access: 'device',
    names: [
      {
        ask: ({ fileSha256 }) => ({ url: '/v1/files/missing', body: { sha256: [fileSha256] } }),
        gave: (answer) => json(answer) === '{"missing":[]}',
      },
    ],
  },
  'OPTIONS /v1/uploads': { access: 'device', names: [] },
  'POST /v1/uploads': {
    access: 'device',
    names: [
      {
        // A file that is there already is not sent again: only its own centre may hear that it is.
        ask: ({ fileSha256 }) => ({
          url: '/v1/uploads',
          headers: {
            ...tus,
            'upload-length': '10',
            'upload-metadata': `sha256 ${Buffer.from(fileSha256).toString('base64')}`,
          },
        }),
        gave: ({ headers }) => headers['upload-offset'] === '10' || headers['upload-offset'] === 10,
      },
    ],
  },
  'HEAD /v1/uploads/:id': {
    access: 'device',
    url: `/v1/uploads/${'a'.repeat(36)}`,
    names: [
      {
        ask: ({ uploadId }) => ({ method: 'HEAD', url: `/v1/uploads/${uploadId}`, headers: tus }),
        gave: isFine,
      },
    ],
  },
  'PATCH /v1/uploads/:id': {
    access: 'device',
    url: `/v1/uploads/${'a'.repeat(36)}`,
    names: [
      {
        ask: ({ uploadId }) => ({
          method: 'PATCH',
          url: `/v1/uploads/${uploadId}`,
          headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
          body: Buffer.from('x'),
        }),
        gave: isFine,
      },
    ],
  },
  'DELETE /v1/uploads/:id': {
    access: 'device',
    url: `/v1/uploads/${'a'.repeat(36)}`,
    names: [
      {
        ask: ({ uploadId }) => ({ method: 'DELETE', url: `/v1/uploads/${uploadId}`, headers: tus }),
        gave: isFine,
      },
    ],
  },
};

/** The routes of the servers that `open` makes, from Fastify's own mouth. A `HEAD` that comes with a `GET` is that one. */
export async function collectRoutes<T>(open: () => Promise<T>): Promise<{ opened: T; routes: string[] }> {
  const found: string[] = [];
  const listen = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }: RouteOptions) => {
      for (const it of Array.isArray(method) ? method : [method]) found.push(`${it} ${url}`);
    });
  };
  subscribe('fastify.initialization', listen);
  const opened = await open();
  unsubscribe('fastify.initialization', listen);
  const routes = [...new Set(found)].filter(
    (it) => !(it.startsWith('HEAD ') && found.includes(it.replace('HEAD', 'GET'))),
  );
  return { opened, routes };
}
