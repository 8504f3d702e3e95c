import { parseArgs } from 'node:util';
import { COMMANDS, type CommandName, OPTIONS, toHelp } from './command-help.ts';
import type { BucketAddress } from './store/s3-bucket.ts';

/** Which database a command works on: PGlite in `data` where there is no URL. */
export type DatabaseChoice = { data: string | null; databaseUrl: string | null };

/** Where scans are kept: a folder, the data folder where it is null, or a bucket. */
export type FilesChoice = { folder: string | null } | { bucket: BucketAddress };

export type ServeOptions = {
  data: string;
  databaseUrl: string | null;
  port: number;
  host: string;
  /** Files in PEM; `null`: in clear, on this computer alone or behind something that ends TLS. */
  tls: { cert: string; key: string } | null;
  recoveryKey: string | null;
  seed: string | null;
  demo: boolean;
  files: FilesChoice;
  backupFolder: string | null;
  drainSeconds: number;
  metrics: { port: number; host: string } | null;
};

export type NewCentre = {
  centre: number;
  name: string;
  prefix: string;
  place: string;
  parent: number | null;
  type: string;
};

/** What is to become of somebody; dates as they were typed. */
export type PersonAsk =
  | {
      does: 'add';
      id: string;
      name: string;
      centre: number;
      role: string;
      from: string | null;
      to: string | null;
    }
  | {
      does: 'move';
      id: string;
      centre: number;
      role: string;
      from: string | null;
      to: string | null;
      for: string | null;
    }
  | { does: 'end'; id: string; from: string | null }
  | { does: 'list'; centre: number }
  | { does: 'set-pin' | 'set-password'; id: string };

/** `out`: the file for a station, with where the centre is and what it is known by; without it the code is printed. */
export type EnrolOptions = {
  centre: number;
  out: { file: string; central: string; ca: string | null; pin: string | null } | null;
};

export type AuditOptions = { centre: number | null; caseId: string | null };

export type ReportOptions = { format: 'csv' | 'json'; central: string; keyFile: string };

export type Command =
  | { command: 'serve'; options: ServeOptions }
  | { command: 'migrate'; database: DatabaseChoice }
  | { command: 'backup' | 'restore' | 'catalogue publish'; database: DatabaseChoice; file: string }
  | { command: 'catalogue check'; file: string }
  | { command: 'centre add'; database: DatabaseChoice; centre: NewCentre }
  | { command: 'person'; database: DatabaseChoice; ask: PersonAsk }
  | { command: 'enrol'; database: DatabaseChoice; options: EnrolOptions }
  | { command: 'revoke'; database: DatabaseChoice; options: { device: string; erase: boolean } }
  | { command: 'subject export'; database: DatabaseChoice; out: string }
  | { command: 'audit verify'; database: DatabaseChoice; options: AuditOptions }
  | { command: 'recovery-key'; out: string }
  | { command: 'report sync'; options: ReportOptions }
  | { command: 'help'; text: string }
  | { command: 'wrong'; problem: string };

type Values = { [Name in keyof typeof OPTIONS]?: string | boolean };
type Given = { text(name: keyof typeof OPTIONS): string | null; has(name: keyof typeof OPTIONS): boolean };

class Wrong extends Error {}

/** What the command line asks for. `env.DATABASE_URL` keeps a password out of the list of processes. */
export function parseCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): Command {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const found = findCommand(positionals);
    if (values.help === true)
      return { command: 'help', text: toHelp(positionals.length > 0 ? found.command : null) };
    checkOptions(found.command, values);
    const given: Given = {
      text: (name) => (typeof values[name] === 'string' ? (values[name] as string) : null),
      has: (name) => values[name] !== undefined,
    };
    return toCommand(found, given, env);
  } catch (error) {
    return { command: 'wrong', problem: (error as Error).message };
  }
}

type Found = { command: CommandName; rest: string[] };

function findCommand(positionals: readonly string[]): Found {
  if (positionals.length === 0) return { command: 'serve', rest: [] };
  for (const words of [2, 1]) {
    const name = positionals.slice(0, words).join(' ');
    if (Object.hasOwn(COMMANDS, name))
      return { command: name as CommandName, rest: positionals.slice(words) };
  }
  throw new Wrong(`"${positionals[0]}" is not a command`);
}

function checkOptions(command: CommandName, values: Values): void {
  const allowed: readonly string[] = COMMANDS[command].options;
  const other = Object.keys(values).find((it) => !allowed.includes(it));
  if (other !== undefined) throw new Wrong(`--${other} does not go with ${command}`);
}

