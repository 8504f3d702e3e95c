import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import type { DeskOptions, TestDesk } from './desk.ts';
import { findChildren, killTree } from './kill-tree.ts';

const home = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const program = process.platform === 'win32' ? 'electron.exe' : 'electron';

/** Whether Electron itself is on this machine; without it our main and preload run on its stand-in. */
export const HAS_ELECTRON = existsSync(join(home, 'dist', program));

/** A desk in the Electron shell as it is shipped: the real main, preload and pages. */
export async function openElectronDesk(options: DeskOptions): Promise<TestDesk> {
  const data = await mkdtemp(join(tmpdir(), 'darcha-electron-desk-'));
  let electron: ElectronApplication;
  let isOn = false;

  const desk = {
    data,
    async start() {
      electron = await _electron.launch({
        ...(HAS_ELECTRON ? {} : { executablePath: resolve('tests/electron-stand-in/electron') }),
        args: [
          ...(HAS_ELECTRON && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          resolve('.'),
          ...['--data', data, '--central', options.central, '--desk', options.desk, '--code', options.code],
        ],
      });
      isOn = true;
      desk.page = await electron.firstWindow();
    },
    async pullPlug() {
      isOn = false;
      // The stand-in's launcher stays a moment longer: it has to see its child off, or the dead would hold the lock.
      const launcher = electron.process();
      const gone = launcher.exitCode === null ? once(launcher, 'exit') : null;
      await killTree(HAS_ELECTRON ? [launcher.pid ?? 0] : await findChildren(launcher.pid ?? 0));
      await gone;
    },
    async close() {
      // Whatever still waits is not to keep it open.
      if (isOn) await desk.pullPlug();
      await rm(data, { recursive: true, force: true });
    },
  } as TestDesk;
  await desk.start();
  return desk;
}
