import { fileURLToPath } from 'node:url';

const part = (name: string): string => fileURLToPath(new URL(`./parts/${name}`, import.meta.url));

/** What stands in for the machine under a simulated station: its disk's API, and ids from a row instead of from chance. */
export const SIMULATED = [
  { find: /^node:fs\/promises$/, replacement: part('sim-fs.ts') },
  { find: /^node:fs$/, replacement: part('sim-fs-stream.ts') },
  { find: /^node:zlib$/, replacement: part('sim-zlib.ts') },
  { find: /^#model\/new-id$/, replacement: part('sim-new-id.ts') },
];
