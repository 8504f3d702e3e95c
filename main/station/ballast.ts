import { open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskRefusal } from '#contract/station-contract';
import { flushFolder } from './durable-file.ts';

const MEGABYTE = 1024 * 1024;

export type SpaceLimits = {
  ballastBytes: number;
  /** Above this much free the ballast is laid in again. */
  roomyBytes: number;
  /** Below this no new file is taken in: what is left is for records. */
  lowBytes: number;
};

const LIMITS: SpaceLimits = {
  ballastBytes: 64 * MEGABYTE,
  roomyBytes: 1024 * MEGABYTE,
  lowBytes: 300 * MEGABYTE,
};

export type Ballast = {
  /** Resolves when it lies there, or there is no room for it. */
  lay(): Promise<void>;
  /** Runs what writes a record; where the disk is full, gives up the ballast and runs it once more. */
  orGiveUp<T extends { outcome: string }>(write: () => Promise<T | DiskRefusal>): Promise<T | DiskRefusal>;
  /** Too little is free for a file that can wait. */
  isLow(): Promise<boolean>;
};

/**
 * A file of nothing that is given up when the disk is full, so that what a clerk has taken can still be recorded
 * while somebody makes room.
 */
export function createBallast(folder: string, limits: SpaceLimits = LIMITS): Ballast {
  const path = join(folder, 'ballast');

  async function freeBytes(): Promise<number | null> {
    const disk = await statfs(folder).catch(() => null);
    return disk === null ? null : disk.bavail * disk.bsize;
  }

  async function isLaid(): Promise<boolean> {
    return ((await stat(path).catch(() => null))?.size ?? 0) >= limits.ballastBytes;
  }

  /** Written, not only measured out: a hole in a file holds no place. */
  async function write(): Promise<void> {
    const file = await open(path, 'w', 0o600);
    try {
      const piece = Buffer.alloc(Math.min(MEGABYTE, limits.ballastBytes));
      for (let at = 0; at < limits.ballastBytes; at += piece.length) await file.write(piece);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async function giveUp(): Promise<boolean> {
    if ((await stat(path).catch(() => null)) === null) return false;
    await rm(path, { force: true });
    await flushFolder(folder);
    return true;
  }

  return {
    async lay() {
      const free = await freeBytes();
      if (free === null || free < limits.roomyBytes || (await isLaid())) return;
      await write().catch(() => rm(path, { force: true }).catch(() => undefined));
    },
    async orGiveUp(record) {
      const first = await record();
      if (first.outcome !== 'disk-full' || !(await giveUp().catch(() => false))) return first;
      return record();
    },
    async isLow() {
      const free = await freeBytes();
      return free !== null && free < limits.lowBytes;
    },
  };
}
