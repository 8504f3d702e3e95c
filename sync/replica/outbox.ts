import type { CaseEvent } from '#model/case-event';
import { unreachable } from '#model/unreachable';
import type { Central, Failure } from '#protocol/central';
import type { PushAnswer } from '#protocol/push';
import type { ByteBudget } from './byte-budget.ts';
import type { Journal, JournalRecord } from './ports.ts';

export type OutboxOutcome = { outcome: 'all-sent' } | Failure;

export type Outbox = {
  journal: Journal;
  central: Central;
  device: string;
  epoch: string;
  budget: ByteBudget;
  now(): number;
  /** Most events in one push that the server takes. */
  maxEvents: number;
  /** Highest own number that the centre has. */
  confirmed(): number;
  received(answer: PushAnswer): Promise<void>;
};

/**
 * Sends what the centre has not confirmed, oldest first and straight from the journal, until nothing is
 * left or the centre cannot be reached.
 *
 * Safe to call at any time and to kill at any point: the centre drops what it has seen. A gap is sent
 * again from the number it names; the second gap at one number ends the run, as does a single event that
 * is too large: neither is tried in a loop.
 */
export async function drainOutbox(outbox: Outbox, signal: AbortSignal): Promise<OutboxOutcome> {
  const { central, device, epoch, budget } = outbox;
  let from = outbox.confirmed() + 1;
  let lastGap: number | null = null;
  for (;;) {
    const events = await readBatch(outbox, from);
    const first = events[0];
    if (first === undefined) return { outcome: 'all-sent' };

    const startedAt = outbox.now();
    const answer = await central.push({ device, epoch, from: first.n, events }, signal);
    if (answer.outcome === 'ok') {
      budget.took(outbox.now() - startedAt);
      await outbox.received(answer.answer);
      const next = answer.answer.lastN + 1;
      if (next <= first.n) return { outcome: 'not-central', reason: 'unreadable' };
      from = next;
      continue;
    }
    if (answer.outcome !== 'refused') return answer;
    switch (answer.code) {
      case 'gap':
        if (answer.expected === undefined || answer.expected === lastGap) return answer;
        lastGap = answer.expected;
        from = answer.expected;
        break;
      case 'too-large':
        if (events.length === 1) return answer;
        budget.halve();
        break;
      case 'bad-request':
      case 'unauthorised':
      case 'device-revoked':
      case 'not-allowed':
      case 'not-found':
      case 'must-refetch':
      case 'unreadable':
      case 'update-needed':
      case 'too-many':
      case 'internal':
      case 'unavailable':
        return answer;
      default:
        unreachable(answer.code);
    }
  }
}

async function readBatch(outbox: Outbox, from: number): Promise<CaseEvent[]> {
  const records = await outbox.journal.read(from, outbox.budget.bytes());
  const inOrder = records.filter((it) => it.n >= from).slice(0, outbox.maxEvents);
  let bytes = 0;
  const fitting = inOrder.filter((it, index) => {
    bytes += it.payload.length;
    return index === 0 || bytes <= outbox.budget.bytes();
  });
  return fitting.map(toPushEvent);
}

/** A record as an event, `null` when it is none. */
export function toEvent(record: JournalRecord): CaseEvent | null {
  try {
    const event: unknown = JSON.parse(record.payload);
    return typeof event === 'object' && event !== null ? ({ ...event, n: record.n } as CaseEvent) : null;
  } catch {
    return null;
  }
}

/** The centre stores what it cannot read as rejected: the numbering goes on and nothing behind it waits. */
function toPushEvent(record: JournalRecord): CaseEvent {
  return toEvent(record) ?? ({ n: record.n } as CaseEvent);
}
