import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SIMULATED } from './tests/fuzz/fuzz.config.ts';
import { otherPrograms } from './tests/fuzz/other-programs.ts';

// A forgotten import of electron would try to download it: every test gets a stand-in instead.
const electronStub = fileURLToPath(new URL('./tests/electron-stand-in/unit-stub.ts', import.meta.url));
const alias = { electron: electronStub };
// Browsers and databases on a machine that does other things too: a limit is there to end what hangs, and one more
// try is named at the end of the run. A story has none (`tell-story.ts`). Two files at a time: many wait for a line.
const patient = { maxWorkers: 2, testTimeout: 600_000, hookTimeout: 300_000, retry: 1 };
const exclude = ['node_modules/**', 'out/**', 'stage/**', 'release/**'];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          maxWorkers: 2,
          include: ['{main,renderer,sync,hardware,build}/**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.real.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'real',
          include: ['**/*.real.test.ts'],
          exclude: [...exclude, 'tests/e2e/**'],
          ...patient,
        },
      },
      {
        resolve: { alias: SIMULATED },
        plugins: [otherPrograms()],
        test: {
          name: 'fuzz',
          include: ['tests/fuzz/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 900_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude,
          ...patient,
        },
      },
    ],
  },
});
