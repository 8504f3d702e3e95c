import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

/*
 * A backup is lines of JSON, packed with gzip:
 *
 *   the header; for each table a line with its columns and then a line for each row, its values as text;
 *   a line that ends it, with the SHA-256 of all bytes before.
 *
 * The scans are not in it: they are files by the name of their SHA-256, never changed, copied by any tool. Rows of the
 * table `file` name each; the header says how many they are.
 */

export const BACKUP_FORMAT = 1;

export const BackupHeader = z.object({
  format: z.literal(BACKUP_FORMAT),
  what: z.literal('darcha-central backup'),
  madeAt: z.int(),
  /** Of the database that was copied; one that is restored gets another. */
  epoch: z.string(),
  /** The steps that its schema is made of. */
  steps: z.array(z.object({ name: z.string(), checksum: z.string() })),
  files: z.object({ count: z.int(), bytes: z.int() }),
});
export type BackupHeader = z.infer<typeof BackupHeader>;

export const BackupTable = z.object({
  table: z.string(),
  columns: z.array(z.tuple([z.string(), z.string()])).min(1),
});
export type BackupTable = z.infer<typeof BackupTable>;

export type BackupRow = (string | null)[];

const End = z.object({ end: z.literal(true), rows: z.int(), sha256: z.string() });

export type VerifyOutcome =
  | { outcome: 'good'; header: BackupHeader; rows: number }
  | { outcome: 'no-file' }
  /** Another kind of file, or of a newer program. */
  | { outcome: 'no-backup' }
  /** Cut short, or altered. */
  | { outcome: 'damaged' };

/** Reads a backup to its end: nothing of it may be used before it is known to be whole. */
export async function verifyBackup(path: string): Promise<VerifyOutcome> {
  const hash = createHash('sha256');
  let header: BackupHeader | null = null;
  let rows = 0;
  let last: string | null = null;
  try {
    for await (const line of readLines(path)) {
      if (last !== null) hash.update(`${last}\n`);
      header ??= BackupHeader.parse(JSON.parse(line));
      if (line.startsWith('[')) rows += 1;
      last = line;
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return { outcome: 'no-file' };
    return { outcome: header === null ? 'no-backup' : 'damaged' };
  }
  const end = End.safeParse(parse(last));
  if (header === null) return { outcome: 'no-backup' };
  const isWhole = end.success && end.data.rows === rows && end.data.sha256 === hash.digest('hex');
  return isWhole ? { outcome: 'good', header, rows } : { outcome: 'damaged' };
}

/** Tables and rows of a backup that is known to be whole, in the order in which they were written. */
export async function* readBackup(path: string): AsyncGenerator<BackupTable | BackupRow> {
  for await (const line of readLines(path)) {
    if (line.startsWith('[')) yield JSON.parse(line) as BackupRow;
    else if (line.startsWith('{"table"')) yield BackupTable.parse(JSON.parse(line));
  }
}

/** Lines end with U+000A alone; Node's own reader would end one at U+2028 too, which JSON may hold. */
async function* readLines(path: string): AsyncGenerator<string> {
  const bytes = createReadStream(path);
  const text = bytes.on('error', (error) => text.destroy(error)).pipe(createGunzip());
  let rest = Buffer.alloc(0);
  for await (const chunk of text) {
    const all = Buffer.concat([rest, chunk as Buffer]);
    let from = 0;
    for (let at = all.indexOf(10); at >= 0; at = all.indexOf(10, from)) {
      yield all.toString('utf8', from, at);
      from = at + 1;
    }
    rest = all.subarray(from);
  }
  if (rest.length > 0) yield rest.toString('utf8');
}

function parse(line: string | null): unknown {
  try {
    return JSON.parse(line ?? 'null');
  } catch {
    return null;
  }
}
