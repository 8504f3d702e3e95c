import type { CaseEvent } from '#model/case-event';
import type { Central, Failure } from '#protocol/central';
import type { PushAnswer } from '#protocol/push';
import { type ByteBudget, countBytes } from './byte-budget.ts';
import { toEvent } from './journal-records.ts';
import type { Journal, JournalRecord } from './ports.ts';

export type OutboxOutcome = { outcome: 'all-sent' } | Failure;

export type Outbox = {
  journal: Journal;
  push: Central['push'];
  device: string;
  epoch: string;
  budget: ByteBudget;
  now(): number;
  /** Most events in one push that the server takes. */
  maxEvents: number;
  /** Highest own number that the centre has. */
  confirmed(): number;
  /** An event of ours that is in memory. */
  known(n: number): CaseEvent | undefined;
  received(answer: PushAnswer): Promise<void>;
};

/**
 * Sends what the centre has not confirmed, oldest first and straight from the journal, until nothing is
 * left or the centre cannot be reached.
 *
 * Safe to call at any time and to kill at any point: the centre drops what it has seen. A gap is sent
 * again from the number it names; the second gap at one number ends the run, as does a single event that
 * is too large: neither is tried in a loop. A line that has just carried a push is tried once more.
 */
export async function drainOutbox(outbox: Outbox, signal: AbortSignal): Promise<OutboxOutcome> {
  const { push, device, epoch, budget } = outbox;
  const run: Run = { from: outbox.confirmed() + 1, lastGap: null, hasSent: false };
  for (;;) {
    const { events, lost, fullBytes } = await readBatch(outbox, run.from);
    const first = events[0];
    if (first === undefined) return { outcome: 'all-sent' };

    const startedAt = outbox.now();
    const signature = await sign(outbox.journal, events, lost);
    const answer = await push({ device, epoch, from: first.n, events, ...signature }, signal);
    if (answer.outcome === 'ok') {
      budget.took(outbox.now() - startedAt, fullBytes);
      await outbox.received(answer.answer);
      const next = answer.answer.lastN + 1;
      if (next <= first.n) return { outcome: 'not-central', reason: 'unreadable' };
      run.from = next;
      run.hasSent = true;
    } else if (!goesOn(run, answer, { budget, many: events.length })) {
      return answer;
    }
  }
}

type Run = { from: number; lastGap: number | null; hasSent: boolean };

/** Whether something else can be tried now; what, is in the run and the budget then. */
function goesOn(run: Run, failure: Failure, { budget, many }: { budget: ByteBudget; many: number }): boolean {
  if (failure.outcome !== 'refused') {
    // Hello came through: what the line did not carry is tried in a smaller piece, now or next time.
    budget.halve();
    const isAgain = run.hasSent && many > 1;
    run.hasSent = false;
    return isAgain;
  }
  const { code, expected } = failure;
  if (code === 'gap' && expected !== undefined && expected !== run.lastGap) {
    run.lastGap = expected;
    run.from = expected;
    return true;
  }
  if (code === 'too-large' && many > 1) {
    budget.halve();
    return true;
  }
  return false;
}

/** `lost`: numbers whose records the disk has lost. `fullBytes`: what it holds where there is more behind it. */
type Batch = { events: CaseEvent[]; lost: ReadonlySet<number>; fullBytes: number | null };

/**
 * The next events in an unbroken row. One that the disk has lost comes from memory, or its number stands
 * in for it.
 */
async function readBatch(outbox: Outbox, from: number): Promise<Batch> {
  const { journal, budget, maxEvents, known } = outbox;
  // Before the records: what is appended between the two must not pass for lost.
  const { first, last } = await journal.state();
  const records = await journal.read(from, budget.bytes());
  // Before `first` the journal is pruned: these the centre had once, and nothing stands in for them.
  const start = Math.max(from, first);
  const byNumber = new Map(records.map((it) => [it.n, it]));
  const end = Math.min(records.at(-1)?.n ?? last, start + maxEvents - 1);
  const events: CaseEvent[] = [];
  let bytes = 0;
  for (let n = start; n <= end; n++) {
    const record = byNumber.get(n);
    bytes += record === undefined ? 0 : countBytes(record.payload);
    if (events.length > 0 && bytes > budget.bytes()) break;
    events.push(record === undefined ? (known(n) ?? ({ n } as CaseEvent)) : toPushEvent(record));
  }
  const lost = new Set(events.map(({ n }) => n).filter((n) => !byNumber.has(n)));
  return { events, lost, fullBytes: start + events.length <= last ? Math.min(bytes, budget.bytes()) : null };
}

/** The journal signs what it holds itself; what it has lost, as it is sent. */
async function sign(
  journal: Journal,
  events: readonly CaseEvent[],
  lost: ReadonlySet<number>,
): Promise<{ signature?: string }> {
  const [first, last] = [events[0], events.at(-1)];
  if (journal.sign === undefined || first === undefined || last === undefined) return {};
  const others = events
    .filter((it) => lost.has(it.n))
    .map((it) => ({ n: it.n, payload: JSON.stringify(it) }));
  const signature = await journal.sign({ from: first.n, to: last.n, others });
  return signature === null ? {} : { signature };
}

/** The centre stores what it cannot read as rejected: the numbering goes on and nothing behind it waits. */
function toPushEvent(record: JournalRecord): CaseEvent {
  return toEvent(record) ?? ({ n: record.n } as CaseEvent);
}
