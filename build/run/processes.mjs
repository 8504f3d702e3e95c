import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { ROOT } from './root.mjs';

const STOP_MS = 15_000;
const LOG_LIMIT_BYTES = 1024 * 1024;

/**
 * Starts one of our long-running programs.
 *
 * In a group of its own where there are groups: a Ctrl+C is then ours to pass on, in order.
 */
export function startProgram(program, args, { env = {}, logFile, onLine = () => {} } = {}) {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const log = createWriteStream(logFile, { flags: isLarge(logFile) ? 'w' : 'a' });
  const said = [];
  const listen = (stream) =>
    createInterface({ input: stream }).on('line', (line) => {
      // An address may carry the token that opens the window: that is not for a log.
      log.write(`${line.replace(/\/#\S+/, '/#...')}\n`);
      said.push(line);
      if (said.length > 40) said.shift();
      onLine(line);
    });
  listen(child.stdout);
  listen(child.stderr);
  const ended = new Promise((resolve) => {
    child.on('error', (error) => {
      said.push(error.message);
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
  return {
    pid: child.pid,
    ended,
    said,
    isRunning: () => child.exitCode === null && child.signalCode === null,
  };
}

/** Asks a program of ours to end, by its id, and waits; one that will not is killed. */
export async function stopProgram(program) {
  if (program === null || program.pid === undefined) return;
  // On Windows a console Ctrl+C reaches the program by itself; a signal from here would not be gentle.
  if (process.platform === 'win32') await endedWithin(program.ended, 3000);
  if (program.isRunning()) signal(program.pid, 'SIGTERM');
  if (await endedWithin(program.ended, STOP_MS)) return;
  signal(program.pid, 'SIGKILL');
  await program.ended;
}

/** Ends a program that an earlier, killed start left behind. */
export async function stopStranger(pid) {
  signal(pid, 'SIGTERM');
  const until = Date.now() + STOP_MS;
  while (isAlive(pid) && Date.now() < until) await pause(100);
  if (isAlive(pid)) signal(pid, 'SIGKILL');
}

export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Whether a process still is the script we started: ids are used again. Unknown counts as yes. */
export function isStill(pid, script) {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(script);
  } catch {
    return false;
  }
}

/** Whether somebody holds a port of this machine. */
export function isPortTaken(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code === 'EADDRINUSE'));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(false)));
  });
}

export function endedWithin(promise, ms) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([promise.then(() => true), late]).finally(() => clearTimeout(timer));
}

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// A log is gone on with, not begun anew: a second start must not wipe that of the one running.
function isLarge(path) {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}
