import { MAX_FILE_BYTES } from '#contract/station-contract';
import { useDesk } from './desk.ts';

export type KeptFile =
  | { outcome: 'kept'; sha256: string; bytes: number; mime: string; name: string }
  | { outcome: 'too-large'; maxBytes: number }
  | { outcome: 'empty' }
  /** A folder, or a file whose disk was pulled out. */
  | { outcome: 'unreadable' }
  | { outcome: 'disk-low' }
  | { outcome: 'disk-full' }
  | { outcome: 'disk-failed'; code: string };

export { MAX_FILE_BYTES };

/** Files of cases: given to the station's disk first, then named by events. */
export function useFiles(): {
  keep(file: File): Promise<KeptFile>;
  read(sha256: string): Promise<Uint8Array<ArrayBuffer> | null>;
} {
  const { station } = useDesk();
  return {
    async keep(file) {
      if (file.size > MAX_FILE_BYTES) return { outcome: 'too-large', maxBytes: MAX_FILE_BYTES };
      const bytes = await readBytes(file);
      if (bytes === null) return { outcome: 'unreadable' };
      if (bytes.length === 0) return { outcome: 'empty' };
      const answer = await station.call('blobs.keep', null, bytes);
      if (answer.outcome !== 'kept') return answer;
      return { ...answer, mime: file.type || 'application/octet-stream', name: file.name.slice(-200) };
    },
    async read(sha256) {
      const { answer, bytes } = await station.call('blobs.read', { sha256 });
      return answer.outcome === 'found' ? bytes : null;
    },
  };
}

async function readBytes(file: File): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}