function toCommand({ command, rest }: Found, given: Given, env: NodeJS.ProcessEnv): Command {
  const envUrl = env.DATABASE_URL || null;
  const file = COMMANDS[command].takes === 'FILE' ? rest.shift() : '';
  if (file === undefined) throw new Wrong(`${command} needs the name of a file`);
  if (rest[0] !== undefined) throw new Wrong(`"${rest[0]}" does not go with ${command}`);
  switch (command) {
    case 'serve':
      return { command, options: toServe(given, env) };
    case 'migrate':
      return { command, database: toDatabase(given, envUrl) };
    case 'backup':
    case 'restore':
    case 'catalogue publish':
      return { command, file, database: toDatabase(given, envUrl) };
    case 'catalogue check':
      return { command, file };
    case 'centre add':
      return { command, database: toDatabase(given, envUrl), centre: toNewCentre(given) };
    case 'enrol':
      return { command, database: toDatabase(given, envUrl), options: toEnrol(given) };
    case 'revoke': {
      const device = given.text('device');
      if (device === null) throw new Wrong('--device is missing');
      return {
        command,
        database: toDatabase(given, envUrl),
        options: { device, erase: given.has('erase') },
      };
    }
    case 'subject export': {
      const out = given.text('out');
      if (out === null) throw new Wrong('--out is missing');
      return { command, database: toDatabase(given, envUrl), out };
    }
    case 'audit verify': {
      const centre = given.has('centre') ? toCentreId(given, 'centre') : null;
      const options = { centre, caseId: given.text('case') };
      return { command, database: toDatabase(given, envUrl), options };
    }
    case 'recovery-key': {
      const out = given.text('out');
      if (out === null) throw new Wrong('--out is missing');
      return { command, out };
    }
    case 'report sync':
      return { command, options: toReport(given) };
    default:
      return { command: 'person', database: toDatabase(given, envUrl), ask: toPersonAsk(command, given) };
  }
}

function toDatabase(given: Given, envUrl: string | null): DatabaseChoice {
  const choice = { data: given.text('data'), databaseUrl: toDatabaseUrl(given) ?? envUrl };
  if (choice.data === null && choice.databaseUrl === null) throw new Wrong('--data is missing');
  return choice;
}

/** Without a password: a list of processes shows what is typed. */
function toDatabaseUrl(given: Given): string | null {
  const url = given.text('database-url');
  if (url !== null && holdsPassword(url))
    throw new Wrong(
      '--database-url holds a password that every user of this computer could read: use DATABASE_URL',
    );
  return url;
}

function holdsPassword(url: string): boolean {
  return /:[^/@]+@|[?&\s]password=/i.test(url);
}

function toServe(given: Given, env: NodeJS.ProcessEnv): ServeOptions {
  const data = given.text('data');
  if (data === null) throw new Wrong('--data is missing');
  const host = given.text('host') ?? '127.0.0.1';
  return {
    data,
    databaseUrl: toDatabaseUrl(given) ?? (env.DATABASE_URL || null),
    port: toNumber(given, 'port', { least: 0, most: 65_535, what: 'a port', otherwise: 47_600 }),
    host,
    tls: toTls(given, host),
    recoveryKey: given.text('recovery-key'),
    seed: given.text('seed'),
    demo: given.has('demo'),
    files: toFiles(given, env),
    backupFolder: given.text('backup-folder'),
    drainSeconds: toNumber(given, 'drain', {
      least: 0,
      most: 600,
      what: 'a number of seconds',
      otherwise: 0,
    }),
    metrics: given.has('metrics-port')
      ? {
          port: toNumber(given, 'metrics-port', { least: 0, most: 65_535, what: 'a port', otherwise: 0 }),
          host: given.text('metrics-host') ?? '127.0.0.1',
        }
      : null,
  };
}

function toFiles(given: Given, env: NodeJS.ProcessEnv): FilesChoice {
  const names = (['s3-endpoint', 's3-bucket', 's3-region'] as const).filter(given.has);
  if (names.length === 0) return { folder: given.text('files') };
  if (given.has('files')) throw new Wrong(`--files does not go with --${names[0]}`);
  return { bucket: { ...toBucketPlace(given), ...toBucketKeys(env) } };
}

