import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from './durable-file.ts';

/** `station.json` in the data folder: what IT set for this computer, where the command line says nothing. */
const MachineFile = z.object({
  central: z.string().optional(),
  desk: z.string().optional(),
  code: z.string().optional(),
});

export type StationTarget = { centralUrl: string; enrolment: { desk: string; code: string } | null };
export type GivenTarget = {
  central?: string | undefined;
  desk?: string | undefined;
  code?: string | undefined;
};

/** Where the centre is and as which desk to enrol; a sentence for whoever started us if that is not clear. */
export async function readStationTarget(
  dataFolder: string,
  given: GivenTarget,
): Promise<{ outcome: 'target'; target: StationTarget } | { outcome: 'unclear'; reason: string }> {
  const read = await readJsonFile(join(dataFolder, 'station.json'));
  const kept = MachineFile.safeParse(read.outcome === 'read' ? read.value : {});
  if (read.outcome === 'damaged' || !kept.success) {
    return { outcome: 'unclear', reason: `${join(dataFolder, 'station.json')} cannot be understood` };
  }
  const central = given.central ?? kept.data.central;
  if (central === undefined)
    return { outcome: 'unclear', reason: 'say where the central server is: --central URL' };
  if (!isHttpUrl(central))
    return { outcome: 'unclear', reason: `"${central}" is no http:// or https:// address` };
  const { desk, code } = given.desk === undefined && given.code === undefined ? kept.data : given;
  if ((desk === undefined) !== (code === undefined)) {
    return { outcome: 'unclear', reason: '--desk and --code go together' };
  }
  const enrolment = desk === undefined || code === undefined ? null : { desk, code };
  return { outcome: 'target', target: { centralUrl: central, enrolment } };
}

function isHttpUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.search === '';
}
