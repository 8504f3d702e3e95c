import { findCentralFaults, readCases, readEvents } from '../../e2e/parts/central-faults.ts';
import { type FaultsWorld, waitUntil } from './faults-world.ts';

type Judged = Pick<FaultsWorld, 'central' | 'desk' | 'ledger' | 'clockWasWrong'>;

/** Nothing may take longer to be sent once everything works again. */
const SETTLED_MS = 120_000;

export async function lookAtDesk({ desk, ledger }: Judged, caseIds: readonly string[]) {
  const seen = await desk.look(caseIds);
  const more = await desk.look(ledger.missingDrafts(seen));
  return ledger.faultsOf({ drafts: more.drafts, cases: [...seen.cases, ...more.cases] });
}

/** Everything works again: what the desk has, what the centre has, and whether anything still waits. */
export async function judge(world: Judged) {
  const { central, desk, ledger } = world;
  await desk.setClock(0);
  await desk.start();
  let standing = await desk.standing();
  await waitUntil(async () => {
    standing = await desk.standing();
    return standing.waiting === 0 && standing.phase === 'idle';
  }, SETTLED_MS);
  const here = await lookAtDesk(world, ledger.caseIds());
  const events = await readEvents(central);
  const eventIds = new Set(events.map((it) => it.event_id));
  const numbers = new Map((await readCases(central)).map((it) => [it.id, it.number]));
  const lost = [
    ...here.lost,
    ...ledger.eventIds().flatMap((id) => (eventIds.has(id) ? [] : [`event ${id} at the centre`])),
    ...[...ledger.cases()].flatMap(([id, number]) =>
      numbers.get(id) === number ? [] : [`case ${number} at the centre`],
    ),
  ];
  const openings = events.filter((it) => it.event.type === 'case.opened').map((it) => it.case_id);
  const doubled = [
    ...here.doubled,
    ...openings.filter((id, at) => openings.indexOf(id) !== at).map((id) => `case ${id} opened again`),
    ...(await findCentralFaults(central)).filter((it) => !isOfWrongClock(it, world)),
  ];
  const stuck = standing.waiting + standing.needsYou + (standing.phase === 'idle' ? 0 : 1);
  const faults = [
    ...lost.map((it) => `end: lost: ${it}`),
    ...doubled.map((it) => `end: twice or out of order: ${it}`),
    ...(stuck === 0 ? [] : [`end: stuck: ${JSON.stringify(standing)}`]),
  ];
  return { lost: lost.length, doubled: doubled.length, stuck, faults };
}

/** The centre brings hybrid times that are days ahead back to its own; who folds the events again does not. */
function isOfWrongClock(fault: string, { clockWasWrong }: Judged): boolean {
  return clockWasWrong && fault.endsWith('is not its events');
}
