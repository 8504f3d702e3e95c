import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runByteStoreTests } from '../../../tests/suites/run-byte-store-tests.ts';
import { startS3, type TestS3 } from '../../../tests/suites/start-s3.ts';
import { openByteBucket } from './byte-bucket.ts';
import { openByteFolder } from './byte-folder.ts';
import { type BucketAddress, openBucket } from './s3-bucket.ts';

const folder = await mkdtemp(join(tmpdir(), 'darcha-bytes-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

runByteStoreTests('a folder', () => openByteFolder(folder));

const started = await startS3();
if (started.outcome === 'none') {
  it(`the store of bytes in a bucket (no S3 server: ${started.reason})`, (context) => context.skip());
} else {
  const { s3 } = started;
  afterAll(() => s3.close());
  runByteStoreTests('a bucket', async () => openByteBucket(openBucket(s3.address)));
  describe('a bucket that does not do what it should', () => testFaults(s3));
}

function testFaults({ address, stop, start }: TestS3): void {
  const put = (more: Partial<BucketAddress>) =>
    openBucket({ ...address, ...more }).put('files/1', Buffer.from('a'));

  it('says who refused, and who was not there', async () => {
    await expect(put({ secretAccessKey: 'another' })).rejects.toMatchObject({ code: 'refused' });
    await expect(put({ accessKeyId: 'nobody' })).rejects.toMatchObject({ code: 'refused' });
    await expect(put({ bucket: 'no-such-bucket' })).rejects.toMatchObject({ code: 'refused' });
    await expect(put({ endpoint: 'http://127.0.0.1:1' })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('lists more than one page', async () => {
    const bucket = openBucket(address);
    const keys = Array.from({ length: 1_003 }, (_, at) => `many/${String(at).padStart(5, '0')}`);
    for (let from = 0; from < keys.length; from += 50) {
      await Promise.all(keys.slice(from, from + 50).map((key) => bucket.put(key, Buffer.from('x'))));
    }
    expect((await bucket.list('many/')).map((it) => it.key)).toEqual(keys);
  });

  it('has after a stop all that it said it had', async () => {
    const bucket = openBucket(address);
    await bucket.put('files/2', Buffer.from('two'));
    await stop();
    await expect(bucket.size('files/2')).rejects.toMatchObject({ code: 'unreachable' });
    await start();
    expect(await bucket.size('files/2')).toBe(3);
    expect(await bucket.size('files/3')).toBeNull();
  });
}
