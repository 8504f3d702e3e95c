import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import { openDataFolder } from './data-folder.ts';
import { openDatabase } from './open-database.ts';
import { EXIT, type Problem } from './serve.ts';
import { createCode } from './store/enrolment.ts';

export type MadeCode = { outcome: 'made'; code: string } | Problem;

type Ask = { data: string; centre: number; databaseUrl: string | null };

/** A new enrolment code: from the server that works in the folder, or from its database when none does. */
export async function makeCode({ data, centre, databaseUrl }: Ask): Promise<MadeCode> {
  const opened = await openDataFolder(data);
  if (opened.outcome === 'not-writable') {
    return toProblem(EXIT.notWritable, `the data folder ${data} cannot be written (${opened.reason}).`);
  }
  if (opened.outcome === 'in-use') return askServer(opened, centre);
  const { folder } = opened;
  const database = await openDatabase(folder.path, databaseUrl);
  if (database.outcome === 'failed') {
    await folder.release();
    return toProblem(EXIT.failed, `${database.problem}.`);
  }
  const result = await createCode(database.sql, centre, Date.now());
  await database.sql.close();
  await folder.release();
  return result.outcome === 'made' ? { outcome: 'made', code: result.code } : noCentre(centre);
}

async function askServer(
  server: { url: string | null; adminKey: string },
  centre: number,
): Promise<MadeCode> {
  if (server.url === null) return toProblem(EXIT.failed, 'the server of this folder is still starting.');
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
  if (!response?.ok)
    return toProblem(EXIT.failed, `the server at ${server.url} does not answer as it should.`);
  const { code } = (await response.json()) as { code: string };
  return { outcome: 'made', code };
}

function noCentre(centre: number): Problem {
  return {
    outcome: 'problem',
    exit: EXIT.usage,
    problem: `there is no centre ${centre} in the reference data.`,
    next: 'start the server once with --seed FILE, or give the number of another centre.',
  };
}

function toProblem(exit: number, problem: string): Problem {
  return { outcome: 'problem', exit, problem, next: 'see that the server runs well, then try again.' };
}
