import { afterEach, expect, test, vi } from 'vitest';
import type { CentralEvent } from '#model/case-event';
import type { Failure } from '#protocol/central';
import {
  createWorld,
  details,
  readCase,
  readList,
  readTimeline,
  syncOnce,
  toDraft,
  toSet,
} from './replica.fixture.ts';
import type { Replica } from './replica.ts';

// The first test of a file waits for RxDB to be loaded, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const opened: Replica[] = [];
async function closeAll(): Promise<void> {
  for (const it of opened.splice(0)) await it.close();
}
afterEach(closeAll);
async function open(replica: Promise<Replica>): Promise<Replica> {
  const it = await replica;
  opened.push(it);
  return it;
}

async function createDeskWithCase(options?: { pageDocs?: number }) {
  const world = createWorld(options);
  const desk = world.createDesk('desk-1');
  const replica = await open(desk.open());
  const draft = toDraft();
  await replica.openCase(draft, details);
  return { world, desk, replica, id: draft.id };
}

const offline: Failure = { outcome: 'offline', reason: 'cut' };

/** Answers the first request of a name with a failure, then goes on. */
function once(name: string, failure: Failure) {
  let isDone = false;
  return (asked: string) => {
    if (isDone || asked !== name) return undefined;
    isDone = true;
    return failure;
  };
}

test('an answer to a push that is lost costs a second sending and nothing else', async () => {
  const { world, replica, id } = await createDeskWithCase();
  world.central.after = once('push', offline);

  const lost = await syncOnce(replica);
  const good = await syncOnce(replica);

  expect([lost.phase, lost.trouble?.failure, lost.waiting.events]).toEqual(['waiting-to-retry', offline, 1]);
  expect([good.phase, good.trouble, good.waiting.events]).toEqual(['idle', null, 0]);
  expect(world.central.events.length).toBe(1);
  expect((await readCase(replica, id))?.delivery).toEqual({ state: 'sent' });
});

test('a centre restored from an older copy gets from the journal what it has lost', async () => {
  const { world, replica, id } = await createDeskWithCase();
  await syncOnce(replica);
  const backup = structuredClone(world.central.events);
  await replica.record(id, 'baxmal-clerk-1', toSet('applicant.phone', '+998901234567', null));
  await syncOnce(replica);
  world.central.restoreFrom(backup, 'epoch-2');

  const status = await syncOnce(replica);

  expect([status.phase, status.waiting.events]).toEqual(['idle', 0]);
  expect(world.central.caseOf(id)?.answers['applicant.phone']).toBe('+998901234567');
  expect((await readTimeline(replica, id)).map((it) => it.event.n)).toEqual([1, 2]);
});

test('while the copies are dropped and pulled again, our own case stays on the screen', async () => {
  const { world, replica, id } = await createDeskWithCase();
  await syncOnce(replica);
  world.central.restoreFrom(structuredClone(world.central.events), 'epoch-2');
  world.central.before = (name) => (name === 'pull cases' ? offline : undefined);

  const status = await syncOnce(replica);
  const found = await readCase(replica, id);

  expect([status.trouble?.failure, found?.case.id]).toEqual([offline, id]);
});

test('a must-refetch in the middle of a round starts the copies again and keeps what waits', async () => {
  const { world, replica, id } = await createDeskWithCase();
  await syncOnce(replica);
  await replica.record(id, 'baxmal-clerk-1', toSet('applicant.phone', '+998901234567', null));
  world.central.before = once('push', { outcome: 'refused', code: 'must-refetch' });

  const interrupted = await syncOnce(replica);
  const meanwhile = await readCase(replica, id);
  const status = await syncOnce(replica);

  expect(interrupted.trouble?.failure).toEqual({ outcome: 'refused', code: 'must-refetch' });
  expect(meanwhile?.case.answers['applicant.phone']).toBe('+998901234567');
  expect([status.phase, status.waiting.events, world.central.events.length]).toEqual(['idle', 0, 2]);
});

test('a gap is answered from the journal, and a second one at the same number ends the round', async () => {
  const { world, replica, id } = await createDeskWithCase();
  await syncOnce(replica);
  await replica.record(id, 'baxmal-clerk-1', toSet('applicant.phone', '+998901234567', null));
  world.central.before = once('push', { outcome: 'refused', code: 'gap', expected: 1 });
  const healed = await syncOnce(replica);
  await replica.record(id, 'baxmal-clerk-1', toSet('applicant.phone', '+998901234568', null));
  const gap: Failure = { outcome: 'refused', code: 'gap', expected: 1 };
  world.central.before = (name) => (name === 'push' ? gap : undefined);
  const refused = await syncOnce(replica);

  expect([healed.phase, healed.waiting.events]).toEqual(['idle', 0]);
  expect([refused.trouble?.failure, refused.waiting.events]).toEqual([gap, 1]);
});

