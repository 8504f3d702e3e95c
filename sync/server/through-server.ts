import type { z } from 'zod';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import { bringUp } from './commands/run-migrate.ts';
import { openDataFolder } from './data-folder.ts';
import { withDatabase } from './open-database.ts';
import type { DatabaseChoice } from './options.ts';
import { EXIT, type Problem, toProblem } from './problem.ts';
import type { Sql } from './store/sql.ts';

/** Something small that the server does on `POST path`, and that a command does by itself where none works. */
export type Deed<T> = {
  path: string;
  body: object;
  answer: z.ZodType<T>;
  /** `null`: there is no such thing, which is what the server answers by 404. */
  alone(sql: Sql): Promise<T | null>;
};

/** By the server that works in the folder, or in its database when none does. */
export async function throughServer<T>(
  database: DatabaseChoice,
  deed: Deed<T>,
): Promise<{ outcome: 'done'; answer: T } | { outcome: 'unknown' } | Problem> {
  if (database.databaseUrl === null) {
    const opened = await openDataFolder(database.data ?? '.');
    if (opened.outcome === 'in-use') return askServer(opened, deed);
    if (opened.outcome === 'open') await opened.folder.release();
  }
  return withDatabase(database, async (sql) => {
    const steps = await bringUp(sql);
    if (typeof steps !== 'string') return steps;
    const answer = await deed.alone(sql);
    return answer === null ? { outcome: 'unknown' } : { outcome: 'done', answer };
  });
}

async function askServer<T>(
  server: { url: string | null; adminKey: string },
  { path, body, answer }: Deed<T>,
): Promise<{ outcome: 'done'; answer: T } | { outcome: 'unknown' } | Problem> {
  const next = 'see that the server runs well, then try again.';
  if (server.url === null) {
    return toProblem(EXIT.failed, 'the server of this folder is still starting.', next);
  }
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer admin:${server.adminKey}`,
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (response?.status === 404) return { outcome: 'unknown' };
  const read = response?.ok ? answer.safeParse(await response.json().catch(() => null)) : null;
  if (read?.success !== true) {
    return toProblem(EXIT.failed, `the server at ${server.url} does not answer as it should.`, next);
  }
  return { outcome: 'done', answer: read.data };
}
