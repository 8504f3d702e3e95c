import type { Readable } from 'node:stream';
import type { StaffMember } from '#model/staff';
import { hashKnown } from '../auth/known-by.ts';
import { withDatabase } from '../open-database.ts';
import type { DatabaseChoice, PersonAsk } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import { readFirstLine } from '../read-first-line.ts';
import { centresOf, copyCredentials, findPeople, saveCredential, savePeople } from '../store/people.ts';
import { type Query, type Sql, transact } from '../store/sql.ts';
import { findFault } from './known-policy.ts';
import { changePerson, describePerson } from './person-change.ts';
import { bringUp } from './run-migrate.ts';

type SetAsk = Extract<PersonAsk, { does: 'set-pin' | 'set-password' }>;

/** People as data: who is where and what, and by what he is known. */
export function runPerson(
  database: DatabaseChoice,
  ask: PersonAsk,
  input: Readable,
): Promise<Done | Problem> {
  return withDatabase(database, async (sql) => {
    const steps = await bringUp(sql);
    if (typeof steps !== 'string') return steps;
    switch (ask.does) {
      case 'list':
        return listPeople(sql, ask.centre);
      case 'set-pin':
      case 'set-password':
        return setKnown(sql, ask, await readFirstLine(input));
      default:
        return transact(sql, (query) => change(query, ask));
    }
  });
}

async function listPeople(query: Query, centreId: number): Promise<Done> {
  const people = await findPeople(query, { centreId });
  return { outcome: 'done', text: people.map(describePerson).join('') || 'nobody\n' };
}

async function change(
  query: Query,
  ask: Extract<PersonAsk, { does: 'add' | 'move' | 'end' }>,
): Promise<Done | Problem> {
  const [person = null] = await findPeople(query, { id: ask.id });
  const changed = await changePerson(query, person, ask, Date.now());
  if (changed.outcome === 'wrong') {
    return toProblem(EXIT.usage, `${changed.problem}.`, `see person ${ask.does} --help.`);
  }
  await savePeople(query, [changed.person]);
  await copyCredentials(query, ask.id, centresOf(changed.person));
  return { outcome: 'done', text: describePerson(changed.person) };
}

async function setKnown(sql: Sql, { does, id }: SetAsk, typed: string): Promise<Done | Problem> {
  const kind = does === 'set-pin' ? 'pin' : 'password';
  const fault = findFault(kind, typed);
  if (fault !== null) return toProblem(EXIT.usage, `${fault}.`, `echo it into person ${does} --id ${id}.`);
  const [person] = await findPeople(sql, { id });
  if (person === undefined) return nobody(id);
  const hash = await hashKnown(typed);
  await transact(sql, (query) =>
    saveCredential(query, centresOf(person), { staffId: id, kind, hash, isDemo: false }, Date.now()),
  );
  return { outcome: 'done', text: `the ${kind} of ${id} is set; desks know it with their next contact\n` };
}

function nobody(id: StaffMember['id']): Problem {
  return toProblem(EXIT.usage, `there is nobody ${id}.`, 'make him first: darcha-central person add.');
}
