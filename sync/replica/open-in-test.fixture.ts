import { afterEach, vi } from 'vitest';
import type { Replica } from './replica.ts';

// The first test of a file waits for RxDB to be loaded, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const opened: Replica[] = [];
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
});

/** A replica that is closed when its test is over. */
export async function open(replica: Promise<Replica>): Promise<Replica> {
  const it = await replica;
  opened.push(it);
  return it;
}
