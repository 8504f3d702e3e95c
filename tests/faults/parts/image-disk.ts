import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** An ext4 of its own in a file, mounted: it can lose its power, and it can be full. */
export type ImageDisk = {
  folder: string;
  /**
   * The plug is pulled: `kill` ends who writes there, and what the disk has at this moment, without any flush of what
   * the system still held for it, takes the disk's place.
   */
  cutPower(kill: () => Promise<void>): Promise<void>;
  /** Fills what is free but for so many bytes; the answer empties it again. */
  fill(leaveBytes?: number): Promise<() => Promise<void>>;
  remove(): Promise<void>;
};

export type MountOutcome = { outcome: 'mounted'; disk: ImageDisk } | { outcome: 'none'; reason: string };

function isSame(one: string, other: string): Promise<boolean> {
  return run('cmp', ['-s', one, other]).then(
    () => true,
    () => false,
  );
}

/** `none` where this user may not mount; the reason is for people. */
export async function mountImageDisk(megabytes: number): Promise<MountOutcome> {
  if (process.getuid?.() !== 0) return { outcome: 'none', reason: 'only root may mount a disk' };
  // In memory a copy takes milliseconds, and hardly anything is written while it is made.
  const home = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const place = await mkdtemp(join(home, 'darcha-disk-'));
  const folder = await mkdtemp(join(tmpdir(), 'darcha-mount-'));
  const [image, copy] = [join(place, 'image'), join(place, 'copy')];
  const mount = () => run('mount', ['-o', 'loop', image, folder]);
  try {
    await writeFile(image, '');
    await truncate(image, megabytes * 1024 * 1024);
    await run('mkfs.ext4', ['-q', '-m', '0', image]);
    await mount();
  } catch (error) {
    await Promise.all([place, folder].map((it) => rm(it, { recursive: true, force: true })));
    return { outcome: 'none', reason: `no ext4 can be mounted here (${String(error).split('\n')[0]})` };
  }
  const filler = join(folder, 'filler');
  const disk: ImageDisk = {
    folder,
    async cutPower(kill) {
      await kill();
      // The system goes on writing by its own clock; equal again afterwards, the copy is of one moment.
      do await run('cp', ['--sparse=always', image, copy]);
      while (!(await isSame(image, copy)));
      await run('umount', [folder]);
      await run('mv', [copy, image]);
      await mount();
    },
    async fill(leaveBytes = 0) {
      const { bavail, bsize } = await statfs(folder);
      // `fallocate` takes the blocks at once; a last write finds what it left.
      await run('fallocate', ['-l', String(Math.max(bsize, bavail * bsize - leaveBytes)), filler]).catch(
        () => undefined,
      );
      return () => rm(filler, { force: true });
    },
    async remove() {
      await run('umount', [folder]).catch(() => run('umount', ['-l', folder]));
      await Promise.all([place, folder].map((it) => rm(it, { recursive: true, force: true })));
    },
  };
  return { outcome: 'mounted', disk };
}
