import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { startS3, type TestS3 } from '../../tests/suites/start-s3.ts';
import { type Answer, ask, enrol, openTestCentral, type TestCentral } from './central.fixture.ts';
import { openByteBucket } from './store/byte-bucket.ts';
import { openBucket } from './store/s3-bucket.ts';

const started = await startS3();
if (started.outcome === 'none') {
  it(`uploads to a bucket (no S3 server: ${started.reason})`, (context) => context.skip());
} else {
  describe('uploads to a bucket', () => testUploads(started.s3));
}

function testUploads(s3: TestS3): void {
  let first: TestCentral;
  let second: TestCentral;
  let desk: EnrolAnswer;

  beforeAll(async () => {
    first = await openTestCentral({ bytes: openByteBucket(openBucket(s3.address)) });
    first.clock.now = Date.now();
    // Another server of the same database that has no folder in common with the first.
    second = await openTestCentral({ sql: first.sql, bytes: openByteBucket(openBucket(s3.address)) });
    second.clock.now = Date.now();
    desk = await enrol(first, 13);
  }, 60_000);
  afterAll(async () => {
    await second.close();
    await first.close();
    await s3.close();
  });

  const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes);
  const tus = (
    central: TestCentral,
    method: 'POST' | 'PATCH' | 'HEAD',
    url: string,
    more = {},
    body?: Buffer,
  ) =>
    ask(central, desk.token, {
      method,
      url,
      headers: { 'tus-resumable': '1.0.0', ...more },
      ...(body === undefined ? {} : { body }),
    });
  const begin = async (file: Buffer): Promise<string> => {
    const named = Buffer.from(hashOf(file).digest('hex')).toString('base64');
    const headers = { 'upload-length': String(file.length), 'upload-metadata': `sha256 ${named}` };
    return `/v1/${(await tus(first, 'POST', '/v1/uploads', headers)).headers.location}`;
  };
  const headersAt = (from: number, body: Buffer) => ({
    'upload-offset': String(from),
    'content-type': 'application/offset+octet-stream',
    'upload-checksum': `sha256 ${hashOf(body).digest('base64')}`,
  });
  const patch = (central: TestCentral, path: string, from: number, body: Buffer): Promise<Answer> =>
    tus(central, 'PATCH', path, headersAt(from, body), body);
  const offsetOf = async (central: TestCentral, path: string): Promise<unknown> => {
    const { status, headers } = await tus(central, 'HEAD', path);
    return status === 200 ? Number(headers['upload-offset']) : status;
  };
  const has = async (central: TestCentral, file: Buffer): Promise<number> =>
    (await ask(central, desk.token, { method: 'HEAD', url: `/v1/files/${hashOf(file).digest('hex')}` }))
      .status;

  it('takes chunks by one server and the other, and the file is at both', async () => {
    const file = randomBytes(90_000);
    const path = await begin(file);
    expect((await patch(first, path, 0, file.subarray(0, 30_000))).status).toBe(204);
    expect((await patch(second, path, 30_000, file.subarray(30_000, 60_000))).status).toBe(204);
    expect(await offsetOf(first, path)).toBe(60_000);
    expect((await patch(first, path, 60_000, file.subarray(60_000))).status).toBe(204);
    expect([await has(first, file), await has(second, file)]).toEqual([200, 200]);
  });

  it('goes on within a chunk that was cut off, at the other server', async () => {
    const file = randomBytes(60_000);
    const path = await begin(file);
    const url = await first.listen();
    const headers = {
      ...headersAt(0, file),
      authorization: `Bearer ${desk.token}`,
      'darcha-protocol': '1',
      'tus-resumable': '1.0.0',
      'content-length': String(file.length),
    };
    const sent = request(`${url}${path}`, { method: 'PATCH', headers });
    sent.on('error', () => undefined);
    sent.write(file.subarray(0, 23_456), () => sent.destroy());
    await expect.poll(() => offsetOf(second, path), { timeout: 30_000 }).toBe(23_456);
    expect((await patch(second, path, 23_456, file.subarray(23_456))).status).toBe(204);
    expect(await has(first, file)).toBe(200);
  });

  it('refuses a changed chunk and takes the right one', async () => {
    const file = randomBytes(20_000);
    const path = await begin(file);
    const wrong = await tus(first, 'PATCH', path, headersAt(0, file.subarray(0, 9_000)), randomBytes(9_000));
    expect([wrong.status, await offsetOf(first, path)]).toEqual([460, 0]);
    expect((await patch(first, path, 0, file)).status).toBe(204);
    expect(await has(second, file)).toBe(200);
  });

  it('answers 503 while the bucket does not answer, and loses nothing of what it had acknowledged', async () => {
    const file = randomBytes(50_000);
    const path = await begin(file);
    expect((await patch(first, path, 0, file.subarray(0, 20_000))).status).toBe(204);
    await s3.stop();
    const down = { status: 503, body: { error: 'unavailable', retryAfterSeconds: 5 } };
    expect(await patch(first, path, 20_000, file.subarray(20_000))).toMatchObject(down);
    expect([await offsetOf(first, path), await has(first, file)]).toEqual([503, 404]);
    await s3.start();
    expect(await offsetOf(second, path)).toBe(20_000);
    expect((await patch(second, path, 20_000, file.subarray(20_000))).status).toBe(204);
    expect(await has(first, file)).toBe(200);
  });
}
