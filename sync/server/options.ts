import { parseArgs } from 'node:util';

export type ServeOptions = {
  data: string;
  port: number;
  host: string;
  seed: string | null;
  demo: boolean;
  databaseUrl: string | null;
};

export type Command =
  | { command: 'serve'; options: ServeOptions }
  | { command: 'code'; options: { data: string; centre: number; databaseUrl: string | null } }
  | { command: 'help' }
  | { command: 'wrong'; problem: string };

export const HELP = `Darcha central server

  node main.js --data DIR [--port 47600] [--host 127.0.0.1] [--seed FILE] [--demo]
               [--database-url postgres://…]
  node main.js code --data DIR --centre N     prints a new enrolment code of one use

  --data DIR      where the database, files and the key admin-key are kept
  --port N        0 takes any free port
  --seed FILE     brings catalogue, reference data and staff to what FILE says
  --demo          accepts the enrolment codes of the seed and shows demonstration PINs
  --database-url  a PostgreSQL server; without it a PGlite database in DIR
`;

/** What the command line asks for. */
export function parseCommand(args: readonly string[]): Command {
  const parsed = tryParse(args);
  if (typeof parsed === 'string') return { command: 'wrong', problem: parsed };
  const { values, positionals } = parsed;
  if (values.help === true) return { command: 'help' };
  const [verb, ...rest] = positionals;
  if (rest.length > 0 || (verb !== undefined && verb !== 'code')) {
    return { command: 'wrong', problem: `"${verb}" is not a command` };
  }
  if (values.data === undefined) return { command: 'wrong', problem: '--data is missing' };
  const base = { data: values.data, databaseUrl: values['database-url'] ?? null };
  return verb === 'code' ? toCode(base, values.centre) : toServe(base, values);
}

function toCode(base: { data: string; databaseUrl: string | null }, centre: string | undefined): Command {
  const number = Number(centre);
  if (centre === undefined || !Number.isInteger(number) || number < 1) {
    return { command: 'wrong', problem: '--centre needs the number of a centre' };
  }
  return { command: 'code', options: { ...base, centre: number } };
}

type Values = { port?: string; host?: string; seed?: string; demo?: boolean };

function toServe(base: { data: string; databaseUrl: string | null }, values: Values): Command {
  const port = Number(values.port ?? 47_600);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return { command: 'wrong', problem: `--port ${values.port} is not a port between 0 and 65535` };
  }
  return {
    command: 'serve',
    options: {
      ...base,
      port,
      host: values.host ?? '127.0.0.1',
      seed: values.seed ?? null,
      demo: values.demo ?? false,
    },
  };
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  data: text,
  port: text,
  host: text,
  seed: text,
  demo: flag,
  'database-url': text,
  centre: text,
  help: flag,
} as const;

function tryParse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return (error as Error).message;
  }
}
