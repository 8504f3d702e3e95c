/** A whole file: whose, and the SHA-256 of its bytes. A packed copy of a stream is kept apart from what desks sent. */
export type FileKey = { centreId: number; sha256: string; kind?: 'snapshot' };

/**
 * Where the bytes of files lie. What a promise resolved for is on the disk, or at the other store.
 *
 * A store that cannot do what it is asked rejects with a `StoreFailure`: half of what it answers is read bit by bit, and
 * has no other way to say so. What it had taken before stays.
 */
export type ByteStore = {
  /** How much of an upload is here; 0 where there is nothing. */
  partSize(uploadId: string): Promise<number>;
  /** Puts bytes behind the first `from`. Those that came before the source broke stay, and its error is passed on. */
  append(uploadId: string, from: number, source: AsyncIterable<Uint8Array>): Promise<void>;
  readPart(uploadId: string, from: number, to: number): AsyncIterable<Uint8Array>;
  /** Leaves the first `to` bytes. */
  cutPart(uploadId: string, to: number): Promise<void>;
  dropPart(uploadId: string): Promise<void>;
  /** A part that is whole becomes the file. */
  keep(uploadId: string, key: FileKey): Promise<void>;
  /** `null` where there is no such file. */
  fileSize(key: FileKey): Promise<number | null>;
  readFile(key: FileKey, from?: number, to?: number): AsyncIterable<Uint8Array>;
  dropFile(key: FileKey): Promise<void>;
};

/** `refused`: it does not let us; `full`: it has no room; `unreachable`: it does not answer as it should. */
export type StoreFault = 'refused' | 'full' | 'unreachable';

/** The store of bytes does not do what it should: whoever sends is answered 503, and sends again. */
export class StoreFailure extends Error {
  readonly code: StoreFault;
  constructor(code: StoreFault, options?: ErrorOptions) {
    super(`the store of files: ${code}`, options);
    this.name = 'StoreFailure';
    this.code = code;
  }
}

/** Where a whole file lies, in a folder as in a bucket, so that one can be copied into the other. */
export function toFilePath({ centreId, sha256, kind }: FileKey): string {
  return `${kind === 'snapshot' ? 'snapshots' : 'files'}/${centreId}/${sha256.slice(0, 2)}/${sha256}`;
}
