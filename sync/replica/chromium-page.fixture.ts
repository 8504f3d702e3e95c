import { createHttpCentral } from './http-central.ts';
import { openReplica } from './open-replica.ts';
import type { ReplicaPorts } from './ports.ts';
import { details, readCase, readDrafts, readList, toDraft, toSet } from './replica.fixture.ts';
import type { Draft } from './replica.ts';

async function call(name: string, ask: unknown): Promise<never> {
  const response = await fetch(`/station/${name}`, { method: 'POST', body: JSON.stringify(ask) });
  return (await response.json()) as never;
}

const ports: ReplicaPorts = {
  journal: {
    append: (payload) => call('append', { payload }),
    read: (from, maxBytes) => call('read', { from, maxBytes }),
    acknowledge: (upTo) => call('acknowledge', { upTo }),
    goOnAfter: (n) => call('goOnAfter', { n }),
    state: () => call('state', null),
  },
  files: {
    queue: async () => ({ outcome: 'queued' }),
    centreIs: async () => ({ outcome: 'noted' }),
    discard: async () => ({ outcome: 'discarded' }),
    waiting: async () => ({ count: 0, bytes: 0 }),
    send: async () => ({ outcome: 'none-waiting' }),
  },
  central: createHttpCentral({ fetch: (...args) => fetch(...args), baseUrl: '/central', now: Date.now }),
  nextCount: (name) => call('count', { name }),
  now: Date.now,
  random: Math.random,
};

/** What the test may ask of the page; the page says nothing on its own but which saves were acknowledged. */
const page = {
  async open() {
    const identity = { device: 'desk-1', centreId: 13, desk: 'desk-1', deskNumber: 3 };
    const replica = await openReplica({ name: 'darcha-desk-1', identity, ports, appVersion: '1.0.0' });
    return {
      /** Saves and records until the browser is killed; each acknowledged one is told to the station. */
      async work() {
        for (let round = 1; ; round++) {
          const draft: Draft = toDraft({ answers: { 'applicant.surname': `person-${round}` } });
          await replica.saveDraft(draft);
          await call('note', { kind: 'draft', id: draft.id });
          const other = toDraft({ answers: { 'applicant.surname': `opened-${round}` } });
          await replica.saveDraft(other);
          await replica.openCase(other, details);
          await call('note', { kind: 'case', id: other.id });
          const phone = toSet('applicant.phone', `+9989${round}`, null);
          await replica.record(other.id, 'c', phone);
          await call('note', { kind: 'event', id: other.id });
        }
      },
      async look(caseIds: string[]) {
        const cases = [];
        for (const id of caseIds) {
          const found = await readCase(replica, id);
          cases.push({ id, phone: found?.case.answers['applicant.phone'] ?? null, isThere: found !== null });
        }
        return { drafts: (await readDrafts(replica)).map((it) => it.id), cases };
      },
      /** How long a save takes, journal over HTTP included. */
      async measure(count: number) {
        const times: number[] = [];
        const draft = toDraft();
        await replica.openCase(draft, details);
        for (let i = 0; i < count; i++) {
          const startedAt = performance.now();
          await replica.record(draft.id, 'c', { type: 'note.added', body: { id: `${i}`, text: 'x' } });
          times.push(performance.now() - startedAt);
        }
        return times.sort((a, b) => a - b);
      },
      sync: () =>
        new Promise((resolve) => {
          replica.sync.watch((status) => {
            if (status.phase === 'idle' || status.phase === 'waiting-to-retry') resolve(status);
          });
          replica.sync.start();
        }),
      async list() {
        const startedAt = performance.now();
        const list = await readList(replica);
        return { total: list.total, shown: list.rows.length, ms: performance.now() - startedAt };
      },
    };
  },
};
Object.assign(globalThis, { page });
