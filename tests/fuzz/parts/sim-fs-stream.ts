import { Readable } from 'node:stream';
import { readFile } from './sim-fs.ts';

/** Of `node:fs`, what stations and server read files with. */
export function createReadStream(path: string): Readable {
  return Readable.from(readWhole(path), { objectMode: false });
}

async function* readWhole(path: string): AsyncGenerator<Uint8Array> {
  yield (await readFile(path)) as Uint8Array;
}
