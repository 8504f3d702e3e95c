import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run/root.mjs';
import { runNpm } from '../run/run-program.mjs';
import { Stop } from '../run/say.mjs';

const STATION = join(ROOT, 'build', 'package', 'station');

/** The systems we pack for, by npm's names. */
export const TARGETS = {
  linux: { os: 'linux', cpu: 'x64', libc: ['--libc=glibc'] },
  win: { os: 'win32', cpu: 'x64', libc: [] },
};

/**
 * Makes the folder that is packed: the bundles and, beside them, only the native modules of the target.
 *
 * The same on every machine that packs: nothing is taken from its own node_modules.
 */
export async function stageApp({ target, folder, out = join(ROOT, 'out') }) {
  const { os, cpu, libc } = TARGETS[target];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'out'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(packageOfStage(), null, 2));
  cpSync(join(STATION, 'package-lock.json'), join(folder, 'package-lock.json'));
  const npm = [
    'ci',
    '--omit=dev',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    `--os=${os}`,
    `--cpu=${cpu}`,
    ...libc,
  ];
  const { code, output } = await runNpm(npm, { cwd: folder });
  if (code !== 0) {
    throw new Stop(
      `the native modules for ${os}-${cpu} could not be installed:\n${output.trim()}`,
      'check the network of this machine, then run it again.',
    );
  }
  rmSync(join(folder, 'package-lock.json'));
  for (const part of ['electron', 'renderer']) {
    if (!existsSync(join(out, part))) throw new Stop(`out/${part} is missing.`, 'npm run build');
    cpSync(join(out, part), join(folder, 'out', part), { recursive: true });
  }
  prunePrebuilds(join(folder, 'node_modules'), `${os}-${cpu}`);
  return folder;
}

function packageOfStage() {
  const { name, productName, version, description, author, license, type, main } = readJson(
    join(ROOT, 'package.json'),
  );
  const { dependencies } = readJson(join(STATION, 'package.json'));
  const desktopName = 'org.darcha.station.desktop';
  return { name, productName, version, description, author, license, type, main, desktopName, dependencies };
}

// A package that carries the binaries of all systems keeps those of the target.
function prunePrebuilds(modules, target) {
  for (const folder of packageFolders(modules)) {
    const prebuilds = join(folder, 'prebuilds');
    if (!existsSync(prebuilds)) continue;
    const own = join(prebuilds, target);
    const others = readdirSync(prebuilds)
      .filter((it) => it !== target)
      .map((it) => join(prebuilds, it));
    const otherLibc = readdirSync(own)
      .filter((it) => it.endsWith('.musl.node'))
      .map((it) => join(own, it));
    for (const path of [...others, ...otherLibc]) rmSync(path, { recursive: true });
  }
}

function packageFolders(modules) {
  return readdirSync(modules).flatMap((name) => {
    if (name.startsWith('.')) return [];
    const path = join(modules, name);
    return name.startsWith('@') ? readdirSync(path).map((inner) => join(path, inner)) : [path];
  });
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
