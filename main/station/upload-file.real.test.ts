import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { ask, enrol, openTestCentral, type TestCentral } from '../../sync/server/central.fixture.ts';
import { type BadLine, type LineFaults, openBadLine } from './bad-line.fixture.ts';
import { createCentralForward } from './central-forward.ts';
import { openUploader, type Uploader, type WholeFile } from './upload-file.ts';
import { createUploadPace } from './upload-pace.ts';

const { signal } = new AbortController();

describe('a station sends a file to the centre', () => {
  let central: TestCentral;
  let desk: EnrolAnswer;
  let url: string;
  let folder: string;
  const lines: BadLine[] = [];

  beforeAll(async () => {
    central = await openTestCentral();
    central.clock.now = Date.now();
    url = await central.listen();
    desk = await enrol(central, 13);
    folder = await mkdtemp(join(tmpdir(), 'uploads-'));
  }, 60_000);
  afterEach(async () => {
    for (const it of lines.splice(0)) await it.close();
  });
  afterAll(async () => {
    await central.close();
    await rm(folder, { recursive: true, force: true });
  });

  const newFile = (size: number): WholeFile => {
    const bytes = randomBytes(size);
    return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
  };
  const over = async (faults: LineFaults): Promise<BadLine> => {
    const line = await openBadLine(url, faults);
    lines.push(line);
    return line;
  };
  const uploaderTo = (to: string, options: Parameters<typeof openUploader>[2] = {}): Promise<Uploader> =>
    openUploader(
      createCentralForward(to, () => desk.token),
      folder,
      options,
    );
  const isThere = async ({ sha256 }: WholeFile): Promise<boolean> =>
    (await ask(central, desk.token, { method: 'HEAD', url: `/v1/files/${sha256}` })).status === 200;
  async function sendAll(uploader: Uploader, file: WholeFile, steps = 500): Promise<string[]> {
    const outcomes: string[] = [];
    while (outcomes.length < steps && outcomes.at(-1) !== 'there') {
      outcomes.push((await uploader.step(file, signal)).outcome);
    }
    return outcomes;
  }

  test('in chunks, the next of which is asked for; and is not sent twice', async () => {
    const file = newFile(200_000);
    const line = await over({});
    const uploader = await uploaderTo(line.url);
    expect(await uploader.step(file, signal)).toEqual({ outcome: 'progress' });
    expect(uploader.received(file.sha256)).toBe(64 * 1024);
    expect([(await sendAll(uploader, file)).at(-1), await isThere(file)]).toEqual(['there', true]);
    expect(await readdir(folder)).toEqual([file.sha256]);
    await uploader.forget(file.sha256);
    expect(await readdir(folder)).toEqual([]);
    const before = line.sent();
    expect(await uploader.step(file, signal)).toEqual({ outcome: 'there' });
    expect(line.sent() - before).toBeLessThan(2_000);
  });

  test.each([1_500, 5_003, 16_384, 20_000, 65_536, 70_001])(
    'with every connection cut after %i bytes, and what came stays',
    async (cutAfter) => {
      const file = newFile(Math.min(120_000, cutAfter * 8));
      const line = await over({ cutAfter });
      const uploader = await uploaderTo(line.url);
      await sendAll(uploader, file);
      expect(await isThere(file)).toBe(true);
      expect(line.cuts()).toBeGreaterThan(0);
      // What is sent again is headers: each connection carries a request for the offset and one for the chunk.
      expect(line.sent()).toBeLessThan(file.bytes.length + (line.cuts() + 4) * 1_500);
    },
    60_000,
  );

  test('with a changed byte in a chunk, which is sent again', async () => {
    const file = newFile(150_000);
    let at = 0;
    const statuses: number[] = [];
    const line = await over({
      change(bytes) {
        const [before, first] = [at, 100_000];
        at += bytes.length;
        if (before > first || at <= first) return bytes;
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(first - before) ^ 1, first - before);
        return changed;
      },
    });
    const forward = createCentralForward(line.url, () => desk.token);
    const uploader = await openUploader(async (asked) => {
      const answer = await forward(asked);
      statuses.push(answer.status);
      return answer;
    }, folder);
    await sendAll(uploader, file);
    expect([statuses.filter((it) => it === 460), await isThere(file)]).toEqual([[460], true]);
  });

  test('goes on where it was after the station was started anew', async () => {
    const file = newFile(150_000);
    await (await uploaderTo(url)).step(file, signal);
    const line = await over({});
    const again = await uploaderTo(line.url);
    await sendAll(again, file);
    expect(await isThere(file)).toBe(true);
    expect(line.sent()).toBeLessThan(150_000 - 64 * 1024 + 5_000);
  });

  test('gives up a line that fell silent within a chunk, and goes on at once over another', async () => {
    const file = newFile(60_000);
    const line = await over({ silentAfter: 30_000 });
    const pace = { ...createUploadPace(), patienceMs: () => 300 };
    const outcomes = await sendAll(await uploaderTo(line.url, { pace }), file);
    expect([outcomes.at(-1), await isThere(file)]).toEqual(['there', true]);
    expect(line.sent()).toBeLessThan(60_000 + 30_000 + 5_000);
  });

  test('begins anew where the upload is gone, or is of another server', async () => {
    const file = newFile(150_000);
    const uploader = await uploaderTo(url);
    await uploader.step(file, signal);
    await central.sql.query('update upload set created_at = 0 where sha256 = $1', [file.sha256]);
    expect((await sendAll(uploader, file)).at(-1)).toBe('there');
    const other = newFile(150_000);
    await uploader.step(other, signal);
    await central.sql.query('delete from upload where sha256 = $1', [other.sha256]);
    expect((await sendAll(await uploaderTo(url), other)).at(-1)).toBe('there');
  });

  test('that is not what its name says is refused with a code, and sent anew', async () => {
    const file = { ...newFile(10_000), bytes: randomBytes(10_000) };
    const uploader = await uploaderTo(url);
    expect(await uploader.step(file, signal)).toEqual({ outcome: 'refused', code: 'unreadable' });
    expect(uploader.received(file.sha256)).toBe(0);
    expect(await isThere(file)).toBe(false);
  });
});
