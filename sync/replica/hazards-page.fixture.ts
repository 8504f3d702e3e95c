import type { RxCollection } from 'rxdb/plugins/core';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { createDiskStorage, toEventKey } from './database.ts';
import { type Doc, openPlain } from './plain-rxdb.fixture.ts';
import { createWorld, details, readCase, syncOnce, toDraft, toSet } from './replica.fixture.ts';

// Each hazard twice, in a real browser on IndexedDB: as RxDB replicates by itself, and as our replica does.

type Checkpoint = { seq: number };
const SENT = 'sent-by-rxdb';
const JOURNAL = 'journal';

/** Long enough for whatever RxDB does by itself after a failure: it tries again every 50 ms here. */
async function settle(replication: RxReplicationState<Doc, Checkpoint>): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    replication.reSync();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function idsOf(docs: RxCollection<Doc>): Promise<string[]> {
  return (await docs.find().exec()).map((it) => it.id).sort();
}

/** The disk refuses the first write of what `isIt` names, and takes everything again afterwards. */
function refuseOnce(isIt: (value: Record<string, unknown>) => boolean): () => number {
  let refused = 0;
  const { add, put } = IDBObjectStore.prototype;
  const guard = (write: typeof put) =>
    function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (refused === 0 && isIt((given[0] ?? {}) as Record<string, unknown>)) {
        refused += 1;
        throw new DOMException('no space is left', 'QuotaExceededError');
      }
      return write.apply(this, given);
    };
  Object.assign(IDBObjectStore.prototype, { add: guard(add), put: guard(put) });
  return () => refused;
}

/** Two events of another desk at the centre, and a desk of ours on IndexedDB that has pulled nothing yet. */
async function openOurs() {
  const world = createWorld({ pageDocs: 1 });
  const other = await world.createDesk('desk-2').open();
  const draft = toDraft();
  await other.openCase(draft, details);
  await other.record(draft.id, 'c', toSet('applicant.phone', '1', null));
  await other.record(draft.id, 'c', toSet('applicant.phone', '2', '1'));
  await syncOnce(other);
  const ours = await world.createDesk('desk-1').open({}, createDiskStorage());
  const read = async () => (await readCase(ours, draft.id))?.case.answers['applicant.phone'] ?? null;
  return { world, ours, read };
}

const hazards = {
  /** One life of a computer; the next begins with a load of the page, under another clock. */
  async clockBackPlain(id: string, isOnline: boolean) {
    const docs = await openPlain('clock');
    await docs.insert({ id });
    if (!isOnline) return [];
    const replication = replicateRxCollection<Doc, Checkpoint>({
      replicationIdentifier: 'clock',
      collection: docs,
      live: false,
      push: {
        async handler(rows) {
          const sent = JSON.parse(localStorage.getItem(SENT) ?? '[]') as string[];
          localStorage.setItem(SENT, JSON.stringify([...sent, ...rows.map((it) => it.newDocumentState.id)]));
          return [];
        },
      },
    });
    await replication.awaitInitialReplication();
    return JSON.parse(localStorage.getItem(SENT) ?? '[]') as string[];
  },
  async clockBackOurs(note: string, isOnline: boolean) {
    const world = createWorld();
    const desk = world.createDesk('desk-1');
    desk.disk.records.push(...JSON.parse(localStorage.getItem(JOURNAL) ?? '[]'));
    const replica = await desk.open({ now: () => Date.now() }, createDiskStorage());
    await replica.openCase(toDraft({ answers: { 'applicant.surname': note } }), details);
    localStorage.setItem(JOURNAL, JSON.stringify(desk.disk.records));
    if (isOnline) await syncOnce(replica);
    return world.central.events.flatMap((it) =>
      it.type === 'case.opened' ? [it.body.answers['applicant.surname']] : [],
    );
  },

  async strangeAnswerPlain() {
    const docs = await openPlain('strange');
    let asked = 0;
    const replication = replicateRxCollection<Doc, Checkpoint>({
      replicationIdentifier: 'strange',
      collection: docs,
      live: true,
      retryTime: 50,
      pull: {
        async handler(at) {
          asked += 1;
          if (asked === 1) return { status: 'ok' } as never;
          return {
            documents: at === undefined ? [{ id: 'a', _deleted: false }] : [],
            checkpoint: { seq: 1 },
          };
        },
      },
    });
    await settle(replication);
    return { asked, ids: await idsOf(docs) };
  },
  async strangeAnswerOurs() {
    const { world, ours, read } = await openOurs();
    let isFirst = true;
    world.central.alter = (name, answer) => {
      if (name !== 'pull events' || !isFirst) return answer;
      isFirst = false;
      return { status: 'ok' } as never;
    };
    await syncOnce(ours);
    await syncOnce(ours);
    return read();
  },

  async refusedWritePlain() {
    const refused = refuseOnce((it) => it.id === 'b');
    const docs = await openPlain('refused');
    const all = ['a', 'b', 'c', 'd'];
    const replication = replicateRxCollection<Doc, Checkpoint>({
      replicationIdentifier: 'refused',
      collection: docs,
      live: true,
      retryTime: 50,
      pull: {
        batchSize: 1,
        async handler(at) {
          const seq = at?.seq ?? 0;
          // The page after it is asked for before the write of this one has failed, and comes when it has.
          while (seq === 2 && refused() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
          const next = all.slice(seq, seq + 1).map((id) => ({ id, _deleted: false }));
          return { documents: next, checkpoint: { seq: seq + next.length } };
        },
      },
    });
    await settle(replication);
    return { refused: refused(), ids: await idsOf(docs) };
  },
  async refusedWriteOurs() {
    const { ours, read } = await openOurs();
    const refused = refuseOnce((it) => it.key === toEventKey(2));
    await syncOnce(ours);
    await syncOnce(ours);
    return { refused: refused(), phone: await read(), trouble: ours.sync.status().trouble };
  },
};
export type Hazards = typeof hazards;
Object.assign(globalThis, { hazards });
