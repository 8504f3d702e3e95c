import type { ReferenceItem } from '#model/reference';
import type { Service } from '#model/service';
import type { StaffMember } from '#model/staff';
import { type SeedCredential, toCredentials } from './credentials.ts';
import { reference } from './reference/reference.ts';
import { services } from './services/services.ts';
import { staff } from './staff.ts';

export type Seed = {
  services: readonly Service[];
  reference: readonly ReferenceItem[];
  staff: readonly StaffMember[];
  credentials: readonly SeedCredential[];
  enrolmentCodes: readonly { code: string; centreId: number }[];
};

/** Sample data of the demonstration, never law: ministries change these figures several times a year. */
export const seed: Seed = {
  services,
  reference,
  staff,
  credentials: await toCredentials(staff),
  enrolmentCodes: [
    { code: 'DEMO-OFFICE', centreId: 1 },
    { code: 'DEMO-GEOFFICE', centreId: 2 },
    { code: 'DEMO-SARIOSIYO', centreId: 11 },
    { code: 'DEMO-DEHQONOBOD', centreId: 12 },
    { code: 'DEMO-BAXMAL', centreId: 13 },
    { code: 'DEMO-XOVOS', centreId: 14 },
    { code: 'DEMO-NURAFSHON', centreId: 15 },
    { code: 'DEMO-SERGELI', centreId: 16 },
    { code: 'DEMO-GARDABANI', centreId: 21 },
  ],
};
