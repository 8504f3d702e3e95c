import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import { openDataFolder } from '../data-folder.ts';
import { withDatabase } from '../open-database.ts';
import type { DatabaseChoice } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import { createCode } from '../store/enrolment.ts';
import { bringUp } from './run-migrate.ts';

/** A new enrolment code: from the server that works in the folder, or from its database when none does. */
export async function makeCode(database: DatabaseChoice, centre: number): Promise<Done | Problem> {
  if (database.databaseUrl === null) {
    const opened = await openDataFolder(database.data ?? '.');
    if (opened.outcome === 'in-use') return askServer(opened, centre);
    if (opened.outcome === 'open') await opened.folder.release();
  }
  return withDatabase(database, async (sql) => {
    const steps = await bringUp(sql);
    if (typeof steps !== 'string') return steps;
    const result = await createCode(sql, centre, Date.now());
    return result.outcome === 'made' ? { outcome: 'done', text: `${result.code}\n` } : noCentre(centre);
  });
}

async function askServer(
  server: { url: string | null; adminKey: string },
  centre: number,
): Promise<Done | Problem> {
  const next = 'see that the server runs well, then try again.';
  if (server.url === null) {
    return toProblem(EXIT.failed, 'the server of this folder is still starting.', next);
  }
  const response = await fetch(`${server.url}/v1/enrolment-codes`, {
    method: 'POST',
    headers: {
      authorization: `Bearer admin:${server.adminKey}`,
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ centreId: centre }),
  }).catch(() => null);
  if (response?.status === 404) return noCentre(centre);
  if (!response?.ok) {
    return toProblem(EXIT.failed, `the server at ${server.url} does not answer as it should.`, next);
  }
  const { code } = (await response.json()) as { code: string };
  return { outcome: 'done', text: `${code}\n` };
}

function noCentre(centre: number): Problem {
  return toProblem(
    EXIT.usage,
    `there is no centre ${centre} in the reference data.`,
    'make it with centre add, start the server once with --seed FILE, or give another number.',
  );
}
