import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** Where PGlite has its data folder in its own file system. */
const INSIDE = '/pglite/data';

/**
 * PGlite whose commits are on the disk when they are answered; without a folder it lives in memory.
 *
 * By itself it starts PostgreSQL with `-F` (no fsync), and its file system has no fsync to call: what it told a desk
 * was taken could be gone after a power cut. `flush` takes a file descriptor of ours.
 */
export async function openDurablePglite(folder, flush = fsyncSync) {
  if (folder === undefined) return PGlite.create('memory://');
  const isNew = !existsSync(join(folder, 'PG_VERSION'));
  const database = await PGlite.create(folder, {
    startParams: [
      ...PGlite.defaultStartParams.filter((it) => it !== '-F'),
      ...['-c', 'wal_sync_method=fsync'],
    ],
  });
  const { node } = database.Module.FS.lookupPath(`${INSIDE}/PG_VERSION`);
  node.stream_ops.fsync = ({ nfd }) => {
    if (nfd !== undefined) flush(nfd);
    return 0;
  };
  if (isNew) {
    await database.query('checkpoint');
    flushTree(folder, flush);
  }
  return database;
}

/** What was written before there was anything to flush it with. */
function flushTree(folder, flush) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) flushTree(path, flush);
    else if (entry.isFile()) flushPath(path, 'r+', flush);
  }
  // Windows flushes the names in a folder with their files.
  if (process.platform !== 'win32') flushPath(folder, 'r', flush);
}

function flushPath(path, flags, flush) {
  const descriptor = openSync(path, flags);
  try {
    flush(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
