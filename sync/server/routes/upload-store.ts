import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { UPLOAD_DAYS, type UploadName, type Uploads } from '../store/uploads.ts';

/** What one request may see: the uploads of its centre, and what its headers promise of its body. */
export type UploadScope = {
  centreId: number;
  chunk: { bytes: number; sha256: string } | null;
  uploads: Uploads;
  now(): number;
  /** All of the file is there already, without this upload. */
  known(bytes: number): void;
};

/** A refusal as `@tus/server` takes it: thrown, with a status. */
export type TusRefusal = { status_code: number; body: string };

const OTHER_CHUNK: TusRefusal = { status_code: 460, body: 'the chunk is not what its checksum says' };
const OTHER_FILE: TusRefusal = { status_code: 422, body: 'the whole has another SHA-256' };

/** Our uploads as `@tus/server` asks for them, for one request. Its refusals are thrown: so the package wants it. */
export class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'expiration', 'termination', 'checksum'];
  readonly #scope: UploadScope;

  constructor(scope: UploadScope) {
    super();
    this.#scope = scope;
  }

  override async create(upload: Upload): Promise<Upload> {
    const { size: bytes = 0, metadata } = upload;
    const { uploads, now, known } = this.#scope;
    const sha256 = metadata?.sha256 ?? '';
    const { isKnown } = await uploads.create({ ...this.#name(upload.id), sha256, bytes, now: now() });
    if (isKnown) known(bytes);
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const found = await this.#scope.uploads.find(this.#name(id), this.#scope.now());
    if (found.outcome === 'absent') throw ERRORS.FILE_NOT_FOUND;
    if (found.outcome === 'expired') throw ERRORS.FILE_NO_LONGER_EXISTS;
    const { sha256, bytes, received, createdAt } = found.upload;
    return new Upload({
      id,
      size: bytes,
      offset: received,
      metadata: { sha256 },
      creation_date: new Date(createdAt).toISOString(),
    });
  }

  override async write(source: Readable, id: string, from: number): Promise<number> {
    const { uploads, chunk, now } = this.#scope;
    const result = await uploads.receive({ ...this.#name(id), from, chunk, source, now: now() });
    if (result.outcome === 'absent') throw ERRORS.FILE_NOT_FOUND;
    if (result.outcome === 'other-chunk') throw OTHER_CHUNK;
    if (result.outcome === 'other-file') throw OTHER_FILE;
    return result.received;
  }

  override async remove(id: string): Promise<void> {
    await this.getUpload(id);
    await this.#scope.uploads.remove(this.#name(id));
  }

  override getExpiration(): number {
    return UPLOAD_DAYS * 24 * 60 * 60_000;
  }

  #name(uploadId: string): UploadName {
    return { centreId: this.#scope.centreId, uploadId };
  }
}
