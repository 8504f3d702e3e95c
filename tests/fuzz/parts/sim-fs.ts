import { Buffer } from 'node:buffer';
import type { Random } from './random.ts';

const constants = { O_RDWR: 2, O_CREAT: 64 };

/**
 * `node:fs/promises` in memory: the journal and the counters of a simulated station run on it unchanged.
 *
 * Bytes are on the disk once they are flushed, names once their folder is. What was written and not flushed is,
 * after a power cut, there, gone or torn, as chance has it.
 */
type Inode = { bytes: Buffer; flushed: Buffer; mtimeMs: number };

export type SimDisk = {
  names: Map<string, Inode>;
  flushedNames: Map<string, Inode>;
  isFull: boolean;
  /** Says that bytes are flushed when they are not, as cheap disks do. */
  isLying: boolean;
  /** Waits until the disk gets round to it. */
  step(label: string): Promise<void>;
  now(): number;
};

const disks = new Map<string, SimDisk>();

export function mountDisk(name: string, step: SimDisk['step'], now: () => number): SimDisk {
  const disk: SimDisk = {
    names: new Map(),
    flushedNames: new Map(),
    isFull: false,
    isLying: false,
    step,
    now,
  };
  disks.set(name, disk);
  return disk;
}

export function unmountAll(): void {
  disks.clear();
}

/** A second disk with the same content, as a program that copies whole disks makes it. */
export function cloneDisk(disk: SimDisk): Pick<SimDisk, 'names' | 'flushedNames'> {
  const copies = new Map<Inode, Inode>();
  const copy = (it: Inode): Inode => {
    const known = copies.get(it) ?? {
      bytes: Buffer.from(it.bytes),
      flushed: Buffer.from(it.flushed),
      mtimeMs: it.mtimeMs,
    };
    copies.set(it, known);
    return known;
  };
  const copyNames = (names: Map<string, Inode>) => new Map([...names].map(([name, it]) => [name, copy(it)]));
  return { names: copyNames(disk.names), flushedNames: copyNames(disk.flushedNames) };
}

/** The plug is pulled. */
export function cutPower(disk: SimDisk, random: Random): void {
  const keepsNames = random.chance(0.5);
  if (!keepsNames) disk.names = new Map(disk.flushedNames);
  for (const inode of disk.names.values()) {
    if (inode.bytes.equals(inode.flushed)) continue;
    inode.bytes = torn(inode, random);
    inode.flushed = inode.bytes;
  }
  disk.flushedNames = new Map(disk.names);
}

