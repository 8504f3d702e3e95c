import { Buffer } from 'node:buffer';
import type { ByteStore, FileKey } from '../../../sync/server/store/byte-store.ts';

/** What lies on the centre's disk beside its database. */
export type SimBytes = { parts: Map<string, Buffer>; files: Map<string, Buffer> };

export function createSimBytes(): SimBytes {
  return { parts: new Map(), files: new Map() };
}

export function cloneSimBytes({ parts, files }: SimBytes): SimBytes {
  return { parts: new Map(parts), files: new Map(files) };
}

const nameOf = ({ centreId, sha256, kind }: FileKey): string =>
  `${kind === undefined ? '' : `${kind}/`}${centreId}/${sha256}`;

/** Every write is a piece of work that the scheduler lets happen; a kill of the server leaves what was written. */
export function openSimBytes({ parts, files }: SimBytes, step: (label: string) => Promise<void>): ByteStore {
  const partOf = (id: string): Buffer => parts.get(id) ?? Buffer.alloc(0);
  return {
    partSize: async (id) => partOf(id).length,
    async append(id, from, source) {
      await step('part');
      parts.set(id, Buffer.from(partOf(id).subarray(0, from)));
      for await (const bytes of source) {
        await step('part');
        parts.set(id, Buffer.concat([partOf(id), bytes]));
      }
    },
    readPart: (id, from, to) => once(() => partOf(id).subarray(from, to)),
    async cutPart(id, to) {
      await step('part');
      parts.set(id, Buffer.from(partOf(id).subarray(0, to)));
    },
    async dropPart(id) {
      await step('part');
      parts.delete(id);
    },
    async keep(id, key) {
      await step('file');
      const part = parts.get(id);
      if (part === undefined) throw new Error(`no part ${id}`);
      files.set(nameOf(key), part);
      parts.delete(id);
    },
    fileSize: async (key) => files.get(nameOf(key))?.length ?? null,
    readFile: (key, from, to) => once(() => (files.get(nameOf(key)) ?? Buffer.alloc(0)).subarray(from, to)),
    async dropFile(key) {
      await step('file');
      files.delete(nameOf(key));
    },
  };
}

async function* once(read: () => Uint8Array): AsyncGenerator<Uint8Array> {
  yield read();
}
