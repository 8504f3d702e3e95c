import { createDiskStorage } from './lean-storage.ts';
import { openPlain } from './plain-rxdb.fixture.ts';
import { createWorld, details, syncOnce, toDraft, toSet } from './replica.fixture.ts';

// A desk in a real browser, whose disk is filled and freed again from outside, between the calls.

const CASES = 20;

let opened: Awaited<ReturnType<typeof openAll>> | null = null;

function look() {
  if (opened === null) throw new Error('nothing was opened');
  return opened;
}

async function openAll() {
  const world = createWorld();
  const other = await world.createDesk('desk-2').open();
  let gone = 0;
  const told = () => {
    gone += 1;
  };
  const replica = await world.createDesk('desk-1').open({}, createDiskStorage(), { gone: told });
  const draft = toDraft();
  await replica.openCase(draft, details);
  await syncOnce(replica);
  const plain = await openPlain('plain');
  await plain.insert({ id: 'before' });
  return { world, other, replica, plain, caseId: draft.id, gone: () => gone };
}

/** Of no use to a compression. */
function toNoise(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(30_000));
  return Array.from(bytes, (it) => it.toString(16).padStart(2, '0')).join('');
}

async function insert(ids: string): Promise<string[]> {
  const tries: string[] = [];
  for (let at = 0; at < 10; at += 1) {
    const inserted = look().plain.insert({ id: `${ids}-${at}`, stamp: toNoise() });
    tries.push(await inserted.then(() => 'done').catch((error: Error) => error.name));
  }
  return tries;
}

/** Another desk works on: ours has something to write, and no room. */
async function workOn(): Promise<void> {
  const { other } = look();
  for (let at = 0; at < CASES; at += 1) {
    const draft = toDraft();
    await other.openCase(draft, details);
    await other.record(draft.id, 'c', toSet('applicant.phone', toNoise(), null));
  }
  await syncOnce(other);
}

const fullDisk = {
  async open() {
    opened = await openAll();
  },

  async whileFull() {
    const { replica, caseId, gone } = look();
    const tries = await insert('full');
    await workOn();
    const { phase } = await syncOnce(replica);
    const { outcome } = await replica.record(caseId, 'c', toSet('applicant.phone', '4', null));
    return { tries, phase, saved: outcome, isTold: gone() > 0 };
  },

  async whenFree() {
    const { replica, world } = look();
    const tries = await insert('free');
    await syncOnce(replica);
    const sent = world.central.events.filter((it) => it.device === 'desk-1').length;
    return { tries, sent };
  },
};
export type FullDisk = typeof fullDisk;
Object.assign(globalThis, { fullDisk });
