import { createDiskStorage, toEventKey } from './database.ts';
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
    changeStores('--events', (store, row: { key: string; event: { at: number } }) => {
      if (row.key === toEventKey(130)) store.put({ ...row, event: { ...row.event, at: row.event.at + 1 } });
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

const heal = {
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
