// npm run report -- sync: the sync report of all centres, as the central server has it.
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from './build-bundles.mjs';
import { defaultDataFolder, readRunning } from './demo-data.mjs';
import { ensurePackages } from './packages.mjs';
import { ROOT } from './root.mjs';
import { runProgram } from './run-program.mjs';
import { EXIT, runCommand, Stop, say } from './say.mjs';

const USAGE = 'npm run report -- sync [--format csv|json] [--central URL] [--key-file FILE] [--data DIR]';
const HELP = `${USAGE}

The sync report of all centres: desks, last contact, what waits, what fails, clocks, versions.
Without options it asks the central server that npm start has started (in DIR).`;

await runCommand(async () => {
  const { format, central, keyFile, folder, help } = readOptions();
  if (help) {
    say(HELP);
    return 0;
  }
  const key = keyFile ?? join(folder, 'central', 'admin-key');
  if (keyFile === undefined && !existsSync(key)) {
    throw new Stop(
      `there is no central server's data in ${folder}.`,
      'run npm start once; or name its folder: --data DIR; or another server: --central URL --key-file FILE',
      EXIT.usage,
    );
  }
  await ensurePackages();
  await buildBundles({ names: ['server'] });
  const url = central ?? readRunning(folder)?.central?.url ?? 'http://127.0.0.1:47600';
  const args = ['report', 'sync', '--format', format, '--central', url, '--key-file', key];
  const program = join(ROOT, 'out', 'server', 'main.js');
  return (await runProgram(process.execPath, [program, ...args], { show: true })).code;
});

function readOptions() {
  const { values, positionals } = parse();
  const { format = 'csv', central, data, help = false, 'key-file': keyFile } = values;
  const isSync = positionals.length === 1 && positionals[0] === 'sync';
  if (!help && !isSync) throw usage('the one report there is, is named sync.');
  if (!['csv', 'json'].includes(format)) throw usage(`a report is csv or json, not ${format}.`);
  const folder = resolve(data ?? defaultDataFolder());
  return { format, central, keyFile: keyFile === undefined ? undefined : resolve(keyFile), folder, help };
}

function parse() {
  const text = { type: 'string' };
  const options = { format: text, central: text, 'key-file': text, data: text, help: { type: 'boolean' } };
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw usage(`${error.message.split('. ')[0]}.`);
  }
}

function usage(problem) {
  return new Stop(problem, USAGE, EXIT.usage);
}
