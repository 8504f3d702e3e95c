import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stationFolder, stationPort } from './demo-data.mjs';
import { startProgram } from './processes.mjs';
import { ROOT } from './root.mjs';
import { EXIT, Stop, say } from './say.mjs';

const READY = /^darcha-station ready (\S+)/;

/** Starts the station of a desk in the shell that was chosen. It ends when its window is closed. */
export function startStation({ folder, options, centralUrl, choice }) {
  const data = stationFolder(folder, options.desk);
  mkdirSync(data, { recursive: true });
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const own = ['--data', data, '--central', centralUrl, '--desk', options.desk, '--code', options.code];
  const logFile = join(folder, 'logs', `station-${options.desk}.log`);
  if (choice.shell === 'electron') {
    return startProgram(choice.program, [ROOT, ...own], {
      logFile,
      env: { ELECTRON_NO_ATTACH_CONSOLE: '1' },
      onLine: (line) => relay(line, choice.shell),
    });
  }
  const { port, moved } = stationPort(folder, options.desk, options.port);
  if (moved !== null) {
    say(
      `Note: the data of ${options.desk} in the window belongs to port ${moved}; on port ${port} the window fills anew.`,
    );
  }
  const show = choice.shell === 'browser' ? 'app' : 'none';
  const args = [join(ROOT, 'out', 'browser', 'main.js'), ...own, '--port', String(port), '--show', show];
  return startProgram(process.execPath, args, { logFile, onLine: (line) => relay(line, show) });
}

/** What the end of a station means; null when it simply was closed. */
export function stationProblem(code, program, options) {
  const tail = program.said.slice(-6).join('\n');
  switch (code) {
    case 0:
      return null;
    case EXIT.portInUse:
      return new Stop(
        `the station's port is in use.\n${tail}`,
        'end the program that holds it; or, for another desk or other data: npm start -- --port N',
        code,
      );
    case EXIT.dataNotWritable:
      return new Stop(
        `the station cannot write its data.\n${tail}`,
        'npm start -- --data DIR with a folder that can be written.',
        code,
      );
    case EXIT.noBrowser:
      return new Stop(
        `no browser window could be opened.\n${tail}`,
        'npm start -- --shell none prints an address to open instead.',
        code,
      );
    case EXIT.otherShell:
      return new Stop(
        `${options.desk} was set up in another shell.\n${tail}`,
        'npm start without --shell, or with another --desk.',
        code,
      );
    default:
      return new Stop(
        `the station of ${options.desk} ended with code ${code}:\n${tail}`,
        'npm start again; what was saved is still there.',
        1,
      );
  }
}

function relay(line, show) {
  if (line.startsWith('Darcha is running')) say(line);
  const address = READY.exec(line)?.[1];
  if (address === undefined || show !== 'none') return;
  say(`\nOpen this address in Chromium, Chrome or Edge on this machine:\n\n  ${address}\n`);
  say('It lets one window in, within 15 minutes. The same command, given again meanwhile, shows another.');
}