test('a push that is too large is sent in smaller pieces', async () => {
  const { world, replica, id } = await createDeskWithCase({ pageDocs: 100 });
  for (let i = 0; i < 20; i++) {
    await replica.record(id, 'c', { type: 'note.added', body: { id: `${i}`, text: 'x'.repeat(3_000) } });
  }
  const sizes: number[] = [];
  world.central.before = (name, ask) => {
    if (name !== 'push') return undefined;
    const bytes = JSON.stringify(ask).length;
    sizes.push(bytes);
    return bytes > 30_000 ? { outcome: 'refused', code: 'too-large' } : undefined;
  };

  const status = await syncOnce(replica);

  expect([status.phase, status.waiting.events, world.central.events.length]).toEqual(['idle', 0, 21]);
  expect(sizes[0]).toBeGreaterThan(30_000);
});

test.each<[Failure, string]>([
  [{ outcome: 'not-central', reason: 'html' }, 'waiting-to-retry'],
  [{ outcome: 'not-central', reason: 'unreadable' }, 'waiting-to-retry'],
  [{ outcome: 'offline', reason: 'stalled' }, 'waiting-to-retry'],
  [{ outcome: 'refused', code: 'internal' }, 'waiting-to-retry'],
  [{ outcome: 'refused', code: 'unavailable', retryAfterMs: 5_000 }, 'waiting-to-retry'],
  [{ outcome: 'refused', code: 'update-needed' }, 'waiting-to-retry'],
  [{ outcome: 'refused', code: 'bad-request' }, 'waiting-to-retry'],
  [{ outcome: 'refused', code: 'unreadable' }, 'waiting-to-retry'],
  [{ outcome: 'refused', code: 'unauthorised' }, 'stopped'],
  [{ outcome: 'refused', code: 'device-revoked' }, 'stopped'],
])('%j at any request leaves what waits where it is, and the next round sends it', async (failure, phase) => {
  for (const at of ['hello', 'push', 'pull events', 'pull cases']) {
    const { world, replica, id } = await createDeskWithCase();
    world.central.before = once(at, failure);

    const failed = await syncOnce(replica);
    await replica.record(id, 'baxmal-clerk-1', toSet('applicant.phone', '+998901234567', null));
    const good = await syncOnce(replica);

    expect([at, failed.phase, failed.trouble?.failure]).toEqual([at, phase, failure]);
    expect([at, good.phase, good.waiting.events, world.central.events.length]).toEqual([at, 'idle', 0, 2]);
    await closeAll();
  }
});

test('a retry waits at least as long as the centre asked', async () => {
  const { world, replica } = await createDeskWithCase();
  world.central.before = once('hello', { outcome: 'refused', code: 'too-many', retryAfterMs: 30_000 });

  const { trouble } = await syncOnce(replica);

  expect((trouble?.nextTryAt ?? 0) - world.clock.now).toBeGreaterThan(29_900);
});

test('a hole, a flipped answer or a foreign chain is noticed, and a good copy is fetched', async () => {
  const faults: ((page: { docs: CentralEvent[]; chain: string }) => object)[] = [
    (page) => ({ ...page, docs: page.docs.slice(1) }),
    (page) => ({ ...page, docs: page.docs.map((it) => ({ ...it, by: 'somebody-else' })) }),
    (page) => ({ ...page, chain: btoa('x'.repeat(32)) }),
  ];
  for (const fault of faults) {
    const { world, id } = await createDeskWithCaseSent();
    const other = await open(world.createDesk('desk-2').open());
    world.central.alter = (name, answer) =>
      name === 'pull events' ? (fault(answer as never) as never) : answer;
    const damaged = await syncOnce(other);
    world.central.alter = (_name, answer) => answer;
    const good = await syncOnce(other);

    expect(damaged.trouble?.failure).toEqual({ outcome: 'not-central', reason: 'unreadable' });
    expect(good.phase).toBe('idle');
    expect((await readTimeline(other, id)).map((it) => it.event.by)).toEqual([details.by]);
    await closeAll();
  }
});

async function createDeskWithCaseSent() {
  const made = await createDeskWithCase();
  await syncOnce(made.replica);
  return made;
}

test('our own events are always seen, also while the centre’s older copy of the case comes in', async () => {
  const { world, replica, id } = await createDeskWithCaseSent();
  const seen: unknown[] = [];
  const stop = replica.watchCase(id, (view) => seen.push(view?.case.answers['applicant.phone'] ?? null));
  const stopList = replica.watchCases({ filter: 'open', sort: 'due', limit: 9, now: 0 }, (list) =>
    seen.push(list.rows[0]?.case.answers['applicant.phone'] ?? null),
  );
  const other = await open(world.createDesk('desk-2').open());
  await syncOnce(other);
  await other.record(id, 'c2', toSet('applicant.email', 'a@b.uz', null));
  await syncOnce(other);
  await replica.record(id, 'c1', toSet('applicant.phone', '+998901234567', null));
  seen.length = 0;
  // The other desk's edit is pulled while ours is not sent.
  world.central.before = (name) =>
    name === 'push' ? { outcome: 'refused', code: 'bad-request' } : undefined;
  await syncOnce(replica);
  world.central.before = () => undefined;
  await syncOnce(replica);
  stop();
  stopList();

  const found = await readCase(replica, id);
  expect(new Set(seen)).toEqual(new Set(['+998901234567']));
  expect(found?.case.answers).toMatchObject({
    'applicant.phone': '+998901234567',
    'applicant.email': 'a@b.uz',
  });
});

