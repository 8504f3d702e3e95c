import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import type { EventsPage } from '#protocol/pull';
import type { SnapshotAnswer } from '#protocol/snapshot';
import { ANSWER_HEADERS } from './answer-headers.ts';
import {
  ADMIN_KEY,
  type Answer,
  ask,
  createEventMaker,
  enrol,
  openTestCentral,
  type TestCentral,
} from './central.fixture.ts';
import { type Ask, collectRoutes, ROUTES, type RouteEntry, SAID, type Things } from './routes.fixture.ts';
import { renewEpoch } from './store/restored.ts';

const FILE = Buffer.from('0123456789');
const tus = { 'tus-resumable': '1.0.0' };

let central: TestCentral;
let routes: string[];
let stranger: EnrolAnswer;
let revoked: EnrolAnswer;
let things: Things;

beforeAll(async () => {
  const collected = await collectRoutes(() => openTestCentral({ snapshotRows: 2 }));
  central = collected.opened;
  routes = collected.routes;
  const owner = await enrol(central, 13);
  stranger = await enrol(central, 21);
  revoked = await enrol(central, 13);
  await central.sql.query('update device set revoked_at = 1 where device_id = $1', [revoked.device]);
  things = await layOut(owner);
}, 60_000);
afterAll(() => central?.close());

/** One of each thing that a centre has, after a restore: only then may anything be offered. */
async function layOut(owner: EnrolAnswer): Promise<Things> {
  const make = createEventMaker(owner.device);
  const ownAsk = (it: Ask): Promise<Answer> => ask(central, owner.token, it);
  const events = [make.open('case-of-a'), make.note('case-of-a', SAID), make.note('case-of-a', 'b')];
  const body = { device: owner.device, epoch: central.epoch, from: 1, events };
  await ownAsk({ url: '/v1/push/events', body });
  const row = { newDocumentState: { id: 'row-of-a', text: SAID } };
  await ownAsk({ url: '/v1/push/preferences', body: { rows: [row] } });
  await renewEpoch(central.sql, central.clock.now);
  const page = await ownAsk({ method: 'GET', url: '/v1/pull/events?bytes=4000000&full=1' });
  const { epoch, chain, cursor: head } = page.body as EventsPage & { cursor: number };
  const uploadId = await begin(owner, createHash('sha256').update('another').digest('hex'));
  const fileSha256 = createHash('sha256').update(FILE).digest('hex');
  const whole = await begin(owner, fileSha256);
  await ownAsk({
    method: 'PATCH',
    url: `/v1/uploads/${whole}`,
    headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: FILE,
  });
  const snapshots = { method: 'GET', url: '/v1/snapshots/events' } as const;
  await vi.waitFor(async () => expect((await ownAsk(snapshots)).status).toBe(200), { timeout: 30_000 });
  const { sha256: snapshotSha256 } = (await ownAsk(snapshots)).body as SnapshotAnswer;
  return {
    ...{ owner, epoch, head, chain, fileSha256, uploadId, snapshotSha256 },
    preferenceId: 'row-of-a',
    nextEvent: () => make.note('case-of-a', 'next'),
  };
}

async function begin({ token }: EnrolAnswer, sha256: string): Promise<string> {
  const headers = {
    ...tus,
    'upload-length': String(FILE.length),
    'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
  };
  const { headers: said } = await ask(central, token, { url: '/v1/uploads', headers });
  return String(said.location).slice('uploads/'.length);
}

const entries = Object.entries(ROUTES);
const toAsk = (route: string, { url }: RouteEntry): Ask => {
  const [method, path = ''] = route.split(' ');
  const isBodied = method === 'POST' || method === 'PATCH';
  return {
    method: method as 'GET',
    url: url ?? path,
    headers: path.startsWith('/v1/uploads') ? tus : {},
    ...(isBodied ? { body: {} } : {}),
  };
};
const knock = (route: string, entry: RouteEntry, token: string | null) =>
  ask(central, token, toAsk(route, entry));
const refusal = (route: string, answer: Answer) => [
  answer.status,
  route.startsWith('HEAD') ? null : (answer.body as { error: string }).error,
];
const wanted = (route: string, status: number, error: string) => [
  status,
  route.startsWith('HEAD') ? null : error,
];

test('every route of the server is in the table, and no other', () => {
  expect(routes.sort()).toEqual(Object.keys(ROUTES).sort());
});

const only = (fits: (it: RouteEntry) => boolean) => entries.filter(([, it]) => fits(it));
const closed = only(({ access }) => access !== 'probe' && access !== 'anybody');

describe('who comes in', () => {
  test.each(closed)(
    '%s has nothing for who shows no token, or one that nobody gave',
    async (route, entry) => {
      for (const token of [null, 'x'.repeat(43), 'admin:not-the-key']) {
        expect(refusal(route, await knock(route, entry, token))).toEqual(wanted(route, 401, 'unauthorised'));
      }
    },
  );

  test.each(closed)('%s has nothing for a desk that was revoked', async (route, entry) => {
    const answer = await knock(route, entry, revoked.token);
    expect(refusal(route, answer)).toEqual(wanted(route, 403, 'device-revoked'));
  });

  test.each(only((it) => it.access === 'device'))('%s is for desks alone', async (route, entry) => {
    const answer = await knock(route, entry, `admin:${ADMIN_KEY}`);
    expect(refusal(route, answer)).toEqual(wanted(route, 403, 'not-allowed'));
  });

  test.each(only((it) => it.access === 'admin'))('%s is for no desk', async (route, entry) => {
    const answer = await knock(route, entry, stranger.token);
    expect(refusal(route, answer)).toEqual(wanted(route, 403, 'not-allowed'));
  });

  test.each(only((it) => it.access !== 'probe'))('%s speaks no other protocol', async (route, entry) => {
    const headers = { 'darcha-protocol': '999' };
    const answer = await ask(central, stranger.token, { ...toAsk(route, entry), headers });
    expect(refusal(route, answer)).toEqual(wanted(route, 426, 'update-needed'));
  });
});

test.each(only((it) => it.isEndless !== true))(
  '%s answers data, and nobody keeps it',
  async (route, entry) => {
    for (const token of [null, things.owner.token]) {
      expect((await knock(route, entry, token)).headers).toMatchObject(ANSWER_HEADERS);
    }
  },
);

// The stranger first: what is given away once may be gone for its owner.
test.each(only((it) => it.names.length > 0))(
  '%s gives a thing to its own centre, and nothing of it to another',
  async (_route, { names }) => {
    for (const naming of names) {
      const asked = naming.ask(things);
      const toStranger = await ask(central, stranger.token, asked);
      const toOwner = await ask(central, things.owner.token, asked);
      expect([naming.gave(toStranger, things), naming.gave(toOwner, things)]).toEqual([false, true]);
    }
  },
);
