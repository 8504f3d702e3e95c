import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { vi } from 'vitest';
import { installedElectron } from '../../../build/run/find-electron.mjs';
import type { DeskOptions, TestDesk } from './desk.ts';
import { findChildren, killTree } from './kill-tree.ts';

const real = installedElectron();

/** Whether Electron itself is on this machine; without it our main and preload run on its stand-in. */
export const HAS_ELECTRON = real !== null;

/** A desk in the Electron shell as it is shipped: the real main, preload and pages. */
export async function openElectronDesk(options: DeskOptions): Promise<TestDesk> {
  const data = await mkdtemp(join(tmpdir(), 'darcha-electron-desk-'));
  let electron: ElectronApplication;
  let isOn = false;

  const desk = {
    data,
    async start() {
      electron = await _electron.launch({
        executablePath: real ?? resolve('tests/electron-stand-in/electron'),
        args: [
          ...(HAS_ELECTRON && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          resolve('.'),
          ...['--data', data, '--central', options.central, '--desk', options.desk, '--code', options.code],
        ],
      });
      isOn = true;
      desk.page = await electron.firstWindow();
    },
    unseal: (sealed) =>
      electron.evaluate(
        // The first byte says that the keyring sealed it.
        ({ safeStorage }, it) => safeStorage.decryptString(Buffer.from(it, 'base64').subarray(1)),
        sealed.toString('base64'),
      ),
    async saved(press) {
      const folder = await mkdtemp(join(data, 'saved-'));
      await electron.evaluate(({ session }, to) => {
        session.defaultSession.once('will-download', (_event, item) =>
          item.setSavePath(`${to}/${item.getFilename()}`),
        );
      }, folder);
      await press();
      const name = await vi.waitUntil(async () => (await readdir(folder))[0], { timeout: 30_000 });
      const path = join(folder, name);
      // Electron writes to the file itself: it is whole once it ends as a PDF does.
      await vi.waitUntil(async () => (await readFile(path)).subarray(-8).includes('%%EOF'), {
        timeout: 30_000,
      });
      return { name, bytes: await readFile(path) };
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
