import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from './find-browser.mjs';
import { launchBrowser } from './launch.ts';

const { program } = findBrowser();
const before = { ...process.env };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darcha-crash-'));
  const home = join(folder, 'home');
  await mkdir(home);
  Object.assign(process.env, {
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    DARCHA_BROWSER_ARGS: '--no-sandbox --disable-gpu',
  });
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test.skipIf(program === null || process.platform !== 'linux')(
  'a window that crashes leaves no dump of what it showed',
  async () => {
    const page = join(folder, 'page.html');
    await writeFile(page, '<title>Zarqandarova</title>');
    const profile = join(folder, 'profile');
    const url = pathToFileURL(page).href;
    const browser = launchBrowser({ program: program ?? '', profile, url, background: true });
    const windows = await windowsOf(browser.pid ?? 0);
    for (const pid of windows) process.kill(pid, 'SIGSEGV');
    await expect.poll(() => windows.filter(isAlive), { timeout: 30_000 }).toEqual([]);
    const findDumps = async (): Promise<string[]> =>
      (await readdir(folder, { recursive: true })).filter((it) => it.endsWith('.dmp'));
    // That there is one, and nowhere else, is how we know that they are led away.
    await expect.poll(findDumps, { timeout: 30_000 }).not.toEqual([]);
    expect((await findDumps()).filter((it) => !it.startsWith('profile/dumps/'))).toEqual([]);
    browser.kill('SIGTERM');
    await expect.poll(() => browser.exitCode ?? browser.signalCode, { timeout: 30_000 }).not.toBeNull();
    expect(await findDumps()).toEqual([]);
    expect((await readdir(folder, { recursive: true })).some((it) => it.startsWith('profile/Default'))).toBe(
      true,
    );
  },
);

/** Once there are some. */
async function windowsOf(browser: number): Promise<number[]> {
  let found: number[] = [];
  const look = async () => {
    const all = (await readdir('/proc')).filter((it) => /^\d+$/.test(it)).map(Number);
    const are = await Promise.all(all.map(async (it) => (await isWindowOf(it, browser)) && isAlive(it)));
    found = all.filter((_, at) => are[at]);
    return found.length;
  };
  await expect.poll(look, { timeout: 60_000 }).toBeGreaterThan(0);
  return found;
}

async function isWindowOf(pid: number, browser: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!command.includes('--type=renderer')) return false;
  for (let it = pid; it > 1; ) {
    const status = await readFile(`/proc/${it}/status`, 'utf8').catch(() => '');
    it = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    if (it === browser) return true;
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
