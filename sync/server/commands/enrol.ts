import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { DatabaseChoice, EnrolOptions } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import { createCode } from '../store/enrolment.ts';
import { throughServer } from '../through-server.ts';

const CodeAnswer = z.object({ code: z.string() });

/** A new enrolment code of one use: typed at the station, or in a file that the station is started with. */
export async function enrol(
  database: DatabaseChoice,
  { centre, out }: EnrolOptions,
): Promise<Done | Problem> {
  const ca = out?.ca == null ? null : await readFile(out.ca, 'utf8').catch(() => undefined);
  if (ca === undefined || (ca !== null && !ca.includes('-----BEGIN CERTIFICATE-----'))) {
    return toProblem(EXIT.usage, `${out?.ca} holds no certificate.`, 'give --ca a file in PEM.');
  }
  const result = await throughServer(database, {
    path: '/v1/enrolment-codes',
    body: { centreId: centre },
    answer: CodeAnswer,
    alone: async (sql) => {
      const made = await createCode(sql, centre, Date.now());
      return made.outcome === 'made' ? made : null;
    },
  });
  if (result.outcome === 'problem') return result;
  if (result.outcome === 'unknown') return noCentre(centre);
  const { code } = result.answer;
  if (out === null) return { outcome: 'done', text: `${code}\n` };
  const { file, central, pin } = out;
  const text = JSON.stringify({
    central,
    code,
    ...(ca === null ? {} : { ca }),
    ...(pin === null ? {} : { pins: [pin] }),
  });
  try {
    await writeFile(file, `${text}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code: why } = error as { code?: string };
    const problem = `${file} cannot be written (${why}).`;
    return toProblem(EXIT.notWritable, problem, 'give --out a name that is not taken.');
  }
  const said = `${file} is good for one computer, within fourteen days: bring it there and start the station with --enrolment`;
  return { outcome: 'done', text: `${said} ${file}\n` };
}

function noCentre(centre: number): Problem {
  return toProblem(
    EXIT.usage,
    `there is no centre ${centre} in the reference data.`,
    'make it with centre add, start the server once with --seed FILE, or give another number.',
  );
}
