import { readFileSync } from 'node:fs';
import type { Language } from '#model/local-text';
import type { Centre, ReferenceItem } from '#model/reference';
import type { FormField, Service } from '#model/service';
import type { StaffMember } from '#model/staff';

type Seed = {
  services: Service[];
  reference: ReferenceItem[];
  staff: StaffMember[];
  /** PHC strings. */
  credentials: { staffId: string; hash: string }[];
};

let read: Seed | undefined;

/** What the central server of a test is seeded with. */
export function readSeed(): Seed {
  read ??= JSON.parse(readFileSync('out/seed/seed.json', 'utf8')) as Seed;
  return read;
}

export function getService(code: string): Service {
  const found = readSeed().services.find((it) => it.code === code && it.current);
  if (found === undefined) throw new Error(`no service ${code} in the seed`);
  return found;
}

export function getStaff(id: string): StaffMember {
  const found = readSeed().staff.find((it) => it.id === id);
  if (found === undefined) throw new Error(`no ${id} in the seed`);
  return found;
}

export function getCentre(centreId: number): Centre {
  const found = readSeed().reference.find((it) => it.kind === 'centre' && it.centreId === centreId);
  if (found?.kind !== 'centre') throw new Error(`no centre ${centreId} in the seed`);
  return found;
}

/** What the screen calls a field of a service's form, `children.child` within a group, or one of its options. */
export function formWords(code: string, language: Language) {
  const fieldOf = (path: string): FormField => {
    const [key, inner] = path.split('.');
    const field = getService(code).form.find((it) => it.key === key);
    const found =
      inner !== undefined && field?.kind === 'group' ? field.fields.find((it) => it.key === inner) : field;
    if (found === undefined) throw new Error(`no field ${path} in ${code}`);
    return found;
  };
  return {
    label: (path: string): string => fieldOf(path).label[language],
    option(path: string, option: string): string {
      const field = fieldOf(path);
      const found = field.kind === 'choice' ? field.options.find((it) => it.code === option) : undefined;
      if (found === undefined) throw new Error(`no option ${option} of ${path} in ${code}`);
      return found.label[language];
    },
    paper(item: string): string {
      const found = getService(code).checklist.find((it) => it.code === item);
      if (found === undefined) throw new Error(`no paper ${item} in ${code}`);
      return found.label[language];
    },
  };
}
