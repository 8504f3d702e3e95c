import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = (file: string): string => fileURLToPath(new URL(`../../sync/server/${file}`, import.meta.url));

// The central server, a program for Node. PGlite stays outside: it brings its
// WebAssembly and data files with it. pg-native is optional to pg and not ours.
export default defineConfig({
  ssr: { noExternal: true, external: ['@electric-sql/pglite', 'pg-native'] },
  build: {
    ssr: true,
    outDir: fileURLToPath(new URL('../../out/server', import.meta.url)),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        main: source('main.ts'),
        'pglite-worker': source('store/pglite-worker.mjs'),
      },
      output: {
        format: 'es',
        entryFileNames: (entry) => (entry.name === 'pglite-worker' ? '[name].mjs' : '[name].js'),
        chunkFileNames: '[name].js',
      },
    },
  },
});
