import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, mergeConfig, type UserConfig } from 'vite';
import browser from '../../build/bundles/browser.config.ts';
import electron from '../../build/bundles/electron.config.ts';
import preload from '../../build/bundles/preload.config.ts';

const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>test</title><script type="module" src="/page.js"></script></html>';
const CONFIGS = { browser, electron, preload } as const;

/** Both shells, or one, as they are shipped, around a tiny page, in a folder of their own. */
export async function buildShells(
  names: readonly (keyof typeof CONFIGS)[],
): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'darcha-shells-'));
  for (const name of names) {
    const outDir = join(folder, 'out', name === 'browser' ? 'browser' : 'electron');
    await run(mergeConfig(CONFIGS[name], { build: { outDir } }));
  }
  const pages = join(folder, 'out', 'renderer');
  await mkdir(pages, { recursive: true });
  await writeFile(join(pages, 'index.html'), PAGE);
  const input = fileURLToPath(new URL('test-page.ts', import.meta.url));
  await run({
    publicDir: false,
    build: {
      outDir: pages,
      emptyOutDir: false,
      modulePreload: { polyfill: false },
      rolldownOptions: { input, output: { entryFileNames: 'page.js' } },
    },
  });
  const manifest = { name: 'darcha', version: '0.0.1', type: 'module', main: 'out/electron/main.js' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function run(config: UserConfig): Promise<void> {
  await build({ ...config, configFile: false, logLevel: 'warn' });
}
