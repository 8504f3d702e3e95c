import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** For the names and the log of the file system below, which is never smaller than that. */
const SPARE_MB = 160;
const LEAST_MB = 320;

/** An ext4 of its own in a file, mounted: it can lose its power, and it can be full. */
export type ImageDisk = {
  folder: string;
  /**
   * The plug is pulled: what the disk has at this moment, while those who write there write on and without any flush
   * of what the system still holds for it, takes the disk's place; `kill` then ends who wrote.
   */
  cutPower(kill: () => Promise<void>): Promise<void>;
  /** Fills what is free but for so many bytes; the answer empties it again. */
  fill(leaveBytes?: number): Promise<() => Promise<void>>;
  remove(): Promise<void>;
};

export type MountOutcome = { outcome: 'mounted'; disk: ImageDisk } | { outcome: 'none'; reason: string };

/** `none` where this user may not mount; the reason is for people. */
export async function mountImageDisk(megabytes: number): Promise<MountOutcome> {
  if (process.getuid?.() !== 0) return { outcome: 'none', reason: 'only root may mount a disk' };
  const home = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const place = await mkdtemp(join(home, 'darcha-disk-'));
  const folder = await mkdtemp(join(tmpdir(), 'darcha-mount-'));
  // The disk is a file on another one, whose file system copies a file as it is at one moment, however large.
  const [outer, store] = [join(place, 'outer'), join(place, 'store')];
  const [image, copy] = [join(store, 'image'), join(store, 'copy')];
  const mount = () => run('mount', ['-o', 'loop', image, folder]);
  const unmount = async (at: string) => run('umount', [at]).catch(() => run('umount', ['-l', at]));
  try {
    await mkdir(store);
    await makeFile(outer, Math.max(LEAST_MB, megabytes * 2 + SPARE_MB));
    await run('mkfs.xfs', ['-q', '-m', 'reflink=1', outer]);
    await run('mount', ['-o', 'loop', outer, store]);
    await makeFile(image, megabytes);
    await run('mkfs.ext4', ['-q', '-m', '0', image]);
    await mount();
  } catch (error) {
    await unmount(store).catch(() => undefined);
    await Promise.all([place, folder].map((it) => rm(it, { recursive: true, force: true })));
    return { outcome: 'none', reason: `no disk can be mounted here (${String(error).split('\n')[0]})` };
  }
  const filler = join(folder, 'filler');
  const disk: ImageDisk = {
    folder,
    async cutPower(kill) {
      await run('cp', ['--reflink=always', image, copy]);
      await kill();
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
      await unmount(folder);
      await unmount(store);
      await Promise.all([place, folder].map((it) => rm(it, { recursive: true, force: true })));
    },
  };
  return { outcome: 'mounted', disk };
}

async function makeFile(path: string, megabytes: number): Promise<void> {
  await writeFile(path, '');
  await truncate(path, megabytes * 1024 * 1024);
}
