// Plays the seeds that `fuzz.mjs` sends, on the real code with a simulated machine under it.
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { ROOT } from './root.mjs';

const FOLDER = join(ROOT, 'tests', 'fuzz');
const load = (file, more = {}) =>
  runnerImport(join(FOLDER, file), { configFile: false, logLevel: 'error', root: ROOT, ...more });

const { SIMULATED } = (await load('fuzz.config.ts')).module;
const { otherPrograms } = (await load('other-programs.ts')).module;
const more = { resolve: { alias: SIMULATED }, plugins: [otherPrograms()] };
const { playSeeds } = (await load('play-seeds.ts', more)).module;

process.on('message', async ({ from, many, steps }) => {
  process.send(await playSeeds(from, many, steps));
});