function toBucketPlace(given: Given): Pick<BucketAddress, 'endpoint' | 'bucket' | 'region'> {
  const endpoint = given.text('s3-endpoint');
  const bucket = given.text('s3-bucket');
  if (endpoint === null || bucket === null) throw new Wrong('--s3-endpoint and --s3-bucket go together');
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint))
    throw new Wrong(`--s3-endpoint ${endpoint} is not an address of http or https`);
  if (holdsPassword(endpoint)) throw new Wrong('--s3-endpoint holds a password: use AWS_SECRET_ACCESS_KEY');
  if (!/^[a-z0-9][a-z0-9.-]{2,62}$/.test(bucket)) throw new Wrong(`"${bucket}" is not the name of a bucket`);
  return { endpoint, bucket, region: given.text('s3-region') ?? 'us-east-1' };
}

/** From the environment alone: a list of processes shows what is typed. */
function toBucketKeys({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }: NodeJS.ProcessEnv) {
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
    throw new Wrong('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are to hold the keys of the bucket');
  return { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
}

function toNumber(
  given: Given,
  name: keyof typeof OPTIONS,
  { least, most, what, otherwise }: { least: number; most: number; what: string; otherwise: number },
): number {
  const typed = given.text(name);
  const number = typed === null ? otherwise : Number(typed);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Wrong(`--${name} ${typed} is not ${what} between ${least} and ${most}`);
}

function toCentreId(given: Given, name: 'centre' | 'parent'): number {
  const number = Number(given.text(name) ?? Number.NaN);
  if (!Number.isInteger(number) || number < 1) throw new Wrong(`--${name} needs the number of a centre`);
  return number;
}

function toNewCentre(given: Given): NewCentre {
  return {
    centre: toCentreId(given, 'centre'),
    name: need(given, 'name'),
    prefix: need(given, 'prefix'),
    place: need(given, 'place'),
    parent: given.has('parent') ? toCentreId(given, 'parent') : null,
    type: given.text('type') ?? 'centre',
  };
}

function need(given: Given, name: keyof typeof OPTIONS): string {
  const value = given.text(name);
  if (value === null) throw new Wrong(`--${name} is missing`);
  return value;
}

function toPersonAsk(command: Extract<CommandName, `person ${string}`>, given: Given): PersonAsk {
  if (command === 'person list') return { does: 'list', centre: toCentreId(given, 'centre') };
  const id = need(given, 'id');
  const from = given.text('from');
  if (command === 'person set-pin') return { does: 'set-pin', id };
  if (command === 'person set-password') return { does: 'set-password', id };
  if (command === 'person end') return { does: 'end', id, from };
  const place = { id, centre: toCentreId(given, 'centre'), role: need(given, 'role') };
  const dated = { ...place, from, to: given.text('to') };
  return command === 'person add'
    ? { does: 'add', name: need(given, 'name'), ...dated }
    : { does: 'move', for: given.text('for'), ...dated };
}

function toEnrol(given: Given): EnrolOptions {
  const [centre, file, central] = [toCentreId(given, 'centre'), given.text('out'), given.text('central')];
  const [ca, pin] = [given.text('ca'), given.text('pin')];
  if (file === null) {
    if (central ?? ca ?? pin) throw new Wrong('--central, --ca and --pin go with --out');
    return { centre, out: null };
  }
  if (central === null || !URL.canParse(central)) throw new Wrong('--out needs --central URL');
  return { centre, out: { file, central, ca, pin } };
}

/** Citizens' data goes over no line in clear: an open address needs a certificate, or something in front that has one. */
function toTls(given: Given, host: string): ServeOptions['tls'] {
  const [cert, key] = [given.text('tls-cert'), given.text('tls-key')];
  if ((cert === null) !== (key === null)) throw new Wrong('--tls-cert and --tls-key go together');
  if (cert !== null && key !== null) return { cert, key };
  const isOwn = /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host);
  if (isOwn || given.has('behind-proxy')) return null;
  throw new Wrong(
    `${host} is open to others: give --tls-cert and --tls-key, or --behind-proxy if TLS ends in front`,
  );
}

function toReport(given: Given): ReportOptions {
  const format = given.text('format') ?? 'csv';
  if (format !== 'csv' && format !== 'json') throw new Wrong(`a report is csv or json, not ${format}`);
  return {
    format,
    central: given.text('central') ?? 'http://127.0.0.1:47600',
    keyFile: given.text('key-file') ?? `${given.text('data') ?? '.'}/admin-key`,
  };
}
