import type { CaseEvent, EventBody, UnnumberedEvent } from '#model/case-event';
import type { HybridClock } from '#model/hybrid-clock';
import { newId } from '#model/new-id';
import { countBytes } from './byte-budget.ts';
import { findFault } from './find-fault.ts';
import type { DiskRefusal, ReplicaIdentity, ReplicaPorts } from './ports.ts';
import { createQueues } from './queues.ts';
import type { Replica } from './replica.ts';

/** Journal first: it is saved when the journal has it, and seen when this resolves. */
export function createRecorder(options: {
  identity: ReplicaIdentity;
  ports: ReplicaPorts;
  clock: HybridClock;
  base(): number;
  maxBodyBytes(): number;
  queued(files: { count: number; bytes: number }): void;
  /** Must not reject: the journal has it, whatever happens here. */
  saved(event: CaseEvent, bytes: number): Promise<void>;
}): Replica['record'] {
  const { identity, ports } = options;
  const inTurn = createQueues();

  function toEvent(...[caseId, by, change, confirmedBy]: Parameters<Replica['record']>): UnnumberedEvent {
    return {
      id: newId(),
      caseId,
      device: identity.device,
      by,
      at: ports.now(),
      hlc: options.clock.next(),
      base: options.base(),
      schema: 1,
      ...(confirmedBy === undefined ? {} : { confirmedBy }),
      ...change,
    };
  }

  /** Before its event: with the power gone between the two, the event is recorded again and nothing lacks. */
  async function queueFile(change: EventBody): Promise<DiskRefusal | null> {
    if (change.type !== 'document.attached') return null;
    const queued = await ports.files.queue(change.body.sha256);
    if (queued.outcome !== 'queued') return queued;
    options.queued(await ports.files.waiting());
    return null;
  }

  return (caseId, by, change, confirmedBy) =>
    inTurn('journal', async () => {
      const event = toEvent(caseId, by, change, confirmedBy);
      // Better said now than in a report when the clerk is gone, with a number used up.
      const fault = findFault(event, options.maxBodyBytes());
      if (fault !== null) return fault;
      const refused = await queueFile(change);
      if (refused !== null) return refused;
      const payload = JSON.stringify(event);
      const saved = await ports.journal.append(payload);
      if (saved.outcome !== 'saved') return saved;
      await options.saved({ ...event, n: saved.n }, countBytes(payload));
      return { outcome: 'saved', event: { id: event.id, n: saved.n } };
    });
}
