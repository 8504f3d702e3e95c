import type { CaseEvent, EventBody } from '#model/case-event';
import { toService } from '#model/service.fixture';
import type { StaffMember } from '#model/staff';
import { type ProgramName, type Programs, toPrograms } from './programs.ts';
import { createRandom, type Random } from './random.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { createSimCentral, type SimCentral } from './sim-central.ts';
import { createDesk, type SimDesk } from './sim-desk.ts';
import type { SimTables } from './sim-tables.ts';
import type { SqlLog } from './sql-log.ts';

/** What a desk was told is saved: nothing of it may ever be missing, or be there twice. */
export type Saved = { eventId: string; caseId: string; desk: SimDesk; change: EventBody };

/** What a desk that is gone for ever had saved, and somebody else holds. */
export type Owed = { what: string; centreId: number; isIt(id: string | null, event: CaseEvent): boolean };

/** Three desks of one centre and one of another, around one central server. */
export type World = {
  programs: Programs;
  /** The desk's database answers no more. */
  repair(desk: SimDesk): void;
  /** Faults that happen more than others. */
  often: readonly string[];
  /** Long streams come packed. */
  isPacked: boolean;
  /** Copies may be damaged, and the centre compares them with its own. */
  isCompared: boolean;
  scheduler: Scheduler;
  random: Random;
  central: SimCentral;
  desks: SimDesk[];
  saved: Saved[];
  /** Cases of which a desk was told that they are opened. */
  opened: { caseId: string; desk: SimDesk }[];
  /** Desks that were destroyed. */
  gone: Set<SimDesk>;
  owed: Owed[];
  /** How often each thing went wrong. */
  counted: Record<string, number>;
  violations: string[];
};

export const CENTRE = 13;
export const STRANGER = 14;
const OFFICE = 1;
const START_AT = 1_790_000_000_000;
/** Of histories: in the others all comes in pages. */
const PACKED_SHARE = 0.25;
/** Of histories: in the others no copy is damaged, and none is compared. */
const DAMAGED_SHARE = 0.2;
/** So short that a stream is soon packed. */
const MOST_UNPACKED = 6;
/** Of histories, and in those of desks, when they begin: an update comes to one after another. */
const OLDER_SHARE = 0.12;
const OLDER_DESKS = 0.5;
const PLACES = [
  { device: 'desk-1', centreId: CENTRE },
  { device: 'desk-2', centreId: CENTRE },
  { device: 'desk-3', centreId: CENTRE },
  { device: 'desk-4', centreId: STRANGER },
] as const;

/** What is made wrong on purpose, to show that a history finds it. */
export type Sabotage = 'flush lies' | 'pages forgotten' | 'half a commit' | Exclude<ProgramName, 'older'>;

/** `log` hears what the centre's database was asked; `often` names faults that are to happen more than others. */
export type PlayOptions = { sabotage?: Sabotage; often?: readonly string[]; log?: SqlLog };

export function createWorld(seed: number, { sabotage, often = [], log }: PlayOptions = {}): World {
  const random = createRandom(seed);
  const scheduler = createScheduler(random, START_AT);
  const central = createSimCentral(scheduler, seedTables, {
    isHalf: sabotage === 'half a commit',
    log,
    leastPacked: 1 + random.below(MOST_UNPACKED),
  });
  const desks = PLACES.map(({ device, centreId }, index) =>
    createDesk(scheduler, device, { device, centreId, desk: device, deskNumber: index + 1 }),
  );
  for (const { disk, replicaDisk } of desks) {
    disk.isLying = sabotage === 'flush lies';
    replicaDisk.isForgetful = sabotage === 'pages forgotten';
  }
  const programs = toPrograms(sabotage);
  const isPacked = often.length > 0 || random.chance(PACKED_SHARE);
  const isCompared = random.chance(DAMAGED_SHARE);
  const hasOlder = random.chance(OLDER_SHARE) && programs.older !== null;
  for (const desk of desks) desk.isOlder = hasOlder && random.chance(OLDER_DESKS);
  return {
    repair: () => undefined,
    often,
    programs,
    isPacked,
    isCompared,
    scheduler,
    random,
    central,
    desks,
    saved: [],
    opened: [],
    gone: new Set(),
    owed: [],
    counted: {},
    violations: [],
  };
}

export function reportBug(world: World): (error: unknown) => void {
  return (error) => {
    world.violations.push(`threw: ${error instanceof Error ? error.stack : String(error)}`);
  };
}

function seedTables(tables: SimTables): void {
  for (const { device, centreId } of PLACES) {
    const row = {
      centre_id: centreId,
      device_id: device,
      last_n: 0,
      enrolled_at: 0,
      revoked_at: null,
      quiet_at: null,
    };
    tables.device?.set(`${centreId}/${device}`, row);
  }
  for (const centreId of new Set(PLACES.map((it) => it.centreId))) {
    const row = { centre_id: centreId, parent_id: OFFICE, number_prefix: '1708204', is_partner: false };
    tables.centre?.set(String(centreId), row);
  }
  // The clerk of all desks belongs to the office that supervises both centres.
  tables.centre?.set(String(OFFICE), {
    centre_id: OFFICE,
    parent_id: null,
    number_prefix: '1726000',
    is_partner: false,
  });
  const clerk: StaffMember = { id: 'clerk', centreId: OFFICE, name: 'A clerk', role: 'supervisor' };
  tables.doc?.set(`${OFFICE}/staff/clerk`, { id: 'clerk', seq: 1, body: clerk, deleted: false });
  const staff = { centre_id: OFFICE, coll: 'staff', head: 1, chain: '', min_seq: 0 };
  tables.stream?.set(`${OFFICE}/staff`, staff);
  tables.doc?.set('0/services/SOC-03@1', { id: 'SOC-03@1', seq: 1, body: toService(), deleted: false });
  tables.stream?.set('0/services', { centre_id: 0, coll: 'services', head: 1, chain: '', min_seq: 0 });
}
