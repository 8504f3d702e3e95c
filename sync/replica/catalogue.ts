import type { z } from 'zod';
import { type ReferenceItem, ReferenceItem as ReferenceSchema } from '#model/reference';
import { type Service, Service as ServiceSchema } from '#model/service';
import { type StaffMember, StaffMember as StaffSchema } from '#model/staff';
import { type CatalogueKind, runQuery, type Tables } from './database.ts';

export type Catalogue = {
  services(): readonly Service[];
  findService(code: string, version: number): Service | null;
  /** How many documents of each kind this program cannot read; they are kept for a newer one. */
  unreadable(): readonly { collection: string; count: number }[];
  readServices(): Promise<void>;
  readReference(): Promise<readonly ReferenceItem[]>;
  readStaff(): Promise<readonly StaffMember[]>;
};

/** Services in memory (a few hundred at most), places and people read when asked for. */
export function createCatalogue(tables: Tables): Catalogue {
  let services: readonly Service[] = [];
  const unreadable = new Map<string, number>();

  async function read<T>(name: CatalogueKind, schema: z.ZodType<T>): Promise<T[]> {
    const rows = await runQuery(tables.catalogue.find({ selector: { kind: name } }));
    const parsed = rows.map((it) => schema.safeParse(it.toJSON().doc));
    unreadable.set(name, parsed.filter((it) => !it.success).length);
    return parsed.flatMap((it) => (it.success ? [it.data] : []));
  }

  return {
    services: () => services,
    findService: (code, version) => services.find((it) => it.code === code && it.version === version) ?? null,
    unreadable: () =>
      [...unreadable].flatMap(([collection, count]) => (count > 0 ? [{ collection, count }] : [])),
    async readServices() {
      services = await read('services', ServiceSchema);
    },
    readReference: () => read('reference', ReferenceSchema),
    readStaff: () => read('staff', StaffSchema),
  };
}
