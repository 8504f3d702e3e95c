import { Centre } from '#model/reference';
import { withDatabase } from '../open-database.ts';
import type { DatabaseChoice, NewCentre } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import { saveSeed } from '../store/save-seed.ts';
import type { Query } from '../store/sql.ts';
import { bringUp } from './run-migrate.ts';

/** Makes a centre. Its hours, address and names in each language come with the catalogue. */
export function addCentre(database: DatabaseChoice, asked: NewCentre): Promise<Done | Problem> {
  return withDatabase(database, async (sql) => {
    const steps = await bringUp(sql);
    if (typeof steps !== 'string') return steps;
    const made = Centre.safeParse(toCentre(asked));
    if (!made.success) {
      const where = made.error.issues[0]?.path.join('.') ?? '';
      return toProblem(
        EXIT.usage,
        `the centre is not as it should be (at ${where}).`,
        'see centre add --help.',
      );
    }
    if (await hasCentre(sql, asked.centre)) {
      return toProblem(EXIT.usage, `there is a centre ${asked.centre} already.`, 'give it another number.');
    }
    if (asked.parent !== null && !(await hasCentre(sql, asked.parent))) {
      return toProblem(
        EXIT.usage,
        `there is no centre ${asked.parent} to be its parent.`,
        'make that one first.',
      );
    }
    const seed = { services: [], reference: [made.data], staff: [], enrolmentCodes: [] };
    await saveSeed(sql, seed, { demo: false });
    return {
      outcome: 'done',
      text: `centre ${asked.centre} is made; darcha-central code enrols its desks\n`,
    };
  });
}

async function hasCentre(query: Query, centreId: number): Promise<boolean> {
  const rows = await query.query('select 1 from centre where centre_id = $1', [centreId]);
  return rows.length > 0;
}

function toCentre({ centre, name, prefix, place, parent, type }: NewCentre): object {
  const words = (text: string) => ({ 'uz-Latn': text, 'uz-Cyrl': text, ru: text, en: text });
  const isGeorgian = type === 'community-centre';
  return {
    kind: 'centre',
    id: `centre-${centre}`,
    centreId: centre,
    type,
    parent,
    place,
    numberPrefix: prefix,
    name: words(name),
    address: words(''),
    phone: '',
    country: isGeorgian ? 'GE' : 'UZ',
    utcOffsetMinutes: isGeorgian ? 240 : 300,
    hours: [],
    topServices: [],
  };
}
