import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { EXIT, Stop } from './say.mjs';

const MARKER = 'darcha-demo.json';
const RUNNING = 'running.json';
const FIRST_STATION_PORT = 47615;

/** Where demonstration data lives unless --data says otherwise: under the user's own folder. */
export function defaultDataFolder({ platform = process.platform, env = process.env, home = homedir() } = {}) {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Darcha-demo');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'darcha-demo');
  const shared = env.XDG_DATA_HOME;
  return join(shared && isAbsolute(shared) ? shared : join(home, '.local', 'share'), 'darcha-demo');
}

/** Opens (or makes) a folder of demonstration data. A folder of anything else is left alone. */
export function openDemoData(given) {
  const folder = resolve(given ?? defaultDataFolder());
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.R_OK);
    if (!existsSync(join(folder, MARKER))) {
      if (readdirSync(folder).length > 0) throw foreign(folder);
      write(folder, MARKER, { product: 'Darcha demonstration data', stations: {} });
    }
    // Root may write where the disk may not: only writing tells.
    write(folder, '.can-write', {});
    rmSync(join(folder, '.can-write'));
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(
      `the data folder ${folder} cannot be written (${error.code ?? error.message}).`,
      'give one that can: npm start -- --data DIR',
      EXIT.dataNotWritable,
    );
  }
  return folder;
}

export function hasMarker(folder) {
  return existsSync(join(folder, MARKER));
}

/**
 * The port of a desk's page, the same for ever: the window's database hangs on it.
 *
 * The first desk of a data folder gets 47615, others the next free of those given out here.
 */
export function stationPort(folder, desk, asked) {
  const marker = read(folder, MARKER);
  const stations = marker.stations ?? {};
  const kept = stations[desk];
  const taken = new Set(Object.values(stations));
  let port = asked ?? kept ?? FIRST_STATION_PORT;
  while (asked === null && kept === undefined && taken.has(port)) port += 1;
  if (kept === undefined) write(folder, MARKER, { ...marker, stations: { ...stations, [desk]: port } });
  return { port, moved: kept !== undefined && port !== kept ? kept : null };
}

/** The folder of a desk's station. */
export function stationFolder(folder, desk) {
  return join(folder, 'stations', desk);
}

/** The shell a desk was set up in, as its station wrote it down; null before its first start. */
export function stationShell(folder, desk) {
  const path = join(stationFolder(folder, desk), 'shell.txt');
  const kept = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  return kept === '' ? null : kept;
}

/** Who runs on this data: `{ pid, central: { pid, url } | null }`, or null. */
export function readRunning(folder) {
  return existsSync(join(folder, RUNNING)) ? read(folder, RUNNING) : null;
}

export function writeRunning(folder, running) {
  write(folder, RUNNING, running);
}

export function clearRunning(folder) {
  rmSync(join(folder, RUNNING), { force: true });
}

function foreign(folder) {
  return new Stop(
    `${folder} holds files that are not demonstration data; it is left alone.`,
    'give an empty folder, or one that is not there yet: npm start -- --data DIR',
    EXIT.dataNotWritable,
  );
}

function read(folder, name) {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch {
    return {};
  }
}

function write(folder, name, value) {
  const path = join(folder, name);
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
