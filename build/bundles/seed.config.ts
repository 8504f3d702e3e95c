import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// The demonstration data as a program; the build runs it once and keeps what it makes (seed.json).
export default defineConfig({
  ssr: { noExternal: true },
  build: {
    ssr: fileURLToPath(new URL('../seed/seed.ts', import.meta.url)),
    outDir: fileURLToPath(new URL('../../out/seed', import.meta.url)),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'seed.mjs' } },
    reportCompressedSize: false,
  },
});
