import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openBlobFiles } from './blob-files.ts';
import { openCounters } from './counters.ts';
import { writeDurably } from './durable-file.ts';
import { openJournal } from './journal.ts';
import { testSealer } from './sealer.fixture.ts';

const SIZE_MB = 8;
type Disk = { kind: string; folder: string; remove(): void };

/** A disk of a few megabytes: ext4 in a file, which has delayed allocation as real ones do, or memory. */
function mountSmallDisk(kind: 'ext4' | 'tmpfs'): Disk | string {
  const folder = mkdtempSync(join(tmpdir(), `small-${kind}-`));
  const image = `${folder}.image`;
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' });
  try {
    if (kind === 'tmpfs') run('mount', '-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', folder);
    else {
      writeFileSync(image, Buffer.alloc(SIZE_MB * 1024 * 1024));
      run('mkfs.ext4', '-q', '-m', '0', image);
      run('mount', '-o', 'loop', image, folder);
    }
  } catch (error) {
    rmdirSync(folder);
    rmSync(image, { force: true });
    return error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : String(error);
  }
  return {
    kind,
    folder,
    remove() {
      run('umount', folder);
      rmdirSync(folder);
      rmSync(image, { force: true });
    },
  };
}

const tried = (['ext4', 'tmpfs'] as const).map((kind) => ({ kind, disk: mountSmallDisk(kind) }));
const disks: Disk[] = [];
for (const { kind, disk } of tried) {
  if (typeof disk === 'string')
    process.stdout.write(`full disk: no small ${kind} can be mounted here (${disk})\n`);
  else disks.push(disk);
}

afterAll(() => {
  for (const it of disks) it.remove();
});

describe.skipIf(disks.length === 0)('a full disk', () => {
  test.for(disks)('$kind: says so, loses nothing it answered, and works again with space', async (disk) => {
    const folder = join(disk.folder, 'journal');
    const open = async () => {
      const opened = await openJournal({ folder, sealer: testSealer, now: Date.now, rotateBytes: 300_000 });
      if (opened.outcome !== 'open') throw new Error(opened.outcome);
      return opened.journal;
    };
    const ballast = join(disk.folder, 'ballast');
    writeFileSync(ballast, randomBytes(2 * 1024 * 1024));
    let journal = await open();
    const blobs = await openBlobFiles(join(disk.folder, 'blobs'), testSealer, {
      step: async () => ({ outcome: 'offline' }),
      missing: async () => ({ outcome: 'offline' }),
      received: () => 0,
      forget: async () => undefined,
    });
    const saved: { n: number; payload: string }[] = [];
    const append = async (length: number) => {
      const payload = randomBytes(length).toString('base64');
      const answer = await journal.append(payload);
      if (answer.outcome === 'saved') saved.push({ n: answer.n, payload });
      return answer.outcome;
    };
    const fill = async (length: number) => {
      while ((await append(length)) === 'saved') expect(saved.length).toBeLessThan(100_000);
    };
    await fill(60_000);
    await fill(3_000);
    await fill(50);
    expect(await append(60_000)).toBe('disk-full');
    const together = await Promise.all([append(50_000), append(50_000), append(50_000)]);
    expect(together).toEqual(['disk-full', 'disk-full', 'disk-full']);
    expect(await journal.read(1, Number.MAX_SAFE_INTEGER)).toEqual(saved);
    await journal.acknowledge(1);

    // Everything else that writes says the same, and leaves what there was.
    const big = new Uint8Array(3 * 1024 * 1024);
    expect(await writeDurably(join(disk.folder, 'settings.json'), big)).toEqual({ outcome: 'disk-full' });
    expect(await blobs.keep(new Uint8Array(3 * 1024 * 1024))).toEqual({ outcome: 'disk-full' });
    expect(await blobs.waiting()).toEqual({ count: 0, bytes: 0 });

    // A start on the full disk, and one after space was made.
    await journal.close();
    journal = await open();
    expect(await journal.read(1, Number.MAX_SAFE_INTEGER)).toEqual(saved);
    expect((await journal.state()).repairs).toEqual([]);
    expect(await append(60_000)).toBe('disk-full');
    rmSync(ballast);
    expect(await append(60_000)).toBe('saved');
    expect(saved.at(-1)?.n).toBe(saved.length);
    const counters = await openCounters(disk.folder, { isNew: true });
    expect(await counters.next('case')).toEqual({ outcome: 'given', value: 1 });
    await journal.close();
    journal = await open();
    expect(await journal.read(1, Number.MAX_SAFE_INTEGER)).toEqual(saved);
    await journal.close();
  });
});
