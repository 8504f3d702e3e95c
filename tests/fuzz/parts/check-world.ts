import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Case } from '#model/case';
import type { CaseEvent, CentralEvent } from '#model/case-event';
import { ruleOf } from '#model/field-rules';
import { clampHlc } from '#model/hybrid-clock';
import { projectCase } from '#model/project-case';
import type { Service } from '#model/service';
import { toService } from '#model/service.fixture';
import { nextChain, toCanonicalJson } from '#protocol/chain';
import { PULL_ORDER } from '../../../sync/replica/pull-all.ts';
import { findUnpaid } from './owed.ts';
import type { SimCentral } from './sim-central.ts';
import type { SimDesk } from './sim-desk.ts';
import type { SimTables } from './sim-tables.ts';
import { CENTRE, type Saved, STRANGER, type World } from './world.ts';

type EventRow = {
  seq: number;
  device_id: string;
  n: number;
  event_id: string | null;
  case_id: string;
  status: string;
  code: string | null;
  event: CaseEvent;
  raw: { id?: string } | null;
  chain: string;
  received_at: number;
};

type DocRow = { seq: number; body: object; deleted: boolean };

const rowsOf = (tables: SimTables, table: string, centre: number): unknown[] =>
  [...(tables[table] ?? new Map()).entries()]
    .filter(([key]) => key.startsWith(`${centre}/`))
    .map(([, row]) => row);

function eventsOf(tables: SimTables, centre: number): EventRow[] {
  return (rowsOf(tables, 'event', centre) as EventRow[]).sort((a, b) => a.seq - b.seq);
}

function casesOf(tables: SimTables, centre: number): { case_id: string; doc: Case }[] {
  return rowsOf(tables, 'case_doc', centre) as { case_id: string; doc: Case }[];
}

/** What must be true of the centre at every moment: dense, once each, in each device's order, chained. */
function findStreamFaults(tables: SimTables, centre: number): string[] {
  const events = eventsOf(tables, centre);
  const head = Number(tables.stream?.get(`${centre}/events`)?.head ?? 0);
  const ids = events.flatMap((it) => it.event_id ?? []);
  return [
    ...(head === events.length ? [] : [`head of ${centre} is ${head}, with ${events.length} events`]),
    ...events.flatMap((it, index) => (it.seq === index + 1 ? [] : [`hole before ${it.seq}`])),
    ...(new Set(ids).size === ids.length ? [] : [`an event is twice in ${centre}`]),
    ...findOrderFaults(events),
    ...findChainFaults(events),
  ];
}

function findOrderFaults(events: readonly EventRow[]): string[] {
  const last = new Map<string, number>();
  return events.flatMap(({ device_id: device, n }) => {
    const expected = (last.get(device) ?? 0) + 1;
    last.set(device, n);
    return n === expected ? [] : [`${device} has ${n} in place of ${expected}`];
  });
}

function findChainFaults(events: readonly EventRow[]): string[] {
  let chain: Uint8Array = new Uint8Array();
  return events.flatMap(({ event, seq, status, code, chain: stored }) => {
    chain = nextChain(chain, { ...event, seq, status, ...(code === null ? {} : { code }) } as CentralEvent);
    return Buffer.from(chain).toString('base64') === stored ? [] : [`the chain breaks at ${seq}`];
  });
}

/** Every page of a desk's copy stands without a hole, and holds nothing of another centre's. */
function findCopyFaults(desk: SimDesk, strangers: ReadonlySet<string>): string[] {
  const rows = [...desk.replicaDisk.tables.events.values()].sort((a, b) => Number(a.seq) - Number(b.seq));
  const faults = rows.flatMap((row, index) =>
    row.seq === index + 1 ? [] : [`${desk.name}: hole at ${row.seq}`],
  );
  const seq = desk.replicaDisk.checkpoints.get('events')?.seq ?? 0;
  if (rows.length < seq) faults.push(`${desk.name}: cursor ${seq} with ${rows.length} events`);
  if (rows.some((row) => strangers.has(String(row.device))))
    faults.push(`${desk.name} has events of another centre`);
  return faults;
}

