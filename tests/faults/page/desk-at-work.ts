import type { Case } from '#model/case';
import { newId } from '#model/new-id';
import { openStation } from '../../../renderer/app/open-station.ts';
import type { Desk } from '../../../renderer/data/desk.ts';
import { enrol, openDesk, readStation } from '../../../renderer/data/open-desk.ts';

/** What a clerk was told is saved. */
export type Acknowledged =
  | { kind: 'draft'; id: string; changedAt: number }
  | { kind: 'case'; id: string; number: string }
  | { kind: 'event'; id: string; caseId: string };

export type Look = {
  drafts: { id: string; changedAt: number }[];
  cases: { id: string; number: string | null; events: string[] }[];
};

export type Standing = { phase: string; trouble: string | null; waiting: number; needsYou: number };

/** A desk without a face on the real station, replica and sync: what the tool may ask of it. */
export type DeskAtWork = {
  open(): Promise<void>;
  /** Takes cases until it is ended or something rejects; each save that was answered is told. */
  work(): Promise<void>;
  look(caseIds: readonly string[]): Promise<Look>;
  standing(): Standing;
  /** The window is not gone on with by itself when it is loaded the next time. */
  stop(): void;
};

declare global {
  interface Window {
    atWork: DeskAtWork;
    /** Given by the tool. */
    acknowledge(it: Acknowledged): Promise<void>;
  }
}

type Draft = Parameters<Desk['replica']['saveDraft']>[0];

const CLERK = 'baxmal-clerk-1';
const PIN = '1111';
const BREATH_MS = 10;
/** In a window that loads itself again the work goes on. */
const AT_WORK = 'at-work';
let desk: Desk;

async function open(): Promise<void> {
  const opening = await openStation();
  if (opening.outcome !== 'open') throw new Error(opening.outcome);
  const opened = await readStation(opening.station, opening.fetchCentral);
  let { identity } = opened;
  while (identity === null) {
    const { desk: name, code } = opened.info.enrolment ?? { desk: '1', code: '' };
    const enrolled = await enrol(opened, name ?? '1', code);
    if (enrolled.outcome === 'enrolled') identity = enrolled.identity;
    else await rest(200);
  }
  desk = await openDesk(opened, identity);
  await signIn();
}

/** Through the station, like anybody: until it has heard of the centre it knows nobody. */
async function signIn(): Promise<void> {
  for (;;) {
    const outcome = await desk.station.call('person.signIn', { id: CLERK, secret: PIN });
    if (outcome.outcome === 'signed-in') break;
    await rest(outcome.outcome === 'wait' ? Math.min(outcome.waitMs, 1_000) : 200);
  }
  await desk.replica.finishDrafts(CLERK);
}

async function work(): Promise<void> {
  sessionStorage.setItem(AT_WORK, 'yes');
  for (let round = 1; ; round += 1) await takeOne(round);
}

async function takeOne(round: number): Promise<void> {
  let draft = toDraft(round);
  if (!(await save(draft))) return;
  draft = {
    ...draft,
    changedAt: draft.changedAt + 1,
    answers: { ...draft.answers, 'applicant.phone': `+9989${round}` },
  };
  if (!(await save(draft))) return;
  // One in four visitors comes back another day: what was typed has to stay.
  if (round % 4 === 0) return;
  draft = await addScan(draft);
  const opened = await desk.replica.openCase(draft, details());
  if (opened.outcome !== 'opened') return rest(100);
  await window.acknowledge({ kind: 'case', id: opened.caseId, number: opened.number });
  const edit = { set: { 'applicant.phone': `+9987${round}` }, was: { 'applicant.phone': `+9989${round}` } };
  await record(opened.caseId, { type: 'field.set', body: edit });
  await record(opened.caseId, { type: 'note.added', body: { id: newId(), text: `note ${round}` } });
}

async function save(draft: Draft): Promise<boolean> {
  const saved = await desk.replica.saveDraft(draft);
  if (saved.outcome === 'saved') {
    await window.acknowledge({ kind: 'draft', id: draft.id, changedAt: draft.changedAt });
  }
  await rest(saved.outcome === 'saved' ? BREATH_MS : 100);
  return saved.outcome === 'saved';
}

async function addScan(draft: Draft): Promise<Draft> {
  const bytes = crypto.getRandomValues(new Uint8Array(3_000));
  const kept = await desk.station.call('blobs.keep', null, bytes);
  if (kept.outcome !== 'kept') return draft;
  const document = { id: newId(), item: 'identity', mime: 'image/png', name: 'scan.png' };
  return { ...draft, documents: [{ ...document, sha256: kept.sha256, bytes: kept.bytes }] };
}

async function record(caseId: string, change: Parameters<Desk['replica']['record']>[2]): Promise<void> {
  const saved = await desk.replica.record(caseId, CLERK, change);
  if (saved.outcome === 'saved') {
    await window.acknowledge({ kind: 'event', id: saved.event.id, caseId });
  }
  await rest(BREATH_MS);
}

function toDraft(round: number): Draft {
  const now = Date.now();
  return {
    id: newId(),
    serviceCode: 'SOC-05',
    serviceVersion: 1,
    startedAt: now,
    changedAt: now,
    startedBy: CLERK,
    channel: 'hall',
    language: 'uz-Latn',
    number: null,
    answers: { 'applicant.surname': `Sinova-${round}`, 'applicant.givenName': 'Aziza' },
    documents: [],
  };
}

function details() {
  const fee: Case['fee'] = { amount: 0, baseAmount: 412_000, tier: 'standard', currency: 'UZS' };
  return { by: CLERK, prefix: '1708204', year: 2026, fee, missing: [], dueAt: null };
}

async function look(caseIds: readonly string[]): Promise<Look> {
  const { replica } = desk;
  const drafts = await first<readonly Draft[]>((listener) => replica.watchDrafts(listener));
  const cases: Look['cases'] = [];
  for (const id of caseIds) {
    const found = await first<{ case: Case } | null>((listener) => replica.watchCase(id, listener));
    const entries = await first<readonly { event: { id: string } }[]>((listener) =>
      replica.watchTimeline(id, listener),
    );
    cases.push({ id, number: found?.case.number ?? null, events: entries.map((it) => it.event.id) });
  }
  return { drafts: drafts.map(({ id, changedAt }) => ({ id, changedAt })), cases };
}

function first<T>(watch: (listener: (value: T) => void) => () => void): Promise<T> {
  return new Promise((resolve) => {
    const stop = watch((value) => {
      resolve(value);
      queueMicrotask(() => stop());
    });
  });
}

function standing(): Standing {
  const { phase, trouble, waiting, files, attention } = desk.replica.sync.status();
  const failure = trouble === null ? null : JSON.stringify(trouble.failure);
  const needsYou = attention.records.length + attention.conflicts;
  return { phase, trouble: failure, waiting: waiting.events + files.count, needsYou };
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Whoever finds the window failed presses "try again". */
async function goOn(): Promise<void> {
  try {
    await open();
    await work();
  } catch {
    await rest(1_000);
    window.location.reload();
  }
}

window.atWork = { open, work, look, standing, stop: () => sessionStorage.removeItem(AT_WORK) };
// An empty page has no storage.
if (window.location.protocol === 'http:' && sessionStorage.getItem(AT_WORK) !== null) void goOn();
