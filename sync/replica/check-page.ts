import { Case, NO_DUE_DATE } from '#model/case';
import { type CaseEvent, isKnownType } from '#model/case-event';
import { nextChain } from '#protocol/chain';
import type { CasesPage, EventAck, EventsPage, ReferencePage, ServicesPage, StaffPage } from '#protocol/pull';
import {
  type CaseRow,
  type CatalogueKind,
  type DocRow,
  type EventRow,
  LATEST,
  toEventKey,
} from './database.ts';
import type { Checkpoint, Damaged, Pulled } from './pull-stream.ts';

type CheckedEvents = Pulled<EventRow> | Damaged | { outcome: 'needs-bodies' };

/**
 * Proves that a page of events goes on where we were: no hole, nothing twice, the chain unbroken.
 *
 * Our own events come back without their bodies; `bodies` has them by number.
 */
export function checkEvents(
  page: EventsPage,
  at: Checkpoint,
  bodies: ReadonlyMap<number, CaseEvent>,
): CheckedEvents {
  if (page.since !== at.seq) return { outcome: 'damaged', reason: 'order' };
  let chain = decodeBase64(at.chain);
  const rows: EventRow[] = [];
  for (const [index, doc] of page.docs.entries()) {
    if (doc.seq !== at.seq + index + 1) return { outcome: 'damaged', reason: 'hole' };
    const event = 'ack' in doc ? join(doc, bodies.get(doc.n)) : doc;
    if (event === null) return { outcome: 'needs-bodies' };
    chain = nextChain(chain, event as never);
    rows.push(toEventRow(doc.seq, event));
  }
  if (page.cursor !== at.seq + rows.length) return { outcome: 'damaged', reason: 'hole' };
  const encoded = encodeBase64(chain);
  if (encoded !== page.chain) return { outcome: 'damaged', reason: 'chain' };
  return {
    outcome: 'page',
    rows,
    checkpoint: { seq: page.cursor, chain: encoded },
    more: page.more && rows.length > 0,
    head: page.head,
  };
}

function join(ack: EventAck, event: CaseEvent | undefined): object | null {
  if (event === undefined) return null;
  const { seq, status, code } = ack;
  return { ...event, seq, status, ...(code === undefined ? {} : { code }) };
}

export function toEventRow(seq: number, event: object): EventRow {
  const it = event as Record<string, unknown>;
  return {
    key: toEventKey(seq),
    seq,
    caseId: toText(it.caseId, 60),
    status: toText(it.status, 20),
    ...toMark(it),
    device: toText(it.device, 60),
    n: toCount(it.n),
    event,
  };
}

/** An event of a type that this program does not know is kept as it came, for a newer one. */
function toMark({ type, status }: Record<string, unknown>): Pick<EventRow, 'marked'> {
  if (!isKnownType(type)) return { marked: 'unread' };
  return status === 'rejected' ? { marked: 'rejected' } : {};
}

type StatePage = CasesPage | ServicesPage | ReferencePage | StaffPage;

/** Proves the order of a page of a state stream and lays its documents out as rows, whatever their shape. */
export function checkStates<Row extends { id: string }>(
  page: StatePage,
  at: Checkpoint,
  toRow: (seq: number, doc: object) => Row,
): Pulled<Row> | Damaged {
  if (page.since !== at.seq || page.cursor < at.seq) return { outcome: 'damaged', reason: 'order' };
  let seq = at.seq;
  const rows = new Map<string, Row & { _deleted?: boolean }>();
  for (const doc of page.docs) {
    if (doc.seq <= seq || doc.seq > page.cursor) return { outcome: 'damaged', reason: 'order' };
    seq = doc.seq;
    const row = toRow(doc.seq, doc.doc);
    if (row.id !== '') rows.set(row.id, doc.deleted ? { ...row, _deleted: true } : row);
  }
  return {
    outcome: 'page',
    rows: [...rows.values()],
    checkpoint: { seq: page.cursor, chain: '' },
    more: page.more && page.cursor > at.seq,
    head: page.head,
  };
}

export function toDocRow(kind: CatalogueKind): (seq: number, doc: object) => DocRow {
  return (seq, doc) => {
    const id = toText((doc as { id?: unknown }).id, 150);
    return { id: id === '' ? '' : `${kind}/${id}`, kind, seq, doc };
  };
}

/** A case that this program cannot read is kept, out of the lists, for a newer one. */
export function toCaseRow(seq: number, doc: object): CaseRow {
  const read = Case.safeParse(doc);
  if (!read.success) {
    const id = toText((doc as { id?: unknown }).id, 60);
    return {
      id,
      seq,
      shelf: 'unreadable',
      status: 'unreadable',
      dueAt: NO_DUE_DATE,
      age: 0,
      doc,
    };
  }
  const it = read.data;
  return {
    id: it.id,
    seq,
    shelf: it.open ? 'open' : 'closed',
    status: it.status,
    dueAt: toCount(it.dueAt),
    age: toAge(it.openedAt),
    ...(it.hasConflicts ? { conflicts: 'yes' } : {}),
    doc,
  };
}

export function toAge(openedAt: number): number {
  return LATEST - toCount(openedAt);
}

function toText(value: unknown, maxLength: number): string {
  return typeof value === 'string' && value.length <= maxLength ? value : '';
}

function toCount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(Math.max(Math.trunc(value), 0), LATEST)
    : 0;
}

export function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (it) => it.charCodeAt(0));
}

export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
