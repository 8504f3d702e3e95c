const DATABASE = ['data', 'database-url'] as const;

/** Every command: what follows it, which options go with it, and a line on what it does. */
export const COMMANDS = {
  serve: {
    takes: '',
    options: [
      ...DATABASE,
      ...(['port', 'host', 'seed', 'demo', 'files', 's3-endpoint', 's3-bucket', 's3-region'] as const),
      ...(['backup-folder', 'drain'] as const),
      ...(['metrics-port', 'metrics-host', 'tls-cert', 'tls-key', 'behind-proxy'] as const),
      'recovery-key',
    ],
    about: 'works as the central server until it is told to end; the command when none is named',
  },
  migrate: { takes: '', options: DATABASE, about: 'brings the database to the newest step' },
  backup: { takes: 'FILE', options: DATABASE, about: 'writes one consistent copy of the database' },
  restore: {
    takes: 'FILE',
    options: DATABASE,
    about: 'fills an empty database from a copy, and gives it a new epoch',
  },
  'catalogue check': { takes: 'FILE', options: [], about: 'says what is wrong with a catalogue' },
  'catalogue publish': {
    takes: 'FILE',
    options: DATABASE,
    about: 'brings services and reference data to what FILE says',
  },
  'centre add': {
    takes: '',
    options: [...DATABASE, 'centre', 'name', 'prefix', 'place', 'parent', 'type'],
    about: 'makes a centre; its desks are then enrolled by code',
  },
  'person add': {
    takes: '',
    options: [...DATABASE, 'id', 'name', 'centre', 'role', 'from', 'to'],
    about: 'makes somebody who may sign in at a centre',
  },
  'person move': {
    takes: '',
    options: [...DATABASE, 'id', 'centre', 'role', 'from', 'to', 'for'],
    about: 'gives somebody another position; with --for beside the one he has, as a substitute',
  },
  'person end': {
    takes: '',
    options: [...DATABASE, 'id', 'from'],
    about: 'ends all positions of somebody; what he did stays his',
  },
  'person list': { takes: '', options: [...DATABASE, 'centre'], about: 'prints the people of a centre' },
  'person set-pin': {
    takes: '',
    options: [...DATABASE, 'id'],
    about: 'sets a PIN of six digits or more, read from the first line of the input',
  },
  'person set-password': {
    takes: '',
    options: [...DATABASE, 'id'],
    about: 'sets a password of ten characters or more, read from the first line of the input',
  },
  enrol: {
    takes: '',
    options: [...DATABASE, 'centre', 'out', 'central', 'ca', 'pin'],
    about: 'makes an enrolment code of one use, or a file with all that a new station needs',
  },
  revoke: {
    takes: '',
    options: [...DATABASE, 'device', 'erase'],
    about: 'lets a desk in no more',
  },
  'subject export': {
    takes: '',
    options: [...DATABASE, 'out'],
    about: 'writes all that is kept of a person, whose number it reads from its input, with the proof',
  },
  'audit verify': {
    takes: '',
    options: [...DATABASE, 'centre', 'case'],
    about: 'proves that nothing was changed, left out or written in another name, or says where',
  },
  'recovery-key': {
    takes: '',
    options: ['out'],
    about: 'makes the pair of keys by which the authority opens what a dead or erased station has not sent',
  },
  'report sync': {
    takes: '',
    options: ['format', 'central', 'key-file', 'data'],
    about: 'prints the sync report of all centres',
  },
} as const satisfies Record<string, { takes: '' | 'FILE'; options: readonly OptionName[]; about: string }>;

export type CommandName = keyof typeof COMMANDS;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Every option of every command, as `parseArgs` wants them. */
export const OPTIONS = {
  data: text,
  'database-url': text,
  port: text,
  host: text,
  seed: text,
  demo: flag,
  files: text,
  's3-endpoint': text,
  's3-bucket': text,
  's3-region': text,
  'backup-folder': text,
  drain: text,
  'metrics-port': text,
  'metrics-host': text,
  centre: text,
  name: text,
  prefix: text,
  place: text,
  parent: text,
  type: text,
  id: text,
  role: text,
  from: text,
  to: text,
  for: text,
  format: text,
  central: text,
  'key-file': text,
  out: text,
  ca: text,
  pin: text,
  device: text,
  erase: flag,
  case: text,
  'tls-cert': text,
  'tls-key': text,
  'behind-proxy': flag,
  'recovery-key': text,
  help: flag,
} as const;

