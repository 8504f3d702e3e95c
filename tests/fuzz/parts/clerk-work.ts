import type { Case } from '#model/case';
import type { EventBody } from '#model/case-event';
import { TRANSITIONS } from '#model/case-status';
import { newId } from '#model/new-id';
import { settleConflict } from '#model/resolve-conflict';
import type { Draft, Replica } from '#replica/replica';
import type { Random } from './random.ts';
import type { SimDesk } from './sim-desk.ts';
import type { World } from './world.ts';

function toDraft(at: number): Draft {
  return {
    id: newId(),
    serviceCode: 'SOC-03',
    serviceVersion: 1,
    startedAt: at,
    changedAt: at,
    startedBy: 'clerk',
    channel: 'hall',
    language: 'uz-Latn',
    number: null,
    answers: { 'applicant.surname': 'Karimova', 'form.childName': 'Anora' },
    documents: [],
  };
}

const DETAILS = {
  by: 'clerk',
  prefix: '1708204',
  year: 2026,
  fee: { amount: 41_200, baseAmount: 412_000, tier: 'standard', currency: 'UZS' as const },
  missing: [],
  dueAt: 1_790_500_000_000,
};

const FIELDS = ['applicant.surname', 'applicant.phone', 'form.childName'];

type Scan = { sha256: string; bytes: number } | null;
/** What there is to work with at a desk. */
type Means = { scan: Scan; isOlder: boolean };

/** One of the things that clerks do with a case as they see it. */
function chooseChange(random: Random, it: Case, { scan, isOlder }: Means): EventBody {
  const conflict = it.conflicts[0];
  if (conflict !== undefined && random.chance(0.4)) {
    return settleConflict(conflict, random.chance(0.5) ? 'kept' : 'offered');
  }
  switch (random.below(6)) {
    case 0:
    case 1: {
      const field = random.pick(FIELDS);
      const set = { [field]: `value-${random.below(1_000)}` };
      return { type: 'field.set', body: { set, was: { [field]: it.answers[field] ?? null } } };
    }
    case 2:
      return { type: 'note.added', body: { id: newId(), text: `note-${random.below(1_000)}` } };
    case 3: {
      if (isOlder) return { type: 'note.added', body: { id: newId(), text: 'paid' } };
      const amount = 1 + random.below(50_000);
      return { type: 'payment.recorded', body: { id: newId(), amount, method: 'cash', slip: '' } };
    }
    case 4:
      if (scan === null) return { type: 'note.added', body: { id: newId(), text: 'no room for a scan' } };
      return {
        type: 'document.attached',
        body: { id: newId(), item: 'other', ...scan, mime: 'image/png', name: 'scan.png' },
      };
    default: {
      const to = TRANSITIONS[it.status];
      if (to.length === 0) return { type: 'note.added', body: { id: newId(), text: 'closed' } };
      return {
        type: 'state.moved',
        body: { from: it.status, to: random.pick(to), grounds: ['R01'], reason: 'x' },
      };
    }
  }
}

/** The case as this desk shows it now. */
function look(replica: Replica, caseId: string): Promise<Case | null> {
  return new Promise((resolve) => {
    const stop = replica.watchCase(caseId, (view) => {
      resolve(view?.case ?? null);
      queueMicrotask(() => stop());
    });
  });
}

/** Now and then there is a paper on the scanner; `null`: there is none, or the disk does not take it. */
async function keepScan(random: Random, { kept }: SimDesk): Promise<Scan> {
  if (kept === null || random.chance(0.5)) return null;
  const bytes = Uint8Array.from({ length: 30 + random.below(120) }, () => random.below(256));
  const outcome = await kept.blobs.keep(bytes);
  return outcome.outcome === 'kept' ? { sha256: outcome.sha256, bytes: outcome.bytes } : null;
}

/** The highest number of its own that a desk has in the copies which it takes for whole. */
function highestKnown({ identity, replicaDisk }: SimDesk): number {
  const { tables, checkpoints } = replicaDisk;
  const events = checkpoints.has('events') ? [...tables.events.values()] : [];
  const cases = checkpoints.has('cases') ? [...tables.cases.values()] : [];
  return Math.max(
    0,
    ...events.map((it) => (it.device === identity.device ? Number(it.n) : 0)),
    ...cases.map((it) => (it.doc as Case).applied[identity.device] ?? 0),
  );
}

/** A clerk does one thing at a desk that is on; what she is told is saved is noted. */
export async function workAt(world: World, desk: SimDesk): Promise<void> {
  const { random, opened } = world;
  if (desk.replica === null) return;
  const here = opened.filter((it) => it.desk.identity.centreId === desk.identity.centreId);
  if (here.length === 0 || random.chance(0.25)) await open(world, desk, desk.replica);
  else await change(world, desk, { replica: desk.replica, caseId: random.pick(here).caseId });
}

async function open(
  { scheduler, opened, violations }: World,
  desk: SimDesk,
  replica: Replica,
): Promise<void> {
  const { window, kept } = desk;
  const known = highestKnown(desk);
  const draft = toDraft(scheduler.now());
  const outcome = await replica.openCase(draft, DETAILS);
  if (outcome.outcome !== 'opened' || window.isDead) return;
  opened.push({ caseId: draft.id, desk });
  const given = (await kept?.journal.state())?.last ?? 0;
  if (given <= known) violations.push(`${desk.name} gives a number again, and knows of ${known}`);
}

async function change(
  { random, saved, violations }: World,
  desk: SimDesk,
  { replica, caseId }: { replica: Replica; caseId: string },
): Promise<void> {
  const { window } = desk;
  const isCopied = desk.replicaDisk.tables.cases.has(caseId);
  const before = await look(replica, caseId);
  if (before === null) return;
  const made = chooseChange(random, before, {
    scan: await keepScan(random, desk),
    isOlder: desk.isOlder,
  });
  const known = highestKnown(desk);
  const outcome = await replica.record(caseId, 'clerk', made);
  if (outcome.outcome !== 'saved' || window.isDead) return;
  if (outcome.event.n <= known)
    violations.push(`${desk.name} gives the number ${outcome.event.n} again, and knows of ${known}`);
  saved.push({ eventId: outcome.event.id, caseId, desk, change: made });
  const after = await look(replica, caseId);
  const isSeen = made.type !== 'note.added' || after?.notes.some((it) => it.id === made.body.id);
  // Between two histories of the centre its copies are gone for a while, and what lies over them is not seen.
  const isDropped = isCopied && !desk.replicaDisk.tables.cases.has(caseId);
  if (!isSeen && !isDropped && !window.isDead)
    violations.push(`${desk.name} does not see ${outcome.event.id} that it has just noted`);
}
