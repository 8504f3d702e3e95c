import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run/root.mjs';
import { runNode } from '../run/run-program.mjs';
import { Stop } from '../run/say.mjs';
import { stageApp } from './stage.mjs';

/** Where electron-builder puts an unpacked app of a target. */
const UNPACKED = { linux: 'linux-unpacked', win: 'win-unpacked' };

/**
 * Stages and packs the station as an unpacked app folder; answers that folder.
 *
 * `electronDist` is a folder with the Electron of the target; null lets electron-builder download it.
 */
export async function packApp({
  target,
  electronDist,
  stage = join(ROOT, 'stage'),
  release = join(ROOT, 'release'),
  out,
}) {
  const app = await stageApp({ target, folder: join(stage, target), ...(out === undefined ? {} : { out }) });
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { code, output } = await runNode([
    join(ROOT, 'node_modules', 'electron-builder', 'cli.js'),
    `--${target}`,
    'dir',
    '--x64',
    '--publish',
    'never',
    '--config',
    join(ROOT, 'electron-builder.yml'),
    `-c.directories.app=${app}`,
    `-c.directories.output=${release}`,
    `-c.electronVersion=${devDependencies.electron}`,
    ...(electronDist === null ? [] : [`-c.electronDist=${electronDist}`]),
  ]);
  const folder = join(release, UNPACKED[target]);
  if (code !== 0 || !existsSync(folder)) {
    throw new Stop(
      `electron-builder could not pack for ${target}:\n${output.trim()}`,
      'without network, give a folder of Electron: npm run pack -- --electron-dist DIR',
    );
  }
  return { folder, output };
}
