import { createHash } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import type { StaffMember } from '#model/staff';

export type SeedCredential = { centreId: number; staffId: string; kind: 'pin'; hash: string };

const SALT_BYTES = 16;

/** The PINs of the demonstration, hashed. */
export async function toCredentials(staff: readonly StaffMember[]): Promise<SeedCredential[]> {
  const made: SeedCredential[] = [];
  for (const { id, centreId, demoPin } of staff) {
    if (demoPin === undefined) continue;
    made.push({ centreId, staffId: id, kind: 'pin', hash: await hashPin(id, demoPin) });
  }
  return made;
}

/** The salt follows from the id, so that every build of the demonstration gives the same hash. */
function hashPin(id: string, pin: string): Promise<string> {
  return argon2id({
    password: pin,
    salt: createHash('sha256').update(id).digest().subarray(0, SALT_BYTES),
    parallelism: 1,
    iterations: 2,
    memorySize: 19_456,
    hashLength: 32,
    outputType: 'encoded',
  });
}
