import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BlobFiles, openBlobFiles } from './blob-files.ts';
import { newFolder } from './new-folder.fixture.ts';
import { testSealer } from './sealer.fixture.ts';
import type { Uploader, UploadOutcome, WholeFile } from './upload-file.ts';

describe('blob files', () => {
  const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
  const signal = new AbortController().signal;
  const by = (step: (file: WholeFile) => UploadOutcome): Uploader => ({
    step: async (file) => step(file),
    missing: async () => ({ outcome: 'offline' }),
    received: () => 0,
    forget: async () => undefined,
  });
  const never = by(() => ({ outcome: 'offline' }));

  /** A scan that waits for a centre that takes all. */
  async function queueScan(folder: string) {
    const blobs = await openBlobFiles(
      folder,
      testSealer,
      by(() => ({ outcome: 'there' })),
    );
    const kept = await blobs.keep(bytesOf('a scan'));
    const sha256 = kept.outcome === 'kept' ? kept.sha256 : '';
    await blobs.queue(sha256);
    return { blobs, kept, sha256 };
  }

  test('are kept by their hash, once, and wait, when queued, over a start until the centre has them', async () => {
    const folder = await newFolder();
    const blobs = await openBlobFiles(folder, testSealer, never);
    const kept = await blobs.keep(bytesOf('a scan'));
    const sha256 = '5bb626f4973a4d80adb3d956673807597303a694d5124d9c2298b1fa2811810f';
    expect(kept).toEqual({ outcome: 'kept', sha256, bytes: 6 });
    expect(await blobs.keep(bytesOf('a scan'))).toEqual(kept);
    expect([await blobs.waiting(), await blobs.send(signal)]).toEqual([
      { count: 0, bytes: 0 },
      { outcome: 'none-waiting' },
    ]);
    expect(await blobs.queue(sha256)).toEqual({ outcome: 'queued' });
    expect(await blobs.send(signal)).toEqual({ outcome: 'offline' });
    const uploaded: string[] = [];
    const again = await openBlobFiles(
      folder,
      testSealer,
      by(({ bytes }) => {
        uploaded.push(Buffer.from(bytes).toString());
        return { outcome: 'there' };
      }),
    );
    expect(await again.waiting()).toEqual({ count: 1, bytes: 6 });
    expect(await again.send(signal)).toMatchObject({ outcome: 'sent' });
    expect(await again.send(signal)).toEqual({ outcome: 'none-waiting' });
    expect(uploaded).toEqual(['a scan']);
    expect(await (await openBlobFiles(folder, testSealer, never)).waiting()).toEqual({ count: 0, bytes: 0 });
  });

  test('go from the disk when discarded, over a start too, unless they were ever queued', async () => {
    const folder = await newFolder();
    const there = by(() => ({ outcome: 'there' }));
    const blobs = await openBlobFiles(folder, testSealer, there);
    const keep = async (text: string): Promise<string> => {
      const kept = await blobs.keep(bytesOf(text));
      return kept.outcome === 'kept' ? kept.sha256 : '';
    };
    const [early, draft, sent, waits] = [
      await keep('taken off at once'),
      await keep('of a draft'),
      await keep('of a case'),
      await keep('of a case of today'),
    ];
    expect(await blobs.discard(early)).toEqual({ outcome: 'discarded' });
    await blobs.queue(sent);
    await blobs.send(signal);
    await blobs.queue(waits);
    // In a draft as well now: it stays the case's.
    await keep('of a case');

    const again = await openBlobFiles(folder, testSealer, there);
    const all = [early, draft, sent, waits];
    const outcomes: string[] = [];
    for (const it of all) outcomes.push((await again.discard(it)).outcome);
    const left = await Promise.all(all.map(async (it) => (await again.read(it)).outcome));
    expect({ outcomes, left, waiting: await again.waiting() }).toEqual({
      outcomes: ['needed', 'discarded', 'needed', 'needed'],
      left: ['absent', 'absent', 'found', 'found'],
      waiting: { count: 1, bytes: 18 },
    });
  });

  test('one that was sent, damaged on the disk and kept anew is needed like before', async () => {
    const folder = await newFolder();
    const { blobs, sha256 } = await queueScan(folder);
    await blobs.send(signal);
    await writeFile(join(folder, sha256.slice(0, 2), sha256), 'a scam');
    await blobs.keep(bytesOf('a scan'));
    expect(await blobs.discard(sha256)).toEqual({ outcome: 'needed' });
    expect((await blobs.read(sha256)).outcome).toBe('found');
  });

  test('those that a restored centre lacks are sent again, also after a start of this computer', async () => {
    const folder = await newFolder();
    const at = { centre: new Set<string>(), asked: [] as number[], isThere: true };
    const uploader: Uploader = {
      ...by(() => ({ outcome: 'there' })),
      async step({ sha256 }) {
        at.centre.add(sha256);
        return { outcome: 'there' };
      },
      async missing(all) {
        at.asked.push(all.length);
        if (!at.isThere) return { outcome: 'offline' };
        return { outcome: 'answered', missing: all.filter((it) => !at.centre.has(it)) };
      },
    };
    const blobs = await openBlobFiles(folder, testSealer, uploader);
    const all: string[] = [];
    for (const it of ['one', 'two', 'three', 'of a draft']) {
      const kept = await blobs.keep(bytesOf(it));
      if (kept.outcome === 'kept') all.push(kept.sha256);
      if (kept.outcome === 'kept' && it !== 'of a draft') await blobs.queue(kept.sha256);
    }
    const sendAll = async (from: BlobFiles): Promise<string> => {
      for (;;) {
        const { outcome } = await from.send(signal);
        if (outcome === 'none-waiting' || outcome === 'offline') return outcome;
      }
    };
    await blobs.centreIs('first');
    await sendAll(blobs);
    await blobs.centreIs('first');
    at.centre.delete(all[1] ?? '');
    at.isThere = false;
    expect([await blobs.centreIs('second'), await sendAll(blobs)]).toEqual([{ outcome: 'noted' }, 'offline']);

    at.isThere = true;
    const again = await openBlobFiles(folder, testSealer, uploader);
    expect(await sendAll(again)).toBe('none-waiting');
    expect([at.centre, at.asked]).toEqual([new Set(all.slice(0, 3)), [3, 3, 3]]);
    await again.centreIs('second');
    await sendAll(again);
    expect(at.asked).toEqual([3, 3, 3]);
  });

  test('that are empty or too large are not kept', async () => {
    const blobs = await openBlobFiles(await newFolder(), testSealer, never);
    expect(await blobs.keep(new Uint8Array(0))).toEqual({ outcome: 'empty' });
    expect(await blobs.keep(new Uint8Array(20 * 1024 * 1024 + 1))).toEqual({
      outcome: 'too-large',
      maxBytes: 20 * 1024 * 1024,
    });
    expect(await blobs.waiting()).toEqual({ count: 0, bytes: 0 });
  });

  test('one that the centre refuses holds up no other, and is tried again afterwards', async () => {
    const tried: string[] = [];
    const blobs = await openBlobFiles(
      await newFolder(),
      testSealer,
      by(({ bytes }) => {
        const text = Buffer.from(bytes).toString();
        tried.push(text);
        return text === 'bad' ? { outcome: 'refused', code: 'too-large' } : { outcome: 'there' };
      }),
    );
    for (const it of ['bad', 'good', 'fine']) {
      const kept = await blobs.keep(bytesOf(it));
      if (kept.outcome === 'kept') await blobs.queue(kept.sha256);
    }
    const outcomes: string[] = [];
    for (let at = 0; at < 4; at += 1) outcomes.push((await blobs.send(signal)).outcome);
    expect({ outcomes, tried }).toEqual({
      outcomes: ['refused', 'sent', 'sent', 'refused'],
      tried: ['bad', 'good', 'fine', 'bad'],
    });
  });

  test('go a piece at a time, the one of which least is left first, and only what is left still waits', async () => {
    const sizes = { long: 300, short: 100, new: 50 };
    const [received, steps] = [new Map<number, number>(), [] as number[]];
    const forgotten: string[] = [];
    const blobs = await openBlobFiles(await newFolder(), testSealer, {
      missing: async () => ({ outcome: 'offline' }),
      async step({ bytes }) {
        steps.push(bytes.length);
        received.set(bytes.length, (received.get(bytes.length) ?? 0) + 100);
        return { outcome: (received.get(bytes.length) ?? 0) >= bytes.length ? 'there' : 'progress' };
      },
      received: (sha256) => (sha256 === names.long ? (received.get(300) ?? 0) : 0),
      async forget(sha256) {
        forgotten.push(sha256);
      },
    });
    const names: Record<string, string> = {};
    const add = async (name: keyof typeof sizes): Promise<void> => {
      const kept = await blobs.keep(new Uint8Array(sizes[name]).fill(1));
      if (kept.outcome !== 'kept') throw new Error(kept.outcome);
      names[name] = kept.sha256;
      await blobs.queue(kept.sha256);
    };
    await add('long');
    expect(await blobs.send(signal)).toEqual({ outcome: 'progress', sha256: names.long });
    await add('short');
    expect(await blobs.waiting()).toEqual({ count: 2, bytes: 300 });
    expect(await blobs.send(signal)).toEqual({ outcome: 'sent', sha256: names.short });
    await add('new');
    for (let at = 0; at < 3; at += 1) await blobs.send(signal);
    expect(steps).toEqual([300, 100, 50, 300, 300]);
    expect([await blobs.waiting(), forgotten]).toEqual([
      { count: 0, bytes: 0 },
      [names.short, names.new, names.long],
    ]);
  });

  test('one that was damaged on the disk is said to be, is not sent, and can be kept anew', async () => {
    const folder = await newFolder();
    const { blobs, kept, sha256 } = await queueScan(folder);
    await writeFile(join(folder, sha256.slice(0, 2), sha256), 'a scam');
    expect(await blobs.read(sha256)).toEqual({ outcome: 'damaged' });
    expect(await blobs.send(signal)).toEqual({ outcome: 'refused', sha256, code: 'file-damaged' });
    expect(await blobs.keep(bytesOf('a scan'))).toEqual(kept);
    expect(await blobs.send(signal)).toEqual({ outcome: 'sent', sha256 });
    expect(await blobs.read('0'.repeat(64))).toEqual({ outcome: 'absent' });
  });
});
