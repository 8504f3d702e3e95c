import type { DeskState } from '#model/desk-report';
import type { Central, Failure } from '#protocol/central';
import type { Collection, Heads } from '#protocol/collection';
import type { HelloAnswer } from '#protocol/hello';
import { PROTOCOL_VERSION } from '#protocol/protocol-version';
import type { Displaced } from './displaced.ts';
import type { OutboxOutcome } from './outbox.ts';
import type { FileOutbox } from './ports.ts';
import { PULL_ORDER, type PullAll, type PullOutcome } from './pull-all.ts';
import type { Place } from './read-ahead.ts';
import type { SyncMemory } from './sync-memory.ts';

export type CycleOutcome = { outcome: 'in-sync' } | Failure | { outcome: 'disk-failed' };

export type CycleSteps = {
  central: Central;
  files: FileOutbox;
  pullAll: PullAll;
  now(): number;
  memory(): SyncMemory;
  remember(change: Partial<SyncMemory>): Promise<void>;
  deskState(): Promise<DeskState>;
  lastJournalled(): Promise<number>;
  /** Brings a restored server what our copies have and it has lost; how many were new to it. */
  offer(hello: HelloAnswer, signal: AbortSignal): Promise<{ outcome: 'offered'; taken: number } | Failure>;
  push(hello: HelloAnswer, heard: (heads: Heads) => void, signal: AbortSignal): Promise<OutboxOutcome>;
  /** Drops every copy of the centre's data; journal and outbox stay. `false`: the disk does not let them go now. */
  forgetCopies(): Promise<boolean>;
  /** Drops what a check found damaged in the copies, so that this round brings it again. */
  mend(): Promise<void>;
  /** Everything up to `n` is in the copies that we now have. */
  settle(n: number): Promise<void>;
  fileRefused(sha256: string, code: string): Promise<void>;
  fileSent(sha256: string): Promise<void>;
  adoptNumbers: Displaced['adopt'];
  sendDisplaced: Displaced['send'];
  busy(): void;
  /** Another round is wanted as soon as this one has ended. */
  again(): void;
  news: {
    /** Whether the centre says by itself that something has moved. */
    isHeard(): boolean;
    /** It has said so; true once for each time. */
    hasCome(): Promise<boolean>;
  };
};

/** So long files are sent before the centre is asked for news; where it would tell of them by itself, longer. */
const FILES_TURN_MS = 15_000;
const HEARD_FILES_TURN_MS = 60_000;

type FilesOutcome = 'all-sent' | 'some-left' | 'offline';

/**
 * One round: hello, push until nothing is left, pull what moved, then files; and hello again if that changed
 * what the first one told of this desk.
 *
 * A line that is gone ends the round; a refusal of one part does not keep the others from their turn.
 */
export async function runCycle(steps: CycleSteps, signal: AbortSignal): Promise<CycleOutcome> {
  const told = await steps.deskState();
  const hello = await greetAndHeal(steps, told, signal);
  if (hello.outcome !== 'ok') return hello;
  const { answer } = hello;
  if (answer.lastN > (await steps.lastJournalled())) await steps.adoptNumbers(answer.lastN);
  if (!(await adoptEpoch(steps, answer))) return { outcome: 'disk-failed' };
  await tellFiles(steps, answer.epoch);
  await steps.mend();

  const heads: Heads = { ...answer.heads };
  const pushed = await push(steps, answer, heads, signal);
  if (isGone(pushed)) return pushed;
  const pulled = await pullMoved(steps, heads, signal);
  if (isGone(pulled)) return pulled;
  const refetch = [pushed, pulled].find(isRefetch);
  // The server was put back within this round. The next hello says where its copy ends: ours are offered first.
  if (refetch?.outcome === 'refused' && refetch.reason === 'epoch') return refetch;
  if (refetch !== undefined) {
    // The epoch that hello gave is adopted on the next round; the copies go now.
    if (!(await steps.forgetCopies())) return { outcome: 'disk-failed' };
    await steps.remember({ epoch: null, confirmedN: 0 });
    return { outcome: 'refused', code: 'must-refetch' };
  }
  const trouble = [pushed, pulled].find((it) => it.outcome !== 'in-sync');
  const sent = await sendFiles(steps, signal);
  if (sent === 'offline') return trouble ?? { outcome: 'offline', reason: 'cut' };
  if (trouble === undefined && sent === 'all-sent') await steps.remember({ lastFullSyncAt: steps.now() });
  const now = await steps.deskState();
  // Whether it comes through or not: the next round begins with another.
  if (toReported(now) !== toReported(told)) await greet(steps, now, signal);
  return trouble ?? { outcome: 'in-sync' };
}

/** What somebody reads in the report and this round may have changed. */
function toReported(state: DeskState): string {
  const { waiting, oldestWaitingAt, filesWaiting, failing } = state;
  return JSON.stringify([waiting, oldestWaitingAt, filesWaiting, failing]);
}

