import { z } from 'zod';
import type { DatabaseChoice } from '../options.ts';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';
import { revokeDevice } from '../store/devices.ts';
import { throughServer } from '../through-server.ts';

/** A desk is let in no more; with `erase` it is told to give up the keys of its data as soon as it asks again. */
export async function revoke(
  database: DatabaseChoice,
  { device, erase }: { device: string; erase: boolean },
): Promise<Done | Problem> {
  const result = await throughServer(database, {
    path: '/v1/revocations',
    body: { device, erase },
    answer: z.object({ desk: z.string(), centreId: z.int() }),
    alone: (sql) => revokeDevice(sql, { device, erase, now: Date.now() }),
  });
  if (result.outcome === 'problem') return result;
  if (result.outcome === 'unknown') {
    return toProblem(EXIT.usage, `there is no desk ${device}.`, 'darcha-central report sync lists them.');
  }
  const { desk, centreId } = result.answer;
  const more = erase ? '; it gives up the keys of its data when it next asks' : '';
  return {
    outcome: 'done',
    text: `${device} ("${desk}" of centre ${centreId}) is let in no more${more}.\n`,
  };
}
