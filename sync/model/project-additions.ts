import type { Case } from './case.ts';
import { type Change, type EventOf, taken } from './case-change.ts';

/** Documents, notes and payments are united by id: what is there already is not added again. */
export function addDocument(state: Case, event: EventOf<'document.attached'>): Change {
  if (hasId(state.documents, event.body.id)) return taken(state);
  return taken({ ...state, documents: [...state.documents, { ...event.body, by: event.by, at: event.at }] });
}

/** The file stays at the centre and the event in the history; only the case stops listing it. */
export function removeDocument(state: Case, event: EventOf<'document.removed'>): Change {
  if (!hasId(state.documents, event.body.id)) return taken(state);
  return taken({ ...state, documents: state.documents.filter((it) => it.id !== event.body.id) });
}

export function addNote(state: Case, event: EventOf<'note.added'>): Change {
  if (hasId(state.notes, event.body.id)) return taken(state);
  return taken({ ...state, notes: [...state.notes, { ...event.body, by: event.by, at: event.at }] });
}

/** Money is only ever added: no event takes a payment away or alters it. */
export function addPayment(state: Case, event: EventOf<'payment.recorded'>): Change {
  if (hasId(state.payments, event.body.id)) return taken(state);
  return taken({ ...state, payments: [...state.payments, { ...event.body, by: event.by, at: event.at }] });
}

function hasId(list: readonly { id: string }[], id: string): boolean {
  return list.some((it) => it.id === id);
}
