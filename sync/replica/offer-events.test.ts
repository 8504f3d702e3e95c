import { expect, test } from 'vitest';
import type { Failure } from '#protocol/central';
import { open } from './open-in-test.fixture.ts';
import { createWorld, details, readCase, readTimeline, syncOnce, toDraft } from './replica.fixture.ts';
import type { Replica } from './replica.ts';

const LOST: Failure = { outcome: 'offline', reason: 'cut' };

const note = (replica: Replica, caseId: string, text: string) =>
  replica.record(caseId, 'c1', { type: 'note.added', body: { id: `note-${text}`, text } });

/** Two desks with one case, all of it synced; then the centre falls back to its first two events. */
async function restore() {
  const world = createWorld();
  const [one, two] = [world.createDesk('baxmal-1'), world.createDesk('baxmal-2')];
  const [gone, stays] = [await open(one.open()), await open(two.open())];
  const draft = toDraft();
  await gone.openCase(draft, details);
  await note(gone, draft.id, 'a');
  await syncOnce(gone);
  await syncOnce(stays);
  await note(stays, draft.id, 'b');
  await syncOnce(stays);
  for (const text of ['c', 'd', 'e', 'f']) await note(gone, draft.id, text);
  await syncOnce(gone);
  await syncOnce(stays);
  const whole = world.central.events.map((it) => it.id);
  world.central.restoreFrom(world.central.events.slice(0, 2), 'epoch-2');
  world.central.restored = { since: 2 };
  return { central: world.central, gone, stays, whole, caseId: draft.id };
}

test('a desk heals a restored centre of what another had sent, before it drops its copies', async () => {
  const { central, gone, stays, whole, caseId } = await restore();
  const status = await syncOnce(stays);
  const healed = central.events.map((it) => it.id);
  await syncOnce(gone);

  expect([status.phase, healed, central.events.map((it) => it.id)]).toEqual(['idle', whole, whole]);
  const views = [await readCase(gone, caseId), await readCase(stays, caseId)];
  expect(views[0]).toEqual(views[1]);
  expect(views[0]?.case.notes.map((it) => it.text)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test.each(['before', 'after'] as const)(
  'an offer cut %s it was taken is made again, and nothing is doubled',
  async (when) => {
    const { central, stays, whole } = await restore();
    const own = central[when];
    central[when] = (name) => (name === 'offer' ? LOST : undefined);
    await syncOnce(stays);
    central[when] = own;
    const status = await syncOnce(stays);

    expect([status.phase, central.events.map((it) => it.id)]).toEqual(['idle', whole]);
  },
);

test('a centre that wants nothing offered gets what each desk has in its own journal', async () => {
  const { central, gone, stays, whole } = await restore();
  central.restored = null;
  const phases = [];
  for (const it of [stays, gone]) phases.push((await syncOnce(it)).phase);

  expect([phases, central.events.map((it) => it.id).sort()]).toEqual([['idle', 'idle'], [...whole].sort()]);
});

test('a centre that is put back in the middle of a round is healed with the next one, before any copy goes', async () => {
  const { central, gone, stays, caseId } = await restore();
  for (const it of [stays, gone, stays]) await syncOnce(it);
  await note(gone, caseId, 'g');
  await syncOnce(gone);
  await note(stays, caseId, 'h');
  await syncOnce(stays);
  await note(gone, caseId, 'i');
  await syncOnce(gone);
  const whole = central.events.map((it) => it.id);
  const before = central.before;
  central.before = (name) => {
    if (name !== 'pull events') return undefined;
    central.before = before;
    central.restoreFrom(structuredClone(central.events.slice(0, 3)), 'epoch-3');
    central.restored = { since: 3 };
    return undefined;
  };
  const interrupted = await syncOnce(stays);
  const held = await readTimeline(stays, caseId);
  const status = await syncOnce(stays);
  await syncOnce(gone);

  expect(interrupted.trouble?.failure).toEqual({ outcome: 'refused', code: 'must-refetch', reason: 'epoch' });
  // The note that only the lost page had comes from its desk's own journal.
  expect([held.length, status.phase]).toEqual([whole.length - 1, 'idle']);
  expect(central.events.map((it) => it.id)).toEqual(whole);
});
