import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type UserConfig } from 'vite';

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { version } = JSON.parse(readFileSync(root('package.json'), 'utf8')) as { version: string };

export type StationBundle = { entry: string; outDir: string; fileName: string; format?: 'es' | 'cjs' };

/**
 * What runs in Node on the workstation, as one file. Native modules stay outside, and so do the two that
 * `ws` would use if they were there.
 */
export function stationBundle({ entry, outDir, fileName, format = 'es' }: StationBundle): UserConfig {
  return {
    root: root('.'),
    publicDir: false,
    plugins: format === 'es' ? [checkSecret()] : [],
    define: { 'process.env.DARCHA_VERSION': JSON.stringify(version) },
    ssr: {
      noExternal: true,
      external: ['electron', 'usb', '@serialport/bindings-cpp', 'bufferutil', 'utf-8-validate'],
    },
    build: {
      ssr: true,
      outDir: root(outDir),
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: root(entry),
        output: { format, entryFileNames: fileName, codeSplitting: false },
      },
    },
  };
}

/** The program of the station's one thread, as a file beside it. */
function checkSecret(): Plugin {
  return {
    name: 'check-secret',
    async generateBundle() {
      const built = await build({
        root: root('.'),
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        ssr: { noExternal: true },
        build: {
          ssr: true,
          write: false,
          target: 'node20',
          minify: false,
          rolldownOptions: { input: root('main/station/check-secret.ts'), output: { format: 'cjs' } },
        },
      });
      const [program] = 'output' in built ? built.output : [];
      if (program === undefined) throw new Error('check-secret.ts was not built');
      this.emitFile({ type: 'asset', fileName: 'check-secret.cjs', source: program.code });
    },
  };
}