/** What was told to be saved is at the centre, once, and applied unless the rules speak against it. */
function findLost(tables: SimTables, centre: number, saved: readonly Saved[]): string[] {
  const byId = new Map<string, EventRow[]>();
  for (const it of eventsOf(tables, centre)) {
    // Three computers with one id bring one event twice: the second time it is a number without effect.
    if (it.code === 'id-taken') continue;
    const id = it.event_id ?? it.raw?.id ?? '';
    byId.set(id, [...(byId.get(id) ?? []), it]);
  }
  return saved.flatMap(({ eventId, desk, change }) => {
    const rows = byId.get(eventId) ?? [];
    if (rows.length !== 1) return [`${desk.name}: ${change.type} ${eventId} is there ${rows.length} times`];
    const [row] = rows;
    const isUsual =
      row?.code === null ||
      !['schema', 'device', 'id-taken', 'reducer', 'case-shape'].includes(row?.code ?? '');
    return isUsual ? [] : [`${desk.name}: ${change.type} was stored as ${row?.status} ${row?.code}`];
  });
}

/** Notes and payments that were taken are in their case, once; nothing else is. */
function findAdditionFaults(tables: SimTables, centre: number): string[] {
  const events = eventsOf(tables, centre).filter((it) => it.status !== 'rejected');
  return casesOf(tables, centre).flatMap(({ case_id: caseId, doc }) => {
    const own = events.flatMap((it) => (it.case_id === caseId ? [it.event] : []));
    const notes = own.flatMap((it) => (it.type === 'note.added' ? [it.body.id] : []));
    const paid = own.reduce((sum, it) => sum + (it.type === 'payment.recorded' ? it.body.amount : 0), 0);
    const isSame = toCanonicalJson(doc.notes.map((it) => it.id).sort()) === toCanonicalJson(notes.sort());
    const sum = doc.payments.reduce((all, { amount }) => all + amount, 0);
    return [
      ...(isSame ? [] : [`case ${caseId} has not the notes that were taken`]),
      ...(sum === paid ? [] : [`case ${caseId} has ${sum}, was paid ${paid}`]),
    ];
  });
}

/** A scan of a saved record is at the centre, whole, under its own hash; so is every other that is there. */
function findFileFaults({ central }: World, saved: readonly Saved[]): string[] {
  const { files } = central.bytes();
  const rows = central.tables().file;
  const lacking = saved.flatMap(({ desk, change }) => {
    if (change.type !== 'document.attached') return [];
    const name = `${desk.identity.centreId}/${change.body.sha256}`;
    const isThere = files.get(name)?.length === change.body.bytes && rows?.has(name) === true;
    return isThere ? [] : [`${desk.name}: the file of ${change.body.id} is not at the centre`];
  });
  const damaged = [...files].flatMap(([name, bytes]) =>
    name.endsWith(createHash('sha256').update(bytes).digest('hex')) ? [] : [`file ${name} is another`],
  );
  return [...lacking, ...damaged];
}

/** The whole stream folded anew, event by event, gives the cases that the pushes gave. */
function findFoldFaults(tables: SimTables, centre: number, service: Service): string[] {
  const folded = new Map<string, Case>();
  for (const { event, status, received_at: at } of eventsOf(tables, centre)) {
    if (status === 'rejected' && event.type === 'field.set' && event.hlc === '') continue;
    const context = { centreId: centre, ruleOf: (path: string) => ruleOf(service, path) };
    const before = folded.get(event.caseId) ?? null;
    const after = projectCase(before, { ...event, hlc: clampHlc(event.hlc, at) }, context).case;
    if (after !== null) folded.set(event.caseId, after);
  }
  return casesOf(tables, centre).flatMap(({ case_id: id, doc }) =>
    toCanonicalJson(folded.get(id)) === toCanonicalJson(doc) ? [] : [`case ${id} folds to something else`],
  );
}

