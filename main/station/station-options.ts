import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type CentralTrust, isPin } from './central-trust.ts';
import { readJsonFile, writeDurably } from './durable-file.ts';

const LOOPBACK = /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** `station.json` in the data folder: what IT set for this computer, where the command line says nothing. */
const MachineFile = z.object({
  central: z.string().optional(),
  desk: z.string().optional(),
  code: z.string().optional(),
  /** Certificates as PEM; and pins, see `CentralTrust`. */
  ca: z.string().optional(),
  pins: z.array(z.string()).optional(),
});
type MachineFile = z.infer<typeof MachineFile>;

/** What `darcha-central enrol --out FILE` writes: all that a computer needs to become a desk, but its name. */
const EnrolmentFile = z.object({
  central: z.string(),
  code: z.string(),
  ca: z.string().optional(),
  pins: z.array(z.string()).optional(),
});

export type StationTarget = {
  centralUrl: string;
  /** What to enrol with; without a desk's name its screen asks for it. */
  enrolment: { desk: string | null; code: string } | null;
  trust: CentralTrust;
};
export type GivenTarget = {
  central?: string | undefined;
  desk?: string | undefined;
  code?: string | undefined;
  /** Paths of files. */
  enrolment?: string | undefined;
  centralCa?: string | undefined;
  centralPin?: string[] | undefined;
};

/** Of both shells' command lines, as `parseArgs` wants them. */
export const TARGET_OPTIONS = {
  central: { type: 'string' },
  desk: { type: 'string' },
  code: { type: 'string' },
  enrolment: { type: 'string' },
  'central-ca': { type: 'string' },
  'central-pin': { type: 'string', multiple: true },
} as const;

/** What `parseArgs` made of them. */
export function toGivenTarget(values: Record<string, unknown>): GivenTarget {
  const text = (name: keyof typeof TARGET_OPTIONS): string | undefined =>
    typeof values[name] === 'string' ? values[name] : undefined;
  const pins = values['central-pin'];
  return {
    ...{ central: text('central'), desk: text('desk'), code: text('code'), enrolment: text('enrolment') },
    centralCa: text('central-ca'),
    centralPin: Array.isArray(pins) ? pins.map(String) : undefined,
  };
}

type Outcome<T> = ({ outcome: 'target' } & T) | { outcome: 'unclear'; reason: string };

/**
 * Where the centre is, by what it is known, and as which desk to enrol; a sentence for whoever started us if that is not
 * clear. What an enrolment file says of the centre is kept in `station.json`, and counts from then on.
 */
export async function readStationTarget(
  dataFolder: string,
  given: GivenTarget,
): Promise<Outcome<{ target: StationTarget }>> {
  try {
    return { outcome: 'target', target: await toTarget(await readMachine(dataFolder, given), given) };
  } catch (error) {
    if (error instanceof Unclear) return { outcome: 'unclear', reason: error.message };
    throw error;
  }
}

class Unclear extends Error {}

async function readMachine(dataFolder: string, given: GivenTarget): Promise<MachineFile> {
  const path = join(dataFolder, 'station.json');
  const read = await readJsonFile(path);
  const kept = MachineFile.safeParse(read.outcome === 'read' ? read.value : {});
  if (read.outcome === 'damaged' || !kept.success) throw new Unclear(`${path} cannot be understood`);
  if (given.enrolment === undefined) return kept.data;
  const file = EnrolmentFile.safeParse(await readGiven(given.enrolment, (text) => JSON.parse(text)));
  if (!file.success) throw new Unclear(`${given.enrolment} is no enrolment file`);
  const { code, ...centre } = file.data;
  const others = read.outcome === 'read' ? (read.value as object) : {};
  const written = await writeDurably(path, JSON.stringify({ ...others, ...centre }));
  if (written.outcome !== 'saved') throw new Unclear(`${path} cannot be written (${written.outcome})`);
  return { ...kept.data, ...centre, code };
}

async function readGiven<T>(path: string, read: (text: string) => T): Promise<T> {
  try {
    return read(await readFile(path, 'utf8'));
  } catch {
    throw new Unclear(`the file ${path} cannot be read`);
  }
}

async function toTarget(kept: MachineFile, given: GivenTarget): Promise<StationTarget> {
  const central = given.central ?? kept.central;
  if (central === undefined) throw new Unclear('say where the central server is: --central URL');
  const centralUrl = toCentralUrl(central);
  const pins = given.centralPin ?? kept.pins ?? [];
  const wrong = pins.find((it) => !isPin(it));
  if (wrong !== undefined) throw new Unclear(`"${wrong}" is no pin: sha256/ and 44 letters of base64`);
  const ca =
    given.centralCa === undefined ? (kept.ca ?? null) : await readGiven(given.centralCa, (text) => text);
  if (ca !== null && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Unclear('what is given as the certificate of the centre is no PEM');
  }
  return { centralUrl, enrolment: toEnrolment(kept, given), trust: { ca, pins } };
}

function toEnrolment(kept: MachineFile, given: GivenTarget): StationTarget['enrolment'] {
  const code = given.code ?? kept.code;
  const desk = given.desk ?? kept.desk ?? null;
  if (code !== undefined) return { desk, code };
  if (given.desk !== undefined) throw new Unclear('--desk goes with --code or --enrolment');
  return null;
}

/** Citizens' data goes over no line in clear: `http` is for a server on this computer alone. */
function toCentralUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === null || !isHttp || url.search !== '') {
    throw new Unclear(`"${text}" is no http:// or https:// address`);
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw new Unclear(
      `${url.origin} would be asked in clear: it is to be https:// unless it is on this computer`,
    );
  }
  return text;
}
