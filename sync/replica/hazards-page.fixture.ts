import type { RxCollection } from 'rxdb/plugins/core';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { toEventKey } from './database.ts';
import { createDiskStorage } from './lean-storage.ts';
import { type Doc, openPlain, wrapDiskStorage } from './plain-rxdb.fixture.ts';
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
  return { world, ours, read, id: draft.id };
}

/** What is read of a record that cannot be deciphered. */
const readSealed = {
  throws(doc: Doc): Doc {
    if (doc.id === 'bad') throw new Error('cannot be deciphered');
    return doc;
  },
  marks: (doc: Doc): Doc => (doc.id === 'bad' ? { ...doc, stamp: 'poisoned' } : doc),
};

async function isWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    work.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms)),
  ]);
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

  async brokenModifierPlain(ids: string[], isBroken: boolean) {
    const docs = await openPlain('modifier');
    const sent: string[] = [];
    let thrown = 0;
    const replication = replicateRxCollection<Doc, Checkpoint>({
      replicationIdentifier: 'modifier',
      collection: docs,
      live: true,
      retryTime: 50,
      push: {
        modifier(doc) {
          if (isBroken && thrown === 0) {
            thrown += 1;
            throw new Error('a bug of ours');
          }
          return doc;
        },
        async handler(rows) {
          sent.push(...rows.map((it) => it.newDocumentState.id));
          return [];
        },
      },
    });
    await replication.awaitInitialReplication();
    for (const id of ids) {
      await docs.insert({ id });
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return { thrown, sent };
  },
  async brokenPushOurs() {
    const world = createWorld();
    const desk = world.createDesk('desk-1');
    const ours = await desk.open({}, createDiskStorage());
    await ours.openCase(toDraft(), details);
    world.central.before = (name) =>
      name === 'push' ? { outcome: 'not-central', reason: 'unreadable' } : undefined;
    await syncOnce(ours);
    const before = world.central.events.length;
    await ours.close();
    world.central.before = () => undefined;
    await syncOnce(await desk.open({}, createDiskStorage()));
    return [before, world.central.events.length];
  },

  async changedOnAcceptPlain() {
    const docs = await openPlain('accept');
    await docs.insert({ id: 'a' });
    const server = { doc: null as Doc | null, isPulled: false, answered: 0 };
    const until = async (isIt: () => boolean) => {
      while (!isIt()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const replication = replicateRxCollection<Doc, Checkpoint>({
      replicationIdentifier: 'accept',
      collection: docs,
      live: true,
      retryTime: 50,
      pull: {
        async handler(at) {
          await until(() => server.doc !== null);
          const next = at === undefined && server.doc !== null ? [{ ...server.doc, _deleted: false }] : [];
          if (at !== undefined) server.isPulled = true;
          return { documents: next, checkpoint: { seq: 1 } };
        },
        batchSize: 1,
      },
      push: {
        async handler(rows) {
          for (const row of rows) server.doc = { id: row.newDocumentState.id, stamp: 'accepted' };
          await until(() => server.isPulled);
          await new Promise((resolve) => setTimeout(resolve, 100));
          server.answered += 1;
          return [];
        },
      },
    });
    await settle(replication);
    const here = (await docs.findOne('a').exec())?.toJSON();
    return { here: here?.stamp ?? null, there: server.doc?.stamp ?? null, pushes: server.answered };
  },
  async changedOnAcceptOurs() {
    const { world, ours, read, id } = await openOurs();
    let recorded: Promise<unknown> | null = null;
    world.central.alter = (name, answer) => {
      if (name === 'pull cases') recorded ??= ours.record(id, 'c', toSet('applicant.phone', '3', '2'));
      const found = world.central.caseOf(id);
      if (name === 'push' && found !== undefined) {
        Object.assign(found, { answers: { ...found.answers, 'applicant.surname': 'accepted' } });
      }
      return answer;
    };
    await syncOnce(ours);
    await recorded;
    await syncOnce(ours);
    const surname = (await readCase(ours, id))?.case.answers['applicant.surname'];
    return { sent: world.central.events.length, phone: await read(), surname };
  },

  /** For each of three writes, whether it ended. */
  async sealedWrites(how: 'throws' | 'marks' | 'ours') {
    const storage = how === 'ours' ? createDiskStorage() : wrapDiskStorage(readSealed[how]);
    const docs = await openPlain(`sealed-${how}`, storage);
    const ended: boolean[] = [];
    for (const id of ['good', 'bad', 'later']) ended.push(await isWithin(2_000, docs.insert({ id })));
    return ended;
  },
};
export type Hazards = typeof hazards;
Object.assign(globalThis, { hazards });
