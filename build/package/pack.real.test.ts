import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPackageWithOptions, extractAll } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildBundles } from '../run/build-bundles.mjs';
import { makeElectronStandIn } from './electron-stand-in.fixture.ts';
import { filesInArchive, inspectPackage } from './inspect-package.mjs';
import { packApp } from './pack-app.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const work = mkdtempSync(join(tmpdir(), 'pack-'));
const packed = { linux: '', win: '' };

async function pack(target: 'linux' | 'win'): Promise<string> {
  const out = join(work, 'out');
  const electronDist = await makeElectronStandIn(join(work, `electron-${target}`), target);
  const { folder } = await packApp({
    target,
    electronDist,
    stage: join(work, 'stage'),
    release: join(work, 'release'),
    out,
  });
  return folder;
}

beforeAll(async () => {
  await buildBundles({ names: ['renderer', 'electron', 'preload'] });
  const out = join(work, 'out');
  for (const part of ['electron', 'renderer'])
    cpSync(join(root, 'out', part), join(out, part), { recursive: true });
  // What a careless build leaves about and the packer's list must keep out.
  writeFileSync(join(out, 'electron', 'main.js.map'), '{}');
  packed.linux = await pack('linux');
  packed.win = await pack('win');
}, 600_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.each(['linux', 'win'] as const)('the package for %s', (target) => {
  test('holds what is shipped and nothing else, with fuses, digests and version in place', async () => {
    expect(await inspectPackage({ folder: packed[target], target, version })).toEqual([]);
  });

  test('has the same files in its archive whoever packs it, less those of another system', () => {
    const files = filesInArchive(join(packed[target], 'resources', 'app.asar'));
    const natives = files.filter((it) => it.endsWith('.node'));
    expect(natives).toEqual(
      target === 'linux'
        ? [
            'node_modules/@node-usb/usb-linux-x64-gnu/usb.linux-x64-gnu.node',
            'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
          ]
        : [
            'node_modules/@node-usb/usb-win32-x64-msvc/usb.win32-x64-msvc.node',
            'node_modules/@serialport/bindings-cpp/prebuilds/win32-x64/@serialport+bindings-cpp.node',
          ],
    );
    expect(files.filter((it) => it.startsWith('out/') && it.endsWith('.map'))).toEqual([]);
  });
});

test.skipIf(process.platform !== 'linux')(
  'native modules for Linux load in plain Node from the archive',
  () => {
    const app = join(work, 'extracted');
    extractAll(join(packed.linux, 'resources', 'app.asar'), app);
    const script = `
    const { webusb } = require('usb');
    const { autoDetect } = require('@serialport/bindings-cpp');
    const { SerialPortStream } = require('@serialport/stream');
    console.log(typeof webusb.getDevices, typeof autoDetect().list, typeof SerialPortStream);`;
    expect(execFileSync(process.execPath, ['-e', script], { cwd: app, encoding: 'utf8' })).toBe(
      'function function function\n',
    );
  },
);

describe('a package is refused', () => {
  let copy = '';
  const at = (...path: string[]): string => join(copy, ...path);
  const inspect = (): Promise<string[]> => inspectPackage({ folder: copy, target: 'win', version });

  function damage(change: () => void): Promise<string[]> {
    copy = join(work, 'damaged');
    rmSync(copy, { recursive: true, force: true });
    cpSync(packed.win, copy, { recursive: true });
    change();
    return inspect();
  }

  test('when Electron’s own app lies in it, or ours beside its archive', async () => {
    const problems = await damage(() => {
      cpSync(at('resources', 'app.asar'), at('resources', 'default_app.asar'));
      mkdirSync(at('resources', 'app'));
    });
    expect(problems).toEqual([
      'resources/default_app.asar is still there',
      'resources/app lies beside the archive',
    ]);
  });

  test('when code lies outside the archive, or a binary is for another system', async () => {
    const unpacked = ['resources', 'app.asar.unpacked', 'node_modules'];
    const usb = [...unpacked, '@node-usb', 'usb-win32-x64-msvc', 'usb.win32-x64-msvc.node'];
    const problems = await damage(() => {
      writeFileSync(at(...unpacked, 'loose.js'), '');
      writeFileSync(at(...usb), Buffer.from('7f454c4602010100', 'hex'));
    });
    expect(problems.map((it) => it.split('\\').join('/')).sort()).toEqual([
      'node_modules/@node-usb/usb-win32-x64-msvc/usb.win32-x64-msvc.node is not a 64-bit binary of win',
      'node_modules/loose.js lies outside the archive',
    ]);
  });

  test('when native modules are missing', async () => {
    const problems = await damage(() => rmSync(at('resources', 'app.asar.unpacked'), { recursive: true }));
    expect(problems).toEqual(['app.asar.unpacked is missing: there are no native modules']);
  });

  test('when its archive is not the one whose digest the program holds, or holds what is not shipped', async () => {
    await damage(() => {});
    const app = join(work, 'repacked');
    extractAll(at('resources', 'app.asar'), app);
    writeFileSync(join(app, '.npmrc'), '');
    writeFileSync(join(app, 'out', 'electron', 'main.js.map'), '{}');
    writeFileSync(join(app, 'out', 'electron', 'main.test.js'), '');
    writeFileSync(join(app, 'notes.txt'), '');
    writeFileSync(join(app, 'package.json'), JSON.stringify({ version: '9.9.9', scripts: {} }));
    await createPackageWithOptions(app, at('resources', 'app.asar'), { unpack: '*.node' });
    expect((await inspect()).sort()).toEqual([
      '.npmrc must not be shipped',
      'notes.txt is not on the list of what is shipped',
      'out/electron/main.js.map must not be shipped',
      'out/electron/main.test.js must not be shipped',
      `package.json says version 9.9.9, not ${version}`,
      'package.json still has scripts',
      'the program does not hold the digest of its archive',
    ]);
  });

  test('when a fuse is not as it must be', async () => {
    await damage(() => {});
    await flipFuses(at('Darcha.exe'), {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: false,
    });
    // Fuses that are not named keep what they were.
    expect(await inspect()).toEqual(['fuse 0 is not off', 'fuse 5 is not on']);
  });

  test('when a language of Chromium’s that we do not offer is left in it', async () => {
    const problems = await damage(() => writeFileSync(at('locales', 'de.pak'), ''));
    expect(problems).toEqual(['locales has de.pak']);
  });
});
