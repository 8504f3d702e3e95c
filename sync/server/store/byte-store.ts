/** A whole file: whose, and the SHA-256 of its bytes. */
export type FileKey = { centreId: number; sha256: string };

/** Where the bytes of files lie. What a promise resolved for is on the disk. */
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
  readFile(key: FileKey): AsyncIterable<Uint8Array>;
};
