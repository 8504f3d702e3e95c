import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type ChromiumLab, hasChromium, openChromiumLab } from './chromium-lab.fixture.ts';
import type { FullDisk } from './full-disk-page.fixture.ts';

const SIZE = 'size=160m';
const folder = mkdtempSync(join(tmpdir(), 'darcha-small-'));
const ballast = join(folder, 'ballast');
let lab: ChromiumLab<FullDisk> | null = null;

function mount(): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', SIZE, 'tmpfs', folder], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return String(error).split('\n')[1] ?? String(error);
  }
}

const refused = mount();
if (refused !== null) process.stdout.write(`full disk: none can be mounted here (${refused})\n`);

afterAll(async () => {
  await lab?.close();
  if (refused === null) execFileSync('umount', [folder]);
  rmdirSync(folder);
});

/** To the last byte. */
function fill(): void {
  const file = openSync(ballast, 'a');
  for (let size = 1 << 20; size > 0; ) {
    try {
      if (writeSync(file, Buffer.alloc(size)) < size) size >>= 1;
    } catch {
      size >>= 1;
    }
  }
  closeSync(file);
}

// That the window, loaded again, has everything: `npm run faults`, where the disk is full under a whole desk.
test.skipIf(!hasChromium || refused !== null)(
  'F: a full disk closes the databases for good; RxDB alone says nothing, ours saves, sends and tells',
  async () => {
    lab = await openChromiumLab<FullDisk>('full-disk-page.fixture.ts', 'fullDisk', folder);
    const page = await lab.newPage();
    await page.goto(lab.origin);
    const work = <N extends keyof FullDisk>(name: N) =>
      page.evaluate(
        (it) => (globalThis as never as { fullDisk: FullDisk }).fullDisk[it as 'open'](),
        name,
      ) as Promise<Awaited<ReturnType<FullDisk[N]>>>;
    await work('open');
    fill();
    const full = await work('whileFull');
    rmSync(ballast);
    const free = await work('whenFree');

    expect(full).toMatchObject({ phase: 'waiting-to-retry', saved: 'saved', isTold: true });
    expect(full.tries.slice(2)).toEqual(Array.from({ length: 8 }, () => 'DatabaseClosedError'));
    expect(free.tries).toEqual(Array.from({ length: 10 }, () => 'DatabaseClosedError'));
    expect(free.sent).toBe(2);
  },
);
