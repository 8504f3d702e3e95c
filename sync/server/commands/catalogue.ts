import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ReferenceItem } from '#model/reference';
import { Service } from '#model/service';
import { withDatabase } from '../open-database.ts';
import type { DatabaseChoice } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import { saveSeed } from '../store/save-seed.ts';
import { bringUp } from './run-migrate.ts';

/** Services and what they refer to; a seed file is one too. */
const Catalogue = z.object({ services: z.array(Service), reference: z.array(ReferenceItem) });
type Catalogue = z.infer<typeof Catalogue>;

const MOST_FAULTS = 20;

/** Says what is wrong with a catalogue before anybody gets it. */
export async function checkCatalogue(file: string): Promise<Done | Problem> {
  const read = await readCatalogue(file);
  if (read.outcome === 'problem') return read;
  const { services, reference } = read.catalogue;
  return {
    outcome: 'done',
    text: `good: ${services.length} services, ${reference.length} items of reference data\n`,
  };
}

/** Brings services and reference data to what the file says; what it does not name stays. */
export async function publishCatalogue(database: DatabaseChoice, file: string): Promise<Done | Problem> {
  const read = await readCatalogue(file);
  if (read.outcome === 'problem') return read;
  return withDatabase(database, async (sql) => {
    const steps = await bringUp(sql);
    if (typeof steps !== 'string') return steps;
    const seed = { ...read.catalogue, staff: [], enrolmentCodes: [] };
    const changed = await saveSeed(sql, seed, { demo: false });
    return { outcome: 'done', text: `${changed} published; desks get them with their next sync\n` };
  });
}

async function readCatalogue(file: string): Promise<{ outcome: 'read'; catalogue: Catalogue } | Problem> {
  const next = 'mend what is named, then check it again: darcha-central catalogue check FILE';
  let data: unknown;
  try {
    data = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return toProblem(EXIT.usage, `the catalogue ${file} cannot be read as JSON.`, next);
  }
  const parsed = Catalogue.safeParse(data);
  const faults = parsed.success ? findFaults(parsed.data) : parsed.error.issues.map(toFault);
  if (parsed.success && faults.length === 0) return { outcome: 'read', catalogue: parsed.data };
  const named = faults.slice(0, MOST_FAULTS).join('; ');
  const more = faults.length > MOST_FAULTS ? `; and ${faults.length - MOST_FAULTS} more` : '';
  return toProblem(EXIT.usage, `the catalogue ${file} is not as it should be: ${named}${more}.`, next);
}

function toFault({ path, message }: { path: PropertyKey[]; message: string }): string {
  return `${path.map(String).join('.') || 'the file'} (${message})`;
}

/** What each service by itself cannot show. */
function findFaults({ services, reference }: Catalogue): string[] {
  const codesOf = (kind: 'sphere' | 'department'): Set<string> =>
    new Set(reference.flatMap((it) => (it.kind === kind ? [it.code] : [])));
  const [spheres, departments] = [codesOf('sphere'), codesOf('department')];
  const current = services.filter((it) => it.current).map((it) => it.code);
  return [
    ...repeated(services.map((it) => it.id)).map((it) => `service ${it} stands twice`),
    ...repeated(reference.map((it) => it.id)).map((it) => `reference item ${it} stands twice`),
    ...repeated(current).map((it) => `service ${it} has two current versions`),
    ...services
      .filter((it) => it.id !== `${it.code}@${it.version}`)
      .map((it) => `service ${it.id} is ${it.code}@${it.version}`),
    ...services
      .filter((it) => spheres.size > 0 && !spheres.has(it.sphere))
      .map((it) => `service ${it.id} is of an unknown sphere ${it.sphere}`),
    ...services
      .filter((it) => departments.size > 0 && !departments.has(it.department))
      .map((it) => `service ${it.id} is of an unknown department ${it.department}`),
  ];
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((it, index) => names.indexOf(it) !== index))];
}
