import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, realpath, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { errorCodeOf } from './disk-refusal.ts';
import { writeDurably } from './durable-file.ts';

const SECRET_FILE = 'instance.key';
const ANSWER_MS = 5_000;

/** `null`: it can be written. Else the operating system's word for why not. */
export async function checkDataFolder(folder: string): Promise<string | null> {
  const probe = join(folder, `.write-check-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await (await open(probe, 'w', 0o600)).close();
    await rm(probe);
    return null;
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === null) throw error;
    // A full disk is told of in the window, where the clerk can still read what there is.
    return code === 'ENOSPC' || code === 'EDQUOT' ? null : code;
  }
}

export type LockOutcome =
  | { outcome: 'locked'; release(): void }
  /** Another station has this folder; `answer` is what it said to our knock. */
  | { outcome: 'held'; answer: string | null };

/**
 * One station a data folder: the first holds a local socket named after the folder, and answers a second.
 *
 * The socket dies with its process, so there is nothing stale to clean up; a key that only this user can
 * read keeps other users of the computer from knocking.
 */
export async function lockDataFolder(
  folder: string,
  knock: string,
  onKnock: (knock: string) => string,
): Promise<LockOutcome> {
  const key = await readKey(join(folder, SECRET_FILE));
  const address = await socketAddress(folder);
  const server = createServer((socket) => answerKnock(socket, key, onKnock));
  for (let tries = 0; tries < 2; tries += 1) {
    if (await listens(server, address)) {
      server.unref();
      return { outcome: 'locked', release: () => server.close() };
    }
    const answer = await sendKnock(address, `${key} ${knock}\n`);
    if (answer !== 'nobody') return { outcome: 'held', answer };
    // Only where a socket is a file can one be left over by a process that was killed.
    await rm(address, { force: true });
  }
  return { outcome: 'held', answer: null };
}

async function readKey(path: string): Promise<string> {
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (/^[0-9a-f]{64}$/.test(kept)) return kept;
  const key = randomBytes(32).toString('hex');
  await writeDurably(path, key);
  return key;
}

async function socketAddress(folder: string): Promise<string> {
  const { ino, dev } = await stat(folder);
  const place = process.platform === 'win32' ? (await realpath(folder)).toLowerCase() : `${dev}:${ino}`;
  const name = `darcha-${createHash('sha256').update(place).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(folder, 'instance.sock');
}

function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (errorCodeOf(error) === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(address, () => resolve(true));
  });
}

function answerKnock(socket: Socket, key: string, onKnock: (knock: string) => string): void {
  socket.setTimeout(ANSWER_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  readLine(socket, (line) => {
    const at = line.indexOf(' ');
    if (line.slice(0, at) === key) socket.end(`${onKnock(line.slice(at + 1))}\n`);
    else socket.destroy();
  });
}

function sendKnock(address: string, line: string): Promise<string | 'nobody' | null> {
  return new Promise((resolve) => {
    const socket = connect(address, () => socket.write(line));
    socket.setTimeout(ANSWER_MS, () => socket.destroy());
    socket.on('error', (error) => resolve(errorCodeOf(error) === 'ECONNREFUSED' ? 'nobody' : null));
    socket.on('close', () => resolve(null));
    readLine(socket, (answer) => resolve(answer));
  });
}

function readLine(socket: Socket, onLine: (line: string) => void): void {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const end = text.indexOf('\n');
    if (end !== -1) onLine(text.slice(0, end));
    else if (text.length > 4_096) socket.destroy();
  });
}
