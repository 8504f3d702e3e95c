import { access, constants, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, type Problem, toProblem } from './problem.ts';
import type { Sql } from './store/sql.ts';
import { writeBackup } from './store/write-backup.ts';

const KEPT = 14;
const LOOK_EVERY_MS = 10 * 60_000;
const NAME = /^darcha-\d{4}-\d{2}-\d{2}\.jsonl\.gz$/;

type Parts = { sql: Sql; folder: string; now(): number; log: { write(line: string): void } };

/** Why no copy could be made there: a server that only seems to make copies is worse than none. */
export async function findBackupProblem(folder: string | null): Promise<Problem | null> {
  if (folder === null) return null;
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return null;
  } catch (error) {
    const problem = `the backup folder ${folder} cannot be written (${(error as { code?: string }).code}).`;
    const next = 'choose another --backup-folder, or let this account write there.';
    return toProblem(EXIT.notWritable, problem, next);
  }
}

/**
 * A copy a day, made when the day begins in UTC (five in the morning in Tashkent) or, where the server did not run
 * then, when it starts. Answers how to stop; a copy that is being made is waited for.
 */
export function startNightlyBackup(parts: Parts): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const look = (): void => {
    running = running
      .then(() => makeNightly(parts))
      .catch((error: { code?: string; name: string }) => {
        parts.log.write(`${JSON.stringify({ what: 'backup failed', code: error.code ?? error.name })}\n`);
      });
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return running;
  };
}

/** Makes the copy of this day where it is not there, and removes all but the newest fourteen. */
export async function makeNightly({ sql, folder, now }: Omit<Parts, 'log'>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = `darcha-${new Date(now()).toISOString().slice(0, 10)}.jsonl.gz`;
  const there = await readdir(folder);
  if (there.includes(name)) return;
  const result = await writeBackup(sql, join(folder, name), now());
  if (result.outcome === 'not-written') throw Object.assign(new Error(result.outcome), { code: result.code });
  const own = [...there, name].filter((it) => NAME.test(it)).sort();
  for (const it of own.slice(0, -KEPT)) await rm(join(folder, it), { force: true });
}