/** Whether a desk says that it is in sync and has read as far as there is; cheap, and asked often. */
export function isInSync({ replica, replicaDisk, identity }: SimDesk, { tables }: SimCentral): boolean {
  const status = replica?.sync.status();
  if (status === undefined || status.trouble !== null || status.waiting.events > 0) return false;
  if (status.files.count > 0) return false;
  return PULL_ORDER.every((coll) => {
    const owner = coll === 'services' || coll === 'reference' ? 0 : identity.centreId;
    const head = Number(tables().stream?.get(`${owner}/${coll}`)?.head ?? 0);
    return (replicaDisk.checkpoints.get(coll)?.seq ?? 0) >= head;
  });
}

/** In sync: what the desk shows is what the centre has, and it says that nothing waits. */
export function findDisagreement(desk: SimDesk, { tables }: SimCentral): string[] {
  const centre = desk.identity.centreId;
  const status = desk.replica?.sync.status();
  const faults: string[] = [];
  if (status?.waiting.events !== 0 || status.trouble !== null) {
    faults.push(
      `${desk.name} says ${JSON.stringify({ waiting: status?.waiting.events, trouble: status?.trouble, phase: status?.phase })}`,
    );
  }
  const shown = new Map([...desk.replicaDisk.tables.cases.values()].map((row) => [String(row.id), row.doc]));
  const stored = casesOf(tables(), centre);
  if (shown.size !== stored.length) faults.push(`${desk.name} has ${shown.size} cases of ${stored.length}`);
  for (const { case_id: id, doc } of stored) {
    if (toCanonicalJson(shown.get(id)) !== toCanonicalJson(doc))
      faults.push(`${desk.name} has another case ${id}`);
  }
  return [...faults, ...findOtherCopies(desk, tables())];
}

/** Event for event, and all of the catalogue. */
function findOtherCopies({ name, identity, replicaDisk }: SimDesk, tables: SimTables): string[] {
  const { events, catalogue } = replicaDisk.tables;
  const stored = eventsOf(tables, identity.centreId);
  const other = stored.filter(({ seq, status, code, event }) => {
    const copy = events.get(String(seq).padStart(16, '0'));
    const told = { ...event, seq, status, ...(code === null ? {} : { code }) };
    return !isDeepStrictEqual(copy?.event, told) || copy?.seq !== seq;
  });
  const docs = [...rowsOf(tables, 'doc', 0), ...rowsOf(tables, 'doc', identity.centreId)] as DocRow[];
  const plain = (rows: readonly (readonly unknown[])[]): string =>
    toCanonicalJson(rows.map(toCanonicalJson).sort());
  const isSame =
    plain(docs.filter((it) => !it.deleted).map((it) => [it.seq, it.body])) ===
    plain([...catalogue.values()].map((it) => [it.seq, it.doc]));
  return [
    ...(events.size === stored.length ? [] : [`${name} has ${events.size} events of ${stored.length}`]),
    ...other.map((it) => `${name} has another event ${it.seq}`),
    ...(isSame ? [] : [`${name} has another catalogue`]),
  ];
}

/** What must be true at the end, besides that nobody is stuck. */
export function findEndFaults(world: World): string[] {
  const { central, desks, gone } = world;
  const saved = world.saved.filter((it) => !gone.has(it.desk));
  const opened = world.opened.filter((it) => !gone.has(it.desk));
  const tables = central.tables();
  const devices = (centre: number): Set<string> =>
    new Set(desks.filter((it) => it.identity.centreId !== centre).map((it) => it.identity.device));
  return [
    ...central.bugs,
    ...findFileFaults(world, saved),
    ...findUnpaid(world),
    ...desks.flatMap((it) => findCopyFaults(it, devices(it.identity.centreId))),
    ...opened.flatMap(({ caseId, desk }) =>
      tables.case_doc?.has(`${desk.identity.centreId}/${caseId}`)
        ? []
        : [`case ${caseId} of ${desk.name} is lost`],
    ),
    ...[CENTRE, STRANGER].flatMap((centre) => [
      ...findStreamFaults(tables, centre),
      ...findLost(
        tables,
        centre,
        saved.filter((it) => it.desk.identity.centreId === centre),
      ),
      ...findAdditionFaults(tables, centre),
      ...findFoldFaults(tables, centre, toService()),
    ]),
  ];
}