/** A server of another epoch is healed from our copies before they go; what hello said is then out of date. */
async function greetAndHeal(steps: CycleSteps, told: DeskState, signal: AbortSignal) {
  const hello = await greet(steps, told, signal);
  if (hello.outcome !== 'ok' || !(await isOfOtherEpoch(steps, hello.answer))) return hello;
  const offered = await steps.offer(hello.answer, signal);
  // What it refuses is not ours to bring; without a line it is brought with the next round.
  if (offered.outcome === 'refused') return isGone(offered) ? offered : hello;
  if (offered.outcome !== 'offered') return offered;
  return offered.taken > 0 ? greet(steps, told, signal) : hello;
}

/** A disk that was full may have taken copies and not the word of which epoch they are. */
async function isOfOtherEpoch({ memory, pullAll }: CycleSteps, { epoch }: HelloAnswer): Promise<boolean> {
  const known = memory().epoch;
  if (known !== null) return known !== epoch;
  const cursors = await Promise.all(PULL_ORDER.map((it) => pullAll.cursor(it)));
  return cursors.some((it) => it > 0);
}

async function greet(steps: CycleSteps, state: DeskState, signal: AbortSignal) {
  const askedAt = steps.now();
  const hello = await steps.central.hello({ protocol: PROTOCOL_VERSION, state }, signal);
  if (hello.outcome !== 'ok') return hello;
  const { protocol, serverTime, limits } = hello.answer;
  const heardAt = steps.now();
  await steps.remember({
    lastContactAt: heardAt,
    maxBodyBytes: limits.bodyBytes,
    // The centre read its clock somewhere between our two readings.
    clockDriftMs: Math.round((askedAt + heardAt) / 2 - serverTime),
  });
  const isServed = protocol.min <= PROTOCOL_VERSION && PROTOCOL_VERSION <= protocol.max;
  return isServed ? hello : ({ outcome: 'refused', code: 'update-needed' } as const);
}

/** The copy that was put back may be older than files that were sent. A disk that is full hears it later. */
async function tellFiles({ files, memory, remember }: CycleSteps, epoch: string): Promise<void> {
  if (memory().filesEpoch === epoch) return;
  if ((await files.centreIs(epoch)).outcome === 'noted') await remember({ filesEpoch: epoch });
}

/** `false`: what was copied of another history is still here, so its epoch stays too. */
async function adoptEpoch(steps: CycleSteps, answer: HelloAnswer): Promise<boolean> {
  const { epoch, lastN } = answer;
  if ((await isOfOtherEpoch(steps, answer)) && !(await steps.forgetCopies())) return false;
  await steps.remember({ epoch, confirmedN: Math.min(lastN, await steps.lastJournalled()) });
  return true;
}

async function push(
  steps: CycleSteps,
  hello: HelloAnswer,
  heads: Heads,
  signal: AbortSignal,
): Promise<CycleOutcome> {
  const last = await steps.lastJournalled();
  // The journal did not go on after them: new events would pass for ones already seen, so none is sent.
  if (hello.lastN > last) return { outcome: 'refused', code: 'gap', expected: hello.lastN + 1 };
  if (hello.lastN < last) steps.busy();
  const result = await steps.push(hello, (heard) => Object.assign(heads, heard), signal);
  if (hello.lastN < steps.memory().confirmedN) {
    // The centre's copies have moved with us, whether the answer's heads say so or not.
    heads.events = Number.MAX_SAFE_INTEGER;
    heads.cases = Number.MAX_SAFE_INTEGER;
  }
  return result.outcome === 'all-sent' ? { outcome: 'in-sync' } : result;
}

type OtherHistory = { outcome: 'other-history' };

async function pullMoved(steps: CycleSteps, heads: Heads, signal: AbortSignal): Promise<CycleOutcome> {
  const first = await pullInOrder(steps, heads, signal);
  if (first.outcome !== 'other-history') return first;
  // Cases and catalogue were copied beside a stream that is no more: they go with it.
  if (!(await steps.forgetCopies())) return { outcome: 'disk-failed' };
  const again = await pullInOrder(steps, heads, signal);
  return again.outcome === 'other-history' ? { outcome: 'not-central', reason: 'unreadable' } : again;
}

async function pullInOrder(
  steps: CycleSteps,
  heads: Heads,
  signal: AbortSignal,
): Promise<CycleOutcome | OtherHistory> {
  let trouble: CycleOutcome = { outcome: 'in-sync' };
  let areEventsHere = true;
  const moved = await findMoved(steps, heads);
  for (const collection of PULL_ORDER) {
    const confirmed = Math.min(steps.memory().confirmedN, steps.memory().ownN);
    const result = await pullOne(steps, collection, moved, signal);
    if (result.outcome === 'other-history' || isGone(result)) return result;
    if (result.outcome !== 'in-sync') {
      trouble = result;
      areEventsHere &&= collection !== 'events';
    } else if (areEventsHere) {
      await followUp(steps, collection, confirmed);
    }
    if (isRefetch(result)) return result;
  }
  return trouble;
}

