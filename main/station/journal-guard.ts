import type { JournalRefusal } from '#contract/station-contract';
import type { Confirmed } from './confirmations.ts';
import type { Journal } from './journal.ts';

type Appended = Awaited<ReturnType<Journal['append']>>;
type Parts = {
  journal: Pick<Journal, 'append' | 'read'>;
  people: { mayWriteAs(by: string): boolean; takeConfirmation(it: Confirmed): (() => void) | null };
};

/**
 * Appends what is in the name of whoever is signed in, and nothing in another's; `again` names a record that stands in
 * the journal already and is to have a further number.
 */
export async function appendInName(
  { journal, people }: Parts,
  payload: string,
  again: number | undefined,
): Promise<Appended | JournalRefusal> {
  if (again !== undefined && (await isOf(journal, payload, again))) return journal.append(payload);
  const names = namesIn(payload);
  // What names nobody is in nobody's name; the centre takes no such event.
  if (names === null) return journal.append(payload);
  const { by, confirmedBy, caseId, type } = names;
  if (typeof by !== 'string' || !people.mayWriteAs(by)) return { outcome: 'not-signed-in' };
  if (confirmedBy === undefined) return journal.append(payload);
  const giveBack = people.takeConfirmation({
    by,
    confirmedBy: String(confirmedBy),
    caseId: String(caseId),
    type: String(type),
  });
  if (giveBack === null) return { outcome: 'not-confirmed' };
  const appended = await journal.append(payload);
  if (appended.outcome !== 'saved') giveBack();
  return appended;
}

async function isOf(journal: Parts['journal'], payload: string, n: number): Promise<boolean> {
  const [found] = await journal.read(n, 1);
  return found?.n === n && found.payload === payload;
}

function namesIn(payload: string): Partial<Record<keyof Confirmed, unknown>> | null {
  try {
    const value: unknown = JSON.parse(payload);
    const isNaming = typeof value === 'object' && value !== null && ('by' in value || 'confirmedBy' in value);
    return isNaming ? value : null;
  } catch {
    return null;
  }
}
