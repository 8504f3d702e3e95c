import { readFile } from 'node:fs/promises';
import { errorCodeOf } from './disk-refusal.ts';
import { writeDurably } from './durable-file.ts';
import type { Sealer } from './sealer.ts';

/** Replaces a file that an older key has sealed by the same under the newest. One that does not open stays as it is. */
export async function sealFileAnew(path: string, sealer: Sealer, of: string): Promise<void> {
  const sealed = await readFile(path).catch((error: unknown) => {
    if (errorCodeOf(error) === null) throw error;
    return null;
  });
  if (sealed === null || !sealer.isOlder(sealed)) return;
  const bytes = sealer.open(sealed, of);
  // A full disk: the older key is kept, and the next start tries again.
  if (bytes !== null) await writeDurably(path, sealer.seal(bytes, of));
}
