import { planRepair } from '../../../renderer/data/plan-repair.ts';
import { forgiveWhatNobodyHolds } from './owed.ts';
import type { Random } from './random.ts';
import { reload, type SimDesk, start } from './sim-desk.ts';
import { createReplicaDisk, type SimReplicaDisk } from './sim-store.ts';
import { reportBug, type World } from './world.ts';

type Row = Record<string, unknown>;

function pickRow(random: Random, rows: Map<string, Row>): [string, Row] | null {
  return rows.size === 0 ? null : random.pick([...rows]);
}

/** What a disk does to a database behind its back. */
const DAMAGES: readonly ((disk: SimReplicaDisk, random: Random) => void)[] = [
  ({ tables }, random) => void tables.events.delete(pickRow(random, tables.events)?.[0] ?? ''),
  ({ tables }, random) => void tables.cases.delete(pickRow(random, tables.cases)?.[0] ?? ''),
  ({ tables }, random) => void tables.catalogue.delete(pickRow(random, tables.catalogue)?.[0] ?? ''),
  ({ tables }, random) => void tables.local.delete(pickRow(random, tables.local)?.[0] ?? ''),
  function flipByte({ tables }, random) {
    const [key, row] = pickRow(random, tables.events) ?? [];
    if (key === undefined || row === undefined) return;
    const event = row.event as { at: number };
    tables.events.set(key, { ...row, event: { ...event, at: event.at + 1 } });
  },
  function flipNumber({ tables }, random) {
    const [key, row] = pickRow(random, tables.events) ?? [];
    if (key !== undefined && row !== undefined) tables.events.set(key, { ...row, seq: Number(row.seq) + 1 });
  },
  function losePage({ tables }, random) {
    const rows = [...tables.events.keys()].sort();
    const from = random.below(rows.length + 1);
    for (const it of rows.slice(from, from + 3)) tables.events.delete(it);
  },
  function runAhead({ checkpoints }) {
    const at = checkpoints.get('events');
    if (at !== undefined) checkpoints.set('events', { ...at, seq: at.seq + 3 });
  },
];

export function damage(world: World, desk: SimDesk): void {
  if (!world.isCompared) return;
  world.random.pick(DAMAGES)(desk.replicaDisk, world.random);
  desk.isDamaged = true;
  forgiveWhatNobodyHolds(world);
}

export function closeDatabase({ random }: World, { replicaDisk }: SimDesk): void {
  replicaDisk.closed = random.chance(0.7) ? 'until reload' : 'until made anew';
}

/** What the window does when its database answers no more, in place of `repair-window.ts`. */
export function repair(world: World, desk: SimDesk): void {
  const { plan, next } = planRepair(world.scheduler.now(), desk.repairs, desk.disk.isFull ? 0 : null);
  // Who calls again finds out when it is time.
  if (plan === 'no-room' || plan === 'later') return;
  world.scheduler.trace.push(`-- ${plan} ${desk.name}`);
  if (plan === 'rebuild') makeAnew(world, desk);
  desk.repairs = next;
  loadAgain(world, desk);
}

/** By the button, or because nothing else helped: from the journal and from the centre. */
export function makeAnew(world: World, desk: SimDesk): void {
  desk.replicaDisk = createReplicaDisk();
  forgiveWhatNobodyHolds(world);
}

/** With it a copy is looked through anew. */
export function loadAgain(world: World, desk: SimDesk): void {
  reload(world, desk);
  void start(world, desk).catch(reportBug(world));
}

/** Whether what was damaged has been looked at since, and mended. */
export function isWhole({ isDamaged, replica }: SimDesk): boolean {
  const health = replica?.sync.status().health;
  if (!isDamaged) return true;
  return health?.checkedAt != null && health.findings.every((it) => it.mendedAt !== null);
}