test('an own event stays on the screen until the centre’s copy that we hold includes it', async () => {
  const { world, replica, id } = await createDeskWithCaseSent();
  await replica.record(id, 'c1', toSet('applicant.phone', '+998901234567', null));
  // The page was read while another desk moved the case: neither its old place nor its new one is in it.
  world.central.alter = (name, page) =>
    name === 'pull cases'
      ? { ...page, docs: [], cursor: (page as { head: number }).head, more: false }
      : page;
  const status = await syncOnce(replica);
  const meanwhile = await readCase(replica, id);
  world.central.alter = (_name, page) => page;
  const other = await open(world.createDesk('desk-2').open());
  await syncOnce(other);
  await other.record(id, 'c2', toSet('applicant.email', 'a@b.uz', null));
  await syncOnce(other);
  await syncOnce(replica);

  expect([status.phase, meanwhile?.case.answers['applicant.phone'], meanwhile?.delivery]).toEqual([
    'idle',
    '+998901234567',
    { state: 'sent' },
  ]);
  expect(await readCase(replica, id)).toEqual(await readCase(other, id));
});

test('two desks edit one field apart: both values stay, one clerk settles it, both desks agree', async () => {
  const { world, replica, id } = await createDeskWithCaseSent();
  const other = await open(world.createDesk('desk-2').open());
  await syncOnce(other);
  await replica.record(id, 'c1', toSet('applicant.surname', 'Karimova-A', 'Karimova'));
  await other.record(id, 'c2', toSet('applicant.surname', 'Karimova-B', 'Karimova'));
  for (const it of [replica, other, replica]) await syncOnce(it);

  const conflicts = await readList(replica, { filter: 'conflicts' });
  const [conflict] = conflicts.rows[0]?.case.conflicts ?? [];
  expect([conflicts.total, conflict?.kept, conflict?.offered]).toEqual([1, 'Karimova-A', 'Karimova-B']);
  expect(replica.sync.status().attention.conflicts).toBe(1);

  const body = { conflictId: conflict?.id ?? '', field: 'applicant.surname', choice: 'offered' as const };
  await replica.record(id, 'c1', { type: 'conflict.settled', body });
  for (const it of [replica, other]) await syncOnce(it);
  const [one, two] = [await readCase(replica, id), await readCase(other, id)];

  expect(one).toEqual(two);
  expect([one?.case.hasConflicts, one?.case.answers['applicant.surname']]).toEqual([false, 'Karimova-B']);
  expect(replica.sync.status().attention.conflicts).toBe(0);
});

test('what the centre does not apply is named, and stays named after a restart', async () => {
  const { world, desk, replica, id } = await createDeskWithCaseSent();
  const other = await open(world.createDesk('desk-2').open());
  await syncOnce(other);
  await replica.record(id, 'c', toSet('status', 'issued', 'new'));
  const refused = await syncOnce(replica);
  const restarted = await open(desk.open());

  const code = world.central.events[1]?.code ?? 'rejected';
  expect(world.central.events[1]?.status).toBe('rejected');
  expect(refused.attention.records).toMatchObject([{ caseId: id, n: 2, code }]);
  expect(restarted.sync.status().attention.records).toMatchObject([{ caseId: id, n: 2, code }]);
  expect((await readCase(restarted, id))?.delivery).toEqual({ state: 'refused', code });
});

test('a case of a service that this desk does not know is shown, with its code', async () => {
  const { world, replica } = await createDeskWithCase();
  const draft = toDraft({ serviceCode: 'NEW-99', serviceVersion: 7 });
  await replica.openCase(draft, details);
  await syncOnce(replica);
  const other = await open(world.createDesk('desk-2').open());
  await syncOnce(other);

  const found = await readCase(other, draft.id);
  expect([found?.case.serviceCode, await other.findService('NEW-99', 7)]).toEqual(['NEW-99', null]);
});

test('one service of a newer shape does not hide the others, and is counted', async () => {
  const world = createWorld();
  const replica = await open(world.createDesk('desk-1').open());
  const text = { 'uz-Latn': 'a', 'uz-Cyrl': 'a', ru: 'a', en: 'a' };
  const good = {
    id: 'SOC-03@1',
    code: 'SOC-03',
    version: 1,
    current: true,
    sphere: 'SOC',
    department: 'D1',
    name: text,
    deadlines: [{ from: '2020-01-01', rule: { unit: 'hours', count: 2 } }],
    fees: [{ from: '2020-01-01', tiers: [{ code: 'standard' }] }],
    checklist: [],
    form: [],
    result: text,
  };
  world.central.put('services', { ...good, id: 'X@1', form: [{ kind: 'hologram' }] } as never);
  world.central.put('services', good);
  const status = await syncOnce(replica);

  const codes: string[] = [];
  replica.watchServices((services) => codes.push(...services.map((it) => it.code)))();
  const found = await replica.findService('SOC-03', 1);
  expect([found?.code, status.attention.unreadable]).toEqual([
    'SOC-03',
    [{ collection: 'services', count: 1 }],
  ]);
});
