import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import type { CentralForward, ForwardAsk } from './central-forward.ts';
import { openUploader, type UploadOutcome } from './upload-file.ts';
import { createUploadPace } from './upload-pace.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const it of folders.splice(0)) await rm(it, { recursive: true, force: true });
});

const file = { sha256: 'a'.repeat(64), bytes: new Uint8Array(100_000).fill(7) };
const { signal } = new AbortController();
const TUS = { 'tus-resumable': '1.0.0' };
const ID = '0b7f4c0e-5a5e-4d0e-9a1f-0c1d2e3f4a5b';

type Said = { status: number; headers?: Record<string, string> };

async function openWith(answer: (asked: ForwardAsk) => Said) {
  const folder = await mkdtemp(join(tmpdir(), 'uploads-'));
  folders.push(folder);
  const forward: CentralForward = async (asked) => {
    if (asked.body !== null) for await (const _ of asked.body);
    const { status, headers = {} } = answer(asked);
    return { status, headers, body: Readable.from([]) };
  };
  return openUploader(forward, folder);
}

const created: Said = { status: 201, headers: { ...TUS, location: `uploads/${ID}` } };

describe('sending a file', () => {
  test('a captive portal that says yes to everything has not got it', async () => {
    const uploader = await openWith(() => ({ status: 200, headers: { 'content-type': 'text/html' } }));
    expect(await uploader.step(file, signal)).toEqual({ outcome: 'offline' });
    const later = await openWith(({ method }) => (method === 'POST' ? created : { status: 204 }));
    expect(await later.step(file, signal)).toEqual({ outcome: 'offline' });
    expect(later.received(file.sha256)).toBe(0);
  });

  test('one that the centre has is there at once', async () => {
    const uploader = await openWith(() => ({
      status: 201,
      headers: { ...created.headers, 'upload-offset': '100000' },
    }));
    expect(await uploader.step(file, signal)).toEqual({ outcome: 'there' });
  });

  test('a refusal has its code, also a fault of the server: there is a line; a proxy says nothing', async () => {
    const outcomes: UploadOutcome[] = [];
    for (const status of [401, 413, 500, 302, 404, 502]) {
      outcomes.push(await (await openWith(() => ({ status }))).step(file, signal));
    }
    const refused = (code: string) => ({ outcome: 'refused', code });
    const offline = { outcome: 'offline' };
    expect(outcomes).toEqual([
      refused('unauthorised'),
      refused('too-large'),
      refused('internal'),
      offline,
      offline,
      offline,
    ]);
  });

  test('a chunk that is changed on its way twice is a refusal, so that other files have their turn', async () => {
    const uploader = await openWith(({ method }) => {
      if (method === 'POST') return created;
      if (method === 'HEAD') return { status: 200, headers: { ...TUS, 'upload-offset': '0' } };
      return { status: 460, headers: TUS };
    });
    expect(await uploader.step(file, signal)).toEqual({ outcome: 'progress' });
    expect(await uploader.step(file, signal)).toEqual({ outcome: 'refused', code: 'unreadable' });
  });
});

describe('the pace of an upload', () => {
  test('is eight seconds of what the line carries, within its bounds, and grows by twice at most', () => {
    const pace = createUploadPace();
    const sizes = [pace.chunkBytes()];
    const took = (bytes: number, ms: number) => {
      pace.took(bytes, ms);
      sizes.push(pace.chunkBytes());
    };
    took(65_536, 100);
    took(131_072, 16_000);
    took(65_536, 60_000);
    for (let at = 0; at < 8; at += 1) pace.took(pace.chunkBytes(), 1);
    sizes.push(pace.chunkBytes());
    pace.broke();
    sizes.push(pace.chunkBytes());
    expect(sizes).toEqual([65_536, 131_072, 65_536, 16_384, 1_048_576, 524_288]);
  });

  test('does not take the short rest of a file for the line', () => {
    const pace = createUploadPace();
    pace.took(65_536, 4_000);
    const before = pace.chunkBytes();
    pace.took(500, 1_200);
    expect(pace.chunkBytes()).toBe(before);
    expect(pace.patienceMs(before)).toBeGreaterThan(15_000 + 8_000);
  });
});
