import { normaliseApostrophes } from '#model/identity/script';
import { Centre } from '#model/reference';
import { Role } from '#model/rights';
import { type Position, positionsOf, type StaffMember } from '#model/staff';
import type { PersonAsk } from '../options.ts';
import type { Query } from '../store/sql.ts';
import { COUNTRY } from '../store/streams.ts';

type ChangeAsk = Extract<PersonAsk, { does: 'add' | 'move' | 'end' }>;
type Changed = { outcome: 'changed'; person: StaffMember } | { outcome: 'wrong'; problem: string };

class Wrong extends Error {}

/** What becomes of somebody. His earlier positions stay, so that what he did in them stays right. */
export async function changePerson(
  query: Query,
  person: StaffMember | null,
  ask: ChangeAsk,
  now: number,
): Promise<Changed> {
  try {
    if (ask.does === 'add') return { outcome: 'changed', person: await addPerson(query, person, ask, now) };
    if (person === null) throw new Wrong(`there is nobody ${ask.id}`);
    if (ask.does === 'move') return { outcome: 'changed', person: await movePerson(query, person, ask, now) };
    const offset = await readOffset(query, person.centreId);
    const positions = endAll(person, toMoment(ask.from, offset) ?? now);
    return { outcome: 'changed', person: { ...person, positions } };
  } catch (error) {
    if (error instanceof Wrong) return { outcome: 'wrong', problem: error.message };
    throw error;
  }
}

async function addPerson(
  query: Query,
  known: StaffMember | null,
  ask: Extract<ChangeAsk, { does: 'add' }>,
  now: number,
): Promise<StaffMember> {
  if (known !== null) throw new Wrong(`there is somebody ${ask.id} already`);
  if (!/^[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$/.test(ask.id)) throw new Wrong(`"${ask.id}" cannot be an id`);
  const name = normaliseApostrophes(ask.name.normalize('NFC')).trim().replace(/ +/g, ' ');
  if (!/\p{L}/u.test(name) || /\p{C}/u.test(name) || name.length > 120)
    throw new Wrong('the name is no name');
  const position = await toPosition(query, { ...ask, for: null }, now);
  return { id: ask.id, centreId: ask.centre, name, role: position.role, positions: [position] };
}

async function movePerson(
  query: Query,
  person: StaffMember,
  ask: Extract<ChangeAsk, { does: 'move' }>,
  now: number,
): Promise<StaffMember> {
  const position = await toPosition(query, ask, now);
  if (position.for !== undefined) {
    return { ...person, positions: [...positionsOf(person), position] };
  }
  const positions = [...endAll(person, position.from), position];
  return { ...person, centreId: position.centreId, role: position.role, positions };
}

/** What would begin later does not begin at all. */
function endAll(person: StaffMember, at: number): Position[] {
  return positionsOf(person)
    .filter((it) => it.from < at)
    .map((it) => (it.to === null || it.to > at ? { ...it, to: at } : it));
}

type PlaceAsk = Pick<Extract<ChangeAsk, { does: 'move' }>, 'centre' | 'role' | 'from' | 'to' | 'for'>;

async function toPosition(query: Query, ask: PlaceAsk, now: number): Promise<Position> {
  const role = Role.safeParse(ask.role);
  if (!role.success) throw new Wrong(`a role is one of ${Role.options.join(', ')}`);
  const offset = await readOffset(query, ask.centre);
  const from = toMoment(ask.from, offset) ?? now;
  const to = toMoment(ask.to, offset);
  if (to !== null && to <= from) throw new Wrong('--to is not after --from');
  if (ask.for !== null && to === null) throw new Wrong('a substitute needs --to');
  const position = { centreId: ask.centre, role: role.data, from, to };
  return ask.for === null ? position : { ...position, for: ask.for };
}

/** Minutes east of UTC of a centre, which must be there. */
async function readOffset(query: Query, centreId: number): Promise<number> {
  const rows = await query.query<{ body: unknown }>(
    `select body from doc where centre_id = ${COUNTRY} and coll = 'reference' and not deleted`,
  );
  const centres = rows.flatMap(({ body }) => {
    const parsed = Centre.safeParse(body);
    return parsed.success && parsed.data.centreId === centreId ? [parsed.data] : [];
  });
  const [centre] = centres;
  if (centre === undefined) throw new Wrong(`there is no centre ${centreId}`);
  return centre.utcOffsetMinutes;
}

/** Midnight of a day by the clock of the centre, or a moment as it is. */
function toMoment(typed: string | null, offsetMinutes: number): number | null {
  if (typed === null) return null;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(typed);
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(typed);
  const at = isDay || isMoment ? Date.parse(typed) : Number.NaN;
  if (Number.isNaN(at)) throw new Wrong(`"${typed}" is no day, as 2026-11-24, and no moment with its offset`);
  return isDay ? at - offsetMinutes * 60_000 : at;
}

/** `id, name` and a line for each position. */
export function describePerson(person: StaffMember): string {
  const day = (at: number | null): string =>
    at === null || at < 0 ? '…' : new Date(at).toISOString().slice(0, 16).concat('Z');
  const lines = positionsOf(person).map(({ centreId, role, from, to, for: whose }) => {
    const place = whose === undefined ? '' : ` for ${whose}`;
    return `  ${role} at ${centreId}${place}, ${day(from)} to ${day(to)}\n`;
  });
  return `${person.id}\t${person.name}\n${lines.join('')}`;
}
