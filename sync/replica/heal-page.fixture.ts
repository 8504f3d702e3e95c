import { toEventKey } from './database.ts';
import { dropDatabase } from './drop-database.ts';
import { createDiskStorage } from './lean-storage.ts';
import { openPlain } from './plain-rxdb.fixture.ts';
import { createWorld, details, readCase, readList, syncOnce, toDraft, toSet } from './replica.fixture.ts';
import type { Replica } from './replica.ts';

// A desk whose copies are damaged behind its back, in a real browser on IndexedDB.

const EVENTS = 160;

/** A centre with a history, and a desk that has all of it and is closed now. */
async function openFull() {
  const world = createWorld({ pageDocs: 40 });
  const other = await world.createDesk('desk-2').open();
  for (let round = 0; round < EVENTS / 4; round += 1) {
    const draft = toDraft();
    await other.openCase(draft, details);
    for (const phone of ['1', '2', '3'])
      await other.record(draft.id, 'c', toSet('applicant.phone', phone, null));
  }
  await syncOnce(other);
  const desk = world.createDesk('desk-1');
  const open = () => desk.open({}, createDiskStorage());
  const ours = await open();
  await syncOnce(ours);
  await syncOnce(ours);
  await ours.close();
  return { world, desk, open };
}

/** Everything that lies in the stores of IndexedDB whose database is of `part`, as it lies there. */
async function changeStores(
  part: string,
  change: (store: IDBObjectStore, row: never) => void,
): Promise<void> {
  const all = (await indexedDB.databases()).flatMap((it) => it.name ?? []);
  for (const name of all.filter((it) => it.includes(part))) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const work = database.transaction('docs', 'readwrite');
    const store = work.objectStore('docs');
    const read = store.getAll();
    read.onsuccess = () => {
      for (const row of read.result) change(store, row as never);
    };
    await new Promise<void>((resolve) => {
      work.oncomplete = () => resolve();
    });
    database.close();
  }
}

const DAMAGES: Record<string, () => Promise<void>> = {
  'a row deleted': () =>
    changeStores('--events', (store, row: { key: string }) => {
      if (row.key === toEventKey(130)) store.delete(row.key);
    }),
  'a byte flipped': () =>
    changeStores('--events', (store, row: { key: string; event: string }) => {
      if (row.key === toEventKey(130)) store.put({ ...row, event: row.event.replace('"at":', '"at":1') });
    }),
  'a text torn': () =>
    changeStores('--events', (store, row: { key: string; event: string }) => {
      if (row.key === toEventKey(130)) store.put({ ...row, event: row.event.slice(0, -1) });
    }),
  'a checkpoint ahead': async () => {
    for (const part of ['rx-replication-meta', '--rx-']) {
      await changeStores(part, (store, row: { checkpointData?: { seq: number; chain: string } }) => {
        const at = row.checkpointData;
        if (at?.chain) store.put({ ...row, checkpointData: { ...at, seq: at.seq + 5 } });
      });
    }
  },
  'a case deleted': async () => {
    const seen = new Set<IDBObjectStore>();
    await changeStores('--cases', (store, row: { id: string }) => {
      if (!seen.has(store)) store.delete(row.id);
      seen.add(store);
    });
  },
};

/** Until the look at the copies has come to its end, and the round after it. */
async function untilMended(replica: Replica): Promise<void> {
  const isDone = () => {
    const { health, phase } = replica.sync.status();
    return (
      health.checkedAt !== null && phase === 'idle' && health.findings.every((it) => it.mendedAt !== null)
    );
  };
  replica.sync.start();
  await new Promise<void>((resolve) => {
    const stop = replica.sync.watch(() => {
      if (!isDone()) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

/** Opened before the browser closes the databases under them, and looked at afterwards. */
let opened: Awaited<ReturnType<typeof openToBeClosed>> | null = null;

async function openToBeClosed() {
  const { world, desk } = await openFull();
  let gone = 0;
  const told = () => {
    gone += 1;
  };
  const replica = await desk.open({}, createDiskStorage(), { gone: told });
  const plain = await openPlain('closed');
  await plain.insert({ id: 'before' });
  return { world, desk, replica, plain, gone: () => gone };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

async function nameOfFailure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: { name?: string; message?: string }) => `${error.name}: ${String(error.message).slice(0, 60)}`,
  );
}

const heal = {
  async openToBeClosed() {
    opened = await openToBeClosed();
  },
  /** Everything was closed: RxDB by itself, and our desk, in this life of the window and in the next. */
  async lookAfterClosing() {
    if (opened === null) throw new Error('nothing was opened');
    const { world, desk, replica, plain, gone } = opened;
    const tries: string[] = [];
    for (const id of ['a', 'b', 'c']) tries.push(await nameOfFailure(plain.insert({ id })));
    const [{ caseId } = { caseId: '' }] = world.central.events;
    const saved = await replica.record(caseId, 'c', toSet('applicant.phone', '4', '3'));
    replica.sync.start();
    while (gone() === 0 || world.central.events.length === 160) await pause();
    const sent = world.central.events.length;
    const refused = await replica.saveDraft(toDraft());
    // The window would be loaded again now (`copy-anew.test.ts`); a page that is not left has closed connections
    // under the old name, so the next copy has another.
    replica.sync.stop();
    const { outcome } = await dropDatabase(desk.name());
    const next = await desk.openEmpty(createDiskStorage());
    await syncOnce(next);
    await syncOnce(next);
    const { total } = await readList(next, { filter: 'all' });
    const phone = (await readCase(next, caseId))?.case.answers['applicant.phone'];
    return { tries, saved: saved.outcome, sent, refused: refused.outcome, outcome, total, phone };
  },

  async damage(name: string) {
    const { world, open } = await openFull();
    await DAMAGES[name]?.();
    world.central.asked.length = 0;
    const replica = await open();
    await untilMended(replica);
    const { findings } = replica.sync.status().health;
    const caseId = world.central.events.at(-1)?.caseId ?? '';
    const phone = (await readCase(replica, caseId))?.case.answers['applicant.phone'];
    const { total } = await readList(replica, { filter: 'all' });
    const pulls = world.central.asked.filter((it) => it === 'pull events').length;
    await replica.close();
    const again = await open();
    await untilMended(again);
    const second = again.sync.status().health.findings;
    await again.close();
    return {
      found: findings.map((it) => `${it.what} ${it.collection}`),
      phone,
      total,
      pulls,
      second: second.length,
    };
  },
};
export type Heal = typeof heal;
Object.assign(globalThis, { heal });
