import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { type Answer, ask, enrol, openTestCentral, type TestCentral } from '../central.fixture.ts';
import { LIMITS } from '../context.ts';
import { openByteFolder } from '../store/byte-folder.ts';
import { openFileStore } from '../store/files.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('uploads', () => {
  let central: TestCentral;
  let desk: EnrolAnswer;
  let stranger: EnrolAnswer;
  let url: string;

  beforeAll(async () => {
    central = await openTestCentral();
    central.clock.now = Date.now();
    url = await central.listen();
    desk = await enrol(central, 13);
    stranger = await enrol(central, 21);
  }, 60_000);
  afterAll(async () => {
    await central.close();
  });

  const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const checksumOf = (bytes: Buffer): Record<string, string> => ({
    'upload-checksum': `sha256 ${createHash('sha256').update(bytes).digest('base64')}`,
  });
  const metadataOf = (sha256: string): string => `sha256 ${Buffer.from(sha256).toString('base64')}`;
  const tus = (
    method: 'POST' | 'PATCH' | 'HEAD' | 'DELETE' | 'OPTIONS',
    path: string,
    more: Parameters<typeof ask>[2]['headers'] = {},
    body?: Buffer,
    token = desk.token,
  ): Promise<Answer> =>
    ask(central, token, {
      method,
      url: path,
      headers: { 'tus-resumable': '1.0.0', ...more },
      ...(body === undefined ? {} : { body }),
    });
  const create = (sha256: string, bytes: number): Promise<Answer> =>
    tus('POST', '/v1/uploads', { 'upload-length': String(bytes), 'upload-metadata': metadataOf(sha256) });
  const begin = async (file: Buffer, sha256 = hashOf(file)): Promise<string> => {
    const { status, headers } = await create(sha256, file.length);
    expect([status, headers.location]).toEqual([201, expect.stringMatching(/^uploads\/[0-9a-f-]{36}$/)]);
    return `/v1/${headers.location}`;
  };
  const patch = (path: string, from: number, body: Buffer, checksum = checksumOf(body)): Promise<Answer> =>
    tus(
      'PATCH',
      path,
      { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream', ...checksum },
      body,
    );
  const offsetOf = async (path: string): Promise<unknown> => {
    const { status, headers } = await tus('HEAD', path);
    return status === 200 ? Number(headers['upload-offset']) : status;
  };
  const head = async (token: string, sha256: string): Promise<number> =>
    (await ask(central, token, { method: 'HEAD', url: `/v1/files/${sha256}` })).status;
  const parts = (): Promise<string[]> => readdir(join(central.folder, 'uploads'));
  const refusal = (status: number, error: string) => ({
    status,
    body: expect.objectContaining({ error }),
    headers: expect.anything(),
  });

  const missing = (all: unknown, token = desk.token): Promise<Answer> =>
    ask(central, token, { method: 'POST', url: '/v1/files/missing', body: { sha256: all } });

  /** The first `send` bytes of a PATCH, and then the line is gone. */
  async function cutOff(path: string, from: number, body: Buffer, send: number): Promise<void> {
    const headers = {
      authorization: `Bearer ${desk.token}`,
      'darcha-protocol': '1',
      'tus-resumable': '1.0.0',
      'upload-offset': String(from),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(body.length),
      ...checksumOf(body),
    };
    const sent = request(`${url}${path}`, { method: 'PATCH', headers });
    sent.on('error', () => undefined);
    sent.write(body.subarray(0, send));
    const part = join(central.folder, 'uploads', path.slice('/v1/uploads/'.length));
    await expect
      .poll(async () => (await readFile(part).catch(() => [])).length, { timeout: 30_000 })
      .toBe(from + send);
    sent.destroy();
  }

  it('says what it can do', async () => {
    const { status, headers } = await tus('OPTIONS', '/v1/uploads');
    expect([status, headers]).toMatchObject([
      204,
      {
        'tus-version': '1.0.0',
        'tus-max-size': String(LIMITS.fileBytes),
        'tus-extension': 'creation,creation-with-upload,expiration,termination,checksum',
        'tus-checksum-algorithm': 'sha256',
      },
    ]);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('takes a file in chunks, keeps it under its hash for its own centre, and knows it the next time', async () => {
    const file = randomBytes(300_000);
    const sha256 = hashOf(file);
    expect(await head(desk.token, sha256)).toBe(404);
    const path = await begin(file);
    expect(await patch(path, 0, file.subarray(0, 200_000))).toMatchObject({
      status: 204,
      headers: { 'upload-offset': '200000', 'upload-expires': expect.stringContaining('GMT') },
    });
    expect([await offsetOf(path), await head(desk.token, sha256)]).toEqual([200_000, 404]);
    expect((await patch(path, 200_000, file.subarray(200_000))).headers['upload-offset']).toBe('300000');
    expect(await readFile(join(central.folder, 'files', '13', sha256.slice(0, 2), sha256))).toEqual(file);
    expect([await head(desk.token, sha256), await head(stranger.token, sha256)]).toEqual([200, 404]);
    // Whoever did not hear the last answer asks again; whoever has the same file hears it at once.
    expect(await offsetOf(path)).toBe(300_000);
    expect(await create(sha256, file.length)).toMatchObject({
      status: 201,
      headers: { 'upload-offset': '300000' },
    });
    expect(await parts()).toEqual([]);
    // What is there for its own centre is missing for another.
    const other = hashOf(randomBytes(9));
    expect((await missing([sha256, other])).body).toEqual({ missing: [other] });
    expect((await missing([sha256], stranger.token)).body).toEqual({ missing: [sha256] });
    await rm(join(central.folder, 'files', '13', sha256.slice(0, 2), sha256));
    expect((await missing([sha256])).body).toEqual({ missing: [sha256] });
    for (const bad of [[], [1], ['../x'], 'all']) {
      expect(await missing(bad)).toEqual(refusal(422, 'unreadable'));
    }
  });

  it('refuses a chunk with a changed byte, keeps nothing of it, and takes it when it is sent again', async () => {
    const file = randomBytes(90_000);
    const path = await begin(file);
    await patch(path, 0, file.subarray(0, 30_000));
    const changed = Buffer.from(file.subarray(30_000, 60_000));
    changed.writeUInt8(changed.readUInt8(17_000) ^ 1, 17_000);
    const checksum = checksumOf(file.subarray(30_000, 60_000));
    expect(await patch(path, 30_000, changed, checksum)).toEqual(refusal(460, 'unreadable'));
    expect(await offsetOf(path)).toBe(30_000);
    expect((await patch(path, 30_000, file.subarray(30_000))).status).toBe(204);
    expect(await head(desk.token, hashOf(file))).toBe(200);
  });

  it('keeps what came of a chunk that was cut off, wherever it was', async () => {
    const file = randomBytes(40_000);
    for (const at of [1, 4_999, 16_384, 20_001, 39_999]) {
      const other = Buffer.concat([file, randomBytes(8)]);
      const path = await begin(other);
      await cutOff(path, 0, other.subarray(0, 40_000), at);
      expect(await offsetOf(path)).toBe(at);
      expect((await patch(path, at, other.subarray(at))).status).toBe(204);
      expect(await head(desk.token, hashOf(other))).toBe(200);
    }
  });

  it('keeps what came right before the line was cut, and works on it no longer', async () => {
    const file = randomBytes(40_000);
    const path = await begin(file);
    const { hostname, port } = new URL(url);
    const lines = [
      `PATCH ${path} HTTP/1.1`,
      `host: ${hostname}`,
      `authorization: Bearer ${desk.token}`,
      'darcha-protocol: 1',
      'tus-resumable: 1.0.0',
      'upload-offset: 0',
      'content-type: application/offset+octet-stream',
      `content-length: ${file.length}`,
    ];
    // Headers, bytes and the end of the line in one, so that it is gone before anybody asked who sends them.
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), file.subarray(0, 700)]));
    await expect.poll(() => offsetOf(path), { timeout: 30_000 }).toBe(700);
    expect(await central.sql.query('select 1 from upload_lease')).toEqual([]);
    expect((await patch(path, 700, file.subarray(700))).status).toBe(204);
  });

  it('proves a chunk that came in pieces when its last byte is here', async () => {
    const file = randomBytes(60_000);
    const path = await begin(file);
    await patch(path, 0, file.subarray(0, 10_000));
    const changed = Buffer.from(file.subarray(10_000, 50_000));
    changed.writeUInt8(changed.readUInt8(500) ^ 1, 500);
    // The sender promised the right bytes; the line changed one and then broke.
    await central.sql.query(`update upload set promises = $1 where upload_id = $2`, [
      JSON.stringify([{ from: 10_000, to: 50_000, sha256: hashOf(file.subarray(10_000, 50_000)) }]),
      path.slice('/v1/uploads/'.length),
    ]);
    await cutOff(path, 10_000, changed, 20_000);
    expect(await offsetOf(path)).toBe(30_000);
    expect((await patch(path, 30_000, file.subarray(30_000, 50_000))).status).toBe(460);
    expect(await offsetOf(path)).toBe(10_000);
    expect((await patch(path, 10_000, file.subarray(10_000))).status).toBe(204);
    expect(await head(desk.token, hashOf(file))).toBe(200);
  });

  it('drops a whole of another hash, and takes the right one afterwards', async () => {
    const file = randomBytes(5_000);
    const path = await begin(file);
    expect(await patch(path, 0, randomBytes(5_000))).toEqual(refusal(422, 'unreadable'));
    expect([await offsetOf(path), await head(desk.token, hashOf(file)), await parts()]).toEqual([
      404,
      404,
      [],
    ]);
    expect((await patch(await begin(file), 0, file)).status).toBe(204);
  });

  it('shows nobody the uploads of another centre', async () => {
    const file = randomBytes(1_000);
    const path = await begin(file);
    const headers = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    const statuses = [
      (await tus('HEAD', path, {}, undefined, stranger.token)).status,
      (await tus('PATCH', path, headers, file, stranger.token)).status,
      (await tus('DELETE', path, {}, undefined, stranger.token)).status,
    ];
    expect([statuses, await offsetOf(path)]).toEqual([[404, 404, 404], 0]);
    expect((await ask(central, null, { method: 'HEAD', url: path })).status).toBe(401);
    expect([(await tus('DELETE', path)).status, await offsetOf(path)]).toEqual([204, 404]);
  });

  it('answers an offset that is not where the upload is by 409, and nothing changes', async () => {
    const file = randomBytes(1_000);
    const path = await begin(file);
    expect(await patch(path, 500, file.subarray(500))).toEqual(refusal(409, 'gap'));
    expect(await offsetOf(path)).toBe(0);
  });

  it.each([
    [
      'a file over the limit',
      { 'upload-length': String(LIMITS.fileBytes + 1), 'upload-metadata': metadataOf('a'.repeat(64)) },
      413,
      'too-large',
    ],
    [
      'an empty file',
      { 'upload-length': '0', 'upload-metadata': metadataOf('a'.repeat(64)) },
      400,
      'bad-request',
    ],
    ['no hash', { 'upload-length': '5' }, 400, 'bad-request'],
    [
      'a name that is no hash',
      { 'upload-length': '5', 'upload-metadata': metadataOf('AB'.repeat(32)) },
      400,
      'bad-request',
    ],
    [
      'more than the hash',
      { 'upload-length': '5', 'upload-metadata': `${metadataOf('a'.repeat(64))},filename S2FyaW1vdmE=` },
      400,
      'bad-request',
    ],
    [
      'a checksum of another kind',
      {
        'upload-length': '5',
        'upload-metadata': metadataOf('a'.repeat(64)),
        'upload-checksum': 'md5 1B2M2Y8AsgTpgAmY7PhCfg==',
      },
      400,
      'bad-request',
    ],
  ])('refuses %s', async (_what, headers, status, error) => {
    expect(await tus('POST', '/v1/uploads', headers)).toEqual(refusal(status, error));
  });

  it('refuses more bytes than the upload has', async () => {
    const file = randomBytes(1_000);
    const path = await begin(file);
    expect(await patch(path, 0, Buffer.concat([file, file]))).toEqual(refusal(413, 'too-large'));
    expect(await offsetOf(path)).toBe(0);
  });

  it('forgets what was not finished in thirty days, bytes and row', async () => {
    const file = randomBytes(2_000);
    const path = await begin(file);
    await patch(path, 0, file.subarray(0, 1_000));
    const uploadId = path.slice('/v1/uploads/'.length);
    const age = (days: number) =>
      central.sql.query('update upload set created_at = $1 where upload_id = $2', [
        central.clock.now - days * DAY_MS,
        uploadId,
      ]);
    await age(29);
    expect(await offsetOf(path)).toBe(1_000);
    await age(31);
    expect(await offsetOf(path)).toBe(410);
    expect(await parts()).toContain(uploadId);
    const store = openFileStore(central.sql, await openByteFolder(central.folder));
    expect(await store.uploads.removeExpired(central.clock.now)).toBe(1);
    expect([await offsetOf(path), (await parts()).includes(uploadId)]).toEqual([404, false]);
  });

  it('finds a file whose server was killed between moving and counting it', async () => {
    const file = randomBytes(3_000);
    const path = await begin(file);
    await patch(path, 0, file);
    await central.sql.query('delete from file where sha256 = $1', [hashOf(file)]);
    expect(await head(desk.token, hashOf(file))).toBe(404);
    expect([await offsetOf(path), await head(desk.token, hashOf(file))]).toEqual([3_000, 200]);
  });

  it('knows no upload of a made-up name', async () => {
    expect(await offsetOf(`/v1/uploads/${randomUUID()}`)).toBe(404);
    expect(await offsetOf('/v1/uploads/..%2f..%2fadmin-key')).toBe(404);
  });
});
