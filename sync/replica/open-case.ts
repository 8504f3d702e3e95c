import type { Case } from '#model/case';
import { AttachedDocument, type CaseEvent, type EventBody } from '#model/case-event';
import { formatCaseNumber } from '#model/case-number';
import { type Drafts, orRefusal } from './drafts.ts';
import type { DiskRefusal, NotInName, ReplicaPorts } from './ports.ts';
import type { Draft, OpenCaseOutcome, RecordOutcome, Unacceptable } from './replica.ts';

export type OpenDetails = {
  by: string;
  prefix: string;
  year: number;
  fee: Case['fee'];
  missing: string[];
  dueAt: number | null;
};

type Tools = {
  drafts: Drafts;
  nextCount: ReplicaPorts['nextCount'];
  deskNumber: number;
  /** Everything known here to have happened to a case, sent or not. */
  eventsOf(caseId: string): Promise<readonly CaseEvent[]>;
  record(caseId: string, by: string, change: EventBody): Promise<RecordOutcome>;
  isOffline(): boolean;
};

/**
 * Makes a case of a draft: number, event, documents, and the draft is gone.
 *
 * May be called again after a crash at any point. What was done is found in the journal's events, and a
 * number in the draft, so there is never a second number, a second case or a document twice.
 */
export async function openCase(tools: Tools, draft: Draft, details: OpenDetails): Promise<OpenCaseOutcome> {
  const opened = findOpened(await tools.eventsOf(draft.id));
  if (opened === undefined && !draft.documents.every(isAttachable)) {
    return { outcome: 'invalid' };
  }
  const number = opened?.body.number ?? (await giveNumber(tools, draft, details));
  if (typeof number !== 'string') return number;
  if (opened === undefined) {
    const saved = await tools.record(draft.id, details.by, toOpened(tools, draft, details, number));
    if (saved.outcome !== 'saved') return saved;
  }
  const finished = await finishDraft(tools, draft, details.by);
  return finished ?? { outcome: 'opened', caseId: draft.id, number };
}

/** Looked at before there is a number: a case must not be opened with a paper that can never follow it. */
function isAttachable(document: Draft['documents'][number]): boolean {
  return AttachedDocument.safeParse(document).success;
}

/**
 * After a crash: drafts whose case is journalled get the documents that still lack, and go; in the name of whoever opened
 * them, or of `by`. What the journal does not take in that name waits for the next one who signs in.
 */
export async function finishOpenedDrafts(tools: Tools, by?: string): Promise<void> {
  for (const draft of await tools.drafts.all()) {
    const opened = findOpened(await tools.eventsOf(draft.id));
    if (opened !== undefined) await finishDraft(tools, draft, by ?? opened.by);
  }
}

async function finishDraft(
  tools: Tools,
  draft: Draft,
  by: string,
): Promise<Unacceptable | NotInName | DiskRefusal | null> {
  const events = await tools.eventsOf(draft.id);
  const attached = new Set(events.flatMap((it) => (it.type === 'document.attached' ? [it.body.id] : [])));
  for (const document of draft.documents) {
    if (attached.has(document.id)) continue;
    const saved = await tools.record(draft.id, by, { type: 'document.attached', body: document });
    if (saved.outcome !== 'saved') return saved;
  }
  // The case is journalled: a draft that the disk does not let go now goes at the next start.
  await orRefusal(() => tools.drafts.remove(draft.id));
  return null;
}

async function giveNumber(tools: Tools, draft: Draft, details: OpenDetails): Promise<string | DiskRefusal> {
  const kept = draft.number ?? (await tools.drafts.find(draft.id))?.number;
  if (kept) return kept;
  const count = await tools.nextCount(`case-${details.year}`);
  if (count.outcome !== 'given') return count;
  const { prefix, year } = details;
  const number = formatCaseNumber({ prefix, year, desk: tools.deskNumber, serial: count.value });
  const saved = await tools.drafts.save({ ...draft, number });
  return saved.outcome === 'saved' ? number : saved;
}

function toOpened(tools: Tools, draft: Draft, details: OpenDetails, number: string): EventBody {
  return {
    type: 'case.opened',
    body: {
      number,
      service: { code: draft.serviceCode, version: draft.serviceVersion },
      channel: draft.channel,
      language: draft.language,
      answers: draft.answers,
      missing: details.missing,
      fee: details.fee,
      dueAt: details.dueAt,
      acceptedOffline: tools.isOffline(),
    },
  };
}

export function findOpened(
  events: readonly CaseEvent[],
): Extract<CaseEvent, { type: 'case.opened' }> | undefined {
  return events.find((it) => it.type === 'case.opened');
}
