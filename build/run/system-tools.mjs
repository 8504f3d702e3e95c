import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findBrowser } from '../../main/browser/find-browser.mjs';
import { runProgram } from './run-program.mjs';
import { say } from './say.mjs';

/** What the tests use besides Node and npm: how to tell it is here, and Debian's package for it. */
const TOOLS = [
  { what: 'Chromium', debian: 'chromium', isHere: () => findBrowser().program !== null },
  { what: 'PostgreSQL (server programs)', debian: 'postgresql', isHere: hasPostgres },
  {
    what: 'mkfs.ext4 (a small disk that can be full)',
    debian: 'e2fsprogs',
    isHere: () => onPath('mkfs.ext4'),
  },
  {
    what: 'mkfs.xfs (a copy of a disk at one moment)',
    debian: 'xfsprogs',
    isHere: () => onPath('mkfs.xfs'),
  },
  { what: 'mount', debian: 'mount', isHere: () => onPath('mount') },
  {
    what: 'Python 3 (the emulator of thin lines)',
    debian: 'python3-minimal',
    isHere: () => onPath('python3'),
  },
  { what: 'ip (network namespaces)', debian: 'iproute2', isHere: () => onPath('ip') },
];

/**
 * Installs the missing tools where that can be done without asking (Debian, as root); elsewhere says
 * what to install. Tests that need a missing tool are skipped with their reason.
 */
export async function ensureSystemTools({
  uid = process.getuid?.(),
  isDebian = existsSync('/etc/debian_version'),
} = {}) {
  const missing = TOOLS.filter((it) => !it.isHere());
  if (missing.length === 0) return;
  const packages = missing.map((it) => it.debian);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!isDebian || uid !== 0) {
    say(`Missing on this machine: ${missing.map((it) => it.what).join(', ')}.`);
    say(`On Debian or Ubuntu: sudo ${command}`);
    say('Going on without: the tests that need them will be skipped and say so.');
    return;
  }
  say(`Installing ${packages.join(', ')} ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update', '-qq'], { env, limitMs: 300_000 });
  const { code, output } = await runProgram('apt-get', command.split(' ').slice(1), {
    env,
    limitMs: 900_000,
  });
  if (code !== 0) say(`${command} did not work:\n${output.trim().split('\n').slice(-4).join('\n')}`);
}

function hasPostgres() {
  const home = '/usr/lib/postgresql';
  if (existsSync(home) && readdirSync(home).some((it) => existsSync(join(home, it, 'bin', 'initdb'))))
    return true;
  return onPath('initdb');
}

function onPath(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/sbin', '/usr/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}
