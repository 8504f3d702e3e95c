import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from './build-bundles.mjs';
import { defaultDataFolder, readRunning } from './demo-data.mjs';
import { ROOT } from './root.mjs';
import { runProgram } from './run-program.mjs';
import { runCommand, say } from './say.mjs';

const HELP = `npm run report -- sync [--format csv|json] [--central URL] [--key-file FILE] [--data DIR]

The sync report of all centres: desks, last contact, what waits, what fails, clocks, versions.
Without options it asks the central server that npm start has started (in DIR).`;

const text = { type: 'string' };
const { values } = parseArgs({
  options: { format: text, central: text, 'key-file': text, data: text, help: { type: 'boolean' } },
  allowPositionals: true,
  strict: false,
});

/** Drops our own option; the rest is the report program's. */
function withoutData(args) {
  const at = args.indexOf('--data');
  return args.filter(
    (it, index) => !it.startsWith('--data=') && (at < 0 || (index !== at && index !== at + 1)),
  );
}

await runCommand(async () => {
  if (values.help) {
    say(HELP);
    return 0;
  }
  await buildBundles({ names: ['server'] });
  const folder = values.data ?? defaultDataFolder();
  const central = values.central ?? readRunning(folder)?.central?.url ?? 'http://127.0.0.1:47600';
  const keyFile = values['key-file'] ?? join(folder, 'central', 'admin-key');
  const given = withoutData(process.argv.slice(2));
  const args = [join(ROOT, 'out', 'server', 'report.js'), ...given];
  if (values.central === undefined) args.push('--central', central);
  if (values['key-file'] === undefined) args.push('--key-file', keyFile);
  const { code } = await runProgram(process.execPath, args, { show: true });
  return code;
});
