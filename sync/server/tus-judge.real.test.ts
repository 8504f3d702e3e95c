import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PreviousUpload, Upload, type UploadOptions, type UrlStorage } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { ask, enrol, openTestCentral, type TestCentral } from './central.fixture.ts';

/** Somebody else's client of tus, as the judge of our end. */
describe('tus-js-client', () => {
  let central: TestCentral;
  let desk: EnrolAnswer;
  let url: string;
  let folder: string;

  beforeAll(async () => {
    central = await openTestCentral();
    central.clock.now = Date.now();
    url = await central.listen();
    desk = await enrol(central, 13);
    folder = await mkdtemp(join(tmpdir(), 'tus-'));
  }, 60_000);
  afterAll(async () => {
    await central.close();
    await rm(folder, { recursive: true, force: true });
  });

  const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const optionsFor = (bytes: Buffer): UploadOptions => ({
    endpoint: `${url}/v1/uploads`,
    headers: { 'darcha-protocol': '1', authorization: `Bearer ${desk.token}` },
    metadata: { sha256: hashOf(bytes) },
    retryDelays: [0, 100],
    chunkSize: 50_000,
  });
  const isThere = async (bytes: Buffer): Promise<number> =>
    (await ask(central, desk.token, { method: 'HEAD', url: `/v1/files/${hashOf(bytes)}` })).status;
  const send = (bytes: Buffer, more: Partial<UploadOptions> = {}): Promise<Upload> =>
    new Promise((resolve, reject) => {
      const upload = new Upload(bytes, {
        ...optionsFor(bytes),
        ...more,
        onSuccess: () => resolve(upload),
        onError: reject,
      });
      upload.start();
    });

  it.each([
    ['in chunks', {}],
    ['in one piece', { chunkSize: Number.POSITIVE_INFINITY }],
    ['with its first bytes in the creation', { uploadDataDuringCreation: true }],
  ])('sends a file %s', async (_how, more) => {
    const bytes = randomBytes(180_000);
    const upload = await send(bytes, more);
    expect([upload.url, await isThere(bytes)]).toEqual([
      expect.stringMatching(new RegExp(`^${url}/v1/uploads/[0-9a-f-]{36}$`)),
      200,
    ]);
    // The same file once more: all of it is there.
    await send(bytes);
  });

  it('pauses, resumes, and finds after a start what it had begun', async () => {
    const bytes = randomBytes(200_000);
    const path = join(folder, 'scan');
    await writeFile(path, bytes);
    const kept = new Map<string, PreviousUpload>();
    const urlStorage: UrlStorage = {
      findAllUploads: async () => [...kept.values()],
      findUploadsByFingerprint: async () => [...kept.values()],
      removeUpload: async (key) => {
        kept.delete(key);
      },
      addUpload: async (_fingerprint, upload) => {
        kept.set('scan', { ...upload, urlStorageKey: 'scan' });
        return 'scan';
      },
    };
    const offsets: number[] = [];
    const options = { ...optionsFor(bytes), urlStorage, uploadSize: bytes.length };
    await new Promise<void>((resolve, reject) => {
      const first = new Upload(createReadStream(path), {
        ...options,
        onError: reject,
        onChunkComplete: (_size, accepted) => {
          offsets.push(accepted);
          if (accepted === 100_000) void first.abort().then(resolve);
        },
      });
      first.start();
    });
    expect([await isThere(bytes), offsets]).toEqual([404, [50_000, 100_000]]);
    await new Promise<void>((resolve, reject) => {
      const second = new Upload(createReadStream(path), {
        ...options,
        onError: reject,
        onSuccess: () => resolve(),
        onChunkComplete: (_size, accepted) => offsets.push(accepted),
      });
      void second.findPreviousUploads().then(([previous]) => {
        if (previous === undefined) return reject(new Error('nothing was begun'));
        second.resumeFromPreviousUpload(previous);
        second.start();
      });
    });
    expect([await isThere(bytes), offsets]).toEqual([200, [50_000, 100_000, 150_000, 200_000]]);
  });

  it('can take an upload back', async () => {
    const bytes = randomBytes(120_000);
    const upload = new Upload(bytes, optionsFor(bytes));
    await new Promise<void>((resolve, reject) => {
      upload.options.onError = reject;
      upload.options.onChunkComplete = () => resolve();
      upload.start();
    });
    await upload.abort(true);
    expect(
      (
        await ask(central, desk.token, {
          method: 'HEAD',
          url: new URL(upload.url ?? url).pathname,
          headers: { 'tus-resumable': '1.0.0' },
        })
      ).status,
    ).toBe(404);
  });
});
