import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { ask, enrol, openTestCentral, type TestCentral } from '../central.fixture.ts';

const MIB = 1024 * 1024;

describe('files', () => {
  let central: TestCentral;
  let desk: EnrolAnswer;
  let stranger: EnrolAnswer;
  let url: string;

  beforeAll(async () => {
    central = await openTestCentral();
    url = await central.listen();
    desk = await enrol(central, 13);
    stranger = await enrol(central, 21);
  }, 60_000);
  afterAll(async () => {
    await central.close();
  });

  const nameOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const put = async (token: string, name: string, bytes: Buffer, headers = {}) => {
    const all = { 'content-type': 'application/octet-stream', ...headers };
    return ask(central, token, { method: 'PUT', url: `/v1/files/${name}`, body: bytes, headers: all });
  };
  const head = async (token: string, name: string): Promise<number> =>
    (await ask(central, token, { method: 'HEAD', url: `/v1/files/${name}` })).status;
  const halfSent = (): Promise<string[]> => readdir(join(central.folder, 'incoming'));

  it('keeps a file under the hash of its bytes, for its own centre', async () => {
    const bytes = randomBytes(100_000);
    const name = nameOf(bytes);
    expect(await head(desk.token, name)).toBe(404);
    expect(await put(desk.token, name, bytes)).toMatchObject({
      status: 201,
      body: { sha256: name, bytes: 100_000 },
    });
    expect(await readFile(join(central.folder, 'files', '13', name.slice(0, 2), name))).toEqual(bytes);
    expect([await head(desk.token, name), await head(stranger.token, name)]).toEqual([200, 404]);
    expect(await put(desk.token, name, bytes)).toMatchObject({ status: 200, body: { bytes: 100_000 } });
  });

  it('takes bytes of any type, and a page of 300 kB, over its limit for messages', async () => {
    const bytes = randomBytes(300_000);
    const headers = { 'content-type': 'image/jpeg' };
    expect((await put(desk.token, nameOf(bytes), bytes, headers)).status).toBe(201);
  });

  it('refuses bytes of another hash, and keeps nothing of them', async () => {
    const name = nameOf(Buffer.from('right'));
    const answer = await put(desk.token, name, Buffer.from('wrong'));
    expect(answer).toMatchObject({ status: 422, body: { error: 'unreadable' } });
    expect([await head(desk.token, name), await halfSent()]).toEqual([404, []]);
  });

  it('refuses a name that is no hash', async () => {
    expect((await put(desk.token, 'x'.repeat(64), Buffer.from('a'))).status).toBe(400);
    expect((await put(desk.token, 'AB'.repeat(32), Buffer.from('a'))).status).toBe(400);
  });

  it('refuses a file over 20 MiB, announced or not', async () => {
    const bytes = Buffer.alloc(20 * MIB + 1, 7);
    expect(await put(desk.token, nameOf(bytes), bytes)).toMatchObject({
      status: 413,
      body: { error: 'too-large' },
    });
    const status = await send(nameOf(bytes), [bytes.subarray(0, 20 * MIB), bytes.subarray(20 * MIB)]);
    expect(status).toBe(413);
    expect(await halfSent()).toEqual([]);
  });

  it('forgets a file whose sender went away, and takes it later', async () => {
    const bytes = randomBytes(200_000);
    await send(nameOf(bytes), [bytes.subarray(0, 100_000)], { cutOff: true });
    await expect.poll(halfSent).toEqual([]);
    expect(await head(desk.token, nameOf(bytes))).toBe(404);
    expect((await put(desk.token, nameOf(bytes), bytes)).status).toBe(201);
  });

  /** In chunks of no announced length. */
  function send(name: string, parts: Buffer[], { cutOff = false } = {}): Promise<number> {
    return new Promise((resolve) => {
      const headers = { authorization: `Bearer ${desk.token}`, 'darcha-protocol': '1' };
      const sent = request(`${url}/v1/files/${name}`, { method: 'PUT', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', () => resolve(0));
      for (const part of parts) sent.write(part);
      if (cutOff)
        void expect
          .poll(halfSent)
          .toHaveLength(1)
          .then(() => sent.destroy());
      else sent.end();
    });
  }
});
