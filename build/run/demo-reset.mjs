// npm run demo:reset [-- --data DIR]: removes demonstration data. Nothing else is ever touched.
import './node-version.mjs';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder, hasMarker, readRunning } from './demo-data.mjs';
import { isStill } from './processes.mjs';
import { EXIT, runCommand, Stop, say } from './say.mjs';

await runCommand(() => {
  const folder = resolve(askedFolder() ?? defaultDataFolder());
  if (!existsSync(folder)) {
    say(`There is no demonstration data in ${folder}.`);
    return 0;
  }
  if (!hasMarker(folder)) {
    throw new Stop(
      `${folder} holds no demonstration data of Darcha; nothing was removed.`,
      'name the folder that was given to npm start: npm run demo:reset -- --data DIR',
      EXIT.usage,
    );
  }
  const running = readRunning(folder);
  if (isStill(running?.pid, 'start.mjs') || isStill(running?.central?.pid, 'main.js')) {
    throw new Stop(
      `npm start is running on ${folder}; nothing was removed.`,
      'end it first (Ctrl+C where npm start runs, or close its window).',
    );
  }
  const { files, bytes } = measure(folder);
  const desks = list(join(folder, 'stations'));
  rmSync(folder, { recursive: true });
  const what =
    desks.length > 0
      ? `the central server's data and the desks ${desks.join(', ')}`
      : "the central server's data";
  say(`Removed ${folder}: ${what} (${files} files, ${(bytes / 1024 / 1024).toFixed(1)} MB).`);
  return 0;
});

function askedFolder() {
  try {
    return parseArgs({ options: { data: { type: 'string' } } }).values.data;
  } catch (error) {
    throw new Stop(error.message.split('. ')[0], 'npm run demo:reset -- --data DIR', EXIT.usage);
  }
}

function list(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function measure(folder) {
  let files = 0;
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true })) {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    if (!found?.isFile()) continue;
    files += 1;
    bytes += found.size;
  }
  return { files, bytes };
}