type OptionName = keyof typeof OPTIONS;

const MEANINGS: Record<Exclude<OptionName, 'help'>, readonly [string, string]> = {
  data: ['DIR', 'where the key admin-key is kept and, by default, database and files'],
  'database-url': [
    'URL',
    'a PostgreSQL server, without a password; with one in the variable DATABASE_URL; else PGlite in DIR',
  ],
  port: ['N', '47600 by default; 0 takes any free port'],
  host: ['ADDRESS', '127.0.0.1 by default'],
  seed: ['FILE', 'brings catalogue, reference data and staff to what FILE says'],
  demo: ['', 'accepts the enrolment codes of the seed and shows demonstration PINs'],
  files: ['DIR', 'where scans are kept; the same for all servers of one database'],
  's3-endpoint': [
    'URL',
    'keeps scans in an S3-compatible store instead; its keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ],
  's3-bucket': ['NAME', 'the bucket there; the same for all servers of one database'],
  's3-region': ['NAME', 'us-east-1 by default'],
  'backup-folder': ['DIR', 'makes a copy of the database there each night, and keeps 14'],
  drain: ['SECONDS', 'told to end, says "not ready" for so long before it listens no more; 0 by default'],
  'metrics-port': ['N', 'answers GET /metrics on this port; without, nowhere'],
  'metrics-host': ['ADDRESS', 'for /metrics; 127.0.0.1 by default'],
  centre: ['N', 'the number of the centre'],
  name: ['TEXT', 'the name; of a centre in every language until the catalogue says otherwise'],
  prefix: ['DIGITS', 'the seven digits that lead its case numbers'],
  place: ['CODE', 'the code of its place'],
  parent: ['N', 'the centre that supervises it'],
  type: ['TYPE', 'office, centre (by default), branch, community-centre, mobile or partner'],
  id: ['ID', 'the id of a person: small letters, digits and dashes'],
  role: ['ROLE', 'clerk, senior-clerk, supervisor, it, auditor or partner'],
  from: ['DAY', 'YYYY-MM-DD by the clock of the centre, or a moment with its offset; now without'],
  to: ['DAY', 'the same: from then on no more'],
  for: ['ID', 'whose place is taken; needs --to'],
  format: ['csv|json', 'csv by default'],
  central: ['URL', 'where the server is; of a report http://127.0.0.1:47600 by default'],
  'key-file': ['FILE', 'the admin-key of that server'],
  out: [
    'FILE',
    'writes this file, which must not be there; of enrol with the code in it, and --central goes with it',
  ],
  ca: ['FILE', 'certificates (PEM) by which that station is to know the server, and by no others'],
  pin: ['PIN', 'sha256/… of a public key that the server must show to that station'],
  device: ['ID', 'the desk, as the sync report names it'],
  erase: ['', 'tells it to give up the keys of its data as soon as it asks again'],
  case: ['ID', 'prints the history of one case, each event with its proof'],
  'tls-cert': ['FILE', 'answers by https with this certificate and those above it (PEM)'],
  'tls-key': ['FILE', 'its private key (PEM)'],
  'recovery-key': ['FILE', 'the public key (JWK) of the authority, for each station that is enrolled'],
  'behind-proxy': ['', 'something else ends TLS in front: --host may be open without a certificate'],
};

/** The help of one command, or of all. */
export function toHelp(command: CommandName | null): string {
  if (command === null) {
    const names = Object.keys(COMMANDS) as CommandName[];
    const lines = names.map((it) => `  ${toUsage(it).padEnd(24)}${COMMANDS[it].about}`);
    return `Darcha central server\n\n${lines.join('\n')}\n\ndarcha-central COMMAND --help lists its options.\n`;
  }
  const options = COMMANDS[command].options.map((it) => {
    const [value, meaning] = MEANINGS[it];
    return `  ${`--${it} ${value}`.padEnd(24)}${meaning}\n`;
  });
  return `darcha-central ${toUsage(command)} [options]\n${COMMANDS[command].about}\n\n${options.join('')}`;
}

function toUsage(command: CommandName): string {
  return `${command} ${COMMANDS[command].takes}`.trim();
}
