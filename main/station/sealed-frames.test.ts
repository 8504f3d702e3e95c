import { randomBytes } from 'node:crypto';
import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from './new-folder.fixture.ts';
import { encodeFrames, type Frames, measureFrames, readFrames } from './sealed-frames.ts';
import { testSealer } from './sealer.fixture.ts';

async function newFrames(): Promise<Frames> {
  return { path: join(await newFolder(), 'stream'), sealer: testSealer, of: 'events' };
}

async function readAll(frames: Frames): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const { bytes } of readFrames(frames)) parts.push(bytes);
  return Buffer.concat(parts);
}

/** As it comes off a line: pieces of any size. */
async function append(frames: Frames, pieces: readonly Uint8Array[]): Promise<void> {
  let { many } = await measureFrames(frames).catch(() => ({ many: 0 }));
  for (const it of pieces) {
    const encoded = encodeFrames(frames, many, it);
    many += encoded.length;
    await appendFile(frames.path, Buffer.concat(encoded));
  }
}

test('what was appended in pieces is read as a whole, and none of it lies there in clear', async () => {
  const frames = await newFrames();
  const pieces = [randomBytes(10), randomBytes(200_000), Buffer.from('Каримова'), randomBytes(1)];
  await append(frames, pieces);
  expect(await readAll(frames)).toEqual(Buffer.concat(pieces));
  expect((await readFile(frames.path)).includes(Buffer.from('Каримова'))).toBe(false);
});

test('after a cut at any byte there is what was whole before it, and it can be gone on with', async () => {
  const frames = await newFrames();
  await append(frames, [Buffer.from('one'), Buffer.from('two')]);
  const bytes = await readFile(frames.path);
  const { end } = await measureFrames(frames);
  expect(end).toBe(bytes.length);
  for (let cut = 0; cut < bytes.length; cut += 1) {
    await writeFile(frames.path, bytes.subarray(0, cut));
    const left = await measureFrames(frames);
    expect([cut, left.have]).toEqual([cut, cut < bytes.length / 2 ? 0 : 3]);
    await truncate(frames.path, left.end);
    await append(frames, [Buffer.from('more')]);
    expect((await readAll(frames)).toString()).toBe(left.have === 3 ? 'onemore' : 'more');
  }
});

test('a frame that is changed, left out or of another stream ends it', async () => {
  const frames = await newFrames();
  await append(frames, [Buffer.from('one'), Buffer.from('two'), Buffer.from('six')]);
  const bytes = await readFile(frames.path);
  const third = bytes.length / 3;
  await writeFile(frames.path, Buffer.concat([bytes.subarray(0, third), bytes.subarray(third * 2)]));
  expect((await readAll(frames)).toString()).toBe('one');
  expect((await readAll({ ...frames, of: 'cases' })).toString()).toBe('');
  await writeFile(frames.path, Buffer.concat([bytes, Buffer.alloc(40)]));
  expect((await readAll(frames)).toString()).toBe('onetwosix');
});