function torn({ bytes, flushed }: Inode, random: Random): Buffer {
  switch (random.below(4)) {
    case 0:
      return flushed;
    case 1:
      return bytes;
    case 2:
      // The length was written, the bytes were not.
      return bytes.length > flushed.length
        ? Buffer.concat([flushed, Buffer.alloc(bytes.length - flushed.length)])
        : flushed;
    default:
      return bytes.length > flushed.length
        ? Buffer.from(bytes.subarray(0, flushed.length + random.below(bytes.length - flushed.length + 1)))
        : flushed;
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function locate(path: string): { disk: SimDisk; name: string } {
  const [, , diskName = '', ...rest] = path.split('/');
  const disk = disks.get(diskName);
  if (disk === undefined) throw failure('ENODEV');
  return { disk, name: rest.join('/') };
}

function inodeAt(path: string): Inode {
  const { disk, name } = locate(path);
  const inode = disk.names.get(name);
  if (inode === undefined) throw failure('ENOENT');
  return inode;
}

function refuseIfFull(disk: SimDisk): void {
  if (disk.isFull) throw failure('ENOSPC');
}

function createHandle(disk: SimDisk, inode: Inode | null) {
  const file = inode ?? { bytes: Buffer.alloc(0), flushed: Buffer.alloc(0), mtimeMs: 0 };
  const put = (bytes: Uint8Array, at: number): void => {
    const grown = Buffer.alloc(Math.max(file.bytes.length, at + bytes.length));
    file.bytes.copy(grown);
    grown.set(bytes, at);
    file.bytes = grown;
    file.mtimeMs = disk.now();
  };
  const flush = async (): Promise<void> => {
    await disk.step('flush');
    if (disk.isLying) return;
    if (inode === null) disk.flushedNames = new Map(disk.names);
    file.flushed = file.bytes;
  };
  return {
    async write(bytes: Uint8Array, offset: number, length: number, position: number) {
      await disk.step('write');
      if (disk.isFull) {
        // Some of it may still have fitted.
        put(bytes.subarray(offset, offset + (length >> 1)), position);
        throw failure('ENOSPC');
      }
      put(bytes.subarray(offset, offset + length), position);
      return { bytesWritten: length };
    },
    async read(buffer: Buffer, offset: number, length: number, position: number) {
      const bytesRead = file.bytes.copy(buffer, offset, position, position + length);
      return { buffer, bytesRead };
    },
    async writeFile(content: string | Uint8Array) {
      await disk.step('write');
      refuseIfFull(disk);
      put(typeof content === 'string' ? Buffer.from(content) : content, 0);
    },
    async appendFile(bytes: Uint8Array) {
      refuseIfFull(disk);
      put(bytes, file.bytes.length);
    },
    async truncate(size: number) {
      await disk.step('truncate');
      file.bytes = Buffer.from(file.bytes.subarray(0, size));
    },
    stat: async () => ({ size: file.bytes.length, mtimeMs: file.mtimeMs }),
    sync: flush,
    datasync: flush,
    close: async () => undefined,
  };
}

async function open(path: string, flags: string | number) {
  const { disk, name } = locate(path);
  const inode = disk.names.get(name);
  const isFolder = [...disk.names.keys()].some((it) => it.startsWith(`${name}/`)) || name === '';
  const makes =
    flags === 'wx' || flags === 'a' || (typeof flags === 'number' && (flags & constants.O_CREAT) !== 0);
  if (inode !== undefined) {
    if (flags === 'wx') throw failure('EEXIST');
    return createHandle(disk, inode);
  }
  if (!makes) {
    if (isFolder || flags === 'r') return createHandle(disk, null);
    throw failure('ENOENT');
  }
  await disk.step('create');
  refuseIfFull(disk);
  const made: Inode = { bytes: Buffer.alloc(0), flushed: Buffer.alloc(0), mtimeMs: disk.now() };
  disk.names.set(name, made);
  return createHandle(disk, made);
}

async function readdir(path: string): Promise<string[]> {
  const { disk, name } = locate(path);
  const start = name === '' ? '' : `${name}/`;
  return [...disk.names.keys()].filter((it) => it.startsWith(start)).map((it) => it.slice(start.length));
}

async function readFile(path: string, encoding?: string): Promise<Buffer | string> {
  const { bytes } = inodeAt(path);
  return encoding === undefined ? Buffer.from(bytes) : bytes.toString('utf8');
}

async function rename(from: string, to: string): Promise<void> {
  const { disk, name } = locate(from);
  await disk.step('rename');
  const inode = inodeAt(from);
  disk.names.delete(name);
  disk.names.set(locate(to).name, inode);
}

async function rm(path: string, { force = false }: { force?: boolean } = {}): Promise<void> {
  const { disk, name } = locate(path);
  await disk.step('remove');
  if (!disk.names.delete(name) && !force) throw failure('ENOENT');
}

async function access(path: string): Promise<void> {
  inodeAt(path);
}

const mkdir = async (): Promise<undefined> => undefined;
const stat = async (path: string) => ({ size: inodeAt(path).bytes.length, mtimeMs: inodeAt(path).mtimeMs });
const statfs = async (path: string) => ({ bavail: locate(path).disk.isFull ? 0 : 1_000_000, bsize: 4_096 });

export { access, constants, mkdir, open, readdir, readFile, rename, rm, stat, statfs };