async function followUp(steps: CycleSteps, collection: Collection, confirmed: number): Promise<void> {
  if (collection === 'events') await steps.sendDisplaced();
  if (collection === 'cases') await steps.settle(confirmed);
}

/** Where to read on in what the centre has more of than we, in the order of pulling. */
async function findMoved(steps: CycleSteps, heads: Heads): Promise<Place[]> {
  const moved: Place[] = [];
  for (const collection of PULL_ORDER) {
    const head = heads[collection];
    // What is not named is not ours to read.
    if (head === undefined) continue;
    const since = await steps.pullAll.cursor(collection);
    // A head that went back is a replica of the server lagging behind.
    if (head > since) moved.push({ collection, since });
  }
  return moved;
}

async function pullOne(
  steps: CycleSteps,
  collection: Collection,
  moved: readonly Place[],
  signal: AbortSignal,
): Promise<CycleOutcome | OtherHistory> {
  const at = moved.findIndex((it) => it.collection === collection);
  if (at < 0) return { outcome: 'in-sync' };
  const next = moved[at + 1] ?? null;
  steps.busy();
  const result = await steps.pullAll.pull(collection, signal, next);
  if (result.outcome !== 'damaged' && !isCompacted(result)) return toCycleOutcome(result);
  // What we hold and what the centre says do not fit: its word counts, once a round.
  if (collection !== 'events' && !(await steps.pullAll.forget(collection))) return { outcome: 'disk-failed' };
  // A line that altered one answer is no reason to drop a whole copy.
  const again = await steps.pullAll.pull(collection, signal, next);
  const isOther = again.outcome === 'damaged' && collection === 'events';
  if (isOther && (await steps.pullAll.cursor(collection)) > 0) return { outcome: 'other-history' };
  return toCycleOutcome(again);
}

function toCycleOutcome(result: PullOutcome): CycleOutcome {
  if (result.outcome === 'at-head') return { outcome: 'in-sync' };
  if (result.outcome === 'damaged') return { outcome: 'not-central', reason: 'unreadable' };
  return result;
}

async function sendFiles(steps: CycleSteps, signal: AbortSignal): Promise<FilesOutcome> {
  const refused = new Set<string>();
  const beganAt = steps.now();
  while (!signal.aborted) {
    const sent = await steps.files.send();
    if (sent.outcome === 'none-waiting') return refused.size === 0 ? 'all-sent' : 'some-left';
    if (sent.outcome === 'offline') return 'offline';
    const isAgain = sent.outcome === 'refused' && refused.has(sent.sha256);
    await noteFile(steps, sent, refused);
    // Events go before scans: what was saved meanwhile is sent first.
    if (isAgain || (await hasUnsent(steps))) return 'some-left';
    if (sent.outcome !== 'refused' && (await isTurnOver(steps, beganAt))) {
      steps.again();
      return 'some-left';
    }
  }
  return 'some-left';
}

/** Pulls go before scans as well. */
async function isTurnOver({ now, news }: CycleSteps, beganAt: number): Promise<boolean> {
  const turnMs = news.isHeard() ? HEARD_FILES_TURN_MS : FILES_TURN_MS;
  return now() > beganAt + turnMs || (news.isHeard() && (await news.hasCome()));
}

async function noteFile(
  steps: CycleSteps,
  sent: Extract<Awaited<ReturnType<FileOutbox['send']>>, { sha256: string }>,
  refused: Set<string>,
): Promise<void> {
  if (sent.outcome === 'refused') {
    refused.add(sent.sha256);
    await steps.fileRefused(sent.sha256, sent.code);
  } else if (sent.outcome === 'sent') {
    refused.delete(sent.sha256);
    await steps.fileSent(sent.sha256);
  }
}

async function hasUnsent(steps: CycleSteps): Promise<boolean> {
  return (await steps.lastJournalled()) > steps.memory().confirmedN;
}

/** We were away for so long that the centre does not know any more what went meanwhile. */
function isCompacted(result: PullOutcome): boolean {
  return result.outcome === 'refused' && result.code === 'must-refetch' && result.reason === 'compacted';
}

/** Nothing more can come of this round. */
function isGone(outcome: CycleOutcome): boolean {
  if (outcome.outcome === 'offline') return true;
  if (outcome.outcome !== 'refused') return false;
  return ['unauthorised', 'device-revoked', 'too-many', 'unavailable', 'update-needed'].includes(
    outcome.code,
  );
}

function isRefetch(outcome: CycleOutcome): boolean {
  return outcome.outcome === 'refused' && outcome.code === 'must-refetch';
}
