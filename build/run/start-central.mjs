import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clearRunning, readRunning, writeRunning } from './demo-data.mjs';
import { endedWithin, isAlive, isPortTaken, isStill, startProgram, stopStranger } from './processes.mjs';
import { ROOT } from './root.mjs';
import { EXIT, Stop, say } from './say.mjs';

const SERVER = join('out', 'server', 'main.js');
const READY = /^darcha-central ready (\S+)/;
const READY_MS = 120_000;

/** The central server already running on this data, or null. One left over from a killed start is ended. */
export async function findCentral(folder) {
  const running = readRunning(folder);
  const pid = running?.central?.pid;
  if (pid === undefined || !isStill(pid, SERVER) || !(await answers(running.central.url))) {
    if (running !== null && !isAlive(running.pid)) clearRunning(folder);
    return null;
  }
  if (isAlive(running.pid)) return running.central;
  say(`An earlier start was killed and left its server behind (process ${pid}): ending that.`);
  await stopStranger(pid);
  clearRunning(folder);
  return null;
}

/** Starts the central server on PGlite with the demonstration data; answers when it listens. */
export async function startCentral(folder, port) {
  if (await isPortTaken(port)) {
    throw new Stop(
      `port ${port} is in use by another program, and the central server needs it.`,
      `end that program, or choose another port: npm start -- --central-port ${port + 1}`,
      EXIT.portInUse,
    );
  }
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const logFile = join(folder, 'logs', 'central.log');
  const seed = join(ROOT, 'out', 'seed', 'seed.json');
  let tellReady;
  const ready = new Promise((resolve) => {
    tellReady = resolve;
  });
  const program = startProgram(
    process.execPath,
    [join(ROOT, SERVER), '--data', join(folder, 'central'), '--port', String(port), '--seed', seed, '--demo'],
    {
      env: { DATABASE_URL: undefined },
      logFile,
      onLine: (line) => READY.test(line) && tellReady(READY.exec(line)[1]),
    },
  );
  // Written at once: a start killed from here on still leaves a trace of its server.
  const url = `http://127.0.0.1:${port}`;
  writeRunning(folder, { pid: process.pid, central: { pid: program.pid, url } });
  const isReady = await endedWithin(Promise.race([ready, program.ended]), READY_MS);
  if (isReady && program.isRunning()) return { program, url };
  if (program.isRunning()) await stopStranger(program.pid);
  clearRunning(folder);
  const tail = program.said.slice(-8).join('\n');
  throw new Stop(
    `the central server did not start:\n${tail}`,
    `its log is ${logFile}; npm run demo:reset starts afresh.`,
  );
}

async function answers(url) {
  try {
    await fetch(url, { signal: AbortSignal.timeout(3000) });
    return true;
  } catch {
    return false;
  }
}
